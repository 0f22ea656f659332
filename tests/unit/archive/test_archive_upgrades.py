"""An archive of an earlier schema is upgraded whole, with a copy from before, or left as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.archive.archive import open_archive
from rag.archive.engine import build_engine
from rag.archive.integrity import inspect_copy
from rag.archive.migrating import MIGRATIONS, current_revision, migrate, newest_revision, revisions
from rag.archive.restoring import restore
from rag.errors import ArchiveError, DiskFullError
from rag.types import utc_now
from tests.disks import mounted_disk

ARCHIVES = sorted((Path(__file__).parents[2] / "data" / "archives").glob("schema-*.sqlite"))
"""A backup of each release whose schema was new."""

_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("mood", sa.Text))
    op.create_table("moods", sa.Column("name", sa.Text, primary_key=True))
    op.execute("UPDATE articles SET mood = 'calm'")
    {then}


def downgrade() -> None:
    raise NotImplementedError
"""


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive as an earlier release left it."""
    directory = tmp_path / "archive"
    directory.mkdir()
    shutil.copyfile(request.param, directory / "catalog.sqlite")
    return directory


def _with_a_later_step(folder: Path, then: str = "") -> Path:
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    text = _STEP.format(head=newest_revision(), then=then)
    (migrations / "versions" / "9000_moods.py").write_text(text, encoding="utf-8")
    return migrations


def _migrate(directory: Path, migrations: Path) -> None:
    engine = build_engine(directory)
    try:
        migrate(engine, directory, migrations=migrations)
    finally:
        engine.dispose()


def _rows(catalog: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(catalog)) as connection:
        return connection.execute(statement).fetchall()


def _everything(catalog: Path) -> list[str]:
    with closing(sqlite3.connect(catalog)) as connection:
        return list(connection.iterdump())


def test_there_is_an_archive_of_the_first_release_and_none_is_large() -> None:
    assert "schema-0002" in {path.stem for path in ARCHIVES}
    for path in ARCHIVES:
        assert path.stat().st_size < 300_000
        assert f"schema-{inspect_copy(path).schema}" == path.stem


def test_an_earlier_archive_opens_with_all_that_was_in_it(earlier: Path) -> None:
    with open_archive(earlier, calibration=None, role="guest") as archive:
        held = {article.id: article for article in archive.articles()}
        assert set(held) == {"ferry", "observatory", "orchard", "tram"}
        assert "seven hours" in held["ferry"].body
        removed = {article.id for article in archive.articles(include_removed=True)} - set(held)
        assert removed == {"withdrawn"}
        hits = archive.lexical("en", ["ferri", "karsa"], 5)
        assert [one.article.id for one in archive.chunks([hit.chunk_id for hit in hits]).values()] == [
            "ferry"
        ]
        assert archive.check().healthy
    assert inspect_copy(earlier / "catalog.sqlite").schema == newest_revision()
    catalog = earlier / "catalog.sqlite"
    assert _rows(catalog, "SELECT topic FROM subscriptions WHERE chat_id = 4001") == [("مرصد تيراف",)]
    ((before,),) = _rows(catalog, "SELECT body FROM versions WHERE article_id = 'ferry'")
    assert "six hours" in str(before)


def test_a_later_schema_is_reached_with_a_copy_from_before(earlier: Path, tmp_path: Path) -> None:
    with open_archive(earlier, calibration=None, role="guest"):
        pass
    catalog, head = earlier / "catalog.sqlite", newest_revision()
    articles = _rows(catalog, "SELECT id, status, body FROM articles")
    _migrate(earlier, _with_a_later_step(tmp_path))
    assert _rows(catalog, "SELECT version_num FROM alembic_version") == [("9000",)]
    assert _rows(catalog, "SELECT id, status, body FROM articles") == articles
    assert _rows(catalog, "SELECT DISTINCT mood FROM articles") == [("calm",)]
    copy = earlier / f"before-upgrade-from-{head}.sqlite"
    assert inspect_copy(copy).schema == head
    # This version, to which 9000 is unknown, refuses the archive and can be given the copy.
    before = catalog.read_bytes()
    with (
        pytest.raises(ArchiveError, match="newer version") as caught,
        open_archive(earlier, calibration=None),
    ):
        pass
    assert "nothing was changed" in str(caught.value)
    assert catalog.read_bytes() == before
    restore(copy, earlier, now=utc_now(), overwrite=True)
    with open_archive(earlier, calibration=None, role="guest") as archive:
        assert len(archive.articles()) == 4


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("raise ValueError('no such mood')", "no such mood"),
        ("op.execute('INSERT INTO nothing VALUES (1)')", "nothing"),
        ("op.execute(\"DELETE FROM articles WHERE id = 'withdrawn'\")", "which articles there are"),
        ("op.execute(\"UPDATE articles SET status = 'removed'\")", "which articles there are"),
    ],
)
def test_an_upgrade_that_fails_is_taken_back_and_names_the_copy(
    earlier: Path, tmp_path: Path, then: str, words: str
) -> None:
    with open_archive(earlier, calibration=None, role="guest"):
        pass
    catalog, head = earlier / "catalog.sqlite", newest_revision()
    before = _everything(catalog)
    copy = earlier / f"before-upgrade-from-{head}.sqlite"
    migrations = _with_a_later_step(tmp_path, then)
    for _ in range(2):  # also when it is tried again, over the copy of the first time
        with pytest.raises(ArchiveError, match="failed and was taken back") as caught:
            _migrate(earlier, migrations)
        assert words in str(caught.value)
        assert str(copy) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert _everything(catalog) == before == _everything(copy)
    with open_archive(earlier, calibration=None, role="guest") as archive:
        assert len(archive.articles()) == 4
        assert archive.check().kept == sorted(earlier.glob("before-upgrade-from-*.sqlite"))


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little more on it than an archive."""
    with mounted_disk(tmp_path, "1300k") as disk:
        shutil.copyfile(ARCHIVES[-1], disk / "catalog.sqlite")
        yield disk


def test_without_room_for_a_copy_nothing_is_upgraded(full_disk: Path, tmp_path: Path) -> None:
    before = _everything(full_disk / "catalog.sqlite")
    with pytest.raises(DiskFullError, match="taken back"):
        _migrate(full_disk, _with_a_later_step(tmp_path))
    assert _everything(full_disk / "catalog.sqlite") == before
    assert not list(full_disk.glob("before-upgrade-*"))


def test_a_new_archive_needs_no_copy(tmp_path: Path) -> None:
    engine = build_engine(tmp_path)
    try:
        migrate(engine, tmp_path)
        assert current_revision(engine) == newest_revision() == revisions()[-1]
    finally:
        engine.dispose()
    assert not list(tmp_path.glob("before-upgrade-*"))
