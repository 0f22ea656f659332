"""The days a question is about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.dates.calendar import week_of
from rag.dates.folding import fold
from rag.dates.prose import DatedSpan, find_dates
from rag.types import TimeWindow

_SINCE = re.compile(
    r"(?<!\w)(?:منذ|من|ابتداء\s+من|بدءا\s+من|اعتبارا\s+من|since|starting|from)\s+(?:يوم\s+|تاريخ\s+|on\s+)?$"
)
_UNTIL = re.compile(r"(?<!\w)(?:حتي|لغايه|until|till|through|up\s+to)\s+(?:يوم\s+)?$")
_BEFORE = re.compile(r"(?<!\w)(?:قبل|ما\s+قبل|before|prior\s+to)\s+(?:يوم\s+)?$")
_AFTER = re.compile(r"(?<!\w)(?:بعد|ما\s+بعد|after)\s+(?:يوم\s+)?$")
_WEEK = re.compile(r"اسبوع|week")
_NEXT = re.compile(r"المقبل|القادم|الاتي|الجاي|next|coming")
_LAST = re.compile(r"الماضي|الفائت|الفايت|المنصرم|اللي\s+فات|الاخير|last|past")
_AGO = re.compile(r"^(?:منذ|من|قبل)\s")


def resolve_window(question: str, *, asked_on: date) -> TimeWindow | None:
    """Return the days that ``question`` names, or ``None`` where it names none.

    Both ends are included. "Last week" is the previous Monday to Sunday together with the last seven days,
    "this week" the last seven days together with the rest of the week, since readers' weeks begin on three
    different days. Open ranges ("since Sunday") run to the day of asking, and have no end where they begin
    after it; "before X" has no start. Several dates span from the first to the last of them. A date that
    belongs to the event ("the March 5 agreement") is returned as well: what it narrows is the caller's to
    decide.
    """
    spans = find_dates(question, published=asked_on, now_like=True)
    if not spans:
        return None
    windows = [_window(question, span, asked_on) for span in spans]
    phrase = question[spans[0].start : spans[-1].end]
    starts = [start for start, _ in windows]
    ends = [end for _, end in windows]
    if len(windows) > 1 and _is_range(question, spans):
        return TimeWindow(spans[0].first, max(span.last for span in spans), phrase)
    known_starts = [start for start in starts if start is not None]
    known_ends = [end for end in ends if end is not None]
    first = min(known_starts) if len(known_starts) == len(starts) else None
    return TimeWindow(first, max(known_ends) if len(known_ends) == len(ends) else None, phrase)


def _is_range(question: str, spans: list[DatedSpan]) -> bool:
    """Whether two dates are the ends of one range: between … and …, from … to …."""
    if len(spans) != 2 or spans[0].first > spans[1].last:
        return False
    between = fold(question[spans[0].end : spans[1].start]).text.strip()
    return bool(re.fullmatch(r"و|الي|حتي|to|until|till|and|through|-|(?:و|and)\s*(?:يوم|on)?|لغايه", between))


def _window(question: str, span: DatedSpan, asked_on: date) -> tuple[date | None, date | None]:
    before = fold(question[: span.start]).text
    own = fold(question[span.start : span.end]).text
    first, last = span.first, span.last
    if span.precision == "week" and _WEEK.search(own):
        first, last = _week(own, first, last, asked_on)
    if _SINCE.search(before) or (own.startswith("منذ") and _AGO.match(own) and span.first < asked_on):
        return first, asked_on if first <= asked_on else None
    if _UNTIL.search(before):
        return None, last
    if _BEFORE.search(before):
        return None, first - timedelta(days=1)
    if _AFTER.search(before):
        return last + timedelta(days=1), max(asked_on, last + timedelta(days=1))
    return first, last


def _week(own: str, first: date, last: date, asked_on: date) -> tuple[date, date]:
    if _NEXT.search(own):
        return first, last
    if _LAST.search(own):
        return min(first, asked_on - timedelta(days=7)), max(last, asked_on)
    return min(first, asked_on - timedelta(days=6)), week_of(asked_on).last
