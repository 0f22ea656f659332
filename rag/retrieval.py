"""A question to ranked passages: lanes searched dense and lexical, standardised, fused.

Each language is a lane of its own. A lane's scores are standardised for the question against a fixed
background of unrelated texts, and the best score that a lane of its size expects by chance is subtracted;
only then are lanes compared, so that neither language's articles bury the other's.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rag.calibration import Calibration
from rag.dates import find_dates
from rag.embedding import SiyaqEmbedding
from rag.questions import is_asking_word
from rag.text import Word, repair, spelling_variants, words
from rag.types import Passage, Question, TimeWindow, Vector
from rag.words import term_weight

if TYPE_CHECKING:
    from rag.archive.archive import Archive

CANDIDATES = 40
_LONGEST_TIME = 5  # words, as in "the last three days of March"
MOST_PASSAGES = 20
# How many standard deviations a passage gains that holds every weighted word of the question.
_LEXICAL_GAIN = 3.0


@dataclass(frozen=True, slots=True)
class Standard:
    """How unrelated texts of one lane score for one question: the unit of its standardised scores."""

    passage_mean: float
    passage_deviation: float
    best_mean: float
    best_deviation: float
    sentence_mean: float
    sentence_deviation: float

    def passage(self, similarity: float) -> float:
        """Standardise a passage's similarity."""
        return (similarity - self.passage_mean) / self.passage_deviation

    def best_sentence(self, similarity: float) -> float:
        """Standardise the similarity of a passage's best sentence."""
        return (similarity - self.best_mean) / self.best_deviation

    def sentence(self, similarity: float) -> float:
        """Standardise one sentence's similarity."""
        return (similarity - self.sentence_mean) / self.sentence_deviation


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: passages in order, and what the stages after it need again."""

    passages: tuple[Passage, ...]
    standards: dict[str, Standard]
    question_vector: Vector
    timings_ms: dict[str, float]

    def and_after(self, other: Found) -> Found:
        """Return these passages and, after them, the rest of another search for the same question."""
        passages = {passage.chunk.id: passage for passage in (*self.passages, *other.passages)}
        timings = {stage: ms + other.timings_ms.get(stage, 0.0) for stage, ms in self.timings_ms.items()}
        return replace(self, passages=tuple(passages.values()), timings_ms=timings)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate with its score over all lanes, and the similarity of each of its sentences."""

    chunk_id: str
    score: float
    sentence_scores: tuple[float, ...]


