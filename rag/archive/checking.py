"""Comparing the catalog with itself and with its full text."""

from __future__ import annotations

import sqlalchemy as sa

from rag.archive import lexical
from rag.archive.catalog import get_meta, without_chunks
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks, versions
from rag.errors import ArchiveError, CatalogDamagedError
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
    if lost := len(without_chunks(connection, get_meta(connection, "model") or "")):
        problems.append(f"{lost} articles have no chunks")
    if lost := len(connection.scalars(_weightless(connection)).all()):
        problems.append(f"{lost} chunks have no vectors")
    if orphans := orphan_count(connection):
        problems.append(f"{orphans} chunks and versions belong to no article")
    return problems + words_problems(connection)


def words_problems(connection: sa.Connection) -> list[str]:
    """Return how the full text of each lane differs from the catalog, one line each."""
    problems: list[str] = []
    for lane in LANES:
        shown = (chunks.c.lane == lane, chunks.c.model == get_meta(connection, "model"))
        wanted = set(connection.scalars(sa.select(chunks.c.row).where(*shown)))
        differing = wanted ^ lexical.indexed_rows(connection, lane)
        if differing:
            problems.append(f"the full text of {lane} differs from the catalog in {len(differing)} chunks")
    return problems + unreadable_words(connection)


def unreadable_words(connection: sa.Connection) -> list[str]:
    """Return which lanes' full text is damaged, one line each: neither searched nor written to."""
    problems: list[str] = []
    for lane in LANES:
        # Each posting is read for it. Rows that the index should not hold are counted by neither side.
        wanted = sa.select(sa.func.sum(chunks.c.words)).where(chunks.c.row.in_(lexical.indexed_rows_of(lane)))
        try:
            found, expected = lexical.indexed_words(connection, lane), connection.scalar(wanted) or 0
        except CatalogDamagedError:
            raise
        except ArchiveError as error:
            problems.append(f"the full text of {lane} cannot be read ({error.reason})")
        else:
            if found < expected:
                problems.append(f"the full text of {lane} cannot be read: it has {found} words of {expected}")
    return problems


def to_mend(connection: sa.Connection) -> list[str]:
    """Return the ids of the active articles that have no chunks, or one without a vector of its length."""
    model = get_meta(connection, "model") or ""
    broken = (
        sa.select(articles.c.id)
        .join(chunks, chunks.c.article_id == articles.c.id)
        .where(IS_ACTIVE, chunks.c.row.in_(_weightless(connection)))
    )
    return sorted({*without_chunks(connection, model), *connection.scalars(broken)}) if model else []


def orphan_count(connection: sa.Connection) -> int:
    """Return how many chunks, vectors and versions hang on an article or chunk that is not there."""
    known, rows = sa.select(articles.c.id), sa.select(chunks.c.row)
    of_none = (
        chunks.c.article_id.not_in(known),
        chunk_data.c.row.not_in(rows),
        versions.c.article_id.not_in(known),
    )
    return sum(
        connection.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0
        for table, condition in zip((chunks, chunk_data, versions), of_none, strict=True)
    )


def _weightless(connection: sa.Connection) -> sa.Select[tuple[int]]:
    """Select the chunks of the active model whose vector is not there or is of another length."""
    size = 4 * int(get_meta(connection, "dimension") or 0)
    whole = sa.exists().where(chunk_data.c.row == chunks.c.row, sa.func.length(chunk_data.c.vector) == size)
    return sa.select(chunks.c.row).where(chunks.c.model == get_meta(connection, "model"), ~whole)
