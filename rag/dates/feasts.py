"""Days of feasts: of a fixed date, by the Umm al-Qura calendar, or by Easter.

Feasts that countries or churches keep on different days (Labour Day, the Easter of an Arabic text) are told
only where they fall on one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from rag.dates.calendar import Days, day_of, hijri_day, hijri_year_of, one_day
from rag.dates.grammar import OF_SAID_YEAR, OF_YEAR, WHICH, Rule, Setting, build
from rag.dates.months import direction_in, nearest, year_in

_InYear = Callable[[int], Days | None]
_EASTER_IS_KNOWN = range(1583, 4100)


@dataclass(frozen=True, slots=True)
class _Feast:
    """What a feast is called in folded text, and its days in a year, which is a Hijri one where ``hijri``."""

    names: str
    in_year: _InYear
    hijri: bool = False


def _fixed(month: int, day: int) -> _InYear:
    return lambda year: day_of(year, month, day)


def _lunar(month: int, day: int, count: int = 1) -> _InYear:
    def in_year(year: int) -> Days | None:
        first = hijri_day(year, month, day)
        if first is None or count == 1:
            return first
        return Days(first.first, first.first + timedelta(days=count - 1), "day", approximate=True)

    return in_year


def _by_easter(shift: int, reckoning: Literal[2, 3]) -> _InYear:
    return lambda year: (
        one_day(easter(year, reckoning) + timedelta(days=shift)) if year in _EASTER_IS_KNOWN else None
    )


def _western(shift: int) -> _InYear:
    return _by_easter(shift, EASTER_WESTERN)


def _eastern(shift: int) -> _InYear:
    return _by_easter(shift, EASTER_ORTHODOX)


def _of_both(shift: int) -> _InYear:
    """Return the day in the years in which the churches keep it together."""
    western, eastern = _western(shift), _eastern(shift)
    return lambda year: western(year) if western(year) == eastern(year) else None


_FITR = r"(?:عيد\s+)?الفطر|e?id[\s-]+(?:al|ul|el)[\s-]+fitr"
_ADHA = r"(?:عيد\s+)?الاضحي|e?id[\s-]+(?:al|ul|el)[\s-]+(?:adha|azha)"
_EIDS = {"fitr": (10, 1), "adha": (12, 10)}

_FEASTS = (
    _Feast(r"new\s+year'?s'?\s+day|(?:يوم\s+)?(?:عيد\s+)?راس\s+السنه(?:\s+الميلاديه)?", _fixed(1, 1)),
    _Feast(r"new\s+year'?s'?\s+eve|(?:ليله|عشيه)\s+(?:عيد\s+)?راس\s+السنه(?:\s+الميلاديه)?", _fixed(12, 31)),
    _Feast(
        r"(?:st\.?\s+|saint\s+)?valentine'?s\s+day|(?:يوم\s+)?عيد\s+الحب|(?:يوم\s+)?الفالنتاين", _fixed(2, 14)
    ),
    _Feast(r"(?:st\.?\s+|saint\s+)patrick'?s\s+day", _fixed(3, 17)),
    _Feast(r"april\s+fools?'?s?'?\s+day", _fixed(4, 1)),
    _Feast(
        r"may\s+day|international\s+workers'?\s+day|(?:يوم\s+)?عيد\s+العمال|يوم\s+العمال(?:\s+العالمي)?",
        _fixed(5, 1),
    ),
    _Feast(r"nakba\s+day|يوم\s+النكبه|ذكري\s+النكبه", _fixed(5, 15)),
    _Feast(r"land\s+day|يوم\s+الارض(?!\s+العالمي)", _fixed(3, 30)),
    _Feast(r"bastille\s+day", _fixed(7, 14)),
    _Feast(r"hallowe'?en", _fixed(10, 31)),
    _Feast(r"christmas\s+day|(?:يوم\s+)?عيد\s+الميلاد(?:\s+المجيد)?|christmas", _fixed(12, 25)),
    _Feast(r"christmas\s+eve|(?:ليله|عشيه)\s+(?:عيد\s+)?الميلاد(?:\s+المجيد)?", _fixed(12, 24)),
    _Feast(r"boxing\s+day", _fixed(12, 26)),
    _Feast(r"palm\s+sunday", _western(-7)),
    _Feast(r"(?:maundy|holy)\s+thursday", _western(-3)),
    _Feast(r"good\s+friday", _western(-2)),
    _Feast(r"easter\s+(?:sunday|day)", _western(0)),
    _Feast(r"easter\s+monday", _western(1)),
    _Feast(r"(?:يوم\s+)?احد\s+الشعانين", _of_both(-7)),
    _Feast(r"(?:يوم\s+)?الجمعه\s+العظيمه", _of_both(-2)),
    _Feast(r"(?:يوم\s+)?(?:عيد\s+(?:الفصح|القيامه)|احد\s+(?:الفصح|القيامه))(?:\s+المجيد)?", _of_both(0)),
    _Feast(r"(?:يوم\s+)?(?:عيد\s+)?شم\s+النسيم|sham\s+(?:el|al)[\s-]nessim", _eastern(1)),
    _Feast(
        r"(?:يوم\s+)?(?:عيد\s+)?راس\s+السنه\s+الهجريه|(?:islamic|hijri)\s+new\s+year(?:'s\s+day)?",
        _lunar(1, 1),
        True,
    ),
    _Feast(r"(?:يوم\s+)?عاشوراء|ashoura|ashura", _lunar(1, 10), True),
    _Feast(
        r"(?:ذكري\s+|عيد\s+)?المولد\s+النبوي(?:\s+الشريف)?|(?:the\s+)?prophet'?s\s+birthday|"
        r"mawlid(?:\s+al-nabi)?",
        _lunar(3, 12),
        True,
    ),
    _Feast(
        r"يوم\s+(?:الوقوف\s+ب)?عرف(?:ه|ات)|(?:the\s+)?day\s+of\s+arafah?|arafah?t?\s+day", _lunar(12, 9), True
    ),
    _Feast(rf"(?:يوم\s+)?(?:{_FITR})(?:\s+(?:المبارك|السعيد))?", _lunar(10, 1, 3), True),
    _Feast(rf"(?:يوم\s+)?(?:{_ADHA})(?:\s+(?:المبارك|السعيد))?", _lunar(12, 10, 4), True),
)

_ORDINALS = {
    "اول": 1,
    "الاول": 1,
    "ثاني": 2,
    "الثاني": 2,
    "ثالث": 3,
    "الثالث": 3,
    "رابع": 4,
    "الرابع": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
}
# What has to stand before a feast, so that its day is told and not its name: on Christmas Day, في عيد الفطر.
_LED = re.compile(
    r"(?<!\w)(?:on|since|until|till|by|before|after|from|to|between|and|during|over|through|late|early|"
    r"morning\s+of|night\s+of|evening\s+of|afternoon\s+of|"
    r"[وف]?(?:في|منذ|خلال|حتي|قبل|بعد|طوال|طيله|من|الي|يوم|صباح|مساء|ليل|فجر|ظهر|عصر))[\s,]+$|"
    r"(?<!\w)[وف]?[بل]$"
)
_LEADS_ITSELF = re.compile(r"^(?:يوم|ليله|عشيه)\s")
_NAMES_SOMETHING = re.compile(
    r"\s+(?:agreements?|accords?|deal|peace|prayers?|tsunami|earthquake|truce|massacre|attack(?:s|"
    r"er)?|bombing|bomber|"
    r"riots?|uprising|revolution|speech|message|address|parade|honours|sales?|shopping|tree|carol|"
    r"market|island|"
    r"special|game|games|match|fixtures?|test|plot|killings?|shooting|fire|stampede|disaster)(?!\w)"
)
_OTHER_CHURCH = re.compile(
    r"(?<!\w)(?:orthodox|coptic|copts|eastern|russian|armenian|ethiopian|julian|"
    r"(?:ال|لل)?(?:ارثوذكس\w*|قبط\w*|اقباط|ارمن\w*|شرقي\w*|روم))(?!\w)"
)
_OTHER_NEW_YEAR = re.compile(
    r"\s+ال(?:هجري|صيني|عبري|قبطي|امازيغي|فارسي|كردي|سرياني|بابلي|يهودي|قمري|ماليه?|دراسي)\w*"
)
_BIRTHDAY = re.compile(r"\s+(?:ال(?!مجيد|ماضي|مقبل|قادم|فائت|منصرم|اخير)\w+|\d+)")
_EASTERN_CHRISTMAS = (date(2000, 1, 2), date(2000, 1, 20))
_WINDOW = 60


def _placed(match: re.Match[str], setting: Setting, in_year: _InYear, *, hijri: bool) -> Days | None:
    """Return the day of a feast in the year told, else the one that its clause means."""
    reference = setting.reference
    year = year_in(match, setting)
    if year is None:
        return None
    if year:
        if not hijri:
            return in_year(year)
        start = hijri_year_of(date(year, 1, 1))
        near = [in_year(start + shift) for shift in range(2)] if start else []
        return next((days for days in near if days and days.first.year == year), None)
    if match.groupdict().get("hyear"):
        return in_year(int(match["hyear"])) if hijri else None
    here = (hijri_year_of(reference) if hijri else reference.year) if reference else None
    if here is None or reference is None:
        return None
    stretches = [in_year(one) for one in range(here - 2, here + 3)]
    direction = direction_in(match, setting)
    if direction == "this":
        direction = "past" if setting.tense == "past" else "future"
    return nearest(stretches, reference, direction)


def _feast(match: re.Match[str], setting: Setting, feast: _Feast) -> Days | None:
    text, start, end = match.string, match.start("core"), match.end("core")
    which = match.groupdict().get("which")
    led = _LED.search(text[max(0, start - 20) : start]) or _LEADS_ITSELF.match(match["core"]) or which
    # "Was it open on Christmas Day" has a day; "when is Christmas Day" and "عطلة عيد الفطر" have a name.
    if not (led or start > match.start()) or _NAMES_SOMETHING.match(text, end):
        return None
    own = match["feast"]
    if own == "christmas" and not which:
        return None  # a season as often as its day
    if "السنه" in own and not feast.hijri and _OTHER_NEW_YEAR.match(text, end):
        return None
    around = text[max(0, start - _WINDOW) : end + _WINDOW]
    if re.search(r"christmas|easter|friday|sunday|thursday|monday|الميلاد(?!يه)", own):
        if _OTHER_CHURCH.search(around):
            return None
        if "الميلاد" in own and (_BIRTHDAY.match(text, end) or _may_be_eastern(setting)):
            return None
    return _placed(match, setting, feast.in_year, hijri=feast.hijri)


def _may_be_eastern(setting: Setting) -> bool:
    """Whether a text is of the days around 7 January, when عيد الميلاد may be the eastern churches'."""
    first, last = _EASTERN_CHRISTMAS
    return setting.reference is not None and first <= setting.reference.replace(year=2000) <= last


