"""Room on the disk for the catalog: asked for before writing, made where some can be given back."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from rag.archive.disk import RESERVE, free_bytes, require_room
from rag.archive.engine import CATALOG_FILE
from rag.errors import DiskFullError

logger = logging.getLogger(__name__)

_STEP = 128
"""Pages given back at a time: moving them takes room in the write-ahead log first."""


class Room:
    """The disk that a catalog lies on."""

    def __init__(self, directory: Path, engine: sa.Engine) -> None:
        self._directory = directory
        self._engine = engine

    def require(self, payload: int, subject: str) -> None:
        """Raise `DiskFullError` unless ``payload`` bytes fit, after making room where they do not."""
        try:
            self._require(payload, subject)
        except DiskFullError:
            self.make()
            self._require(payload, subject)

    def keep(self) -> None:
        """Make room when the reserve is touched: with nothing left at all, the log could not be emptied."""
        if free_bytes(self._directory) < RESERVE:
            self.make()

    def make(self) -> None:
        """Give back to the disk what the write-ahead log and removed articles hold on to."""
        pooled = self._engine.raw_connection()
        try:
            cursor = pooled.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            free = _free_pages(cursor)
            while free:
                cursor.execute(f"PRAGMA incremental_vacuum({_STEP})").fetchall()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                before, free = free, _free_pages(cursor)
                if free >= before:
                    return
        except sqlite3.DatabaseError as error:
            logger.warning("No more room could be made in the catalog: %s", error)
        finally:
            pooled.close()

    def _require(self, payload: int, subject: str) -> None:
        log = self._directory / f"{CATALOG_FILE}-wal"
        # The database may grow by what the log holds as soon as that is moved into it.
        waiting = log.stat().st_size if log.exists() else 0
        require_room(self._directory, payload + waiting // 3, subject)


def _free_pages(cursor: DBAPICursor) -> int:
    return int(cursor.execute("PRAGMA freelist_count").fetchone()[0])
