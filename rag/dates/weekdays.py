"""Weekdays and weekends, told from the day of a text and the tense of their clause."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates import tables
from rag.dates.calendar import Days, one_day, week_of, weekday_of
from rag.dates.grammar import (
    ANY_WEEKDAY,
    ARABIC_WEEKDAY,
    ENGLISH_WEEKDAY,
    LAST,
    NEXT,
    THIS,
    WEEKDAY,
    Rule,
    Setting,
    any_of,
    build,
    direction_of,
    unresolved,
    weekday_number,
)

_TIME_OF_DAY = "(?:(?:يوم|ليله|ليل|مساء|صباح|فجر|ظهر|عصر|نهار|عشيه|ضحي)\\s+)?"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night)|\s+(?:صباحا|مساء|ليلا|ظهرا|عصرا|فجرا))?"
_ORDER = r"(?:الاول|الثاني|الثالث|الرابع|الاخير)"


_IN_THE_GULF = re.compile(r"\s+(?:[بن]\w{3,}|راح|ان شاء)")


def _day_word(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day of أمس or *today*; a weekday behind it has to be the day's own."""
    if setting.reference is None or setting.in_name:
        return None
    if (
        match["word"] == "باكر"
        and not setting.asked
        and not _IN_THE_GULF.match(match.string, match.end("core"))
    ):
        return None  # it is *early* everywhere else
    day = setting.reference + timedelta(days=tables.DAY_WORDS[re.sub(r"\s+", " ", match["word"])])
    weekday = match["weekday"]
    return one_day(day) if weekday is None or weekday_number(weekday) == day.weekday() else None


def _weekday(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None or setting.in_name:
        return None
    number = tables.WEEKDAYS[match["arday"] or match["enday"]]
    groups = match.groupdict()
    which = groups.get("which") or groups.get("pre")
    direction = direction_of(which) if which else setting.direction
    if direction == "this":
        # "This Friday" may be over where the clause tells what was, and is ahead where it announces.
        direction = "past" if setting.tense == "past" else "future"
    doubtful = setting.announced == "event" or (setting.second and setting.tense == "past")
    if not which and doubtful and setting.sure and not setting.asked:
        return None  # "announced a strike on Thursday", "met on Monday to prepare the vote on Thursday"
    return weekday_of(number, setting.reference, direction) if direction else None


def _night(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the two days of a night between two weekdays that follow each other: ليل الأحد الاثنين."""
    if setting.reference is None or setting.direction is None:
        return None
    first, second = weekday_number(match["first"]), weekday_number(match["second"])
    if (second - first) % 7 != 1:
        return None
    last = weekday_of(second, setting.reference, setting.direction).first
    return Days(last - timedelta(days=1), last, "day")


def _two_days(match: re.Match[str], setting: Setting) -> Days | None:
    """Return two weekdays with one word for both (السبت والأحد المقبلين), where they follow each other."""
    if setting.reference is None:
        return None
    direction = direction_of(match["which"])
    first, second = (
        weekday_of(weekday_number(match[name]), setting.reference, direction).first
        for name in ("first", "second")
    )
    return Days(first, second, "day") if second - first == timedelta(days=1) else None


def _weekday_of_week(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a weekday of last, this or next week where weeks from Monday, Sunday and Saturday agree."""
    if setting.reference is None:
        return None
    shift = {"last": -1, "this": 0, "next": 1}[direction_of(match["which"])]
    number = weekday_number(match["weekday"])
    days = {_in_week(number, setting.reference, first_day, shift) for first_day in (0, 6, 5)}
    return one_day(days.pop()) if len(days) == 1 else None


def _in_week(number: int, reference: date, first_day: int, shift: int) -> date:
    begin = reference - timedelta(days=(reference.weekday() - first_day) % 7) + timedelta(weeks=shift)
    return begin + timedelta(days=(number - first_day) % 7)


def _weekend(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a weekend: Saturday and Sunday in English, Friday to Sunday in Arabic (countries differ)."""
    if setting.reference is None:
        return None
    which = match.groupdict().get("which")
    direction = direction_of(which) if which else setting.direction
    day, arabic = setting.reference, not match["core"].isascii()
    if direction is None or (direction == "next" and day.weekday() < 5):
        return None  # "next weekend" in midweek is either of two
    if direction == "this" and not setting.asked and setting.tense == "past" and day.weekday() < 4:
        return None
    saturday = week_of(day).first + timedelta(days=5)
    back = direction == "last" or (direction == "past" and day < saturday)
    if back and day >= saturday:
        return None  # told on a weekend, "last weekend" is either of two
    saturday += timedelta(weeks=-1 if back else 1 if direction == "next" else 0)
    first = saturday - timedelta(days=1) if arabic else saturday
    return Days(first, saturday + timedelta(days=1), "day", approximate=arabic)


WEEKDAYS: list[Rule] = [
    *build(
        _day_word,
        rf"(?:ال)?(?P<word>{any_of(tables.DAY_WORDS)})(?:\s*[,،(]?\s*(?:يوم\s+)?(?P<weekday>{ANY_WEEKDAY})(?!\w)\)?)?",
    ),
    *build(
        _weekday,
        rf"{_TIME_OF_DAY}(?:{WEEKDAY})(?:\s+(?:من\s+)?(?P<which>{LAST}|{NEXT}|{THIS}|last))?{_OF_DAY}",
        rf"(?P<pre>last|next|this|this\s+past|this\s+coming|coming|past|هذا)\s+(?:{WEEKDAY}){_OF_DAY}",
    ),
    *build(
        _night,
        rf"(?:ليل|ليله|منتصف\s+ليل|فجر)\s+(?P<first>{ARABIC_WEEKDAY})\s*[-/]?\s*(?:الي\s+)?(?P<second>{ARABIC_WEEKDAY})",
    ),
    *build(
        _two_days,
        rf"(?:يومي\s+)?(?P<first>{ARABIC_WEEKDAY})\s+و(?P<second>{ARABIC_WEEKDAY})\s+(?P<which>{LAST}|{NEXT})",
    ),
    *build(
        _weekday_of_week,
        rf"{_TIME_OF_DAY}(?P<weekday>{ARABIC_WEEKDAY})\s+(?:من\s+)?الاسبوع\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        rf"(?P<weekday>{ENGLISH_WEEKDAY})\s+(?:of\s+)?(?P<which>last|next|this)\s+week",
    ),
    *build(
        unresolved,
        rf"(?:{ARABIC_WEEKDAY})\s+{_ORDER}\s+من",
        rf"(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:{ENGLISH_WEEKDAY})\s+(?:of|in)",
        rf"the\s+(?:following|previous|preceding|same|next)\s+(?:{ENGLISH_WEEKDAY})",
        rf"(?:{ARABIC_WEEKDAY})\s+(?:التالي|الذي\s+(?:يليه|سبق\w*)|السابق|نفسه|ذاته|الموالي)",
    ),
    *build(
        _weekend,
        rf"(?:عطله\s+)?نهايه\s+(?:ال)?اسبوع\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        r"(?:(?:over|at|on|during)\s+)?(?P<which>last|next|this|this\s+past)\s+weekend",
        r"(?:over|at|on|during)\s+the\s+weekend",
        rf"(?:عطله\s+نهايه\s+الاسبوع|(?:ال)?ويك\s?ا?ند)(?:\s+(?P<which>{LAST}|{NEXT}|{THIS}))?",
    ),
]
