"""The catalog: the SQL truth. Whatever is accepted is accepted here, in one transaction, or not at all."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import sqlalchemy as sa

from rag.archive import rows
from rag.archive.engine import READING, build_engine
from rag.archive.leftovers import require_not_emptied, wait_for_restore
from rag.archive.lexical import erase_words, write_words
from rag.archive.migrating import migrate
from rag.archive.room import Room
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks, index_changes, meta, versions
from rag.errors import (
    ArchiveError,
    EmptyError,
    ModelMismatchError,
    UnknownArticleError,
    UnreadableError,
)
from rag.types import Article, EmbeddedArticle

logger = logging.getLogger(__name__)

Standing = Literal["new", "held", "changed"]
Outcome = Literal["added", "held", "changed"]


class Catalog:
    """Articles, versions, chunks and what the vector index has yet to apply, in one SQLite file.

    Thread-safe: any number of readers beside one writer, in this process and in others.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        wait_for_restore(directory)
        require_not_emptied(directory)
        self.engine = build_engine(directory)
        self.room = Room(directory, self.engine)
        self._snapshots = self.engine.execution_options(**{READING: True})
        # Threads of this process queue here in order, instead of racing for SQLite's lock by polling.
        self._writer = threading.RLock()
        try:
            migrate(self.engine, directory)
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection whose every statement sees the same instant."""
        with self._snapshots.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Yield a connection whose statements are committed together, or rolled back on any error."""
        with self._writer, self.engine.begin() as connection:
            yield connection

    # Articles

    def status_of(self, article_id: str, content_hash: str) -> Standing:
        """Tell what `add` would find; a removed article is new again."""
        with self.reading() as connection:
            row = article_row(connection, article_id)
        if row is None or row.status == "removed":
            return "new"
        return "held" if row.content_hash == content_hash else "changed"

    def add(self, embedded: EmbeddedArticle) -> Outcome:
        """Store an article with its chunks, vectors and words, pending for the vector index.

        Raises `EmptyError` for an article without chunks, `ModelMismatchError` when the archive's vectors
        are of another model or dimension, `DiskFullError` when there is no room; nothing is stored then.
        """
        article = embedded.article
        require_consistent(embedded)
        self.room.require(rows.payload_bytes(embedded), article.id)
        with self.writing() as connection:
            claim_model(connection, embedded)
            held = article_row(connection, article.id)
            if held is not None and held.status == "active" and held.content_hash == article.content_hash:
                return "held"
            if held is None:
                connection.execute(
                    articles.insert(), {**rows.article_values(article), "status": "active", "version": 1}
                )
            else:
                _replace(connection, held, article)
            store_chunks(connection, embedded, active=True)
        return "changed" if held is not None and held.status == "active" else "added"

    def remove(self, article_id: str) -> None:
        """Hide an article at once, then take its text, chunks and vectors out.

        Raises `UnknownArticleError`. Should the second part fail, `purge` does it later: the article is
        out of every answer from the first on.
        """
        self._writing_in_little_room(_hide, article_id)
        try:
            self.purge()
        except ArchiveError as error:
            # Whatever kept it from being taken out, it is removed: to raise would say that it is not.
            logger.warning("%s is hidden, its text stays on the disk for now: %s", article_id, error)

    def purge(self) -> int:
        """Take out what removed articles have left behind, and return how many there were."""
        left = sa.select(articles.c.id).where(articles.c.status == "removed", articles.c.body != "")
        with self.reading() as connection:
            removed = list(connection.scalars(left))
        for article_id in removed:
            self._writing_in_little_room(_purge, article_id)
        return len(removed)

    def _writing_in_little_room(self, change: Callable[[sa.Connection, str], None], article_id: str) -> None:
        """Make a change that gives room back in the end, for which no room is asked before."""
        self.room.keep()
        with self.writing() as connection:
            change(connection, article_id)

    def articles(self, *, include_removed: bool) -> list[Article]:
        """Return the articles in the order in which they first came; a removed one has no body."""
        statement = sa.select(articles).order_by(articles.c.row)
        if not include_removed:
            statement = statement.where(IS_ACTIVE)
        with self.reading() as connection:
            return [rows.article_of(row) for row in connection.execute(statement)]

    def printed_between(self, first: int, last: int) -> list[Article]:
        """Return the active articles that may have been published on a day from ``first`` to ``last``."""
        days = (articles.c.published_from <= last, articles.c.published_to >= first)
        statement = sa.select(articles).where(IS_ACTIVE, *days).order_by(articles.c.row)
        with self.reading() as connection:
            return [rows.article_of(row) for row in connection.execute(statement)]

    def article(self, article_id: str) -> Article:
        """Return one article; `UnknownArticleError` when it is not held, or removed."""
        statement = sa.select(articles).where(articles.c.id == article_id, IS_ACTIVE)
        with self.reading() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            raise UnknownArticleError(article_id, "the archive holds no such article")
        return rows.article_of(row)

    def held(self, article_ids: Collection[str]) -> dict[str, Article]:
        """Return those of some articles that are held and not removed, by id."""
        statement = sa.select(articles).where(articles.c.id.in_(article_ids), IS_ACTIVE)
        with self.reading() as connection:
            return {row.id: rows.article_of(row) for row in connection.execute(statement)}

    # Meta

    def meta(self, key: str) -> str | None:
        """Return one value of ``meta``."""
        with self.reading() as connection:
            return get_meta(connection, key)

    @property
    def model(self) -> str | None:
        """The embedding model of the active chunks; ``None`` before the first article."""
        return self.meta("model")

    @property
    def state(self) -> tuple[tuple[str, str], ...]:
        """All of ``meta``: its counters rise with every article added, changed or removed, in any process."""
        with self.reading() as connection:
            return tuple(sorted((row.key, row.value) for row in connection.execute(_ALL_META)))

    # Another model

    def to_reindex(self, model: str) -> list[str]:
        """Return the ids of the active articles that have no chunks of ``model`` yet."""
        with self.reading() as connection:
            return without_chunks(connection, model)

    def stage(self, embedded: EmbeddedArticle) -> None:
        """Store an article's chunks of another model beside the active ones.

        An article that was removed or changed since it was read is left out; `to_reindex` tells of it again.
        """
        require_consistent(embedded)
        article = embedded.article
        self.room.require(rows.payload_bytes(embedded), article.id)
        with self.writing() as connection:
            if embedded.model == get_meta(connection, "model"):
                raise ModelMismatchError(embedded.model, "is the archive's model already")
            held = article_row(connection, article.id)
            if held is None or held.status == "removed" or held.content_hash != article.content_hash:
                return
            erase_chunks(connection, article.id, model=embedded.model)
            store_chunks(connection, embedded, active=False)


