"""Days and months by the names of the Gregorian months: Gulf, Levantine, Maghrebi, English."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates import tables
from rag.dates.calendar import Days, Direction, choose, day_of, half_of, month_of, part_of
from rag.dates.grammar import (
    ANY_WEEKDAY,
    MONTH,
    NO_YEAR,
    OF_SAID_YEAR,
    OF_YEAR,
    PART,
    WHICH,
    YEAR,
    Rule,
    Setting,
    any_of,
    build,
    build_led,
    direction_of,
    full_year,
    look,
    part_named,
    said_year,
    weekday_number,
)

_DAY = r"(?:ال)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?P<to>-|و\s*|الي\s|حتي\s|ل\s*(?=\d)|to\s|until\s|through\s|and\s)\s*(?:يوم\s+)?"
_UNTIL = r"(?:the\s+|ال)?(?P<until>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}{_TO}{_UNTIL}"
_OF = r"\s*,?\s*(?:من\s+|of\s+)?(?:شهر\s+)?"
_MONTHS = rf"(?P<month>{MONTH})(?:\.(?=\s*[\d,]))?(?:\s*[/(-]\s*(?P<alias>{MONTH})\s*\)?)?"
# "في يناير 30 ألفا": after an Arabic month a number without a year is seldom its day.
_ENGLISH = rf"(?P<month>{any_of(name for name in tables.MONTHS if name.isascii())})\.?(?P<alias>(?!))?"
_ORDINAL = rf"(?:the\s+|اليوم\s+)?(?P<day>{any_of(tables.ORDINALS)})(?:\s+day)?\s+(?:من|of)\s+(?:شهر\s+)?"
_ORDINALS = (
    rf"(?:the\s+)?(?P<day>{any_of(tables.ORDINALS)}){_TO}(?:the\s+)?(?P<until>{any_of(tables.ORDINALS)})"
    r"\s+(?:من|of)\s+(?:شهر\s+)?"
)
_FIRST = r"(?P<day>فاتح)\s+(?:من\s+)?(?:شهر\s+)?"  # of the Maghreb: فاتح ماي
_WEEKDAY = rf"(?:(?:يوم\s+)?(?P<weekday>{ANY_WEEKDAY})\s*[,،]?\s*(?:the\s+|الموافق\s+)?)?"
_PART = rf"(?:(?P<part>{PART})[\s-]+(?:شهر\s+|of\s+)?)?"
_HALF = (
    r"(?:ال(?:نصف)\s+(?P<half>الاول|الثاني|الاخير)\s+(?:من\s+)?(?:شهر\s+)?|"
    r"(?:the\s+)?(?P<half_>first|second)\s+half\s+of\s+)"
)
_EDGE = (
    r"(?:the\s+)?(?P<edge>first|last)\s+day\s+of\s+|(?P<edge_>اول|اخر)\s+(?:يوم|ايام)\s+(?:من\s+|"
    r"في\s+)?(?:شهر\s+)?"
)
_ALIAS = rf"(?:\s*[/(-]\s*(?:{MONTH})\s*\)?)?"
_FROM_MONTH = rf"(?P<from>{MONTH})\.?{_ALIAS}"
_TO_MONTH = rf"(?P<month>{MONTH})\.?{_ALIAS}"
_YEAR_AFTER = rf"(?:{OF_YEAR}|{OF_SAID_YEAR}|\s+{WHICH})"
_BETWEEN = re.compile(r"(?:between|بين)\s+$")
_RIGHT_BEFORE = re.compile(r"\s*[,،]?\s*(?:في|خلال|يوم|in|on|during)?\s*(?:شهر\s*|يوم\s*)?ب?")
_NEXT = timedelta(days=14)
"""A date without a year so far ahead and told as past is left open: it may be the one of a year ago."""
_SOON = timedelta(days=61)
"""A date without a year so far ahead is not the one of last year: that was ten months ago."""


def _month(match: re.Match[str]) -> int | None:
    """Return the month, ``None`` where a paired second name says another one."""
    month = look(tables.MONTHS, match["month"])
    alias = match["alias"]
    return month if alias is None or look(tables.MONTHS, alias) == month else None


def _day(text: str) -> int:
    if text == "فاتح":
        return 1
    return int(text) if text.isdigit() else look(tables.ORDINALS, text)


def _around(reference: date, month: int, day: int | None) -> list[Days | None]:
    years = range(reference.year - 4, reference.year + 5)
    return [day_of(year, month, day) if day else month_of(year, month) for year in years]


def direction_in(match: re.Match[str], setting: Setting) -> Direction | None:
    """Return the side on which a recurring date lies, by its own word or by its clause."""
    which = match.groupdict().get("which")
    if setting.reference is None:
        return None
    return direction_of(which) if which else setting.direction


def year_in(match: re.Match[str], setting: Setting) -> int | None:
    """Return the year that a date names, in digits or from the day of the text; 0 where it names none."""
    groups = match.groupdict()
    if groups.get("year"):
        return full_year(groups["year"], setting)
    return said_year(groups["saidyear"], setting) if groups.get("saidyear") else 0


def _in_year(match: re.Match[str], setting: Setting, month: int, day: int | None) -> Days | None:
    """Return a day or month in the year it names, else the one that its clause means."""
    year = year_in(match, setting)
    if year is None:
        return None
    year = year or _year_before(setting)
    if year:
        return day_of(year, month, day) if day else month_of(year, month)
    direction = direction_in(match, setting)
    if setting.reference is None:
        return None
    which = match.groupdict().get("which")
    if direction == "this" and which and not which.isascii():
        # الجاري is the month of the text; "this May" may be any of its year.
        reference = setting.reference
        here = day_of(reference.year, month, day) if day else month_of(reference.year, month)
        return here if month == reference.month else None
    near = _around(setting.reference, month, day)
    days = nearest(near, setting.reference, direction)
    if days is None or which or direction != "past" or setting.asked or not setting.sure:
        return days
    return _of_the_past(days, near, setting)


def nearest(near: list[Days | None], reference: date, direction: Direction | None) -> Days | None:
    """Return which of a yearly recurring stretch is meant.

    Where the clause does not say on which side it lies, it is the one to come if that is near: "the fair
    opens on 6 May", told in April.
    """
    if direction is not None:
        return choose(near, reference, direction)
    coming = choose(near, reference, "future")
    return coming if coming and coming.first - reference <= _SOON else None


def _year_before(setting: Setting) -> int:
    """Return the year right before a date without one (العام الماضي في أيار, in 2019, on 3 May), else 0."""
    told = setting.told
    is_year = told and told.days.precision == "year" and told.days.first.year == told.days.last.year
    return told.days.first.year if told and is_year and _RIGHT_BEFORE.fullmatch(told.between) else 0


def _of_the_past(days: Days, near: list[Days | None], setting: Setting) -> Days | None:
    """Return a bare date of the past, ``None`` where it may be another one.

    Behind a date with a year of its own it may be of that year ("arrested on 3 May 2021 and freed on 10
    June"). Of what somebody announces it may be the next one, if that is near; and is, where something is to
    be held.
    """
    told = setting.told
    if told and told.names_year and told.days.precision != "year" and told.days.last.year != days.first.year:
        return None
    if setting.reference is None:
        return days
    coming = nearest(near, setting.reference, None)
    if setting.announced == "nothing" and not setting.second:
        # "Angry at the delay to 25 March", told on the 19th, is hardly of a year ago.
        ahead = coming.first - setting.reference if coming else _SOON
        return None if timedelta(0) < ahead <= _NEXT else days
    if coming is None:
        return days
    return coming if setting.announced == "event" else None


def _day_in_month(match: re.Match[str], setting: Setting) -> Days | None:
    month, day, groups = _month(match), _day(match["day"]), match.groupdict()
    if month is None:
        return None
    if groups.get("weekday") and not any(groups.get(name) for name in ("until", "year", "saidyear")):
        return _on_weekday(match, setting, month, day)
    first = _in_year(match, setting, month, day)
    if first is None and groups.get("until"):
        # "It runs from 15 to 30 November", told on the 19th: the year is that of the end.
        end = _in_year(match, setting, month, _day(groups["until"]))
        first = day_of(end.first.year, month, day) if end else None
    if first is None or groups.get("until") is None:
        return first
    last = day_of(first.first.year, month, _day(groups["until"]))
    if last is None or last.first <= first.first:
        return None
    if (
        groups["to"].strip() in ("و", "and")
        and not _between(match)
        and last.first - first.first > timedelta(days=1)
    ):
        return None  # two days, not the days between them
    return Days(first.first, last.first, "day")


def _on_weekday(match: re.Match[str], setting: Setting, month: int, day: int) -> Days | None:
    """Return the day of "Monday 16 March" in the one year around the text's in which it is a Monday."""
    if setting.reference is None:
        return None
    number, year = weekday_number(match["weekday"]), setting.reference.year
    near = [day_of(one, month, day) for one in (year - 1, year, year + 1)]
    return next((one for one in near if one and one.first.weekday() == number), None)


def _whole_month(match: re.Match[str], setting: Setting) -> Days | None:
    month = _month(match)
    if month is None:
        return None
    groups = match.groupdict()
    named = any(groups.get(name) for name in ("which", "part", "alias", "saidyear", "half", "half_"))
    dated = bool(groups.get("year"))
    doubtful = tables.NAMES_TOO if setting.sure else tables.AMBIGUOUS_MONTHS
    if match["month"] == "اب" and setting.in_name:
        return None  # a father
    # "باب" is a door, not "in August": what leans on an everyday word makes no month of it.
    if not (named or dated or setting.cued or setting.asked) and setting.sure and setting.beside_name:
        return None  # Red October, Operation April Rain
    leans = match["month"] in tables.AMBIGUOUS_MONTHS and match.start("core") > match.start()
    if not (named or dated or (setting.cued and not leans)) and (
        not setting.capital or match["month"] in doubtful
    ):
        return None
    days = _in_year(match, setting, month, None)
    if days is None:
        return None
    half = groups.get("half") or groups.get("half_")
    if half:
        return half_of(days, tables.HALVES[half])
    return part_of(days, part_named(groups["part"])) if groups.get("part") else days


def _edge_of_month(match: re.Match[str], setting: Setting) -> Days | None:
    days = _whole_month(match, setting)
    edge = match["edge"] or match["edge_"]
    if days is None:
        return None
    day = days.first if edge in ("first", "اول") else days.last
    return Days(day, day, "day")


def _from_to(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the days from one date to another, the year of which is the first one's too."""
    groups = match.groupdict()
    month, last_month = look(tables.MONTHS, match["from"]), look(tables.MONTHS, match["month"])
    until = groups.get("until")
    last = _in_year(match, setting, last_month, int(until) if until else None)
    if last is None or (groups["to"].strip() in ("و", "and") and not _between(match)):
        return None
    day = int(groups["day"]) if groups.get("day") else None
    years = (last.first.year, last.first.year - 1)
    firsts = [day_of(year, month, day) if day else month_of(year, month) for year in years]
    first = next((one for one in firsts if one and one.last < last.first), None)
    return Days(first.first, last.last, last.precision) if first else None


def _between(match: re.Match[str]) -> bool:
    return bool(_BETWEEN.search(match.string[: match.start("core")]))


MONTHS: list[Rule] = [
    *build(
        _from_to,
        rf"{_DAY}{_OF}{_FROM_MONTH}{_TO}{_UNTIL}{_OF}{_TO_MONTH}{_YEAR_AFTER}",
        rf"{_FROM_MONTH}\s+{_DAY}{_TO}{_TO_MONTH}\s+{_UNTIL}(?!\d)(?:\s*,?\s*{YEAR}|{OF_SAID_YEAR})",
        rf"{_FROM_MONTH}{_TO}(?:شهر\s+)?{_TO_MONTH}{_YEAR_AFTER}",
    ),
    *build_led(
        _from_to,
        r"between|from|بين|من",
        rf"{_FROM_MONTH}{_TO}(?:شهر\s+)?{_TO_MONTH}{NO_YEAR}",
    ),
    *build(
        _day_in_month,
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTHS}{OF_YEAR}",
        rf"{_WEEKDAY}(?:the\s+)?{_DAYS}{_OF}{_MONTHS}{OF_YEAR}",
        rf"{_WEEKDAY}{_MONTHS}\s+{_DAY}(?:\s*[,،]\s*|\s+){YEAR}",
        rf"{_WEEKDAY}{_MONTHS}\s+{_DAYS}(?:\s*[,،]\s*|\s+){YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTHS}{OF_YEAR}",
        rf"{_WEEKDAY}{_FIRST}{_MONTHS}{OF_YEAR}",
        rf"{_WEEKDAY}{_FIRST}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        rf"{_WEEKDAY}{_ORDINAL}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        # Behind a single one: الخامس والعشرين is the 25th.
        rf"{_ORDINALS}{_MONTHS}{OF_YEAR}",
        rf"{_ORDINALS}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        rf"{_WEEKDAY}{_DAY}{_OF}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        rf"{_WEEKDAY}(?:the\s+)?{_DAYS}{_OF}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        rf"{_WEEKDAY}{_ENGLISH}\s+(?:the\s+)?{_DAY}(?!\d)(?:{OF_SAID_YEAR})?{NO_YEAR}",
        rf"{_WEEKDAY}{_ENGLISH}\s+{_DAYS}(?!\d)(?:{OF_SAID_YEAR})?{NO_YEAR}",
    ),
    *build(
        _whole_month,
        rf"{_PART}{_MONTHS}{OF_YEAR}",
        rf"{_PART}{_MONTHS}(?:{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}",
        rf"{_HALF}{_MONTHS}(?:{OF_YEAR}|{OF_SAID_YEAR}|\s+{WHICH})?",
        rf"(?P<which>last|next|this)\s+(?P<month>{MONTH})(?P<alias>(?!))?",
    ),
    *build(_edge_of_month, rf"(?:{_EDGE}){_MONTHS}(?:{OF_YEAR}|{OF_SAID_YEAR}|\s+{WHICH})?{NO_YEAR}"),
]
