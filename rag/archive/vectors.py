"""The vector index: Chroma, one collection a lane, derived from the catalog and never trusted.

The only module that imports chromadb, and only inside functions: the import takes seconds. Every call has
a time limit, and whatever goes wrong surfaces as `IndexUnusableError`, after which the caller builds anew.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from rag.errors import IndexUnusableError
from rag.types import LANES, Hit, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

QUERY_SECONDS = 5.0
WRITE_SECONDS = 60.0
OPEN_SECONDS = 60.0
_PAGE = 5000
"""Ids asked for at a time: forty thousand at once fail."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the vectors of an index are made by; another one makes the index useless."""

    model: str
    fingerprint: str
    dimension: int

    def as_metadata(self) -> dict[str, Any]:
        """Return what each collection carries."""
        return {"model": self.model, "fingerprint": self.fingerprint, "dimension": self.dimension}


class VectorIndex:
    """An open index directory; vectors in it are centred and of unit length."""

    def __init__(self, path: Path, client: Client, collections: dict[str, Collection]) -> None:
        self.path = path
        self._client = client
        self._collections = collections

    def close(self) -> None:
        """Let go of the files; an index that hangs is left behind."""
        within(QUERY_SECONDS, self.path, self._client.close)

    def upsert(self, lane: str, ids: Sequence[str], vectors: Vector) -> None:
        """Write ``vectors`` of shape ``(len(ids), dimension)``; what is there already is replaced."""
        collection = self._collections[lane]
        within(WRITE_SECONDS, self.path, lambda: collection.upsert(ids=list(ids), embeddings=vectors))

    def delete(self, lane: str, ids: Sequence[str]) -> None:
        """Take ``ids`` out; unknown ones are no error."""
        collection = self._collections[lane]
        within(WRITE_SECONDS, self.path, lambda: collection.delete(ids=list(ids)))

    def search(self, lane: str, query: Vector, k: int) -> list[Hit]:
        """Return the about ``k`` nearest by cosine, best first."""
        collection = self._collections[lane]

        def call() -> Any:
            return collection.query(query_embeddings=query[None], n_results=k, include=["distances"])

        found = within(QUERY_SECONDS, self.path, call)
        return [
            Hit(chunk_id, 1.0 - float(distance))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def ids(self, lane: str) -> set[str]:
        """Return every id of the lane."""
        collection = self._collections[lane]
        found: set[str] = set()
        while True:
            read = partial(collection.get, include=[], limit=_PAGE, offset=len(found))
            page = within(WRITE_SECONDS, self.path, read)["ids"]
            if found.issuperset(page):
                return found
            found.update(page)


def create_index(path: Path, signature: Signature) -> VectorIndex:
    """Make an empty index in the new directory ``path``."""

    def create() -> VectorIndex:
        from chromadb.api.collection_configuration import (
            CreateCollectionConfiguration,
            CreateHNSWConfiguration,
        )

        client = _client(path)
        # Set at creation: a later change acts only after the next opening.
        graph = CreateHNSWConfiguration(space="cosine", max_neighbors=32, ef_construction=200, ef_search=400)
        collections = {
            lane: client.create_collection(
                _name(lane),
                embedding_function=None,
                metadata=signature.as_metadata(),
                configuration=CreateCollectionConfiguration(hnsw=graph),
            )
            for lane in LANES
        }
        return VectorIndex(path, client, collections)

    path.mkdir(parents=True)
    return within(OPEN_SECONDS, path, create)


def open_index(path: Path, signature: Signature) -> VectorIndex:
    """Open the index in ``path``; `IndexUnusableError` when it is not there or of another signature."""
    if not (path / "chroma.sqlite3").exists():
        raise IndexUnusableError(str(path), "there is no index in it")

    def open_() -> VectorIndex:
        client = _client(path)
        collections = {lane: client.get_collection(_name(lane), embedding_function=None) for lane in LANES}
        return VectorIndex(path, client, collections)

    index = within(OPEN_SECONDS, path, open_)
    for lane, collection in index._collections.items():
        if dict(collection.metadata or {}) != signature.as_metadata():
            index.close()
            raise IndexUnusableError(str(path), f"its {lane} vectors are of another model or calibration")
    return index


def _name(lane: str) -> str:
    # Chroma wants three characters at least.
    return f"lane-{lane}"


def _client(path: Path) -> Client:
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(path), settings=Settings(anonymized_telemetry=False))
    if not isinstance(client, Client):
        raise IndexUnusableError(str(path), f"Chroma opened it as {type(client).__name__}")
    return client


def within(seconds: float, path: Path, call: Callable[[], T]) -> T:
    """Return what ``call`` returns; `IndexUnusableError` when it raises or takes longer than ``seconds``.

    A call that hangs cannot be ended: its thread is left behind, and ends with the process.
    """
    outcome: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except (
            BaseException
        ) as error:  # a panic in Chroma's Rust is no Exception, and an index is replaceable
            outcome.put((None, error))

    threading.Thread(target=run, name="vector-index", daemon=True).start()
    try:
        value, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise IndexUnusableError(str(path), f"the index did not answer within {seconds:g} s") from None
    if error is not None:
        raise IndexUnusableError(str(path), f"the index failed ({type(error).__name__}: {error})") from error
    return value  # type: ignore[return-value]  # it is None only where T is


def nearest_score(hits: Sequence[Hit]) -> float:
    """Return the best score of ``hits``, or minus one."""
    return float(np.max([hit.score for hit in hits], initial=-1.0))
