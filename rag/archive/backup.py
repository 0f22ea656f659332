"""One file that holds the archive: the catalog as of one instant, copied while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from rag.archive.disk import RESERVE, free_bytes, megabytes
from rag.archive.engine import CATALOG_FILE, translated
from rag.archive.integrity import Summary, inspect_copy, opened
from rag.errors import ArchiveError, CatalogDamagedError, DiskFullError

OnProgress = Callable[[str, int, int], None]
"""Told the stage, what is done and of how much."""

BACKUP_LOCK = "backup.lock"
_FORGOTTEN = ("turns",)
"""Tables that no backup holds: what readers asked is deleted in time, and must not come back."""
_PAGES = 256
"""Pages copied at a time, a megabyte."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and checked; ``size`` in bytes."""

    file: Path
    size: int
    holds: Summary


def back_up(
    directory: Path, file: Path, *, overwrite: bool = False, on_progress: OnProgress | None = None
) -> Backup:
    """Write the catalog in ``directory`` to the one ``file``, while other processes go on using it.

    Until it is complete and checked it has another name beside; whatever ends it early, ``file`` is as it
    was. Raises `ArchiveError` where there is nothing to back up or ``file`` is in the way,
    `CatalogDamagedError` when the catalog is not whole, `DiskFullError` where there is no room.
    """
    catalog = directory / CATALOG_FILE
    _require_sensible(directory, file, overwrite=overwrite)
    if not catalog.is_file():
        raise ArchiveError(str(directory), "there is no archive to back up")
    try:
        with FileLock(directory / BACKUP_LOCK, blocking=False):
            # The lock is ours: what lies there under such a name was left by a backup that was killed.
            for left in file.parent.glob(f"{_escaped(file.name)}.*.partial*"):
                left.unlink(missing_ok=True)
            return _written(catalog, file, on_progress)
    except Timeout:
        raise ArchiveError(str(directory), "another backup of it is being written; try again") from None


def copy_catalog(
    catalog: Path, file: Path, on_progress: OnProgress | None = None, *, left_out: Sequence[str] = ()
) -> Summary:
    """Copy the live ``catalog`` to the new ``file``, check the copy and return what it holds.

    The tables of ``left_out`` are empty in the copy.
    Where that fails no ``file`` is left. Raises `DiskFullError`, `CatalogDamagedError` or `ArchiveError`.
    """
    tell = on_progress or _ignore
    try:
        # Chats stand in it: nobody else's business, whatever the folder allows.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(catalog, file, tell)
        _empty(file, left_out)
        tell("checking", 0, 1)
        summary = _checked(catalog, file)
        _flush(file)
        tell("checking", 1, 1)
        return summary
    except BaseException:
        for left in (file, file.with_name(f"{file.name}-journal")):
            left.unlink(missing_ok=True)
        raise


def replace_file(new: Path, file: Path) -> None:
    """Give ``new`` the name ``file``, at once and to outlast a power cut."""
    new.replace(file)
    _flush(file.parent)


def _require_sensible(directory: Path, file: Path, *, overwrite: bool) -> None:
    if not file.parent.is_dir():
        raise ArchiveError(str(file.parent), "there is no such folder")
    if file.resolve().is_relative_to(directory.resolve()):
        raise ArchiveError(str(file), "lies in the archive itself: a backup belongs somewhere else")
    if file.is_dir():
        raise ArchiveError(str(file), "is a folder; name a file")
    if file.exists() and not overwrite:
        raise ArchiveError(str(file), "exists already; --force replaces it")


def _written(catalog: Path, file: Path, on_progress: OnProgress | None) -> Backup:
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    summary = copy_catalog(catalog, partial, on_progress, left_out=_FORGOTTEN)
    try:
        replace_file(partial, file)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return Backup(file, file.stat().st_size, summary)


def _copy(catalog: Path, file: Path, on_progress: OnProgress) -> None:
    try:
        with opened(catalog, mode="mode=rw") as reading, opened(file, mode="mode=rw") as writing:
            # One snapshot for the whole copy. Without it SQLite begins anew at each write of another
            # process, and beside a steady ingest it would never end.
            reading.execute("BEGIN")
            pages = int(reading.execute("PRAGMA page_count").fetchone()[0])
            size = pages * int(reading.execute("PRAGMA page_size").fetchone()[0])
            _require_room(file, size)
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()

            def tell(status: int, remaining: int, total: int) -> None:
                on_progress("copying", total - remaining, total)

            reading.backup(writing, pages=_PAGES, progress=tell)
            reading.execute("COMMIT")
            # A copy is one file, without a write-ahead log beside it; an archive that opens it makes one.
            writing.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.DatabaseError as error:
        full = isinstance(translated(error, file.parent), DiskFullError)
        if full:
            raise DiskFullError(str(file), "no room is left on the disk; nothing was written") from error
        raise translated(error, catalog.parent) from error


def _empty(file: Path, tables: Sequence[str]) -> None:
    """Empty tables of a copy, where it has them, so that nothing of their rows stays in the file."""
    try:
        with opened(file, mode="mode=rw") as connection:
            held = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            connection.execute("PRAGMA secure_delete = ON").fetchall()
            for table in sorted(held & set(tables)):
                connection.execute(f'DELETE FROM "{table}"')  # noqa: S608  our own names
    except sqlite3.DatabaseError as error:
        raise translated(error, file.parent) from error


def _checked(catalog: Path, file: Path) -> Summary:
    try:
        return inspect_copy(file)
    except ArchiveError as error:
        reason = f"the catalog is damaged: its copy {error.reason}; nothing was written"
        raise CatalogDamagedError(str(catalog.parent), reason) from error


def _require_room(file: Path, size: int) -> None:
    free = free_bytes(file.parent)
    if free < size + RESERVE:
        needed = megabytes(size + RESERVE)
        raise DiskFullError(
            str(file), f"needs {needed} of disk, {megabytes(free)} are free; nothing was written"
        )


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _ignore(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
