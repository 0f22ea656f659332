"""Units of measure and money in both languages, with what makes them equal in value."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rag.answering.verification.reading import Text, phrases


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and its size in the base unit of that."""

    measures: str
    size: float


_ROWS: dict[str, tuple[str, float, str]] = {
    "kilometre": ("length", 1000, "km|kms|kilometre*|kilometer*|كيلومتر*|كيلو متر*|كلم|كم"),
    "metre": ("length", 1, "metre|metres|meter|meters|m|متر|مترا|أمتار|مترين|متران|م"),
    "centimetre": ("length", 0.01, "cm|centimetre*|centimeter*|سنتيمتر*|سم|سنتمتر*"),
    "millimetre": ("length", 0.001, "mm|millimetre*|millimeter*|مليمتر*|ميليمتر*|ملم|ملليمتر*|مم"),
    "mile": ("length", 1609.344, "mile|miles|ميل|ميلا|أميال"),
    "nautical mile": ("length", 1852, "nautical mile|nautical miles|ميل بحري|ميلا بحريا|أميال بحرية"),
    "foot": ("length", 0.3048, "foot|feet|ft|قدم|قدما|أقدام"),
    "yard": ("length", 0.9144, "yard|yards|ياردة|ياردات"),
    "inch": ("length", 0.0254, "inch|inches|بوصة|بوصات"),
    "square kilometre": ("area", 1e6, "square kilometre*|square kilometer*|sq km|km2|كيلومتر* مربع*|كلم مربع*|كم مربع*|كلم2|كم2"),
    "square metre": ("area", 1, "square metre*|square meter*|sq m|m2|متر مربع|مترا مربعا|أمتار مربعة|م2"),
    "hectare": ("area", 1e4, "hectare*|ha|هكتار*"),
    "acre": ("area", 4046.86, "acre|acres"),
    "feddan": ("area", 4200, "feddan*|فدان|فدانا|أفدنة"),
    "dunam": ("area", 1000, "dunam*|dunum*|دونم*"),
    "square mile": ("area", 2589988, "square mile|square miles|ميل مربع|ميلا مربعا|أميال مربعة"),
    "cubic metre": ("volume", 1, "cubic metre*|cubic meter*|m3|متر مكعب|مترا مكعبا|أمتار مكعبة|م3"),
    "cubic kilometre": ("volume", 1e9, "cubic kilometre*|cubic kilometer*|كيلومتر مكعب|كيلومترا مكعبا"),
    "cubic foot": ("volume", 0.0283168, "cubic feet|cubic foot|قدم مكعب*|قدما مكعب*"),
    "litre": ("volume", 0.001, "litre*|liter*|لتر*|ليتر*"),
    "millilitre": ("volume", 1e-6, "ml|millilitre*|milliliter*|ملليلتر*|مليلتر*|مل"),
    "gallon": ("volume", 0.00378541, "gallon*|جالون*|غالون*"),
    "barrel": ("barrels", 1, "barrel|barrels|برميل|برميلا|براميل"),
    "tonne": ("mass", 1000, "tonne|tonnes|ton|tons|طن|طنا|أطنان|طنين|طنان"),
    "kilogram": ("mass", 1, "kg|kgs|kilo|kilos|kilogram*|kilogramme*|كيلوغرام*|كيلوجرام*|كيلو غرام*|كغ|كلغ|كغم|كجم|كيلو"),
    "gram": ("mass", 0.001, "gram|grams|gramme|grammes|g|غرام|غراما|غرامات|جرام|جراما|جرامات"),
    "milligram": ("mass", 1e-6, "mg|milligram*|مليغرام*|ملغ|ملليغرام*"),
    "pound weight": ("mass", 0.453592, "lb|lbs|رطل|رطلا|أرطال"),
    "ounce": ("mass", 0.0283495, "ounce|ounces|oz|أونصة|أونصات|أوقية|أوقيات|أواق"),
    "carat": ("carats", 1, "carat|carats|قيراط|قيراطا|قراريط"),
    "megabyte": ("data", 1, "mb|megabyte*|ميغابايت|ميجابايت"),
    "gigabyte": ("data", 1024, "gb|gigabyte*|غيغابايت|جيجابايت"),
    "terabyte": ("data", 1048576, "tb|terabyte*|تيرابايت"),
    "calorie": ("calories", 1, "calorie|calories|سعرة|سعرات"),
    "volt": ("volts", 1, "volt|volts|فولت|فولتا"),
    "decibel": ("decibels", 1, "decibel|decibels|ديسيبل"),
    "light year": ("light years", 1, "light-year|light-years|light year|light years|سنة ضوئية|سنوات ضوئية"),
    "quintal": ("mass", 100, "quintal*|قنطار*"),
    "second": ("time", 1, "second|seconds|ثانية|ثوان|ثواني|ثانيتين|ثانيتان"),
    "minute": ("time", 60, "minute|minutes|min|mins|دقيقة|دقائق|دقيقتين|دقيقتان"),
    "hour": ("time", 3600, "hour|hours|hr|hrs|ساعة|ساعات|ساعتين|ساعتان|ساعتي"),
    "day": ("time", 86400, "day|days|يوم|يوما|أيام|يومين|يومان"),
    "night": ("nights", 1, "night|nights|ليلة|ليال|ليالي|ليلتين"),
    "week": ("time", 604800, "week|weeks|أسبوع|أسبوعا|أسابيع|أسبوعين|أسبوعان"),
    "month": ("months", 1, "month|months|شهر|شهرا|أشهر|شهور|شهرين|شهران"),
    "year": ("months", 12, "year|years|سنة|سنوات|سنين|عام|عاما|أعوام|عامين|عامان|سنتين|سنتان"),
    "decade": ("months", 120, "decade|decades|عقد|عقود|عقدين|عقدا"),
    "century": ("months", 1200, "century|centuries|قرن|قرون|قرنين|قرنا"),
    "per cent": ("share", 0.01, "%|per cent|percent|pct|في المئة|في المائة|بالمئة|بالمائة|في المية|المئة|المائة|من المئة"),
    "percentage point": ("points of a share", 0.01, "percentage point|percentage points|نقطة مئوية|نقاط مئوية|نقطتين مئويتين|نقطتان مئويتان"),
    "basis point": ("points of a share", 0.0001, "basis point|basis points|نقطة أساس|نقاط أساس"),
    "point": ("points", 1, "point|points|نقطة|نقاط|نقطتين|نقطتان"),
    "degree": ("degrees", 1, "degree|degrees|درجة|درجات|درجتين"),
    "watt": ("power", 1, "watt|watts|واط"),
    "kilowatt": ("power", 1e3, "kilowatt|kilowatts|kw|كيلوواط|كيلووات"),
    "megawatt": ("power", 1e6, "megawatt|megawatts|mw|ميغاواط|ميجاوات|ميغاوات|ميجاواط"),
    "gigawatt": ("power", 1e9, "gigawatt|gigawatts|gw|غيغاواط|جيجاوات|غيغاوات"),
    "kilowatt-hour": ("energy", 1e3, "kilowatt-hour*|kwh|كيلوواط ساعة|كيلووات ساعة|كيلوواط/ساعة"),
    "megawatt-hour": ("energy", 1e6, "megawatt-hour*|mwh|ميغاواط ساعة|ميجاوات ساعة"),
    "gigawatt-hour": ("energy", 1e9, "gigawatt-hour*|gwh|غيغاواط ساعة|جيجاوات ساعة"),
    "kilometre an hour": ("speed", 1, "kph|km/h|kmh|km an hour|km per hour|kms an hour|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour|كلم/ساعة|كيلومتر* في الساعة|كلم في الساعة|كم/ساعة"),
    "mile an hour": ("speed", 1.609344, "mph|miles per hour|miles an hour|ميل* في الساعة|أميال في الساعة"),
    "knot": ("speed", 1.852, "knot|knots|عقدة"),
    "dollar": ("dollar", 1, "dollar|dollars|usd|$|دولار|دولارا|دولارات|دولارين"),
    "cent": ("cent", 1, "cent|cents|سنت|سنتا|سنتات"),
    "euro": ("euro", 1, "euro|euros|eur|€|يورو"),
    "pound": ("pound", 1, "pound|pounds|sterling|gbp|£|جنيه|جنيها|جنيهات|جنيهين|استرليني"),
    "dinar": ("dinar", 1, "dinar|dinars|دينار|دينارا|دنانير|دينارين"),
    "millim": ("dinar", 0.001, "millim|millims|millime|millimes|مليم|مليما|مليمات|ملاليم"),
    "dirham": ("dirham", 1, "dirham|dirhams|درهم|درهما|دراهم|درهمين"),
    "riyal": ("riyal", 1, "riyal|riyals|rial|rials|ريال|ريالا|ريالات|ريالين"),
    "halala": ("riyal", 0.01, "halala|halalas|هللة|هللات"),
    "lira": ("pound", 1, "lira|liras|lire|ليرة|ليرات|ليرتين"),
    "piastre": ("piastre", 1, "piastre|piastres|piaster|piasters|قرش|قرشا|قروش"),
    "crown": ("crown", 1, "crown|crowns|krona|kronor|krone|kroner|koruna|كراون|كرونة|كرونات|كرون|كورونة|تاج|تيجان"),
    "yen": ("yen", 1, "yen|ين ياباني|ينا"),
    "yuan": ("yuan", 1, "yuan|renminbi|يوان|يوانا"),
    "rouble": ("rouble", 1, "rouble|roubles|ruble|rubles|روبل|روبلا"),
    "rupee": ("rupee", 1, "rupee|rupees|روبية|روبيات"),
    "franc": ("franc", 1, "franc|francs|فرنك|فرنكا|فرنكات"),
    "shekel": ("shekel", 1, "shekel|shekels|شيكل|شيكلا|شواكل"),
    "peso": ("peso", 1, "peso|pesos|بيزو"),
    "mark": ("mark", 1, "marks|ماركات"),
}  # fmt: skip
"""Name: what it measures, its size, its words. Money of one name is one kind, whatever country's."""

