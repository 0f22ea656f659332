"""The embedded model for the bench: timed, remembering, or stood in for where only the rest is measured."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy as np
from pydantic import PrivateAttr

from rag.calibration import Calibration, shipped_calibration, unit
from rag.embedding import PAIRED, SiyaqEmbedding, open_embedding
from rag.types import Vector
from tests.evals.trials import RememberingEmbedding


def open_model() -> tuple[SiyaqEmbedding, Calibration]:
    """Return the embedded model, on at most four cores, and the calibration that ships for it."""
    calibration = shipped_calibration(PAIRED)
    if calibration is None:
        raise FileNotFoundError(f"no calibration ships for {PAIRED}")
    return open_embedding(PAIRED, threads=threads()), calibration


def threads() -> int:
    """Return how many threads the model gets: as many as there are cores, but not more than four."""
    return int(os.environ.get("OMP_NUM_THREADS") or min(4, os.cpu_count() or 1))


class TimedEmbedding(SiyaqEmbedding):
    """An embedding model that knows how long it has been embedding passages."""

    _model: SiyaqEmbedding = PrivateAttr()
    _seconds: float = PrivateAttr(default=0.0)

    def __init__(self, model: SiyaqEmbedding) -> None:
        super().__init__(model_name=model.name, embed_batch_size=model.embed_batch_size)
        self._model = model

    @property
    def seconds(self) -> float:
        """How long passages took so far."""
        return self._seconds

    @property
    def dimension(self) -> int:
        """The model's own."""
        return self._model.dimension

    @property
    def dictionary(self) -> SiyaqEmbedding:
        """The model's own."""
        return self._model.dictionary

    def count_tokens(self, text: str) -> int:
        """Count as the model does."""
        return self._model.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed as the model does, and note the time."""
        begun = time.perf_counter()
        vectors = self._model.embed_passages(texts)
        self._seconds += time.perf_counter() - begun
        return vectors

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed as the model does."""
        return self._model.embed_questions(texts)


class InstantEmbedding(TimedEmbedding):
    """A stand-in that embeds in no time, to vectors that mean nothing; its tokens are the model's own."""

    _vectors: Vector = PrivateAttr()
    _given: int = PrivateAttr(default=0)

    def __init__(self, model: SiyaqEmbedding) -> None:
        super().__init__(model)
        rng = np.random.default_rng(3)
        self._vectors = unit(rng.normal(size=(8192, model.dimension)).astype(np.float32))

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the next vectors of a fixed row of them."""
        places = np.arange(self._given, self._given + len(texts)) % len(self._vectors)
        self._given += len(texts)
        return self._vectors[places]


class RememberingAll(RememberingEmbedding):
    """An embedding model that embeds each passage once as well, whoever asks for it."""

    _passages: dict[str, Vector] = PrivateAttr(default_factory=dict)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed as the model does, or remember."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            self._passages.update(zip(new, self._model.embed_passages(new), strict=True))
        if not texts:
            return self._model.embed_passages([])
        return np.stack([self._passages[text] for text in texts])
