"""How likely two articles tell of one event, in whichever outlet and language.

They are compared by their leads (title and first chunk) as the encoder has them, in deviations from what
unrelated texts score; across languages also by the rare names that both have and by the days between them.
Logistic regressions, fitted by ``python -m tests.evals.fit_stories`` on all pairs of the news set
(`tests/evals/news`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rag.calibration import Calibration
from rag.dates.tables import MONTHS, WEEKDAYS
from rag.names import skeletons, spelled_alike
from rag.text import Word, search_fold, words
from rag.types import LANES, Article, Vector, lane_of

if TYPE_CHECKING:
    from rag.archive.archive import Archive

LONGEST_APART = 60
"""Days after which an article is of another story, however like the two are."""
SAME = (-14.0, 2.51)
ACROSS = (-8.16, 1.88, 1.9, -0.82)
"""Weights: constant, likeness; across languages also names and days apart."""
_HOPELESS = 2.0
"""Deviations from unrelated texts below which names are not looked at."""
_UNKNOWN_GAP = 5
_SHORTEST_NAME = 4
_CALENDAR = frozenset(search_fold(word) for word in (*MONTHS, *WEEKDAYS))
_OPENS = re.compile(r"(?:^|[.!?:\n]\s*)[\"“«(]*$")


@dataclass(frozen=True, slots=True)
class Lead:
    """An article, its lead's vector ``(dimension,)``, centred, and how unrelated texts of each lane compare
    with it.
    """

    article: Article
    vector: Vector
    means: Mapping[str, float]
    deviations: Mapping[str, float]

    def standard(self, similarity: float, lane: str) -> float:
        """Return a similarity with a lead of ``lane`` in deviations from unrelated texts."""
        return (similarity - self.means[lane]) / self.deviations[lane]


class Likeness:
    """Compares articles of one archive, in which a name's rarity is counted. Thread-safe."""

    def __init__(self, archive: Archive, calibration: Calibration) -> None:
        self._archive = archive
        self._calibration = calibration

    def lead(self, article: Article, vector: Vector) -> Lead:
        """Return an article with its lead's ``vector``, which is as the model gave it."""
        centred = self._calibration.center_passages(lane_of(article.lang), vector)
        compared = {lane: self._calibration.backgrounds[lane] @ centred for lane in LANES}
        return Lead(
            article,
            centred,
            {lane: float(scores.mean()) for lane, scores in compared.items()},
            {lane: max(float(scores.std()), 1e-3) for lane, scores in compared.items()},
        )

    def log_odds(self, one: Lead, article: Article, vector: Vector) -> float:
        """Return the log odds that ``one`` and another article tell of one event; ``vector`` is as the
        model gave it.
        """
        apart = days_apart(one.article, article)
        if apart > LONGEST_APART:
            return -math.inf
        lane = lane_of(article.lang)
        likeness = one.standard(float(one.vector @ self._calibration.center_passages(lane, vector)), lane)
        if article.lang == one.article.lang:
            return SAME[0] + SAME[1] * likeness
        rare = 0.0 if likeness < _HOPELESS else self.shared_names(one.article, article)
        return float(np.dot(ACROSS, (1.0, likeness, rare, math.log1p(apart))))

    def shared_names(self, one: Article, other: Article) -> float:
        """Return how many rare names of the English article stand in the Arabic one.

        A name counts from 0 (in every English chunk) to 1 (in none).
        """
        english, arabic = (one, other) if one.lang == "en" else (other, one)
        if (english.lang, arabic.lang) != ("en", "ar"):
            return 0.0
        names = _latin_names(f"{english.title}\n{english.body}")
        spelt = _by_consonants(f"{arabic.title}\n{arabic.body}")
        met = [
            name
            for name in names
            if any(
                spelled_alike(word, name.written)
                for key in _keys(name.written)
                for word in spelt.get(key, ())
            )
        ]
        seen = self._archive.document_frequencies("en", [name.term for name in met]) if met else {}
        every = math.log(self._archive.lane_sizes()["en"] + 2) if met else 1.0
        return sum(1 - math.log(max(seen[name.term], 1)) / every for name in met)


def days_apart(one: Article, other: Article) -> int:
    """Return how many days lie between two articles, a few where one is undated."""
    if one.published is None or other.published is None:
        return _UNKNOWN_GAP
    return max(
        0,
        (one.published.first_day - other.published.last_day).days,
        (other.published.first_day - one.published.last_day).days,
    )


@lru_cache(maxsize=128)
def _latin_names(text: str) -> tuple[Word, ...]:
    """Return the words that English writes as names inside a sentence, each once."""
    names: dict[str, Word] = {}
    for word in words(text):
        named = word.written[0].isupper() and len(word.written) >= _SHORTEST_NAME
        opens = _OPENS.search(text[max(0, word.span.start - 8) : word.span.start])
        if named and not opens and search_fold(word.written) not in _CALENDAR:
            names.setdefault(word.term, word)
    return tuple(names.values())


@lru_cache(maxsize=128)
def _by_consonants(text: str) -> dict[tuple[str, str], set[str]]:
    """Return the words by their first and last consonant: only such can be spellings of one name."""
    found: dict[tuple[str, str], set[str]] = {}
    for word in words(text):
        for key in _keys(word.written):
            found.setdefault(key, set()).add(word.written)
    return found


def _keys(written: str) -> set[tuple[str, str]]:
    return {(skeleton[0], skeleton[-1]) for skeleton in skeletons(written) if skeleton}
