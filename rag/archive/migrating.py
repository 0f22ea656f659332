"""Bringing a catalog to the newest schema, safely beside other processes."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from rag.errors import ArchiveError

MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r"""^revision\b[^=]*=\s*["']([^"']+)["']""", re.MULTILINE)


def newest_revision() -> str:
    """Return the revision of the last step, read from its file so that Alembic need not be imported."""
    newest = max((MIGRATIONS / "versions").glob("[0-9]*.py"), key=lambda path: path.name)
    found = _REVISION.search(newest.read_text(encoding="utf-8"))
    if found is None:
        raise ArchiveError(str(newest), "names no revision")
    return found[1]


def current_revision(engine: sa.Engine) -> str | None:
    """Return the revision of the catalog, or ``None`` where nothing was created yet."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return found


def migrate(engine: sa.Engine, directory: Path) -> None:
    """Run the steps that are missing, in one transaction, one process at a time.

    Raises `ArchiveError` when the catalog was written by a newer version than this one.
    """
    newest = newest_revision()
    if current_revision(engine) == newest:
        return
    with FileLock(directory / "migration.lock"):
        current = current_revision(engine)
        if current == newest:
            return
        if current is not None and current > newest:
            raise ArchiveError(str(directory), f"was written by a newer version (schema {current})")
        _upgrade(engine)


def _upgrade(engine: sa.Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads the option through a parser to which a bare percent sign is syntax.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
