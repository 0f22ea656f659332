"""Expressions that count from the day a text is told: yesterday, last Sunday, three days ago, this month."""

from __future__ import annotations

import re
from datetime import timedelta

from rag.dates import tables
from rag.dates.calendar import (
    Days,
    Direction,
    back,
    day_of,
    month_of,
    one_day,
    part_of,
    week_of,
    weekday_of,
    year_of,
)
from rag.dates.grammar import (
    DUAL,
    LAST,
    NEXT,
    NUMBER,
    PART,
    THIS,
    UNIT,
    WEEKDAY,
    Rule,
    Setting,
    any_of,
    build,
    direction_of,
    look,
    number_of,
    unresolved,
)

_TIME_OF_DAY = "(?:(?:يوم|ليله|ليل|مساء|صباح|فجر|ظهر|عصر|نهار)\\s+)?"
_SHIFT: dict[Direction, int] = {"last": -1, "this": 0, "next": 1}
_PERIOD = "اسبوع|شهر|عام|سنه"


def _day_word(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None:
        return None
    shift = tables.DAY_WORDS[re.sub(r"\s+", " ", match["word"])]
    return one_day(setting.reference + timedelta(days=shift))


def _weekday(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None:
        return None
    name = match["arday"] or match["enday"]
    which = match.groupdict().get("which") or match.groupdict().get("pre")
    direction = direction_of(which) if which else setting.direction
    if direction == "this":
        direction = setting.direction or "past"
    return weekday_of(tables.WEEKDAYS[name], setting.reference, direction) if direction else None


def _before(count: int, unit: str, setting: Setting) -> Days | None:
    """The day, month or year that lies ``count`` units before the reference."""
    if setting.reference is None or count > 200:
        return None
    day = setting.reference
    if unit == "minute" or (unit == "hour" and count <= 6):
        return one_day(day)
    if unit == "hour":
        return back(max(1, count // 24), day).vague() if count <= 72 else None
    if unit == "day":
        return one_day(day - timedelta(days=count))
    if unit == "week":
        return one_day(day - timedelta(weeks=count)).vague()
    if unit == "month":
        return month_of(day.year, day.month - count).vague()
    return year_of(day.year - count).vague()


def _unit(match: re.Match[str]) -> tuple[int | None, str]:
    groups = match.groupdict()
    if groups.get("dual"):
        return 2, tables.DUALS[groups["dual"]]
    unit = groups["unit"]
    if groups.get("count"):
        return number_of(groups["count"]), tables.UNITS[unit]
    # "a week ago" counts one; "days ago" and "الأيام الماضية" count nothing.
    return (1 if unit in _ONE else None), tables.UNITS[unit]


_ONE = frozenset(
    ("يوم", "اسبوع", "شهر", "عام", "سنه", "ساعه", "دقيقه", "day", "week", "month", "year", "hour")
)


def _ago(match: re.Match[str], setting: Setting) -> Days | None:
    if match["core"].startswith("من ") and not setting.asked:
        # "من يومين" counts back in speech only; in prose it measures: "أقل من يومين", "أكبر من 18 عاما".
        return None
    count, unit = _unit(match)
    return _before(count, unit, setting) if count else None


def _stretch(match: re.Match[str], setting: Setting) -> Days | None:
    """The last (or next) so many days, weeks, months, up to (or from) the reference."""
    count, unit = _unit(match)
    if count is None or setting.reference is None or count > 200:
        return None
    day = setting.reference
    length = {"minute": 0, "hour": max(1, count // 24), "day": count, "week": 7 * count, "month": 30 * count}
    days = length.get(unit, 365 * count)
    which = match.groupdict().get("which")
    if which and direction_of(which) == "next":
        return Days(day, day + timedelta(days=days), back(days, day).precision)
    return back(days, day)


def _period(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None:
        return None
    groups = match.groupdict()
    day, shift = setting.reference, _SHIFT[direction_of(groups["which"] or "this")]
    unit = tables.UNITS[groups["period"]]
    if unit == "week":
        days = week_of(day + timedelta(weeks=shift))
    elif unit == "month":
        days = month_of(day.year, day.month + shift)
    else:
        days = year_of(day.year + shift)
    part = groups.get("part")
    if not part:
        return days
    if part in ("earlier", "later"):
        kept = (days.first, day) if part == "earlier" else (day, days.last)
        return Days(*kept, days.precision)
    name = tables.PARTS[re.sub(r"\s+", " ", part)]
    return part_of(days, name) if unit in ("month", "year") else days


def _day_of_period(match: re.Match[str], setting: Setting) -> Days | None:
    """A day of this, the last or the next month told without the month's name: السابع من الشهر المقبل."""
    if setting.reference is None:
        return None
    shift = _SHIFT[direction_of(match["which"])]
    month = month_of(setting.reference.year, setting.reference.month + shift)
    day = int(match["day"]) if match["day"].isdigit() else look(tables.ORDINALS, match["day"])
    return day_of(month.first.year, month.first.month, day)


def _weekend(match: re.Match[str], setting: Setting) -> Days | None:
    """Saturday and Sunday in English, Friday and Saturday in Arabic."""
    if setting.reference is None:
        return None
    arabic = not match["core"].isascii()
    direction = direction_of(match["which"])
    first = weekday_of(4 if arabic else 5, setting.reference, "last" if direction == "last" else "future")
    return Days(first.first, first.first + timedelta(days=1), "day")


_PART_OF = rf"(?:(?P<part>{PART}|earlier|later)\s+(?:of\s+)?)?"

RELATIVE: list[Rule] = [
    *build(
        unresolved,
        # Days of a name or of another day, not of the text's own.
        r"(?:في\s+)?(?:ذلك|نفس|ذات)\s+اليوم",
        r"اليوم\s+(?:السابع|العالمي|الوطني|الدولي|التالي|السابق|الموالي|نفسه|ذاته|الاول|الثاني|الثالث|الرابع|الخامس|"
        r"السادس|الثامن|التاسع|العاشر|الاخير|المفتوح|الذي)",
        r"(?:black|good|big|palm|easter|bloody)\s+(?:friday|sunday|monday)",
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:times|telegraph|mirror|mail|express|post|herald)",
        r"الجمعه\s+(?:العظيمه|السوداء|البيضاء|الحزينه)",
        r"(?:نهايه\s+ال)?اليوم\s+الواحد",
        rf"(?:قبل|منذ)\s+(?:(?:{NUMBER})\s+)?(?:{UNIT}|{DUAL})\s+من",
        rf"(?:قبل|منذ)\s+(?:بضعه?|عده|كم)\s+(?:{UNIT})",
        r"(?:a\s+few|several|some|many)\s+(?:hours|days|weeks|months|years)\s+(?:ago|earlier)",
        r"(?:today's|yesterday's)\s+(?:world|youth)",
    ),
    *build(_day_word, rf"(?:ال)?(?P<word>{any_of(tables.DAY_WORDS)})"),
    *build(
        _weekday,
        rf"{_TIME_OF_DAY}(?:{WEEKDAY})(?:\s+(?:من\s+)?(?P<which>{LAST}|{NEXT}|{THIS}|last))?",
        rf"(?P<pre>last|next|this|this\s+past|this\s+coming|coming|past)\s+(?:{WEEKDAY})",
    ),
    *build(
        _ago,
        rf"(?:قبل|منذ|من)\s+(?:نحو\s+|حوالي\s+|ما\s+يقارب\s+|قرابه\s+)?"
        rf"(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT})(?!\s*\d)",
        rf"(?:قبل|منذ|من)\s+(?:نحو\s+|حوالي\s+)?(?P<dual>{DUAL})",
        rf"(?:about\s+|around\s+|some\s+)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+(?:ago|back)",
    ),
    *build(
        _stretch,
        rf"(?:ال)?(?P<unit>{UNIT})\s+(?:ال)?(?P<count>{NUMBER})\s+(?P<which>{LAST}|{NEXT})",
        rf"(?:ال\s*)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+(?P<which>{LAST}|{NEXT})",
        rf"ال(?P<dual>{DUAL})\s+(?P<which>{LAST}|{NEXT})",
        rf"اخر\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})",
        rf"اخر\s+(?P<dual>{DUAL})",
        rf"(?:the\s+)?(?P<which>last|past|previous|next|coming)\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})",
        r"(?:the\s+)?past\s+(?P<unit>day|week|month|year)",
    ),
    *build(
        _day_of_period,
        rf"(?P<day>\d{{1,2}}|{any_of(tables.ORDINALS)})\s+من\s+(?:هذا\s+)?الشهر\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        r"(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)\s+of\s+(?P<which>last|next|this)\s+month",
    ),
    *build(
        _period,
        rf"{_PART_OF}(?:ال|لل)(?P<period>{_PERIOD})\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        rf"{_PART_OF}(?P<which>هذا|هذه|ه)\s*ال(?P<period>{_PERIOD})",
        rf"{_PART_OF}(?P<which>last|next|this|the\s+current|the\s+coming)\s+(?P<period>week|month|year)",
    ),
    *build(
        _weekend,
        rf"(?:عطله\s+)?نهايه\s+(?:ال)?اسبوع\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        r"(?P<which>last|next|this|this\s+past|over\s+the)\s+weekend",
    ),
]
