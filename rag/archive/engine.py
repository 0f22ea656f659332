"""The catalog's database: one SQLite file, its transactions, and its errors in our words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from rag.archive.disk import RESERVE, free_bytes
from rag.errors import ArchiveError, CatalogDamagedError, DiskFullError

CATALOG_FILE = "catalog.sqlite"
READING = "siyaq_reading"
"""Execution option of a connection that only reads: its transaction takes a snapshot and no lock."""

RESTORE = "restore a backup: siyaq restore FILE --force"
MEND_OR_RESTORE = f"siyaq doctor --repair mends it where only its indexes are broken; otherwise {RESTORE}"
MEND_WORDS = "siyaq doctor --repair builds it anew"

_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    # FULL: what was accepted survives a power cut, not only a kill.
    "PRAGMA synchronous = FULL",
)

_INCREMENTAL = 2
_WORDS_FAILED = "SQLITE_CONSTRAINT"
"""What writing to a full text that is damaged fails with; of a table's own constraint the name is longer."""


def build_engine(directory: Path) -> sa.Engine:
    """Return an engine on the catalog in ``directory``; dispose of it when done.

    A transaction takes the write lock at its start, so that none fails half-way because another process
    wrote meanwhile; ``engine.execution_options(siyaq_reading=True)`` gives the kind that only reads.
    Every database error surfaces as an `ArchiveError`, `DiskFullError` where there is no room.
    """
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(directory / CATALOG_FILE)),
        pool_size=8,
        max_overflow=24,
        # What people read and ask never stands in an error or a log.
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        # The driver's own transactions start too late and end at some statements: ours are explicit.
        connection.isolation_level = None
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            # Acts on a new catalog only: removed articles' pages can be given back to the disk. Asked first,
            # because setting what is set already is a write to SQLite, and opening must be none.
            if connection.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.DatabaseError as error:
            raise translated(error, directory) from error

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "handle_error")
    def translate(context: sa.ExceptionContext) -> BaseException | None:
        error = context.original_exception
        if not isinstance(error, sqlite3.DatabaseError) or _is_our_own(error):
            return None
        return translated(error, directory)

    return engine


def _is_our_own(error: sqlite3.DatabaseError) -> bool:
    """Whether ``error`` is of a constraint of our tables, which says which one."""
    return isinstance(error, sqlite3.IntegrityError) and error.sqlite_errorname != _WORDS_FAILED


def translated(error: sqlite3.DatabaseError, directory: Path) -> ArchiveError:
    """Return ``error`` as what the caller can do about it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    subject = str(directory)
    # A write-ahead log that cannot grow fails as an I/O error; the disk tells which it was.
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and free_bytes(directory) < RESERVE):
        return DiskFullError(subject, "no room is left on the disk; nothing was written")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveError(subject, "another process has been writing for too long; try again")
    if name in ("SQLITE_CORRUPT_VTAB", _WORDS_FAILED):
        return ArchiveError(subject, f"its full text is damaged ({error}); {MEND_WORDS}")
    if name.startswith("SQLITE_CORRUPT"):
        return CatalogDamagedError(subject, f"the catalog is damaged ({error}); {MEND_OR_RESTORE}")
    if name == "SQLITE_NOTADB":
        return CatalogDamagedError(subject, f"the catalog is damaged ({error}); {RESTORE}")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return ArchiveError(subject, f"the catalog cannot be opened or written ({error})")
    return ArchiveError(subject, f"the catalog failed ({error})")
