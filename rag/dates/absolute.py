"""Dates that carry a month's name or are all digits, in the Gregorian and the Hijri calendar."""

from __future__ import annotations

import re
from datetime import date

from rag.dates import tables
from rag.dates.calendar import (
    Days,
    Direction,
    choose,
    day_of,
    hijri_day,
    hijri_month,
    hijri_year_of,
    month_of,
    months_of,
    part_of,
    year_of,
)
from rag.dates.grammar import (
    ANY_WEEKDAY,
    HIJRI_MONTH,
    LAST,
    MONTH,
    NEXT,
    PART,
    SEASON,
    WHICH,
    Rule,
    Setting,
    any_of,
    build,
    direction_of,
    look,
)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|و\s*|الي\s|حتي\s|to\s|and\s)\s*"
_DAYS = rf"{_DAY}{_TO}(?P<until>\d{{1,2}})(?:st|nd|rd|th)?"
_OF = r"\s*,?\s*(?:من\s+|of\s+)?(?:شهر\s+)?"
_MONTHS = rf"(?P<month>{MONTH})(?:\.(?=\s*[\d,]))?(?:\s*[/(-]\s*(?P<alias>{MONTH})\s*\)?)?"
# "في يناير 30 ألفا": after an Arabic month a number without a year is seldom its day.
_ENGLISH = rf"(?P<month>{any_of(name for name in tables.MONTHS if name.isascii())})\.?(?P<alias>(?!))?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)(?:\s*م(?!\w))?"
_OF_YEAR = rf"\s*[,،]?\s*(?:من\s+|of\s+)?(?:ال)?(?:عام\s+|سنه\s+)?{_YEAR}"
# A year that no pattern takes (1347, 1225) is still the date's own: without it the date is not told.
_NO_YEAR = r"(?!\s*[,،]?\s*(?:من\s+|of\s+)?(?:ال)?(?:عام\s+|سنه\s+)?\d{4})"
_ORDINAL = rf"(?:the\s+)?(?P<day>{any_of(tables.ORDINALS)})\s+(?:من|of)\s+(?:شهر\s+)?"
_WEEKDAY = rf"(?:{ANY_WEEKDAY}\s*[,،]?\s*(?:the\s+|الموافق\s+)?)?"
_PART = rf"(?:(?P<part>{PART})[\s-]+(?:شهر\s+|of\s+)?)?"
_HIJRI_YEAR = (
    r"\s*,?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<hyear>1[345]\d\d)(?!\d)(?:\s*(?:ه|هجريه?|للهجره|ah)(?!\w))?"
)


def _month(match: re.Match[str]) -> int | None:
    """Return the month, ``None`` where a paired second name says another one."""
    month = look(tables.MONTHS, match["month"])
    alias = match["alias"]
    return month if alias is None or look(tables.MONTHS, alias) == month else None


def _day(text: str) -> int:
    return int(text) if text.isdigit() else look(tables.ORDINALS, text)


def _around(reference: date, month: int, day: int | None) -> list[Days | None]:
    years = range(reference.year - 4, reference.year + 5)
    return [day_of(year, month, day) if day else month_of(year, month) for year in years]


def _direction(match: re.Match[str], setting: Setting) -> Direction | None:
    which = match.groupdict().get("which")
    if setting.reference is None:
        return None
    return direction_of(which) if which else setting.direction


def _day_in_month(match: re.Match[str], setting: Setting) -> Days | None:
    month, day = _month(match), _day(match["day"])
    if month is None:
        return None
    if match.groupdict().get("year"):
        first = day_of(int(match["year"]), month, day)
    else:
        direction = _direction(match, setting)
        if direction is None or setting.reference is None:
            return None
        first = choose(_around(setting.reference, month, day), setting.reference, direction)
    until = match.groupdict().get("until")
    if first is None or until is None:
        return first
    last = day_of(first.first.year, month, int(until))
    return Days(first.first, last.first, "day") if last and last.first > first.first else None


def _whole_month(match: re.Match[str], setting: Setting) -> Days | None:
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    if groups.get("year"):
        days: Days | None = month_of(int(match["year"]), month)
    else:
        named = bool(groups.get("which") or groups.get("part") or groups.get("alias") or setting.cued)
        if not named and (not setting.capital or match["month"] in tables.AMBIGUOUS_MONTHS):
            return None
        direction = _direction(match, setting)
        if direction is None or setting.reference is None:
            return None
        days = choose(_around(setting.reference, month, None), setting.reference, direction)
    part = groups.get("part")
    return part_of(days, _part(part)) if days and part else days


