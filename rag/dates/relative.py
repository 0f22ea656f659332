"""Expressions that count from the day a text is told: three days ago, this month, the past two weeks."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates import tables
from rag.dates.calendar import (
    Days,
    Direction,
    back,
    day_of,
    half_of,
    month_of,
    one_day,
    part_of,
    week_of,
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
    Rule,
    Setting,
    any_of,
    build,
    build_led,
    direction_of,
    look,
    number_of,
    part_named,
)

_SHIFT: dict[Direction, int] = {"last": -1, "this": 0, "next": 1}
_PERIOD = "اسبوع|سيمانه|شهر|عام|سنه"
_ABOUT = r"(?:نحو\s+|حوالي\s+|ما\s+يقارب\s+|قرابه\s+|زهاء\s+)?"
_MOST = 200
_VERB_WITHIN = 40
_TAKES_FROM = re.compile(
    r"(?<!\w)(?:استقال|انسحب|اقيل|طرد|فصل|اعفي|هرب|فر|انشق|خرج)(?:ت|وا|ا|تا)?(?!\w)[^.,،؛]*$"
)


def _before(count: int, unit: str, setting: Setting) -> Days | None:
    """The day, month or year that lies ``count`` units before the reference."""
    if setting.reference is None or count > _MOST:
        return None
    day = setting.reference
    if unit == "minute" or (unit == "hour" and count <= 6):
        return one_day(day)
    if unit == "hour" and count % 24 == 0:
        return one_day(day - timedelta(hours=count))
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
    """Return how many of which unit; fortnights and decades are told as weeks and years."""
    count, unit = _named_unit(match)
    times, finer = {"fortnight": (2, "week"), "decade": (10, "year")}.get(unit, (1, unit))
    return count and count * times, finer


def _named_unit(match: re.Match[str]) -> tuple[int | None, str]:
    groups = match.groupdict()
    if groups.get("dual"):
        return 2, tables.DUALS[groups["dual"]]
    unit = groups["unit"]
    if groups.get("count"):
        return number_of(groups["count"]), tables.UNITS[unit]
    # "a week ago" counts one; "days ago" and "الأيام الماضية" count nothing.
    return (1 if unit in _ONE else None), tables.UNITS[unit]


_ONE = frozenset("يوم اسبوع شهر عام سنه ساعه دقيقه day week month year hour fortnight decade".split())


def _ago(match: re.Match[str], setting: Setting) -> Days | None:
    if match["core"].startswith("من ") and not setting.asked:
        # "من يومين" counts back in speech only; in prose it measures: "أقل من يومين", "أكبر من 18 عاما".
        return None
    count, unit = _unit(match)
    return _before(count, unit, setting) if count else None


def _ago_behind(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day of قبل يومين before من, which counts from another event: قبل يومين من الانتخابات.

    But in a question whose verb takes من itself, it is that verb's: من استقال قبل يومين من الحكومة؟
    """
    before = match.string[max(0, match.start("core") - _VERB_WITHIN) : match.start("core")]
    return _ago(match, setting) if setting.asked and _TAKES_FROM.search(before) else None


