"""Stories in the catalog: which articles tell of one event, and what they are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag.archive.catalog import Catalog, get_meta
from rag.archive.encoding import unpack_vectors
from rag.archive.rows import article_of
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks
from rag.types import Article, Vector

_IDS = 500


@dataclass(frozen=True, slots=True)
class StoredLead:
    """An article with the vector ``(dimension,)`` of its first chunk, as the model gave it."""

    article: Article
    vector: Vector


def story_of(connection: sa.Connection, article_id: str) -> str | None:
    """Return the story of an article, of a removed one too; ``None`` where it has none or is not known."""
    found: str | None = connection.scalar(sa.select(articles.c.story_id).where(articles.c.id == article_id))
    return found


def stories_of_chunks(connection: sa.Connection, chunk_ids: Sequence[str]) -> list[str]:
    """Return the stories of the articles of ``chunk_ids``, in the order of these, each once."""
    found: dict[str, str] = {}
    for begin in range(0, len(chunk_ids), _IDS):
        wanted = chunks.c.id.in_(chunk_ids[begin : begin + _IDS])
        statement = (
            sa.select(chunks.c.id, articles.c.story_id)
            .join(articles, articles.c.id == chunks.c.article_id)
            .where(wanted, IS_ACTIVE, articles.c.story_id.is_not(None))
        )
        found.update(connection.execute(statement).all())
    return list(dict.fromkeys(found[chunk_id] for chunk_id in chunk_ids if chunk_id in found))


def leads_of_story(connection: sa.Connection, story_id: str, most: int) -> list[StoredLead]:
    """Return the ``most`` active articles of a story that came last, with their leads."""
    return _leads(
        connection,
        _leads_statement(connection)
        .where(articles.c.story_id == story_id)
        .order_by(articles.c.row.desc())
        .limit(most),
    )


def leads_without_story(connection: sa.Connection, most: int) -> list[StoredLead]:
    """Return the ``most`` active articles that came first and have no story."""
    return _leads(
        connection,
        _leads_statement(connection)
        .where(articles.c.story_id.is_(None))
        .order_by(articles.c.row)
        .limit(most),
    )


def give_story(catalog: Catalog, article_id: str, story_id: str) -> None:
    """Make an article one of a story, unless another process has given it one meanwhile."""
    with catalog.writing() as connection:
        without = (articles.c.id == article_id, articles.c.story_id.is_(None))
        connection.execute(articles.update().where(*without).values(story_id=story_id))


def articles_of_story(connection: sa.Connection, story_id: str, most: int) -> list[Article]:
    """Return the ``most`` active articles of a story that came last, the last first."""
    statement = (
        sa.select(articles)
        .where(articles.c.story_id == story_id, IS_ACTIVE)
        .order_by(articles.c.row.desc())
        .limit(most)
    )
    return [article_of(row) for row in connection.execute(statement)]


def _leads_statement(connection: sa.Connection) -> sa.Select[Any]:
    model = get_meta(connection, "model")
    return (
        sa.select(*articles.c, chunk_data.c.vector)
        .join(chunks, chunks.c.article_id == articles.c.id)
        .join(chunk_data, chunk_data.c.row == chunks.c.row)
        .where(IS_ACTIVE, chunks.c.number == 0, chunks.c.model == model)
    )


def _leads(connection: sa.Connection, statement: sa.Select[Any]) -> list[StoredLead]:
    rows = connection.execute(statement).all()
    return [
        StoredLead(article_of(row), unpack_vectors([row.vector], len(row.vector) // 4)[0]) for row in rows
    ]