def _part(name: str) -> str:
    return tables.PARTS[re.sub(r"\s+", " ", name)]


def _hijri(match: re.Match[str], setting: Setting) -> Days | None:
    month = look(tables.HIJRI_MONTHS, match["month"])
    groups = match.groupdict()
    day = _day(groups["day"]) if groups.get("day") else None
    if groups.get("hyear"):
        year = int(match["hyear"])
        return hijri_day(year, month, day) if day else hijri_month(year, month)
    direction = _direction(match, setting)
    this_year = hijri_year_of(setting.reference) if setting.reference else None
    if direction is None or this_year is None or setting.reference is None:
        return None
    if day is None and not groups.get("which") and match["month"] not in tables.BARE_HIJRI:
        return None
    years = range(this_year - 2, this_year + 3)
    near = [hijri_day(year, month, day) if day else hijri_month(year, month) for year in years]
    return choose(near, setting.reference, direction)


def _ramadan_of(match: re.Match[str], _setting: Setting) -> Days | None:
    """A Hijri month told with a Gregorian year, as in رمضان 2020."""
    month, year = look(tables.HIJRI_MONTHS, match["month"]), int(match["year"])
    start = hijri_year_of(date(year, 1, 1))
    near = [hijri_month(start + shift, month) for shift in range(2)] if start else []
    return next((days for days in near if days and days.first.year == year), None)


def _year(match: re.Match[str], _setting: Setting) -> Days | None:
    days = year_of(int(match["year"]))
    until = match.groupdict().get("until")
    if until:
        last = year_of(int(until))
        return Days(days.first, last.last, "year") if last.last > days.last else None
    part = match.groupdict().get("part")
    return part_of(days, _part(part)) if part else days


def _quarter(match: re.Match[str], setting: Setting) -> Days | None:
    number = tables.QUARTERS[match["quarter"]]
    year = match.groupdict().get("year")
    if year is None:
        if setting.reference is None:
            return None
        shift = {"last": -1, "this": 0, "next": 1}
        year = str(setting.reference.year + shift[direction_of(match["which"])])
    return months_of(int(year), 3 * number - 2, 3)


def _season(match: re.Match[str], setting: Setting) -> Days | None:
    month = tables.SEASONS[match["season"]]
    groups = match.groupdict()
    if groups.get("year"):
        return months_of(int(match["year"]), month, 3)
    if setting.reference is None:
        return None
    years = range(setting.reference.year - 2, setting.reference.year + 3)
    near: list[Days | None] = [months_of(year, month, 3) for year in years]
    return choose(near, setting.reference, direction_of(groups["which"] or ""))


def iso_or_hijri(year: int, month: int, day: int) -> Days | None:
    """Return the day of a numeric date whose year stands alone by its four digits."""
    return hijri_day(year, month, day) if 1343 <= year <= 1500 else day_of(year, month, day)


def _year_first(match: re.Match[str], _setting: Setting) -> Days | None:
    return iso_or_hijri(int(match["y"]), int(match["m"]), int(match["d"]))


