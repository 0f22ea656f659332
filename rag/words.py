"""Words compared across languages, by stem, by spelling and by the encoder's own word vectors.

A multilingual encoder is also a dictionary: the vector of one word, without its language's mean, lies
nearest to the word's translations. That is what lets a question's words be looked for in a sentence of
the other language, where no letter is shared.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.bilingual import concepts, meanings
from rag.calibration import Calibration, unit
from rag.countries import country_of
from rag.embedding import SiyaqEmbedding
from rag.logistic import probability
from rag.names import same_name
from rag.text import Word, question_language, repair, search_fold, spelling_variants
from rag.types import Vector

_FREQUENCIES = Path(__file__).parent / "calibration" / "frequencies.json"
_MOST_CACHED = 60_000
# Likeness of centred word vectors: two words drawn at random, and a word and its translation.
_UNRELATED = 0.15
_SYNONYM = 0.65
_TRANSLATION = 0.9
"""How well words agree that stand in one row of the dictionary."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A word of a question with its weight: how much it says, from 0 (a function word) up."""

    word: Word
    weight: float


@lru_cache(maxsize=1)
def background_frequencies() -> tuple[int, Mapping[str, int]]:
    """Return in how many of how many background texts a term stands (both languages, questions too)."""
    stored = json.loads(_FREQUENCIES.read_text(encoding="utf-8"))
    return int(stored["texts"]), stored["terms"]


def term_weight(term: str, archive_texts: int = 0, archive_frequency: int = 0) -> float:
    """Return the inverse document frequency of ``term`` over the background and the archive together."""
    texts, frequencies = background_frequencies()
    seen = frequencies.get(term, 0) + archive_frequency
    return max(0.0, math.log((texts + archive_texts + 1) / (seen + 0.7)))


class WordSpace:
    """Vectors of single words, centred by language and kept while the process lives. Thread-safe."""

    def __init__(self, embedder: SiyaqEmbedding, calibration: Calibration) -> None:
        self._embedder = embedder
        self._calibration = calibration
        self._known: dict[str, Vector] = {}
        self._lock = threading.Lock()

    def vectors(self, written: Sequence[str]) -> Vector:
        """Return the centred vectors of ``written``, shape ``(n, dimension)``."""
        keys = [repair(word).lower() for word in written]
        with self._lock:
            missing = sorted({key for key in keys if key not in self._known})
            if missing:
                if len(self._known) + len(missing) > _MOST_CACHED:
                    self._known.clear()
                    missing = sorted(set(keys))
                raw = self._embedder.embed_passages(missing)
                for key, row in zip(missing, raw, strict=True):
                    mean = self._calibration.means["word", question_language(key)]
                    self._known[key] = unit(row - mean)
            if not keys:
                return np.empty((0, self._calibration.dimension), dtype=np.float32)
            return np.stack([self._known[key] for key in keys])

    def agreements(self, asked: Sequence[Word], found: Sequence[Word], *, wide: bool = False) -> Vector:
        """Return how well each asked word agrees with each of ``found``, 0 to 1: shape ``(asked, found)``.

        1 for the same stem (or another spelling of it), else the best of the likeness of the names, of the
        meanings and of what the dictionary says (``wide``: the vocabulary of claims as well); unrelated words
        agree by 0, and so do two countries.
        """
        if not asked or not found:
            return np.zeros((len(asked), len(found)), dtype=np.float32)
        likeness = self.vectors([a.written for a in asked]) @ self.vectors([f.written for f in found]).T
        agreements = np.clip((likeness - _UNRELATED) / (_SYNONYM - _UNRELATED), 0.0, 1.0)
        told_by = [_meanings(other, wide=wide) for other in found]
        countries = [country_of(other.written) for other in found]
        for row, word in zip(agreements, asked, strict=True):
            if word.term.isdigit():
                row[:] = 0.0  # numbers are equal or they are not
            same = {word.term, *spelling_variants(word.term)}
            lang, meant = _meanings(word, wide=wide)
            country = country_of(word.written)
            for at, (other, (told_in, told)) in enumerate(zip(found, told_by, strict=True)):
                row[at] = 1.0 if other.term in same else max(row[at], _name_agreement(word, other))
                # Among words of one language the rows of the dictionary are too wide.
                if lang != told_in and not meant.isdisjoint(told):
                    row[at] = max(row[at], _TRANSLATION)
                if country is not None and countries[at] is not None:
                    row[at] = float(countries[at] == country)
        return np.asarray(agreements, dtype=np.float32)

    def name_likelihoods(self, found: Sequence[Word]) -> Vector:
        """Return how likely each word is a proper name, from its vector: shape ``(found,)``."""
        vectors = self.vectors([word.written for word in found])
        scores = [
            float(weights[0] + row @ weights[1:])
            for row, word in zip(vectors, found, strict=True)
            for weights in (self._calibration.name_weights[question_language(word.written)],)
        ]
        return np.asarray(probability(np.array(scores, dtype=np.float32)), dtype=np.float32)

    def shared(self, one: Sequence[Word], other: Sequence[Word]) -> float:
        """Return how much of the word weight of one of two texts agrees with words of the other, 0 to 1:
        the larger of the two shares. The wide vocabulary is used.
        """
        if not one or not other:
            return 0.0
        agreements = self.agreements(one, other, wide=True)
        weights = [np.array([term_weight(word.term) for word in words]) for words in (one, other)]
        return max(
            float(agreements.max(axis=1 - at) @ weights[at] / max(weights[at].sum(), 1e-9)) for at in (0, 1)
        )


def _meanings(word: Word, *, wide: bool) -> tuple[str, frozenset[int]]:
    """Return the language of a word and the rows of the dictionary that it stands in."""
    look = meanings if wide else concepts
    return question_language(word.written), look(search_fold(word.written))


def _name_agreement(one: Word, other: Word) -> float:
    if other.term.isdigit() or question_language(one.written) == question_language(other.written):
        return 0.0
    latin = one if question_language(one.written) == "en" else other
    # Common words have skeletons too; a name is at least written as one.
    if not latin.written[:1].isupper():
        return 0.0
    return 0.9 * same_name(one.written, other.written)
