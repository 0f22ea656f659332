"""The schema: one source, one process at a time, and quick when there is nothing to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rag.archive import migrating, schema
from rag.archive.archive import open_archive
from rag.archive.catalog import Catalog
from rag.errors import ArchiveError

OPEN = """
import sys
from pathlib import Path
from rag.archive.archive import open_archive
with open_archive(Path(sys.argv[1]), calibration=None) as archive:
    archive.articles()
loaded = {name.split(".")[0] for name in sys.modules}
print(sorted(loaded & {"alembic", "chromadb", "llama_index", "telegram"}))
"""


def _opened(directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(directory)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_newest_revision_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrating.newest_revision()]


def test_the_tables_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind == "table" and reflected and name not in schema.metadata.tables)

    catalog = Catalog(tmp_path)
    try:
        with catalog.reading() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": ours})
            assert compare_metadata(context, schema.metadata) == []
    finally:
        catalog.close()


def test_many_processes_open_a_new_archive_at_once(tmp_path: Path) -> None:
    processes = [_opened(tmp_path / "new") for _ in range(4)]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def test_a_current_archive_opens_without_heavy_imports(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=None):
        pass
    out, errors = _opened(tmp_path).communicate(timeout=60)
    assert out.strip() == "[]", errors


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=None) as archive, archive.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer version"), open_archive(tmp_path, calibration=None):
        pass


def test_a_file_that_is_no_catalog_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(ArchiveError) as caught, open_archive(tmp_path, calibration=None):
        pass
    assert "\n" not in str(caught.value)


def test_a_directory_that_cannot_be_made_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ArchiveError, match="cannot be opened"),
        open_archive(tmp_path / "file" / "archive", calibration=None),
    ):
        pass
