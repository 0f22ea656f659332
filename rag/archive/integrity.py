"""Whether a catalog is whole: what SQLite says of its file, and what stands in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rag.errors import ArchiveError, CatalogDamagedError

OURS = frozenset({"alembic_version", "articles", "chunks", "meta"})
"""Tables that every catalog of every version has."""
_MOST = 5

Execute = Callable[[str], Iterable[Any]]
"""Runs one statement of SQL and gives its rows."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a catalog holds, counted in a way that every schema answers."""

    schema: str
    model: str | None
    articles: int
    removed: int
    chunks: int


def file_problems(execute: Execute) -> list[str]:
    """Return what SQLite finds wrong with the file, one line each: pages, indexes, references."""
    found = [str(row[0]) for row in execute(f"PRAGMA integrity_check({_MOST})")]
    broken = [line for line in found if line != "ok"]
    # Rows that refer to nothing are our own to mend: `rag.archive.repairing`.
    return [" ".join(line.split()) for line in broken]


def summary(execute: Execute) -> Summary:
    """Return what the catalog holds; the caller has made sure that it is one of ours."""
    (schema,) = next(iter(execute("SELECT version_num FROM alembic_version")))
    by_status = {row[0]: row[1] for row in execute("SELECT status, count(*) FROM articles GROUP BY status")}
    (chunks,) = next(iter(execute("SELECT count(*) FROM chunks")))
    model = [row[0] for row in execute("SELECT value FROM meta WHERE key = 'model'")]
    return Summary(
        str(schema),
        model[0] if model else None,
        by_status.get("active", 0),
        by_status.get("removed", 0),
        chunks,
    )


@contextmanager
def opened(path: Path, *, mode: str) -> Iterator[sqlite3.Connection]:
    """Open the database ``path`` as it is, without creating it; ``mode`` is SQLite's, such as ``rw``."""
    uri = f"file:{quote(str(path.resolve()))}?{mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=5.0, isolation_level=None)) as connection:
        yield connection


def inspect_copy(path: Path) -> Summary:
    """Check a copy of a catalog that nobody writes to, and return what it holds.

    Raises `CatalogDamagedError` when it is not whole, `ArchiveError` when it is no catalog of ours.
    """
    try:
        # Immutable: looking at a copy leaves nothing beside it, also on a disk that cannot be written.
        with opened(path, mode="immutable=1") as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if not tables >= OURS:
                raise ArchiveError(str(path), "is no backup of Siyaq")
            if problems := file_problems(connection.execute):
                raise CatalogDamagedError(str(path), f"is damaged ({problems[0]})")
            return summary(connection.execute)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise ArchiveError(str(path), "is no backup of Siyaq") from error
        raise CatalogDamagedError(str(path), f"is damaged ({error})") from error
    except StopIteration:
        raise CatalogDamagedError(str(path), "is damaged (it names no schema)") from None
