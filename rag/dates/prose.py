"""Dates in prose, resolved against the day the text was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.dates.absolute import ABSOLUTE
from rag.dates.calendar import Days, Grain
from rag.dates.folding import Folded, fold
from rag.dates.grammar import Rule, Setting
from rag.dates.relative import RELATIVE
from rag.dates.tense import tense_at

_RULES: tuple[Rule, ...] = (*ABSOLUTE, *RELATIVE)
_CUE = re.compile(
    r"(?:(?<!\w)(?:في|منذ|خلال|شهر|حتي|لشهر|بشهر|من|in|since|during|until|by|of|from|between|and|to|الي|بين|before|after|قبل|بعد)\s+|(?<!\w)و?[بل])$"
)


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """An expression ``text[start:end]`` and the days from ``first`` to ``last``, both included.

    ``approximate`` days have soft edges (مطلع، منتصف، أواخر; "a month ago").
    """

    start: int
    end: int
    first: date
    last: date
    precision: Grain
    approximate: bool


def find_dates(text: str, *, published: date | None, now_like: bool = False) -> list[DatedSpan]:
    """Return the dates told in ``text`` in order, without overlaps; offsets are into ``text``.

    Relative expressions count from ``published``: a bare weekday or a day without a year is the latest one
    not after it, unless the clause's verb is in the future. Without ``published`` only complete dates are
    found. With ``now_like`` the text is a question put on that day: month names count without their capital.
    """
    folded = fold(text)
    found: list[DatedSpan] = []
    taken = 0
    for match, rule in _candidates(folded):
        start, end = match.span("core")
        if start < taken:
            continue
        days = rule.resolve(match, _setting(text, folded, start, end, published, now_like))
        taken = end
        if days is not None:
            found.append(
                DatedSpan(*folded.span(start, end), days.first, days.last, days.precision, days.approximate)
            )
    return found


def _candidates(folded: Folded) -> list[tuple[re.Match[str], Rule]]:
    """Return every match of every rule, in order, the longest first where several begin together."""
    matches = [
        (match, rule)
        for rule in _RULES
        for match in rule.pattern.finditer(folded.text)
        if match["core"].strip()
    ]
    return sorted(matches, key=lambda pair: (pair[0].start("core"), -pair[0].end("core")))


def _setting(
    text: str, folded: Folded, start: int, end: int, published: date | None, now_like: bool
) -> Setting:
    letter = text[folded.source[start]]
    cued = bool(_CUE.search(folded.text[max(0, start - 12) : start]))
    capital = letter.isupper() or not letter.isascii()
    if letter.isascii() and letter.isalpha() and not now_like:
        cued = cued and capital
    tense = tense_at(folded.text, start, end) if published else "past"
    return Setting(published, tense, cued, capital or now_like, now_like)


def whole(text: str) -> Days | None:
    """Return what ``text`` stands for where it is one complete date and nothing else."""
    spans = find_dates(text, published=None)
    if len(spans) != 1 or text[: spans[0].start].strip() or text[spans[0].end :].strip():
        return None
    return Days(spans[0].first, spans[0].last, spans[0].precision, spans[0].approximate)