_ALL_META = sa.select(meta.c.key, meta.c.value)


def get_meta(connection: sa.Connection, key: str) -> str | None:
    """Return one value of ``meta``, or ``None``."""
    return connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))


def set_meta(connection: sa.Connection, key: str, value: str | None) -> None:
    """Write one value of ``meta``; ``None`` takes it out."""
    if value is None:
        connection.execute(meta.delete().where(meta.c.key == key))
    elif not connection.execute(meta.update().where(meta.c.key == key).values(value=value)).rowcount:
        connection.execute(meta.insert(), {"key": key, "value": value})


@dataclass(frozen=True, slots=True)
class LaneChanges:
    """How often chunks were added to a lane and erased from it: equal numbers, equal chunks."""

    added: int
    erased: int

    def reached(self, earlier: LaneChanges) -> bool:
        """Whether everything that ``earlier`` counts is counted here as well."""
        return self.added >= earlier.added and self.erased >= earlier.erased


def lane_changes(connection: sa.Connection, lane: str) -> LaneChanges:
    """Return the counters of ``lane``, by which every reader, in every process, sees that it changed."""
    return model_and_changes(connection, lane)[1]


def model_and_changes(connection: sa.Connection, lane: str) -> tuple[str | None, LaneChanges]:
    """Return the embedding model of the active chunks and the counters of ``lane``, by one statement."""
    held: dict[str, str] = dict(connection.execute(_ALL_META).all())
    return held.get("model"), LaneChanges(
        int(held.get(f"added.{lane}", 0)), int(held.get(f"erased.{lane}", 0))
    )


def count_change(connection: sa.Connection, lane: str, kind: Literal["added", "erased"]) -> None:
    """Note that the visible chunks of ``lane`` are others when this transaction is committed."""
    set_meta(connection, f"{kind}.{lane}", str(getattr(lane_changes(connection, lane), kind) + 1))


def article_row(connection: sa.Connection, article_id: str) -> sa.Row[Any] | None:
    """Return the row of ``articles``, of a removed one too."""
    return connection.execute(sa.select(articles).where(articles.c.id == article_id)).one_or_none()


def without_chunks(connection: sa.Connection, model: str) -> list[str]:
    """Return the ids of the active articles without a chunk of ``model``."""
    staged = sa.exists().where(chunks.c.article_id == articles.c.id, chunks.c.model == model)
    statement = sa.select(articles.c.id).where(IS_ACTIVE, ~staged)
    return list(connection.scalars(statement.order_by(articles.c.row)))


def require_consistent(embedded: EmbeddedArticle) -> None:
    """Raise where the parts of ``embedded`` do not fit together, or hold what no catalog can keep."""
    article = embedded.article
    try:
        "".join(filter(None, (article.id, article.title, article.body, article.outlet, article.url))).encode()
    except UnicodeEncodeError as error:
        raise UnreadableError(article.id, "it holds half of a character, which no text does") from error
    count = len(embedded.chunks)
    sentences = sum(len(chunk.sentences) for chunk in embedded.chunks)
    if not count:
        raise EmptyError(embedded.article.id, "there is no text to keep in it")
    shapes = (len(embedded.chunk_vectors), len(embedded.sentence_vectors), len(embedded.terms))
    if shapes != (count, sentences, count):
        raise ArchiveError(
            embedded.article.id, f"chunks, vectors and terms differ in number: {count}, {shapes}"
        )
    if not (np.isfinite(embedded.chunk_vectors).all() and np.isfinite(embedded.sentence_vectors).all()):
        raise ArchiveError(embedded.article.id, "a vector of it is not made of finite numbers")


