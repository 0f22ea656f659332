"""Two dates that are the ends of one range: from Monday to Friday, بين 3 مايو و7 يونيو."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.dates.calendar import Grain

_FROM = re.compile(
    r"(?:(?<!\w)(?:from|(?P<between>between|(?:و|ف)?ما\s+بين|(?:و|ف)?بين)|(?:و|ف)?من)\s+(?:يوم\s+|يومي\s+|شهري\s+)?)$"
)
_TO = re.compile(
    r"\s*(?:(?P<to>-|to|until|till|through|الي|حتي|لغايه)|(?P<and>and|و))\s*(?:on\s+|يوم\s+|غايه\s+)?$"
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
            if before.first <= span.last:
                approximate = before.approximate or span.approximate
                kept.append(replace(span, start=before.start, first=before.first, approximate=approximate))
        else:
            kept.append(span)
    return kept


def _are_ends(folded: str, one: DatedSpan, other: DatedSpan) -> bool:
    link = _TO.fullmatch(folded[one.end : other.start])
    if link is None and folded[one.end : other.start].isspace() and folded.startswith("لل", other.start):
        return one.precision == other.precision and bool(_FROM.search(folded[: one.start]))  # من الأحد للخميس
    if link is None or one.precision != other.precision:
        return False
    if link["to"] == "-" and timedelta() <= other.last - one.first <= _LONGEST:
        return True
    lead = _FROM.search(folded[: one.start])
    return lead is not None and bool(link["and"]) == bool(lead["between"])
