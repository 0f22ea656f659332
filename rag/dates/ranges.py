"""Two dates that are the ends of one range: from Monday to Friday, بين 3 مايو و7 يونيو."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.dates.calendar import Grain
from rag.dates.grammar import ARABIC_WEEKDAY, ENGLISH_WEEKDAY

_FROM = re.compile(
    r"(?:(?<!\w)(?:from|(?P<between>between|(?:و|ف)?ما\s+بين|(?:و|ف)?بين)|(?:و|ف)?من)\s+(?:يوم\s+|يومي\s+|شهري\s+)?)$"
)
_TO = re.compile(
    r"\s*(?:(?P<to>-|to|until|till|through|الي|حتي|لغايه)|(?P<and>and|و))\s*(?:on\s+|يوم\s+|غايه\s+)?$"
)
_WEEKDAY = re.compile(rf"(?:{ARABIC_WEEKDAY}|{ENGLISH_WEEKDAY})(?!\w)")
# "moved from Friday to Saturday" is no range.
_MOVED = re.compile(
    r"(?<!\w)(?:move|postpone|reschedule|shift|change|push|bring|brought|put|defer)\w*\s(?:\w+\s){0,4}$"
    r"|(?<!\w)و?(?:نقل|اجل|ارجا|تاجل|غير|ارجء|ارجي)(?:ت|وا)?\s(?:\w+\s){0,4}$|(?<!\w)(?:تاجيل|نقل|تغيير|ارجاء)\s(?:\w+\s){0,4}$"
)
_LONGEST = timedelta(days=366)
"""Two dates with a dash between them are a range up to here: further apart they are a life."""


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """An expression ``text[start:end]`` and the days from ``first`` to ``last``, both included.

    ``approximate`` days have soft edges (مطلع، منتصف، أواخر; "a month ago", "around 10 May").
    """

    start: int
    end: int
    first: date
    last: date
    precision: Grain
    approximate: bool


def joined(folded: str, spans: list[DatedSpan]) -> list[DatedSpan]:
    """Return ``spans`` (offsets into ``folded``) with each pair that is one range made one.

    A pair whose first is after its second is left out: one of them was misread, or both are of every week
    ("from Sunday to Thursday").
    """
    kept: list[DatedSpan] = []
    for span in spans:
        if kept and _are_ends(folded, kept[-1], span):
            before = kept.pop()
            if before.first > span.last and _are_weekdays_between(folded, before, span):
                week = timedelta(weeks=1)
                before = replace(before, first=before.first - week, last=before.last - week)
            if before.first <= span.last:
                approximate = before.approximate or span.approximate
                kept.append(replace(span, start=before.start, first=before.first, approximate=approximate))
        else:
            kept.append(span)
    return kept


def _are_weekdays_between(folded: str, one: DatedSpan, other: DatedSpan) -> bool:
    """Tell whether two weekdays stand behind *between*, which is told of one week and not of every one."""
    lead = _FROM.search(folded[: one.start])
    return bool(
        lead and lead["between"] and _WEEKDAY.match(folded, one.start) and _WEEKDAY.match(folded, other.start)
    )


def _are_ends(folded: str, one: DatedSpan, other: DatedSpan) -> bool:
    link = _TO.fullmatch(folded[one.end : other.start])
    if link is None and folded[one.end : other.start].isspace() and folded.startswith("لل", other.start):
        return one.precision == other.precision and bool(_FROM.search(folded[: one.start]))  # من الأحد للخميس
    if link is None or one.precision != other.precision:
        return False
    if link["to"] == "-" and timedelta() <= other.last - one.first <= _LONGEST:
        return True
    lead = _FROM.search(folded[: one.start])
    if lead is not None and _MOVED.search(folded[max(0, lead.start() - 60) : lead.start()]):
        return False
    return lead is not None and bool(link["and"]) == bool(lead["between"])