def claim_model(connection: sa.Connection, embedded: EmbeddedArticle) -> None:
    """Make the model of the first article the archive's; raise `ModelMismatchError` for another."""
    model, dimension = embedded.model, str(embedded.chunk_vectors.shape[1])
    held = get_meta(connection, "model")
    if held is None:
        set_meta(connection, "model", model)
        set_meta(connection, "dimension", dimension)
    elif (held, get_meta(connection, "dimension")) != (model, dimension):
        reason = f"the archive's vectors are of {held}, not {model}; run siyaq reindex to change models"
        raise ModelMismatchError(embedded.article.id, reason)


def _hide(connection: sa.Connection, article_id: str) -> None:
    held = article_row(connection, article_id)
    if held is None or held.status == "removed":
        raise UnknownArticleError(article_id, "the archive holds no such article")
    connection.execute(articles.update().where(articles.c.id == article_id).values(status="removed"))
    count_change(connection, held.lane, "erased")


def _purge(connection: sa.Connection, article_id: str) -> None:
    held = article_row(connection, article_id)
    # Another process may have purged it, or taken it in again.
    if held is not None and held.status == "removed":
        erase_chunks(connection, article_id)
        connection.execute(versions.delete().where(versions.c.article_id == article_id))
        connection.execute(articles.update().where(articles.c.id == article_id).values(body=""))


def _replace(connection: sa.Connection, held: sa.Row[Any], article: Article) -> None:
    """Put ``article`` in the place of what the archive holds under its id, which becomes a version."""
    if held.status == "active":
        kept = {
            column.name: getattr(held, column.name) for column in versions.c if column.name != "article_id"
        }
        connection.execute(versions.insert(), {**kept, "article_id": held.id})
    erase_chunks(connection, held.id)
    values = rows.article_values(article) | {"status": "active", "version": held.version + 1}
    if values["story_id"] is None:
        values["story_id"] = held.story_id
    connection.execute(articles.update().where(articles.c.id == held.id).values(values))


def store_chunks(connection: sa.Connection, embedded: EmbeddedArticle, *, active: bool) -> None:
    """Write an article's chunks; those of the active model with their words, pending for the index."""
    first_row = int(get_meta(connection, "next_chunk_row") or 1)
    chunk_values, data_values = rows.chunk_rows(embedded, first_row)
    # Numbered here and never again: a row names one content for ever, whatever was deleted since.
    set_meta(connection, "next_chunk_row", str(first_row + len(chunk_values)))
    connection.execute(chunks.insert(), chunk_values)
    connection.execute(chunk_data.insert(), data_values)
    if active:
        lane = chunk_values[0]["lane"]
        write_words(connection, lane, [(data["row"], data["terms"]) for data in data_values])
        log_changes(connection, lane, [chunk["id"] for chunk in chunk_values], "upsert")
        count_change(connection, lane, "added")


def erase_chunks(connection: sa.Connection, article_id: str, *, model: str | None = None) -> None:
    """Delete an article's chunks, of ``model`` or of every model, with all that hangs on them."""
    active_model = get_meta(connection, "model")
    statement = (
        sa.select(chunks.c.row, chunks.c.id, chunks.c.lane, chunks.c.model, chunk_data.c.terms)
        .join(chunk_data, chunk_data.c.row == chunks.c.row)
        .where(chunks.c.article_id == article_id)
    )
    if model is not None:
        statement = statement.where(chunks.c.model == model)
    found = connection.execute(statement).all()
    for lane in sorted({row.lane for row in found if row.model == active_model}):
        gone = [row for row in found if row.model == active_model and row.lane == lane]
        erase_words(connection, lane, [(row.row, row.terms) for row in gone])
        log_changes(connection, lane, [row.id for row in gone], "delete")
        count_change(connection, lane, "erased")
    doomed = [{"doomed": row.row} for row in found]
    if doomed:
        connection.execute(chunk_data.delete().where(chunk_data.c.row == sa.bindparam("doomed")), doomed)
        connection.execute(chunks.delete().where(chunks.c.row == sa.bindparam("doomed")), doomed)


def log_changes(
    connection: sa.Connection, lane: str, ids: list[str], action: Literal["upsert", "delete"]
) -> None:
    """Note what the vector index has to do, in order."""
    connection.execute(
        index_changes.insert(), [{"chunk_id": chunk_id, "lane": lane, "action": action} for chunk_id in ids]
    )
