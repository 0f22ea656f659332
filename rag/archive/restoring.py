"""Putting a backup in the place of the archive, whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag.archive.backup import OnProgress, copy_catalog, replace_file
from rag.archive.catalog import set_meta
from rag.archive.engine import CATALOG_FILE, build_engine, translated
from rag.archive.integrity import Summary, inspect_copy
from rag.archive.leftovers import BEFORE_RESTORE, MIGRATION_LOCK, OWNER_LOCK, STAGE
from rag.archive.migrating import migrate, require_known, revisions
from rag.errors import ArchiveError, CatalogDamagedError, SiyaqError

_OPEN_ELSEWHERE = "another process has the archive open: stop it first; nothing was changed"
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is the archive now; ``aside`` is where the catalog before is, if there was one."""

    holds: Summary
    aside: Path | None


def restore(
    file: Path,
    directory: Path,
    *,
    now: datetime,
    overwrite: bool = False,
    on_progress: OnProgress | None = None,
) -> Restored:
    """Make the backup ``file`` the archive in ``directory``, brought to this version's schema.

    With ``overwrite`` an archive that is there is moved aside into a folder of its own, at ``now`` (UTC).
    The vector index is to be built afterwards, as by any owner. Raises `ArchiveError` when ``file`` is no
    backup, is of a newer version, when an archive is in the way or another process has it open,
    `CatalogDamagedError` when ``file`` is not whole, `DiskFullError` without room; nothing is changed then.
    """
    _require_backup(file)
    present = (directory / CATALOG_FILE).exists()
    if present and not overwrite:
        reason = "there is an archive already; --force moves it aside and puts the backup in its place"
        raise ArchiveError(str(directory), reason)
    directory.mkdir(parents=True, exist_ok=True)
    stage = directory / STAGE
    with _locked(directory):
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            made = _made_ready(file, stage, on_progress)
            with _alone(directory / CATALOG_FILE):
                aside = _switch(stage / CATALOG_FILE, directory, now)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return Restored(made, aside)


def _require_backup(file: Path) -> None:
    if not file.is_file():
        raise ArchiveError(str(file), "there is no such file")
    beside = file.with_name(f"{file.name}-wal")
    if beside.exists() and beside.stat().st_size:
        # Part of what it holds stands in its log: copied alone it would lose that without a word.
        raise ArchiveError(str(file), "is a catalog in use, not a backup: siyaq backup makes one of it")
    require_known(str(file), inspect_copy(file).schema, revisions())


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Hold the index's lock, and the one for which whoever opens the archive meanwhile waits."""
    try:
        with (
            FileLock(directory / OWNER_LOCK, blocking=False),
            FileLock(directory / MIGRATION_LOCK, blocking=False),
        ):
            yield
    except Timeout:
        raise ArchiveError(str(directory), _OPEN_ELSEWHERE) from None


def _made_ready(file: Path, stage: Path, on_progress: OnProgress | None) -> Summary:
    """Copy ``file`` into ``stage``, bring it to the newest schema and let it name no vector index."""
    catalog = stage / CATALOG_FILE
    try:
        copy_catalog(file, catalog, on_progress)
        engine = build_engine(stage)
        try:
            migrate(engine, stage, keep_copy=False)
            with engine.begin() as connection:
                set_meta(connection, "index", None)
        finally:
            engine.dispose()
        with closing(sqlite3.connect(catalog)) as connection:
            # One file again, which is switched by one rename.
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        return inspect_copy(catalog)
    except SiyaqError as error:
        kind = type(error)
        raise kind(str(file), f"cannot be restored: {error.reason}; nothing was changed") from error


@contextmanager
def _alone(catalog: Path) -> Iterator[None]:
    """Hold ``catalog`` against every other process, its log emptied into it; one that is damaged is left.

    A connection keeps its lock on the file for as long as it is open, also while it does nothing; so this
    sees processes too that never ask for the index.
    """
    if not catalog.exists():
        yield
        return
    with closing(sqlite3.connect(catalog, timeout=0.5, isolation_level=None)) as connection:
        try:
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise ArchiveError(str(catalog.parent), _OPEN_ELSEWHERE)
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if not isinstance(translated(error, catalog.parent), CatalogDamagedError):
                raise ArchiveError(str(catalog.parent), _OPEN_ELSEWHERE) from error
        yield


def _switch(new: Path, directory: Path, now: datetime) -> Path | None:
    catalog = directory / CATALOG_FILE
    aside = None
    if catalog.exists():
        shutil.copymode(catalog, new)
        aside = _new_folder(directory / BEFORE_RESTORE.format(at=now))
        try:
            # A second name first: at no moment is there no catalog.
            (aside / CATALOG_FILE).hardlink_to(catalog)
        except OSError:
            catalog.rename(aside / CATALOG_FILE)
        for suffix in _BESIDE:
            # Only a damaged catalog has any left; a log that stayed would be played into the new catalog.
            beside = directory / f"{CATALOG_FILE}{suffix}"
            if beside.exists():
                beside.rename(aside / beside.name)
    # The indexes stay until the next owner has built a new one, under a number that was never used.
    replace_file(new, catalog)
    return aside


def _new_folder(path: Path) -> Path:
    number, folder = 1, path
    while folder.exists():
        number += 1
        folder = path.with_name(f"{path.name}-{number}")
    folder.mkdir()
    return folder