def _year_last(match: re.Match[str], _setting: Setting) -> Days | None:
    """Day and month are told apart by value, by being equal, or by a weekday; else nobody knows."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["y"])
    readings = [iso_or_hijri(year, month, day) for day, month in {(one, two), (two, one)}]
    days = [reading for reading in readings if reading is not None]
    weekday = match["weekday"]
    if len(days) == 2 and weekday:
        number = tables.WEEKDAYS[re.sub(r"^(?:ال|لل)", "", weekday.rstrip("."))]
        days = [day for day in days if day.first.weekday() == number]
    return days[0] if len(days) == 1 else None


ABSOLUTE: list[Rule] = [
    *build(
        _day_in_month,
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTHS}{_OF_YEAR}",
        rf"{_WEEKDAY}{_DAYS}{_OF}{_MONTHS}{_OF_YEAR}",
        rf"{_WEEKDAY}{_MONTHS}\s+{_DAY}(?:\s*[,،]\s*|\s+){_YEAR}",
        rf"{_WEEKDAY}{_MONTHS}\s+{_DAYS}(?:\s*[,،]\s*|\s+){_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTHS}{_OF_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTHS}(?:\s+{WHICH})?{_NO_YEAR}",
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTHS}(?:\s+{WHICH})?{_NO_YEAR}",
        rf"{_WEEKDAY}{_DAYS}{_OF}{_MONTHS}(?:\s+{WHICH})?{_NO_YEAR}",
        rf"{_WEEKDAY}{_ENGLISH}\s+{_DAY}(?!\d){_NO_YEAR}",
        rf"{_WEEKDAY}{_ENGLISH}\s+{_DAYS}(?!\d){_NO_YEAR}",
    ),
    *build(
        _whole_month,
        rf"{_PART}{_MONTHS}{_OF_YEAR}",
        rf"{_PART}{_MONTHS}(?:\s+{WHICH})?{_NO_YEAR}",
        rf"(?P<which>last|next|this)\s+(?P<month>{MONTH})(?P<alias>(?!))?",
    ),
    *build(
        _hijri,
        rf"{_WEEKDAY}{_DAY}{_OF}(?P<month>{HIJRI_MONTH}){_HIJRI_YEAR}",
        rf"{_WEEKDAY}{_DAY}{_OF}(?P<month>{HIJRI_MONTH})(?:\s+{WHICH})?{_NO_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}(?P<month>{HIJRI_MONTH}){_HIJRI_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}(?P<month>{HIJRI_MONTH})(?:\s+{WHICH})?{_NO_YEAR}",
        rf"(?P<month>{HIJRI_MONTH}){_HIJRI_YEAR}",
        rf"(?P<month>{HIJRI_MONTH})(?:\s+{WHICH})?{_NO_YEAR}",
        rf"(?P<which>last|next|this)\s+(?P<month>{HIJRI_MONTH})",
    ),
    *build(_ramadan_of, rf"(?P<month>{HIJRI_MONTH})(?:\s+(?:عام|سنه))?\s*{_YEAR}"),
    *build(
        _year,
        rf"(?:{PART})\s+(?:ال)?(?:عام|سنه)\s+{_YEAR}".replace("(?:", "(?P<part>", 1),
        rf"(?P<part>{PART})[\s-]+(?:of\s+)?{_YEAR}",
        rf"(?:ال)?(?:عام|سنه)\s+{_YEAR}(?:\s+م(?!\w))?",
        rf"(?:ال)?عامي\s+{_YEAR}\s*(?:و\s*|-)\s*(?P<until>(?:1[5-9]|20)\d\d)",
        rf"(?:(?:the\s+)?year\s+){_YEAR}",
        rf"(?<=in\s){_YEAR}",
        rf"(?<=since\s){_YEAR}",
        rf"(?<=until\s){_YEAR}",
        rf"(?<=during\s){_YEAR}",
        rf"(?<=of\s){_YEAR}",
        rf"(?<=في\s){_YEAR}",
        rf"(?<=منذ\s){_YEAR}",
        rf"(?<=حتي\s){_YEAR}",
    ),
    *build(
        _quarter,
        rf"الربع\s+(?P<quarter>الاول|الثاني|الثالث|الرابع|الاخير)\s+(?:من|ل|ل?عام|في)?\s*(?:ال|لل)?(?:عام|"
        rf"سنه)?\s*{_YEAR}",
        r"الربع\s+(?P<quarter>الاول|الثاني|الثالث|الرابع|الاخير)\s+من\s+ال(?:عام|سنه)\s+(?P<which>\w+)",
        rf"(?:the\s+)?(?P<quarter>first|second|third|fourth|last)\s+quarter\s+of\s+{_YEAR}",
    ),
    *build(
        _season,
        rf"(?P<season>{SEASON})\s+(?:of\s+|عام\s+|سنه\s+)?{_YEAR}",
        rf"ال(?P<season>{SEASON})\s+(?P<which>{LAST}|{NEXT})",
        rf"(?P<which>last|next|this)\s+(?P<season>{SEASON})",
    ),
    *build(
        _year_first,
        r"(?P<y>(?:1[345]|19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?:t[\d:.+z-]*)?",
    ),
    *build(
        _year_last,
        rf"(?:(?P<weekday>{ANY_WEEKDAY})\s*[,،]?\s*)?(?P<one>\d{{1,2}})(?P<s>[-/.])(?P<two>\d{{1,2}})(?P=s)(?P<y>(?:1[345]|19|20)\d\d)",
    ),
]
