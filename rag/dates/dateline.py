"""A page's own date: a line such as ``28th, August 2023 GMT`` or a machine's timestamp."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from rag.dates.folding import fold
from rag.dates.grammar import ANY_WEEKDAY, HIJRI_MONTH
from rag.dates.prose import find_dates
from rag.dates.ranges import DatedSpan
from rag.types import Precision, Published

_LABEL = re.compile(
    r"^\s*(?:(?:تاريخ|تم|وقت)\s+(?:ال)?(?:نشره?|اضافه|كتابه|خبر)|نشرت?(?:\s+(?:في|بتاريخ|يوم))?|بتاريخ|"
    r"التاريخ|تاريخ|كتب\s+في|"
    r"حرر\s+في|اضيف\s+في|published(?:\s+(?:on|at|date))?|posted(?:\s+on)?|publication\s+date|"
    r"date(?:\s+published)?|"
    r"first\s+published|issued|updated?|last\s+updated|اخر\s+تحديث|تحديث)(?!\w)\s*[:：|\-]?\s*"
)
_UPDATED = re.compile(r"(?<!\w)(?:اخر\s+تحديث|تحديث|محدثه|حدث|last\s+updated?|updated|modified|edited)(?!\w)")
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?(?![\d:])"
    r"\s*(?P<half>am|pm|a\.m\.?|p\.m\.?|صباحا|مساء|ظهرا|ليلا|عصرا|ص|م)?(?!\w)"
)
_ZONE = re.compile(
    r"(?<!\w)(?:(?:gmt|utc|ut)(?:\s*(?P<far>[+-]\s*\d{1,2}(?::?\d\d)?)(?!\d))?"
    r"|(?:ب?توقيت\s+)?(?P<greenwich>غرينتش|جرينتش|غرينيتش|جرينيتش)|"
    r"(?:ب?توقيت\s+)(?P<mecca>مكه(?:\s+المكرمه)?|السعوديه))(?!\w)"
)
_OFFSET = re.compile(r"(?<=[\d\s])(?P<far>[+-]\d\d:?\d\d)(?!\d)")
_STAMP = re.compile(
    r"^(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)[t\s]\s?(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<zone>z|utc|[+-]\d\d(?::?\d\d)?)?$"
)
_NOISE = re.compile(
    rf"(?<!\w)(?:{ANY_WEEKDAY}|يوم|الساعه|في|at|on|the|ه|م|الموافق|بتوقيت|بالتوقيت|المحلي|local|time|هجريه?|"
    rf"ميلاديه?|h|"
    r"[صم]|[a-z]{2,4}t)(?!\w)|[^\w]+"
)
_HIJRI = re.compile(rf"{HIJRI_MONTH}|(?<!\d)1[345]\d\d(?!\d)")


def read_dateline(text: str, *, source: str = "dateline") -> Published | None:
    """Read a line that is a date, with or without a label; ``None`` where it is prose or ambiguous.

    An instant is given only where both a time and a zone stand in the line; else the day, the month, and
    a bare year only behind a label. ``raw`` is the line without its label.
    """
    raw = " ".join(text.split())
    label = _label_of(raw)
    raw = raw[label:].strip()
    if not raw or len(raw) > 120:
        return None
    stamp = read_timestamp(raw, source=source)
    if stamp is not None:
        return stamp
    if label and re.fullmatch(r"(?:19|20)\d\d", fold(raw).text):
        return Published(fold(raw).text, Precision.YEAR, raw, source)
    first = _before_update(raw)
    spans = find_dates(first, published=None)
    chosen = _choose(first, spans)
    if chosen is None or not _only_a_date(first, spans, labelled=label > 0):
        return None
    precision = {"day": Precision.DAY, "month": Precision.MONTH}.get(chosen.precision)
    if precision is None or chosen.approximate:
        return None
    if precision is Precision.DAY:
        instant = _instant(first, spans, chosen.first)
        if instant is not None:
            return Published(instant.isoformat(), Precision.INSTANT, raw, source)
    length = 10 if precision is Precision.DAY else 7
    return Published(chosen.first.isoformat()[:length], precision, raw, source)


def read_timestamp(text: str, *, source: str) -> Published | None:
    """Read an ISO 8601 timestamp; without a zone, or at midnight of UTC, it says no more than the day."""
    match = _STAMP.match(fold(text.strip()).text)
    if match is None:
        return None
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    zone = match["zone"]
    if zone is None or (_offset(zone) == UTC and clock == time(0, 0)):
        return Published(day.isoformat(), Precision.DAY, text.strip(), source)
    instant = datetime.combine(day, clock, _offset(zone))
    return Published(instant.isoformat(), Precision.INSTANT, text.strip(), source)


def local_time(text: str) -> datetime | None:
    """Return the day and time of a date line, without a zone, where it tells both."""
    raw = " ".join(text.split())
    spans = find_dates(raw, published=None)
    chosen = _choose(raw, spans)
    clock = _clock(_without(raw, spans))
    return datetime.combine(chosen.first, clock) if chosen and chosen.precision == "day" and clock else None


def _label_of(raw: str) -> int:
    """Return where the line goes on after its label, in its own offsets."""
    folded = fold(raw)
    match = _LABEL.match(folded.text)
    if match is None:
        return 0
    return folded.source[match.end()] if match.end() < len(folded.source) else len(raw)


def _before_update(raw: str) -> str:
    folded = fold(raw)
    match = _UPDATED.search(folded.text)
    if match is None:
        return raw
    kept = raw[: folded.source[match.start()]]
    return kept if find_dates(kept, published=None) else raw


def _choose(raw: str, spans: list[DatedSpan]) -> DatedSpan | None:
    """Return the one date of a line; a Hijri day beside its Gregorian one gives way to it."""
    days = [span for span in spans if span.precision == "day" and span.first == span.last]
    if not days:
        return spans[0] if len(spans) == 1 and spans[0].precision in ("month", "year") else None
    if len({span.first for span in days}) == 1:
        return days[0]
    gregorian = [span for span in days if not _HIJRI.search(fold(raw[span.start : span.end]).text)]
    close = max(span.first for span in days) - min(span.first for span in days) <= timedelta(days=1)
    return gregorian[0] if close and len({span.first for span in gregorian}) == 1 else None


def _without(raw: str, spans: list[DatedSpan]) -> str:
    """Return the folded line with its dates blanked, so that a time can be told from them."""
    letters = list(raw)
    for span in spans:
        letters[span.start : span.end] = " " * (span.end - span.start)
    return fold("".join(letters)).text


def _only_a_date(raw: str, spans: list[DatedSpan], *, labelled: bool) -> bool:
    """Whether nothing but a date is said; behind a label a few more words (a city) may stand."""
    rest = _without(raw, spans)
    for known in (_TIME, _ZONE, _OFFSET):
        rest = known.sub(" ", rest)
    words = _NOISE.sub(" ", rest).split()
    return len(words) <= (4 if labelled else 0)


def _clock(rest: str) -> time | None:
    times = list(_TIME.finditer(rest))
    if len(times) != 1:
        return None
    match = times[0]
    hour, half = int(match["hour"]), match["half"] or ""
    if half.startswith(("p", "م", "ع", "ظ")) and hour < 12:
        hour += 12
    elif half.startswith(("a", "ص")) and hour == 12:
        hour = 0
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _instant(raw: str, spans: list[DatedSpan], day: date) -> datetime | None:
    rest = _without(raw, spans)
    clock = _clock(rest)
    zone = _ZONE.search(rest) or _OFFSET.search(_TIME.sub(" ", rest))
    if clock is None or zone is None:
        return None
    groups = zone.groupdict()
    offset = "+03:00" if groups.get("mecca") else groups.get("far") or "z"
    try:
        return datetime.combine(day, clock, _offset(offset))
    except ValueError:
        return None


def _offset(zone: str) -> timezone:
    """Return the zone of ``z``, ``utc``, ``+3``, ``+03:00`` or ``-0430``; raises ValueError beyond a day."""
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return UTC
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    shift = timedelta(hours=hours, minutes=minutes)
    if not shift:
        return UTC
    return timezone(-shift if zone.lstrip().startswith("-") else shift)
