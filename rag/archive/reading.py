"""Reading chunks back, each joined to its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag.archive.catalog import Catalog, LaneChanges, get_meta, lane_changes
from rag.archive.encoding import unpack_sentence_vectors, unpack_spans, unpack_vectors
from rag.archive.rows import article_of
from rag.archive.schema import articles, chunk_data, chunks
from rag.types import Article, StoredChunk

_IDS = 500


@dataclass(frozen=True, slots=True)
class LaneSize:
    """How many chunks a lane shows and how long they are on average, in search terms."""

    changes: LaneChanges
    chunks: int
    mean_words: float


class LaneSizes:
    """The lanes' sizes, counted again only when a lane has changed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._held: dict[str, LaneSize] = {}

    def of(self, lane: str) -> LaneSize:
        """Return the size of ``lane`` as of now."""
        with self._catalog.reading() as connection:
            changes = lane_changes(connection, lane)
            held = self._held.get(lane)
            if held is None or held.changes != changes:
                held = self._held[lane] = _count(connection, lane, changes)
            return held


def _count(connection: sa.Connection, lane: str, changes: LaneChanges) -> LaneSize:
    statement = (
        sa.select(sa.func.count(), sa.func.avg(chunks.c.words))
        .join_from(chunks, articles, articles.c.id == chunks.c.article_id)
        .where(
            chunks.c.lane == lane,
            chunks.c.model == get_meta(connection, "model"),
            articles.c.status == "active",
        )
    )
    count, mean_words = connection.execute(statement).one()
    return LaneSize(changes, int(count), float(mean_words or 0.0))


def stored_chunks(catalog: Catalog, ids: Sequence[str]) -> dict[str, StoredChunk]:
    """Return the visible chunks among ``ids``, in the order of ``ids``."""
    found: dict[str, StoredChunk] = {}
    wanted = list(dict.fromkeys(ids))
    with catalog.reading() as connection:
        for begin in range(0, len(wanted), _IDS):
            for stored in _stored_chunks(connection, wanted[begin : begin + _IDS]):
                found[stored.id] = stored
    return {chunk_id: found[chunk_id] for chunk_id in wanted if chunk_id in found}


def _stored_chunks(connection: sa.Connection, ids: list[str]) -> list[StoredChunk]:
    rows = connection.execute(
        sa.select(chunks, chunk_data.c.vector, chunk_data.c.sentence_vectors)
        .join(chunk_data, chunk_data.c.row == chunks.c.row)
        .where(chunks.c.id.in_(ids), chunks.c.model == get_meta(connection, "model"))
    ).all()
    # The body of an article is read once, however many of its chunks are asked for.
    held = connection.execute(
        sa.select(articles).where(
            articles.c.id.in_({row.article_id for row in rows}), articles.c.status == "active"
        )
    )
    by_id = {row.id: article_of(row) for row in held}
    return [_stored_chunk(row, by_id[row.article_id]) for row in rows if row.article_id in by_id]


def _stored_chunk(row: sa.Row[Any], article: Article) -> StoredChunk:
    dimension = len(row.vector) // 4
    return StoredChunk(
        id=row.id,
        article=article,
        number=row.number,
        start=row.start,
        end=row.end,
        sentences=unpack_spans(row.sentences),
        sentence_vectors=unpack_sentence_vectors(row.sentence_vectors, dimension),
        vector=unpack_vectors([row.vector], dimension)[0],
    )
