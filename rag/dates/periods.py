"""Years and what they are parted into: halves, quarters, seasons; decades."""

from __future__ import annotations

import re

from rag.dates import tables
from rag.dates.calendar import Days, choose, decade_of, half_of, months_of, part_of, year_of
from rag.dates.grammar import (
    LAST,
    NEXT,
    OF_SAID_YEAR,
    OF_YEAR,
    PART,
    SEASON,
    THIS,
    YEAR,
    Rule,
    Setting,
    any_of,
    build,
    build_led,
    direction_of,
    full_year,
    part_named,
)
from rag.dates.months import year_in

_FULL = r"(?:1[5-9]|20)\d\d"
_IN_YEAR = rf"(?:{OF_YEAR}|{OF_SAID_YEAR})"
_OF_ARABIC_YEAR = rf"\s+(?:من\s+|ل|في\s+)?(?:ال|لل)?(?:عام\s+|سنه\s+)?{YEAR}"
_QUARTER_AR = r"الربع\s+(?P<quarter>الاول|الثاني|الثالث|الرابع|الاخير)"
_QUARTER_EN = r"(?:the\s+)?(?P<quarter>first|second|third|fourth|last|final)[\s-]quarter"
_HALF_AR = r"النصف\s+(?P<half>الاول|الثاني|الاخير)"
_HALF_EN = r"(?:the\s+)?(?P<half>first|second|latter)\s+half"
_COUNTED = (
    r"(?:من\s+ال)?(?:شخص|دولار|متر|كيلو|كلم|كم|جنيه|ريال|درهم|ليره|دينار|طن|قتيل|جريح|مدرس|منزل|"
    r"وحد|نسخ|مشارك|لاعب|"
    r"people|dollars?|met(?:er|re)s?|km|kilomet|miles|tons?|tonnes|homes|houses|cases|seats|votes|"
    r"jobs|copies|"
    r"قريه|خيمه|مدرسه|شقه|سياره|بلده|مركبه|عايله|اسره|وظيفه|حاله|اصابه|غاره|صاروخ|قذيفه|مسيره|"
    r"جندي|عنصر|طالب|موظف|"
    r"عامل|منشاه|وحده|شاحنه|سفينه|طايره|صفحه|ميغاوات|برميل|فدان|هكتار|مقعد|ناخب|مباريات|مباراه|محاوله|مره|مرات|سهم|متظاهر|شاب|امراه|طفل|يوم|"
    r"villages|families|trucks|vehicles|aircraft|barrels|megawatts|rounds|missiles|drones|rockets|"
    r"shells|patients|children|"
    r"passengers|trees|tents|beds|rooms|units|shares|points|kilos|litres|gallons|watts|"
    r"per\s?cent|%|members|employees|workers|soldiers|troops|students|schools|pages|euros?|pounds|"
    r"acres|hectares)"
)
_IS_COUNT = re.compile(rf"\s*{_COUNTED}")
_ENDS = re.compile(
    r"\s*(?:$|[.,،;؛:!?؟)\]»\"”-]|(?:و|in|on|to|and|or|when|after|for|with|by|at|في|من|الي|علي|ان|"
    r"حين|عندما|حيث|بعد|قبل|ثم|بسبب|the|a|an|he|she|it|they|there|his|her|its|their|several|many|"
    r"some|most|about)(?!\w)|و)"
)
_LEADS = (
    r"in|of|since|until|till|during|by|before|after|through|throughout|from|around|circa|"
    r"back\s+in|[بلك]?في|منذ|حتي|خلال|"
    r"بحلول|قبل|بعد|نحو|حوالي|لغايه"
)
_RANGE_LEADS = r"from|in|during|over|period|years|من|خلال|في|الفتره|للفتره|الاعوام|السنوات|بين"
_BETWEEN = r"between|بين"
_LED_BETWEEN = re.compile(r"(?:between|بين)\s+$")
_AMOUNT_OF = re.compile(
    r"(?:total|average|maximum|minimum|sum|cost|price|value|height|altitude|depth|distance|length|"
    r"record|some|out)\s+of\s+$"
)
_LISTED = r"\s*(?:[,،]\s*(?:and\s+)?|and\s+|or\s+|و\s*|او\s+)"
_CENTURY = r"القرن\s+(?P<century>الماضي|العشرين|المنصرم|الفائت|التاسع\s+عشر|الثامن\s+عشر)"
_AGE = re.compile(r"(?:his|her|their|my|our|your)\s+(?:(?:early|mid|late)[\s-]+)?$")
_YOUNGEST_DECADE = 30
"""العشرينيات alone is either of two."""


def _year(match: re.Match[str], setting: Setting) -> Days | None:
    year = full_year(match["year"], setting)
    if year is None:
        return None
    days = year_of(year)
    part = match.groupdict().get("part")
    return part_of(days, part_named(part)) if part else days


