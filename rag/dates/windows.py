"""The days a question is about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates.calendar import week_of
from rag.dates.folding import fold
from rag.dates.grammar import MONTH
from rag.dates.prose import find_dates
from rag.dates.ranges import DatedSpan
from rag.dates.tense import tells_ahead
from rag.types import TimeWindow

_SINCE = re.compile(
    r"(?<!\w)(?:(?P<sure>منذ|ابتداء\s+من|بدءا\s+من|اعتبارا\s+من|since|starting)|من|from)\s+"
    r"(?:يوم\s+|تاريخ\s+|on\s+|ما\s+قبل\s+)?$"
)
_UNTIL = re.compile(
    r"(?<!\w)(?:حتي|لغايه|لحد|لحتي|الي\s+(?:غايه|حد)|بحلول|until|till|through|up\s+to(?:\s+and\s+including)?|as\s+of|as\s+at|by)\s+"
    r"(?:يوم\s+)?$"
)
_BEFORE = re.compile(r"(?<!\w)(?:قبل|ما\s+قبل|before|prior\s+to)\s+(?:يوم\s+|شهر\s+)?$")
_AFTER = re.compile(r"(?<!\w)(?:بعد|ما\s+بعد|after)\s+(?:يوم\s+|شهر\s+)?$")
_PART_OF = re.compile(r"(?<!\w)\w*(?:اول|اولي|ثاني|ثالث|رابع|اخير|اخيره|اسبوع|ايام|يوم|نصف|فتره)\s+من\s+$")
"""What من belongs to where it tells of what something is part: الأيام الأولى من مايو."""
_WEEK = re.compile(r"اسبوع|سيمانه|(?<!\w)week(?!end)")
_OF_MONTH = re.compile(rf"شهر|month|(?:{MONTH})|قبل|before")
_NEXT = re.compile(r"المقبل|القادم|الاتي|الجاي|next|coming")
_LAST = re.compile(r"الماضي|الفائت|الفايت|المنصرم|(?:اللي|يلي)\s+(?:فات|راح|مضي|عدي|داز)|last")
_AGO = re.compile(r"^(?:منذ|من|قبل)\s")
_RUNNING = re.compile(
    r"(?<!\w)(?:this|current|هذا|هذه|هاذا|هادا|هاد|هاي|هيدا|ها?\s*ال(?:اسبوع|سيمانه|شهر|سنه))(?!\w)|(?:الجاري|الحالي)ه?|(?<!\w)(?:ده|دي)$"
    r"|^(?:ال(?:اسبوع|سيمانه|شهر|عام|سنه)|the\s+(?:week|month|year))$"
)
"""The week, month or year of the day of asking: what is told of it as over ends on that day."""
_PART_OF_WEEK = re.compile(r"نهايه|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|earlier|later|past")

_Ends = tuple[date | None, date | None]


def resolve_window(question: str, *, asked_on: date) -> TimeWindow | None:
    """Return the days that ``question`` names, or ``None`` where it names none.

    Both ends are included. The current week, month or year ends with the day of asking, unless the clause
    tells what is to come. "Last week" and "this week" are calendar weeks, from Monday in English and from
    Sunday in Arabic; on the days around their turn, when readers' weeks (from Monday, Sunday or Saturday)
    differ by a whole week, they are the last seven days. Open ranges ("since Sunday") run to the day of
    asking, and have no end where they begin after it; "before X" has no start. "Since" and "before" in one
    question bound each other; else several dates span from the first to the last of them. A date that
    belongs to the event ("the March 5 agreement") is returned as well: what it narrows is the caller's to
    decide.
    """
    spans = find_dates(question, published=asked_on, now_like=True)
    if not spans:
        return None
    # In "last year in May" the month is meant, and not all of the year.
    narrow = [
        span
        for span, after in zip(spans, [*spans[1:], None], strict=True)
        if not _narrowed(question, span, after)
    ]
    windows = [_window(question, span, asked_on) for span in narrow]
    phrase = question[spans[0].start : spans[-1].end]
    start, end = _bounded(windows) if len(windows) > 1 else windows[0]
    return TimeWindow(start, end, phrase)


def _narrowed(question: str, span: DatedSpan, after: DatedSpan | None) -> bool:
    """Tell whether the date right behind ``span`` lies in it, and says what of it is meant."""
    if after is None or not (
        span.first <= after.first and after.last <= span.last and span.precision == "year"
    ):
        return False
    return after.precision != "year" and len(question[span.end : after.start].split()) <= 1


def _bounded(windows: list[_Ends]) -> _Ends:
    """Return the days of several dates: what lies between two bounds, else from the first to the last."""
    starts = [start for start, _ in windows if start is not None]
    ends = [end for start, end in windows if start is None and end is not None]
    if ends and starts and max(starts) <= min(ends):
        return max(starts), min(ends)
    if ends:
        return None, max(end for _, end in windows if end is not None)
    last = [end for _, end in windows]
    return min(starts), None if None in last else max(end for end in last if end is not None)


def _window(question: str, span: DatedSpan, asked_on: date) -> _Ends:
    before = fold(question[: span.start]).text
    own = fold(question[span.start : span.end]).text
    first, last = span.first, span.last
    calendar = last - first == timedelta(days=6)  # "the past week" is counted, up to the day of asking
    if calendar and _WEEK.search(own) and not _PART_OF_WEEK.search(own) and not _OF_MONTH.search(own):
        first, last = _week(own, first, last, asked_on)
    if first <= asked_on < last and span.precision in ("week", "month", "year") and _RUNNING.search(own):
        folded, at = fold(question).text, len(before)
        if not tells_ahead(folded, at, at + len(own)):
            last = asked_on
    since = _SINCE.search(before)
    counted = own.startswith("منذ") and _AGO.match(own) and first < asked_on
    part = since and not since["sure"] and _PART_OF.search(before)
    if counted or (since and not part and (since["sure"] or not _ends_too(span, own))):
        return first, asked_on if first <= asked_on else None
    if _UNTIL.search(before):
        return None, last
    if _BEFORE.search(before):
        return None, first - timedelta(days=1)
    if _AFTER.search(before):
        return last + timedelta(days=1), max(asked_on, last + timedelta(days=1))
    return first, last


def _ends_too(span: DatedSpan, own: str) -> bool:
    """Whether an expression behind *from* has its end in it: from 3 to 7 May."""
    return span.first < span.last and bool(
        re.search(r"\d\s*(?:-|ل)\s*\d|(?<!\w)(?:to|until|till|through|الي|حتي|لغايه)(?!\w)|\sلل", own)
    )


def _week(own: str, first: date, last: date, asked_on: date) -> tuple[date, date]:
    """Return the week that is meant: a calendar week, or around its turn the last seven days."""
    if _NEXT.search(own):
        return first, last
    is_last = bool(_LAST.search(own))
    # On Saturday, Sunday and Monday one of the three weeks has just ended, or just begun.
    if asked_on.weekday() in (5, 6, 0):
        return asked_on - timedelta(days=7 if is_last else 6), asked_on
    monday = week_of(asked_on).first - timedelta(weeks=1 if is_last else 0)
    begin = monday if own.isascii() else monday - timedelta(days=1)
    return begin, begin + timedelta(days=6)
