"""Near-copies: one agency's piece in several outlets, shortened, under another headline, spelt otherwise.

Articles are compared by their runs of three words, folded and stemmed. Source: Broder, *On the Resemblance
and Containment of Documents*, 1997. Between the samples' copies at least 42 % of the runs of both are
shared, between all other pairs of them and of the tuning articles at most 3 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag.text import search_terms
from rag.types import Article

Shingles = frozenset[tuple[str, ...]]

_RUN = 3
_FEWEST = 12
"""Runs that an article must have to be told from others by them."""
_RESEMBLANCE = 0.3
_CONTAINMENT = 0.6


@lru_cache(maxsize=512)
def shingles(text: str) -> Shingles:
    """Return the runs of three search terms of ``text``."""
    terms = search_terms(text)
    return frozenset(terms[at : at + _RUN] for at in range(len(terms) - _RUN + 1))


def resemblance(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Return the share of all runs that both have, and of the shorter one's that the other has."""
    if not one or not other:
        return 0.0, 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared), shared / min(len(one), len(other))


def are_copies(one: Article, other: Article) -> bool:
    """Tell whether two articles of one language print the same piece, or one a part of the other's."""
    if one.lang != other.lang or one.id == other.id:
        return one.id == other.id
    a, b = shingles(one.body), shingles(other.body)
    if min(len(a), len(b)) < _FEWEST:
        return one.body == other.body
    shared, contained = resemblance(a, b)
    return shared >= _RESEMBLANCE or contained >= _CONTAINMENT


def holds_copy(article: Article, other: Article) -> bool:
    """Tell whether most of ``other`` stands in ``article`` as well: then there is nothing more to be read
    in it.
    """
    if article.lang != other.lang:
        return False
    held, runs = shingles(article.body), shingles(other.body)
    return len(runs) >= _FEWEST and len(held & runs) >= _CONTAINMENT * len(runs)


def prints(article: Article, quote: str) -> bool:
    """Tell whether an article prints a sentence of another one, lightly edited at most."""
    runs = shingles(quote)
    return bool(runs) and len(runs & shingles(article.body)) >= _CONTAINMENT * len(runs)


def printed_before(article: Article, other: Article) -> bool:
    """Tell whether an article surely came out before another one: by the clock, or on an earlier day."""
    one, later = article.published, other.published
    if one is None or later is None:
        return False
    if one.instant and later.instant and one.precision is later.precision:
        return one.instant < later.instant
    return one.last_day < later.first_day


def sources_of(articles: Sequence[Article]) -> dict[str, int]:
    """Return the number of its source for each article's id: those of one outlet, and copies, are one source.

    What names no outlet is a source of its own, but for its copies.
    """
    leaders = list(range(len(articles)))

    def leader(at: int) -> int:
        while leaders[at] != at:
            at = leaders[at]
        return at

    for at, one in enumerate(articles):
        for before in range(at):
            other = articles[before]
            if (one.outlet and one.outlet == other.outlet) or are_copies(one, other):
                leaders[leader(at)] = leader(before)
    return {one.id: leader(at) for at, one in enumerate(articles)}