def _bare_year(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a year told by its number alone, where the number counts nothing: في 2000 مدرسة."""
    after = match.string[match.end("core") :]
    if _AMOUNT_OF.search(match.string[: match.start("core")]):
        return None
    if _IS_COUNT.match(after) or (int(match["year"].strip("'")) % 100 == 0 and not _ENDS.match(after)):
        return None
    return _year(match, setting)


def _asked_year(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the year of "شو صار ب 2024" and *up to 2019*, which in prose are as often amounts."""
    return _bare_year(match, setting) if setting.asked else None


def _years(match: re.Match[str], _setting: Setting) -> Days | None:
    first, last = int(match["from"]), match["until"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    if match["two"] and until != first + 1 and not _LED_BETWEEN.search(match.string[: match.start("core")]):
        return None  # two years, not the years between them
    return Days(year_of(first).first, year_of(until).last, "year") if until > first else None


def _short_year(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the year of عام 98: of the last century, since "عام 12" is one of many."""
    after = match.string[match.end("core") :]
    if re.match(r"\s*(?:ه(?!\w)|هجري|للهجره|ميلاد|للميلاد|ق\.|قبل\s+الميلاد|[.,٫]\d|%)", after):
        return None
    return year_of(1900 + int(match["yy"])) if setting.reference else None


def _in_the_year(match: re.Match[str], setting: Setting) -> Days | None:
    year = year_in(match, setting)
    return year_of(year) if year else None


def _quarter(match: re.Match[str], setting: Setting) -> Days | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else tables.QUARTERS[groups["quarter"]]
    year = _in_the_year(match, setting)
    return months_of(year.first.year, 3 * number - 2, 3) if year else None


def _asked_quarter(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the latest quarter of a name that has begun, where a reader asks for it without a year."""
    if setting.reference is None or not setting.asked:
        return None
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else tables.QUARTERS[groups["quarter"]]
    year = setting.reference.year
    near: list[Days | None] = [months_of(one, 3 * number - 2, 3) for one in (year - 1, year)]
    return choose(near, setting.reference, "past")


def _this_quarter(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None:
        return None
    shift = {"last": -1, "this": 0, "next": 1}[direction_of(match["which"])]
    here = (setting.reference.month - 1) // 3 + shift
    return months_of(setting.reference.year + here // 4, 3 * (here % 4) + 1, 3)


def _half(match: re.Match[str], setting: Setting) -> Days | None:
    groups = match.groupdict()
    number = int(groups["h"]) if groups.get("h") else tables.HALVES[groups["half"]]
    year = _in_the_year(match, setting)
    return half_of(year, number) if year else None


def _season(match: re.Match[str], setting: Setting) -> Days | None:
    month, groups = tables.SEASONS[match["season"]], match.groupdict()
    part = groups.get("part")
    year = year_in(match, setting)
    days: Days | None
    if year is None:
        return None
    if year:
        # The winter of a year is either of two, unless both of its years are named.
        days = (
            months_of(year, month, 3) if month < 12 or groups.get("until") else _asked_winter(year, setting)
        )
    else:
        if setting.reference is None:
            return None
        years = range(setting.reference.year - 2, setting.reference.year + 3)
        near: list[Days | None] = [months_of(one, month, 3) for one in years]
        direction = direction_of(groups["which"] or "")
        if direction == "this" and month == 12:
            days = next((one for one in near if one and one.first <= setting.reference <= one.last), None)
        else:
            days = choose(near, setting.reference, direction)
    if days is None:
        return None
    # Where a season begins is a matter of whom one asks.
    return part_of(days, part_named(part)) if part else days.vague()


def _asked_winter(year: int, setting: Setting) -> Days | None:
    """Return the winter that a reader means by a year: the one that begins in it, if it has begun."""
    if setting.reference is None or not setting.asked:
        return None
    days = months_of(year, 12, 3)
    return days if days.first <= setting.reference else months_of(year - 1, 12, 3)


def _decade(match: re.Match[str], setting: Setting) -> Days | None:
    groups = match.groupdict()
    if groups.get("tens"):
        tens, century = tables.DECADES[groups["tens"]], groups.get("century")
        if century is None and (tens < _YOUNGEST_DECADE or not match["the"]):
            return None
        if century in ("الماضي", "المنصرم", "الفائت"):
            if setting.reference is None:
                return None
            start = (setting.reference.year // 100 - 1) * 100 + tens
        else:
            of = "" if century is None else re.sub(r"\s+", " ", century)
            start = {"التاسع عشر": 1800, "الثامن عشر": 1700}.get(of, 1900) + tens
    else:
        if _AGE.search(match.string[: match.start("core")]):
            return None
        digits = groups["digits"].strip("'")
        if len(digits) == 2 and int(digits) < _YOUNGEST_DECADE:
            return None
        start = int(digits) if len(digits) == 4 else 1900 + int(digits)
        if start % 100 == 0:
            return None  # the 1900s may be a century
    days = decade_of(start)
    return part_of(days, part_named(groups["part"])) if groups.get("part") else days


PERIODS: list[Rule] = [
    *build(
        _year,
        rf"(?P<part>{PART})\s+(?:ال)?(?:عام|سنه)\s+{YEAR}",
        rf"(?P<part>{PART})[\s-]+(?:of\s+)?{YEAR}",
        rf"(?:ال)?(?:عام|سنه)\s+{YEAR}",
        rf"(?:(?:the\s+)?year\s+){YEAR}",
    ),
    *build_led(_bare_year, _LEADS, YEAR),
    *build_led(_asked_year, r"ب|up\s+to", YEAR),
    *build(_asked_year, rf"(?<=ب){YEAR}"),
    Rule(
        re.compile(
            rf"(?<!\w)[وفبل]?(?:{_LEADS}|(?:ال)?(?:عامي|سنتي|عام|"
            rf"سنه))\s+{_FULL}(?:{_LISTED}{_FULL})*{_LISTED}(?P<core>{YEAR})(?!\w)"
        ),
        _bare_year,
    ),
    *build(
        _years,
        rf"(?:ال)?(?:عامي|سنتي)\s+(?P<from>{_FULL})\s*(?:(?P<two>و)\s*|-|الي\s+|حتي\s+)(?P<until>{_FULL})",
        rf"(?:ال)?(?:عام|سنه)\s+(?P<from>{_FULL})\s*(?P<two>(?!))?(?:الي\s+|حتي\s+)(?:عام\s+|"
        rf"سنه\s+)?(?P<until>{_FULL})",
    ),
    *build_led(
        _years,
        _RANGE_LEADS,
        rf"(?P<from>{_FULL})(?P<two>(?!))?(?:\s*-\s*|\s+(?:to|until|الي|"
        rf"حتي)\s+)(?:عام\s+)?(?P<until>{_FULL}|(?<=-)\d\d)",
    ),
    *build_led(
        _years,
        _BETWEEN,
        rf"(?:عام\s+|سنه\s+)?(?P<from>{_FULL})\s+(?P<two>and|و)\s*(?:عام\s+|سنه\s+)?(?P<until>{_FULL})",
    ),
    *build(_short_year, r"(?:ال)?(?:عام|سنه)\s+(?P<yy>[4-9]\d)"),
    *build(
        _quarter,
        rf"{_QUARTER_AR}(?:{_OF_ARABIC_YEAR}|{OF_SAID_YEAR})",
        rf"{_QUARTER_EN}{_IN_YEAR}",
        rf"q(?P<q>[1-4]){_IN_YEAR}",
    ),
    *build_led(_asked_quarter, r"في|خلال|in|during", _QUARTER_AR, _QUARTER_EN, r"q(?P<q>[1-4])"),
    *build(
        _this_quarter,
        rf"(?:ال)ربع\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        r"(?P<which>last|this|next)\s+quarter",
    ),
    *build(
        _half,
        rf"{_HALF_AR}(?:{_OF_ARABIC_YEAR}|{OF_SAID_YEAR})",
        rf"{_HALF_EN}{_IN_YEAR}",
        rf"h(?P<h>[12]){_IN_YEAR}",
    ),
    *build(
        _season,
        rf"(?:(?P<part>{PART})[\s-]+(?:of\s+)?)?(?P<season>{SEASON})\s+(?:of\s+|عام\s+|سنه\s+)?"
        rf"(?:the\s+year\s+)?(?P<year>{_FULL}|'\d\d)(?:\s*[-/]\s*(?P<until>{_FULL}|\d\d))?(?!\d)",
        rf"(?:(?P<part>{PART})[\s-]+(?:of\s+)?)?(?P<season>{SEASON}){OF_SAID_YEAR}",
        rf"(?:(?P<part>{PART})\s+)?ال(?P<season>{SEASON})\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        rf"(?:هذا|هذه)\s+ال(?P<season>{SEASON})(?P<which>(?!\w))",
        rf"(?P<which>last|next|this)\s+(?P<season>{SEASON})(?!\s+(?:in|of)(?!\w))",
    ),
    *build(
        _decade,
        rf"(?:(?P<part>{PART})\s+)?(?:عقد\s+)?(?P<the>ال)?(?P<tens>{any_of(tables.DECADES)})(?:\s+(?:من\s+)?{_CENTURY})?",
        rf"(?:the\s+)?(?:(?P<part>{PART})[\s-]+)?(?:the\s+)?(?P<digits>(?:1[5-9]|20)\d0|'\d0)'?s",
    ),
]
