"""Days as readers name them in questions, often in dialect; in prose the same words are left alone.

The first week of May, أول الشهر, شهر 5, the 5th: whoever asks means the latest one that has begun, unless
the clause is of the future.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from rag.dates import tables
from rag.dates.calendar import (
    Days,
    Direction,
    back,
    choose,
    day_of,
    half_of,
    month_of,
    one_day,
    part_of,
    week_of,
    weekday_of,
    year_of,
)
from rag.dates.grammar import (
    ANY_WEEKDAY,
    LAST,
    MONTH,
    NEXT,
    NUMBER,
    OF_SAID_YEAR,
    OF_YEAR,
    PART,
    THIS,
    WEEKDAY,
    WHICH,
    Rule,
    Setting,
    any_of,
    build,
    build_led,
    direction_of,
    look,
    number_of,
    part_named,
    unresolved,
    weekday_number,
)
from rag.dates.months import year_in
from rag.dates.tense import tells_ahead

_Cut = Callable[[Days], Days | None]

_SPOKEN = any_of(tables.SPOKEN_NUMBERS)
_YEAR = rf"(?:{OF_YEAR}|{OF_SAID_YEAR}|\s+{WHICH})?"
_COUNTS = r"(?!\s+(?:اشخاص|ايام|قتلي|جرحي|مرات|ساعات|سنوات|في\s+الم|بالم|%|\d))"
_BY_NAME = rf"(?:شهر\s+)?(?P<month>{MONTH})(?:\s*[/(-]\s*(?:{MONTH})\s*\)?)?(?!\w){_YEAR}"
_BY_NUMBER = rf"شهر\s+(?P<number>1[0-2]|[1-9]|{_SPOKEN})(?![\w/]){_COUNTS}{_YEAR}"
_OF_NOW = (
    rf"(?:(?:هذا|هاذا|هادا|هيدا|هاد|ها|ه)\s*)?الشهر(?:\s+(?:من\s+)?(?P<which>{LAST}|{NEXT}|{THIS}))?"
    r"|(?P<en>last|next|this|the(?:\s+current)?)\s+month"
)
_READ = tuple(re.compile(rf"{pattern}$") for pattern in (_BY_NAME, _BY_NUMBER, _OF_NOW))


def _nameless(pattern: str) -> str:
    """Return ``pattern`` without the names of its groups: it is matched once more to read them."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


_MONTH = rf"(?P<of>{'|'.join(_nameless(pattern) for pattern in (_BY_NAME, _BY_NUMBER, _OF_NOW))})"
_NUMBERED_MONTH = rf"(?P<of>{_nameless(_BY_NUMBER)})"
_MONTH_OF_NOW = rf"(?P<of>{_nameless(_OF_NOW)})"
_OF = r"\s+(?:(?:من|في|of|in)\s+|[بل])?"
_OR_FROM = r"\s+(?:من\s+)?"  # not in: مات خمسة في أيار counts the dead
_FEW = timedelta(days=6)
"""What "the last few days" go back, and how long a month is young: a week, with its first day."""
_GOES_ON = re.compile(
    r"(?<!\w)(?:ب|بي|ي|عم\s+ي|عم\s+بي)?(?:صير|يصير|صاير|حصل|يحصل|حاصل|حدث|يحدث|جري|يجري|اخبار)(?!\w)"
)
_TO_COME = re.compile(r"(?<!\w)(?:حتي|لغايه|بحلول|قبل|until|till|by|before)\s+(?:the\s+)?$")


