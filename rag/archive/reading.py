"""Reading chunks back, each joined to its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from rag.archive.catalog import Catalog, get_meta
from rag.archive.encoding import unpack_sentence_vectors, unpack_spans, unpack_vectors
from rag.archive.rows import article_of
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks
from rag.archive.visible import Ordinals, VisibleChunks
from rag.types import Article, StoredChunk, Vector

_IDS = 500
# Made once: a search waits for them.
_COMPARED = (
    sa.select(
        chunks.c.row, chunks.c.id, *(chunk_data.c[name] for name in ("vector", "sentence_vectors", "terms"))
    )
    .join(chunk_data, chunk_data.c.row == chunks.c.row)
    .where(chunks.c.id.in_(sa.bindparam("wanted", expanding=True)))
)
_WHOLE = (
    sa.select(chunks, chunk_data.c.vector, chunk_data.c.sentence_vectors)
    .join(chunk_data, chunk_data.c.row == chunks.c.row)
    .where(
        chunks.c.id.in_(sa.bindparam("wanted", expanding=True)),
        chunks.c.model == sa.bindparam("model"),
    )
)
_ARTICLES = sa.select(articles).where(articles.c.id.in_(sa.bindparam("wanted", expanding=True)), IS_ACTIVE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What chunks are compared by, without their articles: many are looked at, and few shown.

    ``vectors`` has shape ``(n, dimension)``; ``sentence_vectors`` the sentences of all in order, those of the
    i-th before row ``ends[i]``. ``terms`` are the search terms of each chunk and its article's title.
    """

    ids: list[str]
    vectors: Vector
    sentence_vectors: Vector
    ends: Ordinals
    terms: list[frozenset[str]]


def candidates(connection: sa.Connection, visible: VisibleChunks, ids: Sequence[str]) -> Candidates | None:
    """Return those of ``ids`` that are ``visible``, in the order of ``ids``; ``None`` without any."""
    found: dict[str, sa.Row[Any]] = {}
    wanted = list(dict.fromkeys(ids))
    for begin in range(0, len(wanted), _IDS):
        rows = connection.execute(_COMPARED, {"wanted": wanted[begin : begin + _IDS]}).all()
        _, shown = visible.places_of(np.array([row.row for row in rows], dtype=np.int64))
        found.update((row.id, row) for row, is_shown in zip(rows, shown.tolist(), strict=True) if is_shown)
    held = [found[chunk_id] for chunk_id in wanted if chunk_id in found]
    if not held:
        return None
    dimension = len(held[0].vector) // 4
    return Candidates(
        ids=[row.id for row in held],
        vectors=unpack_vectors([row.vector for row in held], dimension),
        sentence_vectors=unpack_sentence_vectors(b"".join(row.sentence_vectors for row in held), dimension),
        ends=np.cumsum([len(row.sentence_vectors) // dimension for row in held]),
        terms=[frozenset(row.terms.split()) for row in held],
    )


def stored_chunks(catalog: Catalog, ids: Sequence[str]) -> dict[str, StoredChunk]:
    """Return the visible chunks among ``ids``, in the order of ``ids``."""
    found: dict[str, StoredChunk] = {}
    wanted = list(dict.fromkeys(ids))
    with catalog.reading() as connection:
        for begin in range(0, len(wanted), _IDS):
            for stored in _stored_chunks(connection, wanted[begin : begin + _IDS]):
                found[stored.id] = stored
    return {chunk_id: found[chunk_id] for chunk_id in wanted if chunk_id in found}


def chunk_ids(connection: sa.Connection, article_ids: Sequence[str]) -> list[str]:
    """Return the ids of the chunks of some active articles, in the order of ``article_ids``."""
    statement = (
        sa.select(chunks.c.article_id, chunks.c.id)
        .join(articles, articles.c.id == chunks.c.article_id)
        .where(
            chunks.c.article_id.in_(article_ids),
            chunks.c.model == get_meta(connection, "model"),
            IS_ACTIVE,
        )
        .order_by(chunks.c.number)
    )
    of_article: dict[str, list[str]] = {}
    for row in connection.execute(statement):
        of_article.setdefault(row.article_id, []).append(row.id)
    return [chunk_id for article_id in article_ids for chunk_id in of_article.get(article_id, ())]


def _stored_chunks(connection: sa.Connection, ids: list[str]) -> list[StoredChunk]:
    asked = {"wanted": ids, "model": get_meta(connection, "model")}
    rows = connection.execute(_WHOLE, asked).all()
    # The body of an article is read once, however many of its chunks are asked for.
    held = connection.execute(_ARTICLES, {"wanted": list({row.article_id for row in rows})})
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
