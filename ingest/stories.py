"""Stories: which articles tell of one event, in whichever outlet and language.

An article joins the story whose articles it is likest to, or begins one. Candidates come from the index. Two
articles are compared by their leads (title and first chunk) as the encoder has them, in deviations from what
unrelated texts score; across languages also by the rare names that both have. It joins where its likeness to the
four likest of a story is enough on average: by one that is like it alone, stories of one town would run together.
Copies join in any case.

The weights are logistic regressions, fitted by `tests.evals.fit_stories` on the pairs of the news set (`tests/evals/news`).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from rag.archive.archive import Archive
from rag.archive.stories import Lead
from rag.calibration import Calibration
from rag.copies import are_copies
from rag.dates.tables import MONTHS, WEEKDAYS
from rag.names import skeletons, spelled_alike
from rag.text import Word, search_fold, words
from rag.types import LANES, Article, EmbeddedArticle, TimeWindow, Vector, lane_of

_LONGEST_APART = timedelta(days=60)
_CANDIDATES = 12
"""Chunks of each lane whose stories are looked at."""
_STORIES = 4
_MEMBERS = 8
_LIKEST = 4
_JOINS = -1.0
_COPY = 20.0
_HOPELESS = 2.0
"""Deviations from unrelated texts below which names are not looked at."""
_UNKNOWN_GAP = 5
_SAME = (-14.8, 2.51)
_ACROSS = (-8.72, 2.08, 1.48, 2.46, -0.82)
_SHORTEST_NAME = 4
_CALENDAR = frozenset(search_fold(word) for word in (*MONTHS, *WEEKDAYS))
_OPENS = re.compile(r"(?:^|[.!?:\n]\s*)[\"“«(]*$")


@dataclass(frozen=True, slots=True)
class _Told:
    """An article to be placed: its lead, centred, and how unrelated texts of each lane compare with it."""

    article: Article
    lead: Vector
    means: dict[str, float]
    deviations: dict[str, float]

    def likeness(self, other: Vector, lane: str) -> float:
        """Return how like another centred lead of ``lane`` is, in deviations."""
        return (float(self.lead @ other) - self.means[lane]) / self.deviations[lane]


class Stories:
    """Finds the stories of one archive's articles."""

    def __init__(self, archive: Archive, calibration: Calibration) -> None:
        self._archive = archive
        self._calibration = calibration

    def placed(self, embedded: EmbeddedArticle) -> EmbeddedArticle:
        """Return an article that is about to be added as one of a story; one that has a story keeps it."""
        article = embedded.article
        story = self._archive.story_of(article.id)
        if story is None:
            story = self._story_for(article, embedded.chunk_vectors[0])
        return replace(embedded, article=replace(article, story_id=story))

    def give(self, most: int) -> int:
        """Give at most ``most`` articles that came before there were stories theirs; return how many."""
        waiting = self._archive.leads_without_story(most)
        for lead in waiting:
            self._archive.give_story(lead.article.id, self._story_for(lead.article, lead.vector))
        return len(waiting)

    def _story_for(self, article: Article, vector: Vector) -> str:
        told = self._told(article, vector)
        best, story = _JOINS, _new_story(article)
        for known in self._candidates(told)[:_STORIES]:
            likeness = self._likeness(told, self._archive.leads_of_story(known, _MEMBERS))
            if likeness >= best:
                best, story = likeness, known
        return story

    def _told(self, article: Article, vector: Vector) -> _Told:
        lead = self._calibration.center_passages(lane_of(article.lang), vector)
        compared = {lane: self._calibration.backgrounds[lane] @ lead for lane in LANES}
        return _Told(
            article,
            lead,
            {lane: float(scores.mean()) for lane, scores in compared.items()},
            {lane: max(float(scores.std()), 1e-3) for lane, scores in compared.items()},
        )

    def _candidates(self, told: _Told) -> list[str]:
        """Return the stories of the chunks nearest to an article in each lane, the likest first."""
        hits: list[tuple[float, str]] = []
        day = told.article.published
        around = None
        if day is not None:
            around = TimeWindow(day.first_day - _LONGEST_APART, day.last_day + _LONGEST_APART)
        for lane, size in self._archive.lane_sizes().items():
            # Undated articles are in no window: they are looked for without one.
            for window in {around, None} if size else ():
                for hit in self._archive.dense(lane, told.lead, _CANDIDATES, window):
                    hits.append(((hit.score - told.means[lane]) / told.deviations[lane], hit.chunk_id))
        return self._archive.stories_of_chunks([chunk_id for _, chunk_id in sorted(hits, reverse=True)])

    def _likeness(self, told: _Told, members: Sequence[Lead]) -> float:
        """Return the log odds that an article is of the story of ``members``."""
        near = [one for one in members if not _far_apart(told.article, one.article)]
        if any(are_copies(told.article, one.article) for one in near):
            return _COPY
        pairs = sorted((self._pair(told, one) for one in near), reverse=True)[:_LIKEST]
        return float(np.mean(pairs)) if pairs else -math.inf

    def _pair(self, told: _Told, other: Lead) -> float:
        article, lane = other.article, lane_of(other.article.lang)
        likeness = told.likeness(self._calibration.center_passages(lane, other.vector), lane)
        if article.lang == told.article.lang:
            return _SAME[0] + _SAME[1] * likeness
        rare, share = (0.0, 0.0) if likeness < _HOPELESS else self._shared_names(told.article, article)
        apart = _days_apart(told.article, article)
        return float(np.dot(_ACROSS, (1.0, likeness, rare, share, math.log1p(apart))))

    def _shared_names(self, one: Article, other: Article) -> tuple[float, float]:
        """Return how many rare names of the English article stand in the Arabic one, and their share.

        A name counts from 0 (in every English chunk) to 1 (in none).
        """
        english, arabic = (one, other) if one.lang == "en" else (other, one)
        if (english.lang, arabic.lang) != ("en", "ar"):
            return 0.0, 0.0
        names = _latin_names(english)
        if not names:
            return 0.0, 0.0
        size = self._archive.lane_sizes()["en"]
        seen = self._archive.document_frequencies("en", [name.term for name in names])
        weights = [1 - math.log(max(seen[name.term], 1)) / math.log(size + 2) for name in names]
        spelt = _by_consonants(arabic)
        met = [
            any(spelled_alike(word, name.written) for key in _keys(name.written) for word in spelt.get(key, ()))
            for name in names
        ]
        rare = sum(weight for weight, is_met in zip(weights, met, strict=True) if is_met)
        return rare, rare / max(sum(weights), 0.2)


