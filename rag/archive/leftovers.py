"""What work that was killed leaves in the archive's folder, and clearing it away."""

from __future__ import annotations

import shutil
from pathlib import Path

from filelock import FileLock

from rag.archive.engine import CATALOG_FILE, RESTORE
from rag.errors import CatalogDamagedError

OWNER_LOCK = "owner.lock"
MIGRATION_LOCK = "migration.lock"
STAGE = "restoring"
"""The folder in which a restore makes the new catalog ready; who opens the archive meanwhile waits."""
BEFORE_UPGRADE = "before-upgrade-from-{schema}.sqlite"
"""The copy that an upgrade leaves in the archive's folder."""
BEFORE_RESTORE = "before-restore-{at:%Y%m%dT%H%M%SZ}"
"""The folder to which a restore moves the catalog that was there."""


def wait_for_restore(directory: Path) -> None:
    """Wait until a restore that is under way has switched catalogs, and clear away one that was killed."""
    if (directory / STAGE).exists():
        clear_interrupted(directory)


def clear_interrupted(directory: Path) -> list[str]:
    """Clear away what restores and upgrades that were killed have left, and return the names."""
    # Under the lock none of them runs: whatever they work on lies there for nobody.
    with FileLock(directory / MIGRATION_LOCK):
        cleared = [_put_back(folder) for folder in _unfinished(directory)]
        for path in (directory / STAGE, *directory.glob("before-upgrade-*.partial*")):
            if path.exists():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                cleared.append(path.name)
    return cleared


def kept_copies(directory: Path) -> list[Path]:
    """Return what upgrades and restores have kept, which the operator may delete."""
    upgrades = directory.glob(BEFORE_UPGRADE.format(schema="*"))
    return sorted([*upgrades, *(path for path in directory.glob("before-restore-*") if path.is_dir())])


def require_not_emptied(directory: Path) -> None:
    """Raise `CatalogDamagedError` where an archive was and its catalog is gone or has nothing in it.

    An empty file is a valid database to SQLite: opening it would begin a new archive over the remains.
    """
    # Both come only after a catalog was there: so a new archive, in the making elsewhere, is none of these.
    was_there = (directory / OWNER_LOCK).exists() or any(directory.glob("index-*"))
    catalog = directory / CATALOG_FILE
    if was_there and (not catalog.exists() or not catalog.stat().st_size):
        what = "is empty" if catalog.exists() else "is gone"
        reason = f"the catalog is damaged: {CATALOG_FILE} {what}, though there was an archive here"
        raise CatalogDamagedError(str(directory), f"{reason}; {RESTORE}")


def _unfinished(directory: Path) -> list[Path]:
    """Return the folders to which a catalog was about to be moved that is still the archive's own."""
    catalog = directory / CATALOG_FILE
    folders = sorted(path.parent for path in directory.glob(f"before-restore-*/{CATALOG_FILE}"))
    if catalog.exists():
        return [folder for folder in folders if (folder / CATALOG_FILE).samefile(catalog)]
    return folders[-1:] if (directory / STAGE).exists() else []


def _put_back(folder: Path) -> str:
    catalog = folder.parent / CATALOG_FILE
    for path in folder.iterdir():
        if path.name == CATALOG_FILE and catalog.exists():
            path.unlink()
        else:
            path.replace(folder.parent / path.name)
    folder.rmdir()
    return folder.name
