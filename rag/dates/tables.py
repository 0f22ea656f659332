"""Words of dates in Arabic and English, as they stand in news prose.

Every key is written as a reader knows it and folded once by :func:`rag.dates.folding.fold`, so that a table
never has to list spelling variants of hamza, ta marbuta or Persian letters.
"""

from __future__ import annotations

from rag.dates.folding import fold


def _index(*rows: str) -> dict[str, int]:
    """Number rows of ``|``-separated names from one."""
    return {fold(name).text: number for number, row in enumerate(rows, 1) for name in row.split("|")}


MONTHS = _index(
    "يناير|كانون الثاني|كانون ثاني|كانون2|جانفي|January|Jan",
    "فبراير|شباط|فيفري|February|Feb",
    "مارس|آذار|March|Mar",
    "أبريل|إبريل|نيسان|أفريل|ابريل|April|Apr",
    "مايو|أيار|ماي|May",
    "يونيو|يونيه|حزيران|جوان|June|Jun",
    "يوليو|يوليه|يوليوز|تموز|جويلية|July|Jul",
    "أغسطس|آب|أوت|غشت|August|Aug",
    "سبتمبر|أيلول|شتنبر|September|Sept|Sep",
    "أكتوبر|تشرين الأول|تشرين أول|October|Oct",
    "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر|نوفمير|November|Nov",
    "ديسمبر|كانون الأول|كانون أول|دجنبر|December|Dec",
)
"""Gulf and Egyptian, Levantine, Maghrebi and English names of the twelve months."""

AMBIGUOUS_MONTHS = frozenset(fold(name).text for name in "آب|ماي|أوت|جوان|May|March|Mar|مارس".split("|"))
"""Names that are also everyday words (father, verbs …): they need a number or a preposition beside them."""

NAMES_TOO = AMBIGUOUS_MONTHS | {
    fold(name).text
    for name in "نيسان|تموز|شباط|آذار|أيار|حزيران|أيلول|April|June|August|Jan|Jun|Aug|Oct|Dec|Nov|Sep".split(
        "|"
    )
}
"""With them names of people, of a god and of a firm, and short forms: alone they are no month of a text."""

HIJRI_MONTHS = _index(
    "محرم|المحرم|محرم الحرام|Muharram",
    "صفر|صفر الخير|Safar",
    "ربيع الأول|ربيع أول|Rabi al-Awwal|Rabi' al-Awwal|Rabi I",
    "ربيع الآخر|ربيع الثاني|ربيع ثاني|Rabi al-Thani|Rabi' al-Thani|Rabi II",
    "جمادى الأولى|جمادى الأول|Jumada al-Awwal|Jumada al-Ula|Jumada I",
    "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الآخر|Jumada al-Thani|Jumada al-Akhirah|Jumada II",
    "رجب|Rajab",
    "شعبان|Shaaban|Sha'ban|Shaban",
    "رمضان|شهر رمضان|رمضان المبارك|Ramadan|Ramadhan",
    "شوال|Shawwal",
    "ذو القعدة|ذي القعدة|ذو القعده|Dhu al-Qadah|Dhu al-Qi'dah|Dhul Qadah",
    "ذو الحجة|ذي الحجة|Dhu al-Hijjah|Dhul Hijjah|Dhu'l-Hijja",
)

BARE_HIJRI = frozenset(
    fold(name).text for name in "رمضان|شهر رمضان|رمضان المبارك|Ramadan|Ramadhan".split("|")
)
"""The one Hijri month that news names without a day or year; the others are also names of people."""

WEEKDAYS = {
    fold(name).text: number
    for number, row in enumerate(
        (
            "اثنين|إثنين|اتنين|Monday|Mon",
            "ثلاثاء|ثلثاء|تلات|تلاتاء|Tuesday|Tue|Tues",
            "أربعاء|اربعا|Wednesday|Wed",
            "خميس|Thursday|Thu|Thurs",
            "جمعة|Friday|Fri",
            "سبت|Saturday|Sat",
            "أحد|Sunday|Sun",
        )
    )
    for name in row.split("|")
}
"""Python's weekday numbers; the Arabic names without their article."""

