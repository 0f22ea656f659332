"""Room on the disk, looked at before a write and not only after it failed."""

from __future__ import annotations

import shutil
from pathlib import Path

from rag.errors import DiskFullError

RESERVE = 1 << 20
"""Bytes that stay free whatever is written: SQLite needs them to open and to read a full archive."""


def free_bytes(directory: Path) -> int:
    """Return the bytes that an ordinary user may still write under ``directory``."""
    return shutil.disk_usage(directory).free


def require_room(directory: Path, payload: int, subject: str) -> None:
    """Raise `DiskFullError` unless ``payload`` bytes fit three times over, with the reserve left.

    Three times: the write-ahead log, the database file, and the indexes on top.
    """
    needed = 3 * payload + RESERVE
    free = free_bytes(directory)
    if free < needed:
        raise DiskFullError(
            subject, f"needs {megabytes(needed)} of disk, {megabytes(free)} are free; nothing was written"
        )


def megabytes(count: int) -> str:
    """Return ``count`` bytes as a person reads them."""
    return f"{count / 1e6:.1f} MB"