class Retriever:
    """Searches one archive with one embedding model. Thread-safe."""

    def __init__(self, archive: Archive, embedder: SiyaqEmbedding, calibration: Calibration) -> None:
        self._archive = archive
        self._embedder = embedder
        self._calibration = calibration

    def search(
        self,
        question: Question,
        *,
        window: TimeWindow | None = None,
        candidates: int = CANDIDATES,
        most: int = MOST_PASSAGES,
    ) -> Found:
        """Return at most ``most`` passages for ``question``, of articles published in ``window`` if given.

        ``candidates`` is how many hits of either index are looked at again in each lane.
        """
        started = time.perf_counter()
        raw = self._embedder.embed_questions([repair(question.text)])[0]
        vector = self._calibration.center_questions(question.lang, raw)
        embedded = time.perf_counter()
        asked = content_words(question)
        standards: dict[str, Standard] = {}
        scored: list[_Scored] = []
        for lane, size in self._archive.lane_sizes().items():
            if size:
                standards[lane] = self._standard(lane, vector)
                scored += self._search_lane(lane, size, vector, asked, standards[lane], window, candidates)
        scored.sort(key=lambda one: -one.score)
        # Of the candidates, only what is returned is read with its article.
        stored = self._archive.chunks([one.chunk_id for one in scored[:most]])
        passages = [
            Passage(stored[one.chunk_id], one.score, one.sentence_scores)
            for one in scored[:most]
            if one.chunk_id in stored
        ]
        searched = time.perf_counter()
        timings = {"embed": (embedded - started) * 1e3, "search": (searched - embedded) * 1e3}
        return Found(tuple(passages), standards, vector, timings)

    def search_by_words(
        self, question: Question, *, window: TimeWindow | None = None, most: int = MOST_PASSAGES
    ) -> tuple[Passage, ...]:
        """Return at most ``most`` passages by their words alone, without the embedding model.

        A passage's score is the share of the question's word weight that it holds, 0 to 1.
        """
        asked = content_words(question)
        shares: dict[str, float] = {}
        for lane, size in self._archive.lane_sizes().items():
            weights = self._term_weights(lane, size, asked) if size else {}
            terms = [spelling for term in weights for spelling in (term, *spelling_variants(term))]
            hits = self._archive.lexical(lane, terms, CANDIDATES, window) if terms else []
            found = self._archive.candidates(lane, [hit.chunk_id for hit in hits])
            if found is not None:
                shares |= zip(found.ids, _covered(found.terms, weights), strict=True)
        best = sorted(shares, key=lambda chunk_id: -shares[chunk_id])[:most]
        stored = self._archive.chunks(best)
        return tuple(Passage(stored[chunk_id], shares[chunk_id]) for chunk_id in best if chunk_id in stored)

    def _search_lane(
        self,
        lane: str,
        size: int,
        vector: Vector,
        asked: Sequence[Word],
        standard: Standard,
        window: TimeWindow | None,
        candidates: int,
    ) -> list[_Scored]:
        dense = self._archive.dense(lane, vector, candidates, window)
        weights = self._term_weights(lane, size, asked)
        terms = [spelling for term in weights for spelling in (term, *spelling_variants(term))]
        lexical = self._archive.lexical(lane, terms, candidates, window) if terms else []
        ids = list(dict.fromkeys(hit.chunk_id for hit in (*dense, *lexical)))
        by_chance = math.sqrt(2 * math.log(max(size, 2)))
        found = self._archive.candidates(lane, ids)
        if found is None:
            return []
        # What each index returned is scored anew from the catalog, so that a hit of either counts alike.
        similarities = self._calibration.center_passages(lane, found.vectors) @ vector
        sentences = self._calibration.center_sentences(lane, found.sentence_vectors) @ vector
        covered = _covered(found.terms, weights)
        most = max(covered)
        scored = []
        for chunk_id, share, similarity, begin, end in zip(
            found.ids, covered, similarities.tolist(), (0, *found.ends), found.ends, strict=False
        ):
            own = sentences[begin:end].tolist()
            meaning = (standard.passage(similarity) + standard.best_sentence(max(own))) / 2
            # Words can only match in the question's own language: they order a lane, and never lift it.
            scored.append(_Scored(chunk_id, meaning - by_chance - _LEXICAL_GAIN * (most - share), tuple(own)))
        return scored

    def _term_weights(self, lane: str, size: int, asked: Sequence[Word]) -> dict[str, float]:
        terms = list(dict.fromkeys(word.term for word in asked))
        frequencies = self._archive.document_frequencies(lane, terms) if terms else {}
        return {term: term_weight(term, size, frequencies.get(term, 0)) for term in terms}

    def _standard(self, lane: str, vector: Vector) -> Standard:
        passages = self._calibration.backgrounds[lane] @ vector
        sentences = self._calibration.background_sentences[lane] @ vector
        best = np.full(len(passages), -1.0, dtype=np.float32)
        np.maximum.at(best, self._calibration.background_owners[lane], sentences)
        return Standard(
            float(passages.mean()),
            max(float(passages.std()), 1e-3),
            float(best.mean()),
            max(float(best.std()), 1e-3),
            float(sentences.mean()),
            max(float(sentences.std()), 1e-3),
        )


def content_words(question: Question) -> list[Word]:
    """Return the words of a question that evidence for it should hold, each term once.

    The words that say *when* are not among them, the window has taken their meaning; but for a year, which a
    sentence about it mostly names.
    """
    timely: set[int] = set()
    if question.window is not None:
        timely = _places_of(question.window.phrase, question.text)
        if len(question.window.phrase.split()) > _LONGEST_TIME:
            # The phrase runs from the first date to the last: what stands between them is no date.
            told = find_dates(question.text, published=question.asked_at.date(), now_like=True)
            timely &= {at for one in told for at in range(one.start, one.end)}
    seen: dict[str, Word] = {}
    for word in words(question.text):
        is_timely = word.span.start in timely and not (word.term.isdigit() and len(word.term) == 4)
        if not is_asking_word(word.written) and not is_timely:
            seen.setdefault(word.term, word)
    return list(seen.values())


def _places_of(phrase: str, text: str) -> set[int]:
    start = text.find(phrase)
    return set(range(start, start + len(phrase))) if start >= 0 else set()


def _covered(terms: Sequence[frozenset[str]], weights: Mapping[str, float]) -> list[float]:
    """Return the share of the question's word weight that stands among the terms of each chunk, 0 to 1."""
    total = sum(weights.values())
    if not total:
        return [0.0] * len(terms)
    # In lower case, as the archive keeps its terms.
    spellings = [
        (frozenset(spelling.lower() for spelling in (term, *spelling_variants(term))), weight)
        for term, weight in weights.items()
    ]
    return [
        sum(weight for written, weight in spellings if not written.isdisjoint(held)) / total for held in terms
    ]