NUMBERS = {
    fold(name).text: number
    for number, row in {
        1: "واحد|واحدة|one|a|an",
        2: "اثنين|اثنان|اثنتين|two|couple of|a couple of",
        3: "ثلاثة|ثلاث|تلات|تلاتة|تلت|three",
        4: "أربعة|أربع|four",
        5: "خمسة|خمس|five",
        6: "ستة|ست|six",
        7: "سبعة|سبع|seven",
        8: "ثمانية|ثماني|ثمان|تمانية|تمن|تمان|eight",
        9: "تسعة|تسع|nine",
        10: "عشرة|عشر|ten",
        11: "أحد عشر|إحدى عشرة|eleven",
        12: "اثني عشر|اثنا عشر|اثنتي عشرة|twelve|dozen|a dozen",
        13: "ثلاثة عشر|ثلاث عشرة|thirteen",
        14: "أربعة عشر|أربع عشرة|fourteen",
        15: "خمسة عشر|خمس عشرة|fifteen",
        16: "ستة عشر|ست عشرة|sixteen",
        17: "سبعة عشر|سبع عشرة|seventeen",
        18: "ثمانية عشر|ثماني عشرة|eighteen",
        19: "تسعة عشر|تسع عشرة|nineteen",
        20: "عشرين|عشرون|twenty",
        24: "أربع وعشرين|الأربع والعشرين|أربع وعشرون|twenty-four",
        25: "خمس وعشرين|خمسة وعشرين|twenty-five",
        30: "ثلاثين|ثلاثون|thirty",
        36: "ست وثلاثين|thirty-six",
        40: "أربعين|أربعون|forty",
        48: "ثمان وأربعين|ثماني وأربعين|forty-eight",
        50: "خمسين|خمسون|fifty",
        60: "ستين|ستون|sixty",
        70: "سبعين|سبعون|seventy",
        72: "اثنتين وسبعين|seventy-two",
        80: "ثمانين|ثمانون|eighty",
        90: "تسعين|تسعون|ninety",
        100: "مئة|مائة|hundred|a hundred",
    }.items()
    for name in row.split("|")
}

UNITS = {
    fold(name).text: unit
    for unit, row in {
        "hour": "ساعة|ساعات|hour|hours",
        "minute": "دقيقة|دقائق|minute|minutes",
        "day": "يوم|أيام|يوما|ايام|تيام|day|days",
        "week": "أسبوع|أسابيع|أسبوعا|سيمانة|سيمانات|week|weeks",
        "month": "شهر|أشهر|شهور|شهرا|month|months",
        "year": "سنة|سنوات|سنين|عام|أعوام|عاما|year|years",
        "fortnight": "fortnight|fortnights",
        "decade": "عقود|decade|decades",
    }.items()
    for name in row.split("|")
}

DUALS = {
    fold(name).text: unit
    for unit, row in {
        "hour": "ساعتين",
        "minute": "دقيقتين",
        "day": "يومين",
        "week": "أسبوعين",
        "month": "شهرين",
        "year": "سنتين|عامين",
        "decade": "عقدين",
    }.items()
    for name in row.split("|")
}
"""Arabic duals: a unit and the number two in one word."""

LAST_WORDS = (
    "الماضي|الماضية|الماضيين|الماضيه|المنصرم|المنصرمة|الفائت|الفائتة|الفايت|الفايتة|المنقضي|المنقضية|اللي "
    "فات|اللي فاتت|"
    "اللي فاتوا|الأخيرة|الأخير|الأخيرين|الفارط|الفارطة|اللي راح|اللي راحت|اللي مضى|اللي مضت|"
    "اللي عدى|اللي عدت|اللي داز|اللي دازت|يلي فات|يلي فاتت|يلي راح|يلي راحت|يلي مضى|يلي مضت"
)
NEXT_WORDS = (
    "المقبل|المقبلة|القادم|القادمة|الآتي|الآتية|الجاي|الجاية|اللي جاي|اللي جاية|المقبلين|"
    "القادمين|القابل|القابلة"
)
THIS_WORDS = "الجاري|الجارية|الحالي|الحالية|ده|دي|هاد|هاي|هذا|هذه"

DAY_WORDS = {
    fold(name).text: shift
    for shift, row in {
        0: (
            "اليوم|هذا اليوم|يومنا هذا|النهاردة|النهارده|إنهاردة|انهارده|هلأ|هلق|دلوقتي|الليلة|هذه الليلة|"
            "هذا المساء|"
            "هذا الصباح|صباح اليوم|مساء اليوم|فجر اليوم|ظهر اليوم|عصر اليوم|ليل اليوم|اليوم صباحا|"
            "الصبح ده|today|tonight|this morning|this afternoon|this evening|earlier today|later today"
        ),
        -1: (
            "أمس|امس|البارحة|البارح|مبارح|امبارح|إمبارح|الليلة الماضية|الليلة الفائتة|ليلة أمس|ليل أمس|"
            "الليلة البارحة|"
            "مساء أمس|صباح أمس|فجر أمس|ظهر أمس|عصر أمس|يوم أمس|يوم الأمس|مساء البارحة|"
            "yesterday|last night|yesterday morning|yesterday evening|yesterday afternoon"
        ),
        -2: (
            "أول أمس|أول من أمس|قبل أمس|أمس الأول|أول البارحة|قبل البارحة|أول امبارح|أول إمبارح|أولة امبارح|"
            "أول مبارح|أولة مبارح|قبل امبارح|أول من مبارح|أول من امبارح|أول البارح|"
            "the day before yesterday|day before yesterday"
        ),
        1: (
            "غدا|الغد|بكرة|بكره|بكرا|باكر|باجر|يوم غد|صباح غد|مساء غد|فجر غد|ظهر غد|غدوة|tomorrow|"
            "tomorrow night|"
            "tomorrow morning|tomorrow evening"
        ),
        2: "بعد غد|بعد الغد|بعد بكرة|بعد بكرا|the day after tomorrow|day after tomorrow",
    }.items()
    for name in row.split("|")
}
"""Days told from the day of speaking, in the dialects of Egypt, the Levant, the Gulf and the Maghreb too."""