def _months(words: str, setting: Setting) -> tuple[list[Days | None], Direction | None]:
    """Return the months that ``words`` may mean, in order, and which of them is meant.

    One month alone is meant whatever its direction.
    """
    day = setting.reference
    match = next(found for pattern in _READ if (found := pattern.match(words)))
    groups = match.groupdict()
    if day is None:
        return [], None
    if "en" in groups:
        which = groups["which"] or groups["en"] or ""
        if which in ("", "the"):
            return [month_of(day.year, day.month + shift) for shift in range(-2, 3)], setting.direction
        shift = {"last": -1, "next": 1}.get(direction_of(which), 0)
        return [month_of(day.year, day.month + shift)], None
    if groups.get("number"):
        told = groups["number"]
        month = int(told) if told.isdigit() else look(tables.SPOKEN_NUMBERS, told)
    else:
        month = look(tables.MONTHS, groups["month"])
    if not 1 <= month <= 12:
        return [], None
    year = year_in(match, setting)
    if year is None or year:
        return ([month_of(year, month)] if year else []), None
    near: list[Days | None] = [month_of(day.year + shift, month) for shift in range(-2, 3)]
    return near, direction_of(groups["which"]) if groups.get("which") else setting.direction


def _cut(match: re.Match[str], setting: Setting, cut: _Cut) -> Days | None:
    """Return the part that ``cut`` makes of the month that is meant."""
    if setting.reference is None:
        return None
    months, direction = _months(match["of"], setting)
    return _choose([cut(month) if month else None for month in months], setting, direction)


def _choose(pieces: list[Days | None], setting: Setting, direction: Direction | None) -> Days | None:
    if direction is None or setting.reference is None:
        return pieces[0] if pieces else None
    return choose(pieces, setting.reference, direction)


def _week_number(days: Days, number: int) -> Days | None:
    first = days.first + timedelta(weeks=number - 1)
    return Days(first, min(first + _FEW, days.last), "week") if first <= days.last else None


