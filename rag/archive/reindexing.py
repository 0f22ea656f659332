"""Switching the archive to another embedding model, and indexes back to what the catalog says."""

from __future__ import annotations

import sqlalchemy as sa

from rag.archive.catalog import Catalog, count_change, get_meta, set_meta, without_chunks
from rag.archive.lexical import rebuild_words
from rag.archive.schema import chunk_data, chunks, index_changes
from rag.errors import ArchiveError
from rag.types import LANES


def rebuild_all_words(catalog: Catalog) -> None:
    """Index every lane's terms anew from the catalog, in one transaction."""
    with catalog.writing() as connection:
        model = get_meta(connection, "model")
        for lane in LANES:
            rebuild_words(connection, lane, model or "")


def activate(catalog: Catalog, model: str) -> None:
    """Make ``model`` the archive's in one transaction, and drop the chunks of every other.

    Raises `ArchiveError` while an active article has no chunks of ``model``. The catalog then names no
    vector index: its owner builds one.
    """
    with catalog.writing() as connection:
        left = without_chunks(connection, model)
        if left:
            raise ArchiveError(model, f"{len(left)} articles are still to reindex")
        vector = connection.scalar(
            sa.select(chunk_data.c.vector)
            .join(chunks, chunks.c.row == chunk_data.c.row)
            .where(chunks.c.model == model)
            .limit(1)
        )
        other = sa.select(chunks.c.row).where(chunks.c.model != model)
        connection.execute(chunk_data.delete().where(chunk_data.c.row.in_(other)))
        connection.execute(chunks.delete().where(chunks.c.model != model))
        connection.execute(index_changes.delete())
        set_meta(connection, "model", model if vector is not None else None)
        set_meta(connection, "dimension", str(len(vector) // 4) if vector is not None else None)
        set_meta(connection, "index", None)
        for lane in LANES:
            rebuild_words(connection, lane, model)
            count_change(connection, lane, "erased")
