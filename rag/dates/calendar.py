"""Stretches of days: the arithmetic under every expression of a date."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "season", "year", "decade"]
Direction = Literal["past", "future", "last", "next", "this"]
"""``past`` and ``future`` may be the reference day itself, ``last`` and ``next`` are strictly off it."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days an expression stands for, both included, how fine it is, and whether its edges are vague."""

    first: date
    last: date
    precision: Grain
    approximate: bool = False

    def vague(self) -> Days:
        """Return the same days, marked approximate."""
        return replace(self, approximate=True)


def day_of(year: int, month: int, day: int) -> Days | None:
    """Return one day of the Gregorian calendar, ``None`` where there is no such day."""
    if not 1500 <= year <= 2099:
        return None
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return Days(exact, exact, "day")


def one_day(day: date) -> Days:
    """Return ``day`` as a stretch."""
    return Days(day, day, "day")


def month_of(year: int, month: int) -> Days:
    """Return a calendar month; ``month`` may run over 1..12, the year follows."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_of(year: int) -> Days:
    """Return a calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def months_of(year: int, month: int, count: int) -> Days:
    """Return ``count`` months from ``month`` on, as a season."""
    return Days(month_of(year, month).first, month_of(year, month + count - 1).last, "season")


def decade_of(year: int) -> Days:
    """Return the ten years that begin with ``year``."""
    return Days(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def half_of(days: Days, number: int) -> Days:
    """Return the first or second half of a year (six months) or of a month (to the 15th, from the 16th)."""
    if days.precision == "year":
        return months_of(days.first.year, 6 * number - 5, 6)
    middle = days.first + timedelta(days=14)
    return Days(days.first, middle, "week") if number == 1 else Days(middle + timedelta(1), days.last, "week")


def week_of(day: date) -> Days:
    """Return the Monday to Sunday that hold ``day``."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6), "week")


def back(days: int, until: date) -> Days:
    """Return ``days`` days that lead up to ``until``, and ``until``."""
    precision: Grain = "day" if days <= 6 else "week" if days < 28 else "month" if days < 365 else "year"
    return Days(until - timedelta(days=days), until, precision)


def part_of(days: Days, part: str) -> Days:
    """Return the early, mid or late part of a month, season, year or decade, as approximate days."""
    if days.precision == "decade":
        begin, count = {"early": (0, 4), "mid": (3, 4), "late": (6, 4)}[part]
        years = range(days.first.year + begin, days.first.year + begin + count)
        return Days(date(years[0], 1, 1), date(years[-1], 12, 31), "year", approximate=True)
    if days.precision == "year":
        first_month, count = {"early": (1, 3), "mid": (5, 4), "late": (10, 3)}[part]
        return months_of(days.first.year, first_month, count).vague()
    third = (days.last - days.first).days // 3
    cuts = {
        "early": (days.first, days.first + timedelta(days=third)),
        "mid": (days.first + timedelta(days=third), days.last - timedelta(days=third)),
        "late": (days.last - timedelta(days=third), days.last),
    }
    return Days(*cuts[part], days.precision, approximate=True)


def shortest(first: date, last: date) -> str | None:
    """Return a day, a whole month or year as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, else ``None``."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == month_of(first.year, first.month).last:
        return first.isoformat()[:7]
    is_year = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
    return str(first.year) if is_year else None


def choose(before: list[Days | None], reference: date, direction: Direction) -> Days | None:
    """Return which of ``before`` (a recurring stretch, in order) ``direction`` names from ``reference``."""
    stretches = [days for days in before if days is not None]
    match direction:
        case "past":
            fitting = [days for days in stretches if days.first <= reference][-1:]
        case "last":
            fitting = [days for days in stretches if days.last < reference][-1:]
        case "future":
            fitting = [days for days in stretches if days.last >= reference][:1]
        case "next":
            fitting = [days for days in stretches if days.first > reference][:1]
        case _:
            fitting = [days for days in stretches if days.first.year == reference.year]
    return fitting[0] if fitting else None


def weekday_of(weekday: int, reference: date, direction: Direction) -> Days:
    """Return the day with Python's number ``weekday`` that ``direction`` names from ``reference``."""
    ago = (reference.weekday() - weekday) % 7
    ahead = (weekday - reference.weekday()) % 7
    shift = {
        "past": -ago,
        "last": -(ago or 7),
        "future": ahead,
        "next": ahead or 7,
        "this": weekday - reference.weekday(),
    }[direction]
    return one_day(reference + timedelta(days=shift))


def hijri_day(year: int, month: int, day: int) -> Days | None:
    """Return a day of the Umm al-Qura calendar, which other countries' sightings may miss by one."""
    from hijridate import Hijri  # its tables are loaded only where a Hijri date is met

    try:
        return one_day(date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat()))
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, month: int) -> Days | None:
    """Return a month of the Umm al-Qura calendar."""
    first = hijri_day(year, month, 1)
    following = hijri_day(year + month // 12, month % 12 + 1, 1)
    return Days(first.first, following.first - timedelta(days=1), "month") if first and following else None


def hijri_year(year: int) -> Days | None:
    """Return a year of the Umm al-Qura calendar."""
    first, last = hijri_month(year, 1), hijri_month(year, 12)
    return Days(first.first, last.last, "year") if first and last else None


def hijri_year_of(day: date) -> int | None:
    """Return the Hijri year of a Gregorian day, ``None`` outside the calendar's tables."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None