def _week_of_month(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a week of a month, counted from its first day; the last one ends with the month."""
    nth = look(tables.NTH, match["nth"])
    if nth < 0:
        return _cut(match, setting, lambda days: Days(days.last - _FEW, days.last, "week"))
    return _cut(match, setting, lambda days: _week_number(days, nth))


def _half_of_month(match: re.Match[str], setting: Setting) -> Days | None:
    number = 1 if look(tables.NTH, match["nth"]) == 1 else 2
    return _cut(match, setting, lambda days: half_of(days, number))


def _days_at_edge(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the first or last so many days of a month; a week where they are not counted."""
    groups = match.groupdict()
    count = number_of(groups["count"]) if groups.get("count") else _FEW.days + 1
    if groups.get("single"):
        count = 1
    if not 1 <= count <= 20:
        return None
    length = timedelta(days=count - 1)
    if look(tables.NTH, match["nth"]) < 0:
        return _cut(match, setting, lambda days: Days(days.last - length, days.last, "day"))
    return _cut(match, setting, lambda days: Days(days.first, days.first + length, "day"))


def _day_of_month(match: re.Match[str], setting: Setting) -> Days | None:
    told = match["day"]
    day = int(told) if told.isdigit() else look(_DAYS, told)
    return _cut(match, setting, lambda days: day_of(days.first.year, days.first.month, day))


def _bare_day(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the latest day of a number: on the 5th."""
    day = setting.reference
    if day is None:
        return None
    near = [month_of(day.year, day.month + shift).first for shift in range(-2, 3)]
    days = [day_of(one.year, one.month, int(match["day"])) for one in near]
    return _choose(days, setting, setting.direction)


def _day_and_month(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a day told by two numbers: day before month in Arabic, in English where they tell it apart."""
    one, two = int(match["one"]), int(match["two"])
    if setting.reference is None:
        return None
    arabic = not match.string[: match.start("one")].rstrip()[-1:].isascii()
    pairs = {(one, two)} if arabic else {(one, two), (two, one)}
    pairs = {(day, month) for day, month in pairs if 1 <= month <= 12}
    if len(pairs) != 1:
        return None
    day, month = pairs.pop()
    year = setting.reference.year
    return _choose(
        [day_of(near, month, day) for near in range(year - 1, year + 2)], setting, setting.direction
    )


def _part(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the start, middle or end of a month: أول الشهر is its first week."""
    return _cut(match, setting, lambda days: _part_cut(days, match["part"]))


def _part_of_now(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the start, middle or end of the year, month or week, the latest that has begun."""
    day = setting.reference
    if day is None:
        return None
    unit = tables.UNITS[match["period"]]
    shifts = range(2) if _TO_COME.search(match.string[: match.start("core")]) else range(-2, 3)
    units: list[Days]
    if unit == "week":
        units = [week_of(day + timedelta(weeks=shift)) for shift in shifts]
        if not match["core"].isascii():
            # Arab weeks begin with Sunday: on it the one from Monday has not.
            at = timedelta(days=1 if day.weekday() < 6 else -6)
            units = [Days(one.first - at, one.last - at, "week") for one in units]
    elif unit == "month":
        units = [month_of(day.year, day.month + shift) for shift in shifts]
    else:
        units = [year_of(day.year + shift) for shift in shifts]
    pieces: list[Days | None] = [_part_cut(one, match["part"]) for one in units]
    if len(shifts) > 2 and tells_ahead(match.string, *match.span("core")):
        now = pieces[2]
        if now is not None and now.first > day:
            return now
    return _choose(pieces, setting, None if len(shifts) == 2 else setting.direction)


def _part_cut(days: Days, part: str) -> Days:
    named = tables.ASKED_PARTS.get(part) or part_named(part)
    if days.precision == "week":
        begin = {"early": 0, "mid": 2, "late": 4}[named]
        first = days.first + timedelta(days=begin)
        return Days(first, first + timedelta(days=2), "day", approximate=True)
    if named == "early" and days.precision == "month":
        return Days(days.first, days.first + _FEW, "week", approximate=True)
    return part_of(days, named)


def _whole_month(match: re.Match[str], setting: Setting) -> Days | None:
    return _cut(match, setting, lambda days: days)


def _before_last(match: re.Match[str], setting: Setting) -> Days | None:
    """Return the week, month, year or weekday before the last one."""
    day = setting.reference
    if day is None:
        return None
    groups = match.groupdict()
    if groups.get("period") is None:
        number = weekday_number(match["arday"] or match["enday"])
        return one_day(weekday_of(number, day, "last").first - timedelta(weeks=1))
    unit = tables.UNITS[groups["period"]]
    if unit == "week":
        days = week_of(day - timedelta(weeks=2))
        shift = timedelta(days=0 if match["core"].isascii() else 1)
        return Days(days.first - shift, days.last - shift, "week")
    return month_of(day.year, day.month - 2) if unit == "month" else year_of(day.year - 2)


def _few_days(match: re.Match[str], setting: Setting) -> Days | None:
    if setting.reference is None:
        return None
    return back(2 if match.groupdict().get("two") else _FEW.days + 1, setting.reference).vague()


def _now(match: re.Match[str], setting: Setting) -> Days | None:
    """Return today where it is asked what goes on; else *now* asks how things stand, whenever told."""
    return one_day(setting.reference) if setting.reference and _GOES_ON.search(match.string) else None


def _fortnight(_match: re.Match[str], setting: Setting) -> Days | None:
    return back(14, setting.reference) if setting.reference else None


def _earlier(match: re.Match[str], setting: Setting) -> Days | None:
    """Return what is over of the week, month or year: earlier in the week."""
    day = setting.reference
    if day is None:
        return None
    unit = tables.UNITS[match["period"]]
    days = {"week": week_of(day), "month": month_of(day.year, day.month)}.get(unit, year_of(day.year))
    return Days(days.first, day, days.precision)


def _spoken_weekday(match: re.Match[str], setting: Setting) -> Days | None:
    """Return a weekday by a name that is a common word too: الحد is a limit, الأربع are four."""
    if setting.reference is None or setting.direction is None:
        return None
    groups = match.groupdict()
    direction = direction_of(groups["which"]) if groups.get("which") else setting.direction
    day, short = groups.get("day"), groups.get("short")
    number = tables.SPOKEN_WEEKDAYS[day] if day else tables.WEEKDAYS[short or ""]
    return weekday_of(number, setting.reference, "past" if direction == "this" else direction)


_DAYS = {**tables.ORDINALS, **tables.NTH, **tables.SPOKEN_NUMBERS}
_NTH_AFTER = any_of(name for name in tables.NTH if name.startswith("ال"))
_NTH_BEFORE = any_of(name for name in tables.NTH if not name.startswith("ال"))
_PERIOD = "اسبوع|سيمانه|شهر|عام|سنه"
_PARTS = rf"{any_of(tables.ASKED_PARTS)}|{PART}"
_DAY_NUMBER = rf"\d{{1,2}}|{_SPOKEN}|{any_of(tables.ORDINALS)}"
_TWO_NUMBERS = r"(?P<one>\d{1,2})\s*[/-]\s*(?P<two>\d{1,2})(?![\d/.-])"
_ORDINAL = any_of(name for name in tables.NTH if not name.isascii() and tables.NTH[name] > 1)
_DAY_NAME = any_of(day for day in tables.WEEKDAYS if not day.isascii())
_SPOKEN_DAY = any_of(tables.SPOKEN_WEEKDAYS)
_BEFORE_LAST = r"(?:(?:اللي|يلي|الي|الذي|التي|ما)\s+)?قبل\s+الماضيه?"
_NO_NOUN = (
    r"(?=\s*(?:[?.,;:!]|$)|\s+(?:and|to|until|till|in|at|by|of|how|what|who|where|when|did|was|were)(?!\w))"
)

ASKED: list[Rule] = [
    # Years and months that something is only compared with, and days of another day.
    *build(
        unresolved,
        r"(?:the\s+)?same\s+(?:day|week|month|time|period|quarter)\s+(?:of\s+|in\s+)?(?:last|the\s+previous)\s+year",
        r"(?:compared|relative)\s+(?:with|to)\s+(?:the\s+)?(?:last|previous)\s+(?:year|month|week)",
        r"than\s+(?:in\s+)?(?:the\s+)?(?:last|previous)\s+(?:year|month|week)",
        rf"(?:في\s+)?(?:نفس|ذات)\s+ال(?:يوم|اسبوع|شهر|فتره|ربع)\s+(?:من\s+)?ال(?:عام|سنه|شهر)\s+(?:{LAST}|السابق\w?)",
        rf"(?:مقارنه|قياسا|بالمقارنه)\s+(?:مع\s+|ب)ال(?:{_PERIOD})\s+(?:{LAST}|السابق\w?)",
        r"(?:ذاك|هداك|هذاك|هديك|هذيك)\s+ال(?:يوم|نهار|اسبوع|شهر|سنه)",
    ),
    *build(
        _week_of_month,
        rf"(?:ال)?اسبوع\s+(?P<nth>{_NTH_AFTER}){_OF}{_MONTH}",
        rf"(?P<nth>{_NTH_BEFORE})\s+(?:اسبوع|سيمانه|week){_OF}{_MONTH}",
        rf"the\s+(?P<nth>{_NTH_BEFORE})\s+week{_OF}{_MONTH}",
    ),
    *build(
        _half_of_month,
        rf"(?:ال)?(?:نصف|نص)\s+(?P<nth>الاول|الاولاني|الثاني|التاني|الاخير|الاخراني){_OF}{_MONTH}",
        rf"(?:the\s+)?(?P<nth>first|second)\s+half{_OF}{_MONTH}",
    ),
    *build(
        _days_at_edge,
        rf"(?:ال)?(?:(?P<count>{NUMBER})\s+)?(?:ال)?(?:ايام|يوم)\s+(?P<nth>الاولي|الاوائل|الاخيره){_OF}{_MONTH}",
        rf"ال(?:ايام)\s+(?:ال)?(?P<count>{NUMBER})\s+(?P<nth>الاولي|الاوائل|الاخيره){_OF}{_MONTH}",
        rf"(?P<nth>اول|اخر)\s+(?:(?P<count>{NUMBER})\s+)?(?:ايام|تيام){_OF}{_MONTH}",
        rf"(?P<nth>اول|اخر)\s+(?P<single>يوم|نهار){_OF}{_MONTH}",
        rf"(?:the\s+)?(?P<nth>first|last)\s+(?P<single>day){_OF}{_MONTH}",
        rf"(?:the\s+)?(?P<nth>first|last|opening|closing)\s+(?:(?P<count>{NUMBER})\s+|few\s+)?days{_OF}{_MONTH}",
    ),
    *build(
        _day_of_month,
        rf"(?:يوم|نهار)\s+(?P<day>{_DAY_NUMBER}){_OF}{_MONTH}",
        rf"(?P<day>{_DAY_NUMBER}){_OR_FROM}{_NUMBERED_MONTH}",
        rf"(?P<day>{_SPOKEN}|{_ORDINAL}){_OR_FROM}(?P<of>{_nameless(_BY_NAME)})",
        rf"(?P<day>{_DAY_NUMBER})\s+من\s+{_MONTH_OF_NOW}",
        rf"the\s+(?P<day>{_DAY_NUMBER})(?:st|nd|rd|th)?\s+of\s+{_MONTH_OF_NOW}",
    ),
    *build_led(
        _bare_day,
        r"on|since|by|until|till|before|after|from|between|of",
        rf"the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th){_NO_NOUN}",
    ),
    *build(_day_and_month, rf"{ANY_WEEKDAY}\s*[,،]?\s*(?:the\s+)?{_TWO_NUMBERS}"),
    *build_led(
        _day_and_month,
        r"يوم|بتاريخ|تاريخ|نهار",
        _TWO_NUMBERS,
    ),
    *build_led(
        _day_and_month,
        r"on|since|until|before|after",
        _TWO_NUMBERS.replace("[/-]", "/"),  # 3-1 is a result
    ),
    *build(_part, rf"(?P<part>{any_of(tables.ASKED_PARTS)}){_OF}{_MONTH}"),
    *build(
        _part_of_now,
        rf"(?P<part>{_PARTS})\s+(?:of\s+)?(?:the\s+|ال|هال|ه\s*ال)(?P<period>{_PERIOD}|week|month|year)"
        r"(?!\s+(?:of|من|\w*(?:20|19)\d\d|ال(?:دراسي|مالي|هجري|جديد|جامعي)\w?)|\s*\d)",
    ),
    *build(_whole_month, _NUMBERED_MONTH),
    *build(
        _before_last,
        rf"ال(?P<period>{_PERIOD})\s+{_BEFORE_LAST}",
        r"the\s+(?P<period>week|month|year)\s+before\s+last",
        rf"(?:يوم\s+)?(?:{WEEKDAY})\s+{_BEFORE_LAST}",
    ),
    *build(
        _few_days,
        r"(?P<two>ها?\s*اليومين)(?:\s+اللي\s+فاتوا)?",
        r"(?:the\s+)?(?:last|past)\s+few\s+days|recent\s+days",
        rf"الايام\s+(?:القليله\s+|المعدوده\s+)?(?:{LAST})",
        r"(?:اخر|ها?|ال)\s*كم\s+يوم(?:\s+(?:الماضيين|اللي\s+فاتوا|الاخيرين))?|كام\s+يوم\s+اللي\s+فاتوا",
    ),
    *build(_now, r"هلا|هلق|دلوقتي"),
    *build(_fortnight, r"(?:the\s+)?(?:last|past)\s+fortnight|this\s+fortnight"),
    *build(_earlier, r"earlier\s+in\s+the\s+(?P<period>week|month|year)"),
    *build(
        _spoken_weekday,
        rf"(?:يوم|نهار|ليله|مساء|صباح)\s+(?P<day>{_SPOKEN_DAY})(?:\s+(?P<which>{LAST}|{NEXT}|{THIS}))?",
        rf"(?P<day>{_SPOKEN_DAY})\s+(?P<which>{LAST}|{NEXT})",
        rf"(?P<day>{_SPOKEN_DAY})(?=\s+(?:لل|ل\s*ال|الي\s+ال|حتي\s+ال)(?:{_DAY_NAME})(?!\w))",
    ),
    *build_led(
        _spoken_weekday,
        "on|since|until|till|by|last|this",
        r"(?P<short>mon|tues?|wed|thu|thurs|fri|sat|sun)\.?(?!\s+\d)",
    ),
]
"""Rules that hold only where a reader asks."""
