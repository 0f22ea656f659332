"""Days, months and years of the Hijri calendar, by Umm al-Qura."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates import tables
from rag.dates.calendar import (
    Days,
    choose,
    hijri_day,
    hijri_month,
    hijri_year,
    hijri_year_of,
    part_of,
)
from rag.dates.grammar import (
    ANY_WEEKDAY,
    HIJRI_MONTH,
    NO_YEAR,
    OF_SAID_YEAR,
    PART,
    WHICH,
    YEAR,
    Rule,
    Setting,
    any_of,
    build,
    look,
    part_named,
    unresolved,
)
from rag.dates.months import direction_in, year_in

_MARK = r"(?:ه|هجريه?|للهجره|ah|a\.h\.?)(?!\w)"
_YEAR = rf"\s*,?\s*(?:من\s+)?(?:ل?عام\s+|ل?سنه\s+)?(?P<hyear>1[345]\d\d)(?!\d)(?:\s*{_MARK})?"
_WEEKDAY = rf"(?:(?:يوم\s+)?{ANY_WEEKDAY}\s*[,،]?\s*(?:the\s+|الموافق\s+)?)?"
_OF = r"\s*,?\s*(?:من\s+|of\s+)?(?:شهر\s+)?"
_DAY = rf"(?:ال)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_OF}"
_ORDINAL = (
    rf"(?:the\s+|اليوم\s+)?(?P<day>غره|{any_of(tables.ORDINALS)})(?:\s+day)?\s+(?:من\s+|of\s+)?(?:شهر\s+)?"
)
_PART = rf"(?:(?P<part>{PART})[\s-]+(?:شهر\s+|of\s+)?)?"
_EDGE = (
    r"(?:the\s+)?(?P<edge>first|last)\s+day\s+of\s+|(?P<edge_>اول|اخر)\s+(?:يوم|ايام)\s+(?:من\s+|"
    r"في\s+)?(?:شهر\s+)?"
)
_MONTH = rf"(?P<month>{HIJRI_MONTH})"
_WHICH = rf"(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}"
_LED = re.compile(
    r"(?<!\w)(?:[وف]?(?:في|منذ|خلال|طوال|طيله|طول|شهر|حتي|قبل|بعد|حلول|قبيل|مع|هلال)|in|since|during|throughout|over|until|"
    r"by|between|before|after|of|for|this|through|month)\s+(?:ال)?\w+$|(?<!\w)و?[بل]رمضان$"
)
_LAST_TENTH = 21
"""The last ten nights of a month begin with its 21st, however long it is."""


def _day(text: str) -> int:
    if text.isdigit():
        return int(text)
    return 1 if text == "غره" else look(tables.ORDINALS, text)


def _days(year: int, month: int, day: int | None) -> Days | None:
    return hijri_day(year, month, day) if day else hijri_month(year, month)


def _dated(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a day, a month or a part of one: in the year it names, or in the one its clause means."""
    month = look(tables.HIJRI_MONTHS, match["month"])
    groups = match.groupdict()
    day = _day(groups["day"]) if groups.get("day") else None
    if groups.get("hyear"):
        days = _days(int(groups["hyear"]), month, day)
    elif groups.get("year") or groups.get("saidyear"):
        year = year_in(match, setting)
        days = _in_gregorian(year, month, day) if year else None
    else:
        days = _near(match, setting, month, day)
    return part_of(days, part_named(groups["part"])) if days and groups.get("part") else days


def _near(match: re.Match[str], setting: Setting, month: int, day: int | None) -> Days | None:
    direction = direction_in(match, setting)
    this_year = hijri_year_of(setting.reference) if setting.reference else None
    if direction is None or this_year is None or setting.reference is None:
        return None
    told = day is not None or any(match.groupdict().get(name) for name in ("which", "edge", "edge_", "tenth"))
    if not told and not setting.cued and (setting.asked or match["month"] not in tables.BARE_HIJRI):
        return None  # "when does Ramadan begin" is asked of no days
    if (
        not told
        and match["month"] in ("رمضان", "ramadan", "ramadhan")
        and setting.sure
        and not _LED.search(match.string[max(0, match.start("core") - 12) : match.end("core")])
    ):
        return None  # it is a man's name as well
    if not told and not setting.asked and match["month"] not in tables.BARE_HIJRI:
        return None
    near = [_days(year, month, day) for year in range(this_year - 2, this_year + 3)]
    if direction == "this":
        return next((days for days in near if days and days.first <= setting.reference <= days.last), None)
    return choose(near, setting.reference, direction)


def _in_gregorian(year: int, month: int, day: int | None) -> Days | None:
    """Return a Hijri day or month told with a Gregorian year, as in رمضان 2020; the first where two begin."""
    start = hijri_year_of(date(year, 1, 1))
    near = [_days(start + shift, month, day) for shift in range(2)] if start else []
    return next((days for days in near if days and days.first.year == year), None)


def _edge(match: re.Match[str], setting: Setting) -> Days | None:
    days = _dated(match, setting)
    if days is None:
        return None
    day = days.first if (match["edge"] or match["edge_"]) in ("first", "اول") else days.last
    return Days(day, day, "day")


def _last_ten(match: re.Match[str], setting: Setting) -> Days | None:
    days = _dated(match, setting)
    return Days(days.first + timedelta(days=_LAST_TENTH - 1), days.last, "week") if days else None


def _year(match: re.Match[str], _setting: Setting) -> Days | None:
    return hijri_year(int(match["hyear"]))


HIJRI: list[Rule] = [
    # The night of the 27th is the one before it.
    *build(
        unresolved,
        rf"ليله\s+(?:ال)?(?:{_DAY}|{_ORDINAL.replace('<day>', '<night>')}){_MONTH}(?:{_YEAR}|{_WHICH})",
    ),
    *build(
        _dated,
        rf"{_WEEKDAY}{_DAY}{_MONTH}{_YEAR}",
        rf"{_WEEKDAY}{_DAY}{_MONTH}{_WHICH}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTH}{_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTH}{_WHICH}",
        rf"{_PART}{_MONTH}{_YEAR}",
        rf"{_PART}{_MONTH}{_WHICH}",
        rf"{_PART}{_MONTH}(?:\s+(?:عام|سنه))?\s*{YEAR}",
        rf"(?P<which>last|next|this)\s+{_MONTH}",
    ),
    *build(_edge, rf"(?:{_EDGE}){_MONTH}(?:{_YEAR}|{_WHICH})"),
    *build(
        _last_ten,
        rf"(?P<tenth>العشر\s+الاواخر)\s+(?:من\s+)?(?:شهر\s+)?{_MONTH}(?:{_YEAR}|{_WHICH})",
        rf"(?:the\s+)?(?P<tenth>last\s+ten)\s+(?:days|nights)\s+of\s+{_MONTH}(?:{_YEAR}|{_WHICH})",
    ),
    *build(
        _year,
        rf"(?:ال)?(?:عام|سنه)\s+(?P<hyear>1[345]\d\d)\s*{_MARK}",
        rf"(?:the\s+year\s+)?(?P<hyear>1[345]\d\d)\s*{_MARK}",
    ),
]
