"""Bringing a catalog to the newest schema, safely beside other processes and with a way back."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from rag.archive.backup import copy_catalog, replace_file
from rag.archive.engine import CATALOG_FILE
from rag.archive.integrity import file_problems
from rag.archive.leftovers import BEFORE_UPGRADE, MIGRATION_LOCK
from rag.errors import ArchiveError, CatalogDamagedError, DiskFullError

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r"""^revision\b[^=]*=\s*["']([^"']+)["']""", re.MULTILINE)


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """Return every step in order, read from its file so that Alembic need not be imported."""
    found = []
    for path in sorted((migrations / "versions").glob("[0-9]*.py"), key=lambda path: path.name):
        revision = _REVISION.search(path.read_text(encoding="utf-8"))
        if revision is None:
            raise ArchiveError(str(path), "names no revision")
        found.append(revision[1])
    return found


def newest_revision() -> str:
    """Return the schema that this version works with."""
    return revisions()[-1]


def current_revision(engine: sa.Engine) -> str | None:
    """Return the revision of the catalog, or ``None`` where nothing was created yet."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return found


def migrate(
    engine: sa.Engine, directory: Path, *, migrations: Path = MIGRATIONS, keep_copy: bool = True
) -> None:
    """Run the steps that are missing, in one transaction, one process at a time.

    An archive that holds something is copied first and checked afterwards; where
    anything fails, it is as it was. Raises `ArchiveError` that names the copy, `DiskFullError` where
    there is no room for it, `ArchiveError` when a newer version than this one wrote the catalog.
    """
    known = revisions(migrations)
    if current_revision(engine) == known[-1]:
        return
    with FileLock(directory / MIGRATION_LOCK):
        current = current_revision(engine)
        if current == known[-1]:
            return
        if current is None:
            with engine.begin() as connection:
                _run_steps(connection, migrations)
            return
        require_known(str(directory), current, known)
        _upgrade(engine, directory, current, migrations, keep_copy=keep_copy)


def require_known(subject: str, schema: str, known: list[str]) -> None:
    """Raise `ArchiveError` where ``schema`` is of a newer version than this one."""
    if schema not in known:
        reason = f"was written by a newer version (schema {schema}, this one knows {known[-1]})"
        raise ArchiveError(subject, f"{reason}: upgrade Siyaq; nothing was changed")


def _upgrade(engine: sa.Engine, directory: Path, current: str, migrations: Path, *, keep_copy: bool) -> None:
    copy = directory / BEFORE_UPGRADE.format(schema=current)
    kept = ""
    try:
        # The write lock is held from here: whatever others accept comes before the copy or after the steps.
        with engine.begin() as connection:
            if keep_copy:
                _copy_to(directory, copy)
                kept = f"; a copy from before is in {copy}"
            before = _articles(connection)
            _run_steps(connection, migrations)
            if problems := file_problems(connection.exec_driver_sql):
                raise CatalogDamagedError(str(directory), problems[0])
            if _articles(connection) != before:
                raise ArchiveError(str(directory), "the steps changed which articles there are")
    except Exception as error:  # whatever a step of any version raises, the archive has been taken back
        reason = error.reason if isinstance(error, ArchiveError) else f"{type(error).__name__}: {error}"
        said = f"the upgrade from schema {current} failed and was taken back ({' '.join(reason.split())})"
        kind = DiskFullError if isinstance(error, DiskFullError) else ArchiveError
        raise kind(str(directory), said + kept) from error
    logger.info("Brought the archive from schema %s to %s%s", current, revisions(migrations)[-1], kept)


def _copy_to(directory: Path, copy: Path) -> None:
    partial = copy.with_name(f"{copy.name}.partial")
    for left in copy.parent.glob(f"{copy.name}.partial*"):
        left.unlink(missing_ok=True)
    copy_catalog(directory / CATALOG_FILE, partial)
    replace_file(partial, copy)


def _articles(connection: sa.Connection) -> list[tuple[str, str]]:
    found = connection.exec_driver_sql("SELECT id, status FROM articles ORDER BY id")
    return [(row[0], row[1]) for row in found]


def _run_steps(connection: sa.Connection, migrations: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads the option through a parser to which a bare percent sign is syntax.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
