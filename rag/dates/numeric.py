"""Dates that are all digits, where day and month can be told apart."""

from __future__ import annotations

import re

from rag.dates.calendar import Days, day_of, hijri_day
from rag.dates.grammar import ANY_WEEKDAY, Rule, Setting, build, weekday_number


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
    if len(days) == 2 and match["weekday"]:
        number = weekday_number(match["weekday"])
        days = [day for day in days if day.first.weekday() == number]
    return days[0] if len(days) == 1 else None


NUMERIC: list[Rule] = [
    *build(
        _year_first,
        r"(?<!\d[-/.])(?P<y>(?:1[345]|19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![-/]\d)(?:t[\d:.+z-]*)?",
    ),
    *build(
        _year_last,
        rf"(?:(?P<weekday>{ANY_WEEKDAY})\s*[,،]?\s*)?(?<!\d[-/.])(?P<one>\d{{1,2}})(?P<s>[-/.])(?P<two>\d{{1,2}})(?P=s)"
        r"(?P<y>(?:1[345]|19|20)\d\d)(?![-/]\d)",
    ),
]
