"""The newest of what answers, for a question that asks how things stand now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rag.answering.evidence import Evidence
from rag.types import Passage, Question, TimeWindow

_ANSWERS_TOO = 0.5
"""The share of the best sentence's probability from which another one is taken to answer as well."""


def newer_than_best(question: Question, passages: Sequence[Passage]) -> TimeWindow | None:
    """Return the days after the best passage's, where news that supersedes it would be printed.

    ``None`` where the question does not ask for the latest, names its own days, or the best passage has no
    date or is of the day of asking.
    """
    if not question.latest or question.window is not None or not passages:
        return None
    published = passages[0].chunk.article.published
    today = question.asked_at.date()
    if published is None or published.last_day >= today:
        return None
    return TimeWindow(published.last_day + timedelta(days=1), today)


def newest_first(question: Question, evidence: Sequence[Evidence]) -> tuple[list[Evidence], int]:
    """Return ``evidence`` (best first), and how many of it may be quoted, in this order.

    For a question about now the newest of what answers stands in front: of the sentences that answer nearly
    as well as the best one, by the day of publication; of one day the better first, and undated articles
    are never new. Only those may be quoted then: a newer article that is about something else would make an
    old answer look new. For any other question nothing changes.
    """
    if not question.latest or not evidence:
        return list(evidence), len(evidence)
    least = _ANSWERS_TOO * max(one.probability for one in evidence)
    answering = [one for one in evidence if one.probability >= least]
    rest = [one for one in evidence if one.probability < least]
    return sorted(answering, key=_day, reverse=True) + rest, len(answering)


def _day(evidence: Evidence) -> date:
    published = evidence.passage.chunk.article.published
    return published.first_day if published else date.min
