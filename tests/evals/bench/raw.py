"""The raw parts of a retrieval, on the files of an open archive: nothing of Siyaq's own in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rag.retrieval import CANDIDATES, content_words
from rag.types import Question, Vector

_WORDS = "SELECT rowid FROM words_{lane} WHERE words_{lane} MATCH ? ORDER BY rank LIMIT ?"


class RawParts:
    """Chroma's collections and SQLite's full text, asked directly."""

    def __init__(self, collections: dict[str, Any], catalog: sqlite3.Connection) -> None:
        self._collections = collections
        self._catalog = catalog

    def nearest(self, lane: str, vector: Vector) -> list[str]:
        """Ask Chroma for the nearest of a lane, without a filter."""
        found = self._collections[lane].query(
            query_embeddings=vector[None], n_results=CANDIDATES, include=["distances"]
        )
        return list(found["ids"][0])

    def by_words(self, lane: str, terms: Sequence[str]) -> list[int]:
        """Ask SQLite's full text for the best rows of a lane by its own BM25, any of ``terms`` in them."""
        asked = " OR ".join(f'"{term}"' for term in terms)
        rows = self._catalog.execute(_WORDS.format(lane=lane), (asked or '""', CANDIDATES))
        return [row for (row,) in rows.fetchall()]


def terms_of(question: Question) -> list[str]:
    """Return the search terms of a question's content words."""
    return [word.term for word in content_words(question)]


@contextmanager
def open_raw_parts(directory: Path, lanes: Sequence[str]) -> Iterator[RawParts]:
    """Open the index and the catalog of the archive in ``directory``, which this process owns."""
    import chromadb
    from chromadb.config import Settings

    (index,) = directory.glob("index-*")
    # Within one process Chroma gives every client of a path the same engine: the archive's own.
    client = chromadb.PersistentClient(path=str(index), settings=Settings(anonymized_telemetry=False))
    collections = {lane: client.get_collection(f"lane-{lane}", embedding_function=None) for lane in lanes}
    address = f"file:{directory / 'catalog.sqlite'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as catalog:
        yield RawParts(collections, catalog)