PARTS = {
    fold(name).text: part
    for part, row in {
        "early": "مطلع|بداية|أوائل|مستهل|بدايات|باكورة|early|the start of|the beginning of|start of|"
        "beginning of",
        "mid": "منتصف|أواسط|وسط|mid|the middle of|middle of|halfway through",
        "late": "أواخر|نهاية|نهايات|آخر|ختام|late|the end of|end of",
    }.items()
    for name in row.split("|")
}

SEASONS = {
    fold(name).text: month
    for month, row in {3: "ربيع|spring", 6: "صيف|summer", 9: "خريف|autumn|fall", 12: "شتاء|winter"}.items()
    for name in row.split("|")
}
"""The first month of each season of three months."""

_ENGLISH_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_ENGLISH_ORDINALS = [
    *_ENGLISH_ONES,
    *"tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth".split(),
    *"seventeenth eighteenth nineteenth".split(),
    *("twentieth", *(f"twenty-{one}" for one in _ENGLISH_ONES), "thirtieth", "thirty-first"),
]
_UNITS_OF_TEN = "حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع".split()
ORDINALS = {
    fold(name).text: number
    for number, names in {
        **{
            number: [f"ال{name}"]
            for number, name in enumerate("أول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split(), 1)
        },
        **{number: [f"ال{name} عشر"] for number, name in enumerate(_UNITS_OF_TEN, 11)},
        **{
            number: [f"ال{name} والعشرين", f"ال{name} والعشرون"]
            for number, name in enumerate(_UNITS_OF_TEN, 21)
        },
        20: ["العشرين", "العشرون"],
        30: ["الثلاثين", "الثلاثون"],
        31: ["الحادي والثلاثين", "الحادي والثلاثون"],
    }.items()
    for name in names
} | {name: number for number, name in enumerate(_ENGLISH_ORDINALS, 1)}
"""Days of a month in words, as in "الأول من يناير"."""

QUARTERS = {
    fold(name).text: number
    for number, row in {
        1: "الأول|first",
        2: "الثاني|second",
        3: "الثالث|third",
        4: "الرابع|الأخير|fourth|last|final",
    }.items()
    for name in row.split("|")
}

HALVES = {
    fold(name).text: number
    for number, row in {1: "الأول|first", 2: "الثاني|الأخير|second|latter"}.items()
    for name in row.split("|")
}

SPOKEN_NUMBERS = {
    fold(name).text: number
    for number, row in enumerate(
        (
            "واحد|واحدة",
            "اثنين|اتنين|تنين|ثنين",
            "ثلاثة|ثلاث|تلاتة|تلات|تلاته",
            "أربعة|أربع",
            "خمسة|خمس",
            "ستة|ست",
            "سبعة|سبع",
            "ثمانية|ثمان|تمانية|تمنية|تمن|ثمنية",
            "تسعة|تسع",
            "عشرة|عشر",
            "احدعش|حداشر|حدعش|إحدعش|أحد عشر",
            "اطنعش|طنعش|اتناشر|اثنعش|اثني عشر|اثنا عشر",
        ),
        1,
    )
    for name in row.split("|")
}
"""Numbers of days and months as they are spoken: شهر خمسة, عشرة أيار."""

NTH = {
    fold(name).text: number
    for number, row in {
        1: "الأول|الأولى|الأوائل|الأولاني|أول|first|1st|opening",
        2: "الثاني|التاني|ثاني|تاني|second|2nd",
        3: "الثالث|التالت|ثالث|تالت|third|3rd",
        4: "الرابع|رابع|fourth|4th",
        5: "الخامس|خامس|fifth",
        6: "سادس",
        7: "سابع",
        8: "ثامن|تامن",
        9: "تاسع",
        10: "عاشر",
        -1: "الأخير|الأخيرة|الأخراني|آخر|تالي|last|final|closing",
    }.items()
    for name in row.split("|")
}
"""Which of the weeks, days or halves of a month; ``-1`` is the last."""

ASKED_PARTS = {
    fold(name).text: part
    for part, row in {"early": "أول", "mid": "نص|نصف", "late": "تالي"}.items()
    for name in row.split("|")
}
"""Parts of a month, week or year that are such in a question only; elsewhere they are the first, a half."""

SPOKEN_WEEKDAYS = {
    fold(name).text: number
    for number, row in {
        0: "التنين|لاتنين|الثنين",
        1: "الثلوث|التلاثاء|الثلاثا",
        2: "الأربع|الاربعه|لاربعا",
        3: "لخميس",
        6: "الحد|لحد",
    }.items()
    for name in row.split("|")
}
"""Weekdays by names that are common words too (a limit, four), with their article."""

DECADES = {
    fold(f"{stem}{ending}").text: number
    for number, stem in {
        20: "عشرين",
        30: "ثلاثين",
        40: "أربعين",
        50: "خمسين",
        60: "ستين",
        70: "سبعين",
        80: "ثمانين",
        90: "تسعين",
    }.items()
    for ending in ("يات", "ات")
}
"""The tens of years in words: الثمانينيات، الثمانينات."""