UNITS = {name: Unit(measures, size) for name, (measures, size, _words) in _ROWS.items()}

_NAMES = phrases(
    {
        name: words.replace("%|", "").replace("$|", "").replace("|€", "").replace("|£", "")
        for name, (_m, _s, words) in _ROWS.items()
    }
)
_SIGNS = {"%": "per cent", "$": "dollar", "€": "euro", "£": "pound", "°": "degree"}

FREQUENCIES = phrases(
    {
        "second": "a second|per second|every second|في الثانية|بالثانية|كل ثانية",
        "minute": "a minute|per minute|every minute|في الدقيقة|بالدقيقة|كل دقيقة",
        "hour": "hourly|an hour|per hour|every hour|each hour|في الساعة|كل ساعة|بالساعة",
        "day": "daily|a day|per day|every day|each day|يوميا|في اليوم|كل يوم|يومي|يومية|باليوم",
        "week": "weekly|a week|per week|every week|each week|أسبوعيا|في الأسبوع|كل أسبوع|أسبوعي|أسبوعية",
        "month": "monthly|a month|per month|every month|each month|شهريا|في الشهر|كل شهر|شهري|شهرية",
        "year": "yearly|annual|annually|a year|per year|every year|each year|سنويا|في السنة|في العام|كل عام|كل سنة|سنوي|سنوية",
    }
)
"""How often, or by what time, something is counted."""