def _ago_today(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day of *a year ago today*; for *this week* instead nothing."""
    count, unit = _unit(match)
    if setting.reference is None or not count or count > _MOST or match["off"]:
        return None
    if unit == "week":
        return one_day(setting.reference - timedelta(weeks=count))
    back_to = _calendar_stretch(setting.reference, -count if unit == "month" else -12 * count)
    return one_day(back_to.first)


def ahead(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the day so many days or weeks ahead; without "from now" only in a clause of the future."""
    count, unit = _unit(match)
    if not count or setting.reference is None or count > _MOST or unit not in ("day", "week"):
        return None
    if not match.groupdict().get("now") and setting.tense != "future":
        return None
    if unit == "day":
        return one_day(setting.reference + timedelta(days=count))
    return one_day(setting.reference + timedelta(weeks=count)).vague()


def _stretch(match: re.Match[str], setting: Setting) -> Days | None:
    """The last (or next) so many days, weeks, months, up to (or from) the reference."""
    count, unit = _unit(match)
    if count is None or setting.reference is None or count > _MOST:
        return None
    groups = match.groupdict()
    if groups.get("asked") and not setting.asked:
        return None
    which = groups.get("which")
    ahead = bool(which) and direction_of(which or "") == "next"
    day = setting.reference
    if unit in ("month", "year"):
        return _calendar_stretch(day, (count if unit == "month" else 12 * count) * (1 if ahead else -1))
    days = {"minute": 0, "hour": max(1, count // 24), "week": 7 * count}.get(unit, count)
    return Days(day, day + timedelta(days=days), back(days, day).precision) if ahead else back(days, day)


def _calendar_stretch(day: date, months: int) -> Days:
    """Return the days between ``day`` and the same one so many months from it, back where negative."""
    month = month_of(day.year, day.month + months)
    other = min(month.first.replace(day=1) + timedelta(days=day.day - 1), month.last)
    return Days(min(day, other), max(day, other), "month" if abs(months) < 12 else "year")


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
    if groups.get("half"):
        return half_of(days, tables.HALVES[groups["half"]]) if unit != "week" else None
    if not part:
        return days
    if part in ("earlier", "later"):
        kept = (days.first, day) if part == "earlier" else (day, days.last)
        return Days(*kept, days.precision)
    return part_of(days, part_named(part)) if unit in ("month", "year") else days.vague()


def _beyond(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the week, month or year before the last, or behind the next: العام قبل الماضي."""
    if setting.reference is None:
        return None
    day, unit = setting.reference, tables.UNITS[match["period"]]
    shift = -2 if match["back"] else 2
    if unit == "week":
        sunday = timedelta(days=1 if setting.asked and not match["core"].isascii() else 0)
        days = week_of(day + timedelta(weeks=shift))
        return Days(days.first - sunday, days.last - sunday, "week")
    return month_of(day.year, day.month + shift) if unit == "month" else year_of(day.year + shift)


def _asked_period(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the week, month or year of the question, where a reader asks for its news: أخبار الأسبوع."""
    if setting.reference is None or not setting.asked:
        return None
    day, unit = setting.reference, tables.UNITS[match["period"]]
    return {"week": week_of(day), "month": month_of(day.year, day.month)}.get(unit, year_of(day.year))


def _this_morning(_match: re.Match[str], setting: Setting) -> Days | None:
    return one_day(setting.reference) if setting.reference and setting.asked else None


def _edge_of_now(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the start or end of the year, month or week of the text: since the start of the year."""
    if setting.reference is None:
        return None
    unit = tables.UNITS[match["period"]]
    day = setting.reference
    days = {"week": week_of(day), "month": month_of(day.year, day.month)}.get(unit, year_of(day.year))
    part = "early" if match["part"] == "اول" else part_named(match["part"])
    return part_of(days, part) if unit != "week" else days.vague()


def _day_of_period(match: re.Match[str], setting: Setting) -> Days | None:
    """A day of this, the last or the next month told without the month's name: السابع من الشهر المقبل."""
    if setting.reference is None:
        return None
    shift = _SHIFT[direction_of(match["which"])]
    month = month_of(setting.reference.year, setting.reference.month + shift)
    day = int(match["day"]) if match["day"].isdigit() else look(tables.ORDINALS, match["day"])
    return day_of(month.first.year, month.first.month, day)


_PART_OF = rf"(?:(?P<part>{PART}|earlier|later)\s+(?:of\s+)?)?"
_HALF_OF = r"(?:النصف\s+(?P<half>الاول|الثاني|الاخير)\s+من\s+)?"
_DAY = rf"(?:ال)?(?P<day>\d{{1,2}}|{any_of(tables.ORDINALS)})"

_BEHIND = r"(?=\s+(?:واحده?\s+)?من\s+(?!(?:الان|اليوم)(?!\w)))"

RELATIVE: list[Rule] = [
    *build(
        _ago_behind,
        rf"قبل\s+(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT}){_BEHIND}",
        rf"قبل\s+(?P<dual>{DUAL}){_BEHIND}",
    ),
    *build(
        _ago,
        rf"(?:قبل|منذ|من)\s+{_ABOUT}(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT})(?!\s*\d)",
        rf"(?:قبل|منذ|من)\s+{_ABOUT}(?P<dual>{DUAL})",
        rf"(?:about\s+|around\s+|some\s+)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+(?:ago|back)",
    ),
    *build(
        _ago_today,
        rf"(?:exactly\s+)?(?P<count>{NUMBER})\s+(?P<unit>weeks?|months?|years?|decades?)\s+ago\s+(?:today|(?P<off>yesterday|this\s+\w+|on\s+\w+))",
    ),
    *build(
        ahead,
        rf"in\s+(?:about\s+|around\s+)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})(?P<now>'?s?'\s+time)?",
        rf"(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+(?P<now>from\s+(?:now|today))",
        rf"بعد\s+{_ABOUT}(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT})(?!\s*\d)(?P<now>\s+من\s+(?:الان|"
        rf"اليوم))?",
        rf"بعد\s+{_ABOUT}(?P<dual>{DUAL})(?P<now>\s+من\s+(?:الان|اليوم))?",
    ),
    *build(
        _stretch,
        rf"(?:ال)?(?P<unit>{UNIT})\s+(?:ال)?(?P<count>{NUMBER})\s+(?P<which>{LAST}|{NEXT})",
        rf"(?:ال\s*)?(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+(?P<which>{LAST}|{NEXT})",
        rf"ال(?P<dual>{DUAL})\s+(?P<which>{LAST}|{NEXT})",
        rf"اخر\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})",
        rf"اخر\s+(?P<dual>{DUAL})",
        rf"(?:the\s+)?(?P<which>last|past|next|coming)\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})",
        r"(?:the\s+)?past\s+(?P<unit>day|week|fortnight|month|year|decade)",
        r"(?:the\s+)?(?P<which>last|next|coming)\s+(?P<unit>fortnight)",
        r"(?P<asked>اخر)\s+(?P<unit>اسبوع|شهر|سنه)(?!\s+(?:من|في))",
    ),
    *build_led(
        _stretch,
        "over|in|during|within|for",
        r"the\s+last\s+(?P<unit>day|week|month|year|decade)",
    ),
    *build_led(
        _asked_period,
        r"خلال|اخبار|احداث|حصاد|(?:news|headlines|stories|events)\s+(?:of|from)",
        rf"(?:ال|the\s+)(?P<period>{_PERIOD}|week|month|year)",
    ),
    *build(
        _beyond,
        r"(?:the\s+)?(?P<period>week|month|year)\s+(?:(?P<back>before\s+last)|after\s+next)",
        rf"ال(?P<period>{_PERIOD})\s+(?:اللي\s+)?(?:(?P<back>(?:ما\s+)?قبل\s+(?:{LAST}))|"
        rf"(?:ما\s+)?بعد\s+(?:{NEXT}))",
    ),
    *build_led(_this_morning, r"منذ|من|هذا", r"ال(?:صباح|صبح)"),
    *build_led(
        _edge_of_now,
        r"since|by|until|till|before|from|منذ|حتي|بحلول|قبل|قبيل|من|مع|لغايه|في|at|around",
        rf"(?P<part>{PART}|اول)\s+(?:of\s+)?(?:the\s+|ال|هال|ه\s*ال)(?P<period>{_PERIOD}|week|month|year)"
        r"(?!\s+(?:of|من|\w*(?:20|19)\d\d))",
    ),
    *build(
        _day_of_period,
        rf"{_DAY}\s+من\s+(?:هذا\s+)?الشهر\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        rf"{_DAY}\s+من\s+(?P<which>هذا)\s+الشهر",
        rf"{_DAY}\s+(?:من\s+)?(?P<which>الجاري|الحالي)",
        rf"(?:the\s+)?{_DAY}(?:st|nd|rd|th)?\s+of\s+(?P<which>last|next|this)\s+month",
    ),
    *build(
        _period,
        rf"{_PART_OF}{_HALF_OF}(?:ال|لل)(?P<period>{_PERIOD})\s+(?P<which>{LAST}|{NEXT}|{THIS})",
        rf"{_PART_OF}{_HALF_OF}(?P<which>هذا|هذه|هاذا|هادا|هاد|هاي|هيدا|هيدي|ها|ه)\s*ال(?P<period>{_PERIOD})",
        rf"{_PART_OF}(?P<which>last|next|this|the\s+current|the\s+coming)\s+(?P<period>week|month|year)",
    ),
]
