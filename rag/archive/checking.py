"""Comparing the catalog with itself and with its full text."""

from __future__ import annotations

import sqlalchemy as sa

from rag.archive import lexical
from rag.archive.catalog import get_meta
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks
from rag.types import LANES


def counts(connection: sa.Connection) -> tuple[int, int, int]:
    """Return the numbers of active articles, of removed ones and of visible chunks."""
    statement = sa.select(articles.c.status, sa.func.count()).group_by(articles.c.status)
    by_status: dict[str, int] = dict(connection.execute(statement).all())
    visible = (
        sa.select(sa.func.count())
        .join_from(chunks, articles, articles.c.id == chunks.c.article_id)
        .where(IS_ACTIVE, chunks.c.model == get_meta(connection, "model"))
    )
    return by_status.get("active", 0), by_status.get("removed", 0), connection.scalar(visible) or 0


def catalog_problems(connection: sa.Connection) -> list[str]:
    """Return what is wrong inside of the catalog, one line each."""
    problems: list[str] = []
    model = get_meta(connection, "model")
    active = sa.select(articles.c.id).where(IS_ACTIVE)
    bare = active.where(~sa.exists().where(chunks.c.article_id == articles.c.id, chunks.c.model == model))
    if lost := len(connection.scalars(bare).all()):
        problems.append(f"{lost} articles have no chunks")
    weightless = sa.select(chunks.c.row).where(~sa.exists().where(chunk_data.c.row == chunks.c.row))
    if lost := len(connection.scalars(weightless).all()):
        problems.append(f"{lost} chunks have no vectors")
    for lane in LANES:
        wanted = set(
            connection.scalars(sa.select(chunks.c.row).where(chunks.c.lane == lane, chunks.c.model == model))
        )
        differing = wanted ^ lexical.indexed_rows(connection, lane)
        if differing:
            problems.append(f"the full text of {lane} differs from the catalog in {len(differing)} chunks")
    return problems
