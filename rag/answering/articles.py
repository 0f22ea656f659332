"""Passages put together by article: the best ones, copies once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rag.copies import holds, holds_copy, printed_before
from rag.types import Passage

_WEIGHED = 4
_LOOKED_AT = 8
"""How far down the ranking the source of a copy is looked for."""


def articles_of(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the passages of the best articles, article by article, the best first in both.

    What only copies a better one is left out: there is nothing more to be read in it. Of two that copy each
    other the one that printed it first stands for both.
    """
    groups: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda p: -p.score):
        groups.setdefault(passage.chunk.article.id, []).append(passage)
    chosen: list[list[Passage]] = []
    for of_article in islice(groups.values(), _LOOKED_AT):
        article = of_article[0].chunk.article
        copied = [at for at, other in enumerate(chosen) if holds_copy(other[0].chunk.article, article)]
        if not copied and len(chosen) < _WEIGHED:
            chosen.append(of_article)
        elif copied and _is_source_of(of_article, chosen[copied[0]]):
            chosen[copied[0]] = of_article
    return chosen


def _is_source_of(passages: Sequence[Passage], copied: Sequence[Passage]) -> bool:
    """Tell whether ``passages`` are of the article that printed first what ``copied`` are of, the best of
    them too.
    """
    source, copy = passages[0].chunk.article, copied[0].chunk.article
    return (
        printed_before(source, copy)
        and holds_copy(source, copy)
        and any(holds(passage.chunk.text, copied[0].chunk.text) for passage in passages)
    )