def unit_after(text: Text, position: int) -> tuple[str | None, int]:
    """Return the unit that begins at or one adjective after ``position``, and where it ends."""
    rest = text.folded[position : position + 2].lstrip()
    if rest[:1] in _SIGNS:
        return _SIGNS[rest[0]], position + 1
    near = text.after(position, 2)
    for cue in _NAMES.find(text):
        for skipped, number in enumerate(near):
            token = text.tokens[number]
            if (
                cue.start <= token.start < cue.end
                and cue.start >= position
                and not (skipped and cue.end - cue.start < 3)
            ):
                return cue.key, cue.end
    return None, position


def sign_before(text: Text, position: int) -> str | None:
    """Return the unit whose sign stands right before ``position``, as in $40."""
    return (
        _SIGNS.get(text.folded[:position].rstrip()[-1:])
        if text.folded[:position].rstrip()[-1:] in "$€£"
        else None
    )


def begins_with_unit(text: Text, position: int) -> bool:
    """Tell whether the very next word is a unit: every year, لكل كيلوغرام."""
    following = text.after(position, 1)
    return bool(following) and any(
        cue.start <= text.tokens[following[0]].start < cue.end and cue.key != "metre"
        for cue in _NAMES.find(text)
    )


_SPEAKING = frozenset(
    ("second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "century", "point", "degree", "mark", "foot", "crown",
     "metre", "pound", "cent", "knot", "gram", "kilogram", "watt", "yard", "yen")
)  # fmt: skip
"""Units whose words are everyday words too."""


def bare_units(text: Text, counted: Collection[tuple[int, int]]) -> list[str]:
    """Return the units that ``text`` names without a number, as in "a kilogram"; ``counted`` are the others."""
    return [
        cue.key
        for cue in _NAMES.find(text)
        if UNITS[cue.key].measures not in ("time", "months", "nights")
        and not any(start <= cue.start < end for start, end in counted)
        and (
            cue.key not in _SPEAKING or ((cue.end - cue.start > 1) and _PER.search(text.folded[: cue.start]))
        )
    ]


_PER = re.compile(r"(?:(?<!\w)(?:per|a|an|each|every|لكل|كل)\s|(?<!\w)لل?)$")


_WHICH = re.compile(
    r"\sال(?:اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي|اخير|ماضي|مقبل|قادم|جاري|حالي|تالي|سابق)(?:ه|ي)?(?!\w)"
)
"""What makes of في اليوم a certain day: الرابع."""
_LAPSE = re.compile(r"\s(?:after|before|ago|later|earlier|and a half|من)(?!\w)")


def often(text: Text) -> frozenset[str]:
    """Return by what time ``text`` counts; "an hour after" is a lapse of time."""
    return frozenset(
        cue.key
        for cue in FREQUENCIES.find(text)
        if (
            not re.search(r"(?<!\w)(?:half|quarter|once|twice|times)\s$", text.folded[: cue.start])
            and not _LAPSE.match(text.folded, cue.end)
            and not _WHICH.match(text.folded, cue.end)
        )
        or text.folded[cue.end - 2 :].startswith("ly")
    )


def names_of(text: Text) -> frozenset[str]:
    """Return every unit that ``text`` names."""
    return _NAMES.keys(text)