def _day_of_eid(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the first, second … day of one of the two feasts; the last one softly, as countries differ."""
    month, day = _EIDS["fitr" if match["fitr"] else "adha"]
    ordinal = match["ordinal"]
    last = ordinal in ("اخر", "last")
    count = (2 if match["fitr"] else 3) if last else _ORDINALS[ordinal] - 1
    days = _placed(match, setting, _lunar(month, day + count), hijri=True)
    return days.vague() if days and last else days


_YEAR = (
    rf"(?:{OF_YEAR}|{OF_SAID_YEAR}|\s*,?\s*(?:من\s+|ل)?(?:عام\s+|"
    rf"سنه\s+)?(?P<hyear>1[345]\d\d)(?!\d)(?:\s*ه(?!\w))?|\s+{WHICH})?"
    r"(?!\s*[,،]?\s*(?:عام\s+|سنه\s+)?\d{4})"
)
_EID = rf"(?:(?P<fitr>{_FITR})|(?P<adha>{_ADHA}))(?:\s+(?:المبارك|السعيد))?"

FEASTS: list[Rule] = [
    *build(
        _day_of_eid,
        rf"(?P<ordinal>اول|ثاني|ثالث|رابع|اخر)\s+(?:ايام\s+|يوم\s+(?:من\s+|في\s+)?(?:ايام\s+)?){_EID}{_YEAR}",
        rf"(?:اليوم\s+)?(?P<ordinal>ال(?:اول|ثاني|ثالث|رابع))\s+(?:من\s+|في\s+|ل)(?:ايام\s+)?{_EID}{_YEAR}",
        rf"(?:the\s+)?(?P<ordinal>first|second|third|fourth|last)\s+day\s+of\s+(?:the\s+)?{_EID}{_YEAR}",
    ),
    *(
        rule
        for feast in _FEASTS
        for rule in build(
            partial(_feast, feast=feast),
            rf"(?P<feast>{feast.names}){_YEAR}",
            rf"(?P<which>last|next|this)\s+(?P<feast>{feast.names})",
        )
    ),
]
