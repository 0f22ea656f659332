"""The ranking that an answer shows: what was read first, by that and by the search, then as it was found.

Two vectors tell which passages are about a question; the reader, which sees both side by side, tells best
which of them answers it. It also settles what similarity cannot: whether the best passage of one language
or that of the other comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.evidence import Evidence, Weights
from rag.types import Passage


def likeliest_first(evidence: Sequence[Evidence], weights: Weights) -> list[Evidence]:
    """Return ``evidence`` anew in the order of `Weights.shown`, with what that says as its probability.

    Where two articles answer alike by what was read of them, the one that the search found far ahead is the
    one that was asked about. How sure the archive is to answer at all, the order before tells better.
    """
    shown = [replace(one, probability=weights.shown(one)) for one in evidence]
    return sorted(shown, key=lambda one: -one.probability)


def by_reading(passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """Return ``passages`` with those first that were read, the likeliest to answer before the others.

    ``evidence`` is weighed, in any order. A passage that was read has the best score of the search and, on
    top, the probability that its best sentence answers, so that scores fall along the ranking.
    """
    likely: dict[str, float] = {}
    for one in evidence:
        if one.is_read:
            chunk_id = one.passage.chunk.id
            likely[chunk_id] = max(likely.get(chunk_id, 0.0), one.probability)
    top = max((passage.score for passage in passages), default=0.0)
    read = [
        replace(passage, score=top + likely[passage.chunk.id])
        for passage in passages
        if passage.chunk.id in likely
    ]
    rest = [passage for passage in passages if passage.chunk.id not in likely]
    return (*sorted(read, key=lambda passage: -passage.score), *rest)
