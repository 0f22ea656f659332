"""Putting right whatever the catalog's articles are enough for; no step takes an accepted article out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from rag.archive import checking, pending, rows
from rag.archive.catalog import (
    Catalog,
    article_row,
    claim_model,
    count_change,
    erase_chunks,
    get_meta,
    log_changes,
    require_consistent,
    set_meta,
    store_chunks,
)
from rag.archive.engine import RESTORE
from rag.archive.integrity import file_problems
from rag.archive.leftovers import clear_interrupted
from rag.archive.owner import IndexOwner, index_folders
from rag.archive.reindexing import rebuild_all_words
from rag.archive.schema import articles, chunk_data, chunks, versions
from rag.errors import CatalogDamagedError, SiyaqError, UnknownArticleError
from rag.types import Article, EmbeddedArticle

logger = logging.getLogger(__name__)

Embed = Callable[[Article], EmbeddedArticle]


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was put right: ``what`` for machines, ``line`` for a person."""

    what: str
    count: int
    line: str


def repair_catalog(catalog: Catalog, embed: Embed) -> list[Repair]:
    """Mend what hangs on the articles: database indexes, orphans, chunks, words; return what was done.

    Each step is a transaction of its own and can be repeated. Raises `CatalogDamagedError` when the file
    itself is beyond mending.
    """
    done: list[Repair] = []
    # Words that cannot be read come first: nothing can be taken out of them. What the steps after them find
    # leaves words that differ.
    for step in (_leftovers, _database_indexes, _broken_words, _removed_texts, _orphans, _numbering):
        done += step(catalog)
    done += _chunks(catalog, embed)
    done += _differing_words(catalog)
    return done


def repair_index(catalog: Catalog, owner: IndexOwner) -> list[Repair]:
    """Apply what is pending, and build the index anew where it is of no use; return what was done.

    Raises `IndexUnusableError` or `DiskFullError` when it cannot be built: exact search goes on answering.
    """
    before, stray = catalog.meta("index"), index_folders(catalog.directory)
    with catalog.reading() as connection:
        waiting = pending.count(connection)
        wanted = pending.count_chunks(connection, catalog.model or "") > 0
    owner.sync()
    if wanted and (owner.problem is not None or owner.check() is not None):
        owner.rebuild()
    done: list[Repair] = []
    current = catalog.meta("index")
    if waiting:
        done.append(Repair("pending", waiting, f"applied {waiting} changes that waited for the index"))
    if current != before:
        done.append(Repair("index", 1, "built the index anew from the catalog"))
    swept = [name for name in stray if name not in (before, current)]
    if swept:
        done.append(Repair("leftovers", len(swept), f"cleared away {', '.join(swept)} of builds cut off"))
    return done


def _leftovers(catalog: Catalog) -> list[Repair]:
    cleared = clear_interrupted(catalog.directory)
    line = f"cleared away {', '.join(cleared)} of a restore or an upgrade cut off"
    return [Repair("leftovers", len(cleared), line)] if cleared else []


def _database_indexes(catalog: Catalog) -> list[Repair]:
    with catalog.reading() as connection:
        problems = file_problems(connection.exec_driver_sql)
    if not problems:
        return []
    with catalog.writing() as connection:
        # The rows are the truth: where only SQLite's own indexes differ from them, they are made anew.
        connection.exec_driver_sql("REINDEX")
        if left := file_problems(connection.exec_driver_sql):
            raise CatalogDamagedError(
                str(catalog.directory), f"the catalog is damaged ({left[0]}); {RESTORE}"
            )
    return [Repair("database", len(problems), "made the database's own indexes anew")]


def _removed_texts(catalog: Catalog) -> list[Repair]:
    count = catalog.purge()
    return [Repair("purged", count, f"took out the texts of {count} removed articles")] if count else []


def _orphans(catalog: Catalog) -> list[Repair]:
    with catalog.writing() as connection:
        count = _erase_orphans(connection)
    line = f"took out {count} chunks and versions that belong to no article"
    return [Repair("orphans", count, line)] if count else []


def _numbering(catalog: Catalog) -> list[Repair]:
    with catalog.writing() as connection:
        newest = connection.scalar(sa.select(sa.func.max(chunks.c.row))) or 0
        if int(get_meta(connection, "next_chunk_row") or 1) > newest:
            return []
        set_meta(connection, "next_chunk_row", str(newest + 1))
    return [Repair("numbering", 1, "set the number of the next chunk")]


def _chunks(catalog: Catalog, embed: Embed) -> list[Repair]:
    with catalog.reading() as connection:
        bare = checking.to_mend(connection)
    mended = 0
    for article_id in bare:
        try:
            mended += _mend(catalog, embed(catalog.article(article_id)))
        except UnknownArticleError:
            continue  # removed meanwhile
        except SiyaqError as error:
            logger.warning("%s stays without its chunks: %s", article_id, error)
    line = f"embedded {mended} articles anew whose chunks were missing or broken"
    return [Repair("chunks", mended, line)] if mended else []


def _mend(catalog: Catalog, embedded: EmbeddedArticle) -> bool:
    """Put an article's chunks in the place of those it has; tell whether it is still as it was read."""
    require_consistent(embedded)
    article = embedded.article
    catalog.room.require(rows.payload_bytes(embedded), article.id)
    with catalog.writing() as connection:
        claim_model(connection, embedded)
        held = article_row(connection, article.id)
        if held is None or held.status == "removed" or held.content_hash != article.content_hash:
            return False
        erase_chunks(connection, article.id, model=embedded.model)
        _erase_bare(connection, article.id, held.lane)
        store_chunks(connection, embedded, active=True)
    return True


def _erase_bare(connection: sa.Connection, article_id: str, lane: str) -> None:
    """Delete an article's chunks that have no data; their words are unknown, and are built anew later."""
    bare = (chunks.c.article_id == article_id, ~sa.exists().where(chunk_data.c.row == chunks.c.row))
    gone = list(connection.scalars(sa.select(chunks.c.id).where(*bare)))
    if gone:
        log_changes(connection, lane, gone, "delete")
        count_change(connection, lane, "erased")
        connection.execute(chunks.delete().where(*bare))


def _erase_orphans(connection: sa.Connection) -> int:
    """Delete the chunks, vectors and versions that belong to no article; return how many there were."""
    count = checking.orphan_count(connection)
    if count:
        known = sa.select(articles.c.id)
        of_none = chunks.c.article_id.not_in(known)
        for article_id in connection.scalars(sa.select(chunks.c.article_id).where(of_none).distinct()).all():
            erase_chunks(connection, article_id)
        connection.execute(chunks.delete().where(of_none))
        connection.execute(chunk_data.delete().where(chunk_data.c.row.not_in(sa.select(chunks.c.row))))
        connection.execute(versions.delete().where(versions.c.article_id.not_in(known)))
    return count


def _broken_words(catalog: Catalog) -> list[Repair]:
    with catalog.reading() as connection:
        return _words(catalog, checking.unreadable_words(connection))


def _differing_words(catalog: Catalog) -> list[Repair]:
    with catalog.reading() as connection:
        return _words(catalog, checking.words_problems(connection))


def _words(catalog: Catalog, problems: list[str]) -> list[Repair]:
    if not problems:
        return []
    rebuild_all_words(catalog)
    return [Repair("words", len(problems), "built the full text anew from the catalog")]