def _latin_names(article: Article) -> list[Word]:
    """Return the words of an English article that are written as names inside a sentence, each once."""
    text = f"{article.title}\n{article.body}"
    names: dict[str, Word] = {}
    for word in words(text):
        named = word.written[0].isupper() and len(word.written) >= _SHORTEST_NAME
        if named and search_fold(word.written) not in _CALENDAR:
            if not _OPENS.search(text[max(0, word.span.start - 8) : word.span.start]):
                names.setdefault(word.term, word)
    return list(names.values())


def _by_consonants(article: Article) -> dict[tuple[str, str], set[str]]:
    """Return an article's words by their first and last consonant: only such can be spellings of one name."""
    found: dict[tuple[str, str], set[str]] = {}
    for word in words(f"{article.title}\n{article.body}"):
        for key in _keys(word.written):
            found.setdefault(key, set()).add(word.written)
    return found


def _keys(written: str) -> set[tuple[str, str]]:
    return {(skeleton[0], skeleton[-1]) for skeleton in skeletons(written) if skeleton}


def _new_story(article: Article) -> str:
    return "s_" + hashlib.sha256(article.id.encode()).hexdigest()[:16]


def _far_apart(one: Article, other: Article) -> bool:
    if one.published is None or other.published is None:
        return False
    return _days_apart(one, other) > _LONGEST_APART.days


def _days_apart(one: Article, other: Article) -> int:
    """Return how many days lie between two articles, a few where one is undated."""
    if one.published is None or other.published is None:
        return _UNKNOWN_GAP
    return max(
        0,
        (one.published.first_day - other.published.last_day).days,
        (other.published.first_day - one.published.last_day).days,
    )
