"""A backup is one instant, whole or not there; a restore is the same archive again, or no change at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from rag.archive.archive import open_archive
from rag.archive.backup import back_up
from rag.archive.leftovers import STAGE
from rag.archive.restoring import restore
from rag.errors import ArchiveError, CatalogDamagedError, DiskFullError
from rag.types import EmbeddedArticle, utc_now
from tests.disks import mounted_disk
from tests.unit.archive.stories import calibration, embedded, query_for

MEANS = calibration(dimension=384)


def _story(number: int) -> EmbeddedArticle:
    lang = "ar" if number % 2 else "en"
    lines = [f"Ship {number} came in part {part} of a long story." for part in range(40)]
    return embedded(f"a{number}", lines, lang=lang, dimension=384)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An archive of a few megabytes, with an article that was changed and one that was removed."""
    directory = tmp_path / "archive"
    with open_archive(directory, calibration=MEANS) as archive:
        for number in range(20):
            archive.add(_story(number))
        archive.add(replace(_story(30), article=replace(_story(30).article, id="a3")))
        archive.remove("a4")
    return directory


def _answers(directory: Path) -> list[object]:
    """Return all that a reader could see of an archive: articles, hits, places of quotes."""
    with open_archive(directory, calibration=MEANS, role="guest") as archive:
        hits = [
            hit.chunk_id
            for lane, number in (("en", 2), ("ar", 5))
            for hit in archive.dense(lane, query_for(_story(number), 7, MEANS), 20)
        ]
        words = [hit.chunk_id for hit in archive.lexical("en", ["ship", "7"], 20)]
        chunks = archive.chunks([*hits, *words])
        places = [(one.id, one.start, one.end, one.sentences, one.text) for one in chunks.values()]
        return [archive.articles(include_removed=True), hits, words, places]


def test_a_backup_is_one_instant_whatever_is_written_meanwhile(directory: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with open_archive(directory, calibration=MEANS) as archive:
        held = {article.id for article in archive.articles()}

        def write(stage: str, done: int, total: int) -> None:
            told.append((stage, done, total))
            archive.add(_story(100 + len(told)))

        made = back_up(directory, tmp_path / "b.siyaq", on_progress=write)
        assert len(archive.articles()) == len(held) + len(told)
    copies = [done for stage, done, total in told if stage == "copying"]
    assert copies == sorted(set(copies))
    assert len(copies) > 3
    assert (made.holds.articles, made.holds.removed) == (len(held), 1)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.siyaq"]
    assert (tmp_path / "b.siyaq").stat().st_mode & 0o077 == 0
    restored = tmp_path / "restored"
    assert restore(made.file, restored, now=utc_now()).holds == made.holds
    with open_archive(restored, calibration=MEANS, role="guest") as archive:
        assert {article.id for article in archive.articles()} == held


def test_what_is_restored_answers_the_same(directory: Path, tmp_path: Path) -> None:
    before = _answers(directory)
    back_up(directory, tmp_path / "b.siyaq")
    with open_archive(directory, calibration=MEANS) as archive:
        archive.remove("a7")
        archive.add(_story(50))
        archive.sync()
    done = restore(tmp_path / "b.siyaq", directory, now=utc_now(), overwrite=True)
    assert _answers(directory) == before
    with open_archive(directory, calibration=MEANS, indexed_lane=0) as archive:
        archive.sync()
        report = archive.check()
        assert (report.problems, report.pending, report.index_ok) == ([], 0, True)
        assert report.kept == [done.aside]
        assert archive.dense("en", query_for(_story(2), 7, MEANS), 1)[0].score > 0.999
        assert archive.add(_story(51)) == "added"
    assert len(list(directory.glob("index-*"))) == 1
    assert done.aside is not None
    with open_archive(done.aside, calibration=MEANS, role="guest") as archive:
        held = {article.id for article in archive.articles()}
        assert "a50" in held
        assert "a7" not in held


def test_a_file_in_the_way_is_replaced_only_when_told(directory: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.siyaq"
    file.write_text("precious")
    with pytest.raises(ArchiveError, match="exists already; --force"):
        back_up(directory, file)
    assert file.read_text() == "precious"
    back_up(directory, file, overwrite=True)
    assert restore(file, tmp_path / "other", now=utc_now()).holds.articles == 19


@pytest.mark.parametrize(
    ("file", "words"),
    [("archive/b", "in the archive itself"), ("no/b", "no such folder"), ("archive/..", "is a folder")],
)
def test_a_backup_goes_to_a_sensible_place(directory: Path, tmp_path: Path, file: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        back_up(directory, tmp_path / file, overwrite=True)


def test_a_backup_of_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive to back up"):
        back_up(tmp_path / "none", tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_the_next_backup_clears_away_one_that_was_killed(directory: Path, tmp_path: Path) -> None:
    for name in ("b.siyaq.77.partial", "b.siyaq.77.partial-journal"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "other.77.partial").write_bytes(b"not ours")
    back_up(directory, tmp_path / "b.siyaq")
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "b.siyaq", "other.77.partial"}


def test_a_damaged_catalog_makes_no_backup_and_spoils_none(directory: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.siyaq"
    back_up(directory, file)
    good = file.read_bytes()
    catalog = directory / "catalog.sqlite"
    with catalog.open("r+b") as handle:
        handle.seek(catalog.stat().st_size // 2 // 4096 * 4096)
        handle.write(b"\xff" * 4096 * 20)
    with pytest.raises(CatalogDamagedError, match="catalog is damaged"):
        back_up(directory, file, overwrite=True)
    assert file.read_bytes() == good
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "b.siyaq"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own, for backups."""
    with mounted_disk(tmp_path, "3m") as disk:
        yield disk


def test_a_full_disk_leaves_no_half_backup(directory: Path, small_disk: Path, tmp_path: Path) -> None:
    file = small_disk / "b.siyaq"
    with pytest.raises(DiskFullError, match="nothing was written"):
        back_up(directory, file)
    assert list(small_disk.iterdir()) == []
    small = tmp_path / "small"
    with open_archive(small, calibration=MEANS) as archive:
        for number in range(10):
            archive.add(_story(number))

    def fill(stage: str, done: int, total: int) -> None:
        # Somebody else takes the room that was there when the copy began.
        with (small_disk / "others").open("ab", buffering=0) as handle:
            try:
                while handle.write(b"x" * 4096):
                    pass
            except OSError:
                pass

    file.write_text("precious")
    with pytest.raises(DiskFullError, match="nothing was written"):
        back_up(small, file, overwrite=True, on_progress=fill)
    assert file.read_text() == "precious"
    assert {path.name for path in small_disk.iterdir()} == {"b.siyaq", "others"}


def test_an_archive_in_the_way_is_moved_only_when_told(directory: Path, tmp_path: Path) -> None:
    back_up(directory, tmp_path / "b.siyaq")
    before = _answers(directory)
    with pytest.raises(ArchiveError, match="--force moves it aside"):
        restore(tmp_path / "b.siyaq", directory, now=utc_now())
    roles: tuple[Literal["auto", "guest"], ...] = ("auto", "guest")
    for role in roles:
        # A guest never asks for the lock of the index, and is seen all the same.
        with (
            open_archive(directory, calibration=MEANS, role=role),
            pytest.raises(ArchiveError, match="another process has the archive open"),
        ):
            restore(tmp_path / "b.siyaq", directory, now=utc_now(), overwrite=True)
    assert _answers(directory) == before
    assert not list(directory.glob("before-restore-*"))
    assert not (directory / STAGE).exists()


def test_a_damaged_archive_is_moved_aside_with_its_log(directory: Path, tmp_path: Path) -> None:
    before = _answers(directory)
    back_up(directory, tmp_path / "b.siyaq")
    (directory / "catalog.sqlite").write_bytes(b"this is no database" * 500)
    (directory / "catalog.sqlite-wal").write_bytes(b"nor is this its log" * 500)
    aside = restore(tmp_path / "b.siyaq", directory, now=utc_now(), overwrite=True).aside
    assert aside is not None
    assert {path.name for path in aside.iterdir()} >= {"catalog.sqlite", "catalog.sqlite-wal"}
    assert _answers(directory) == before


def _text(path: Path) -> None:
    path.write_text("not a database at all" * 300)


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _in_use(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"a log" * 100)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_text, "is no backup of Siyaq"),
        (_other_database, "is no backup of Siyaq"),
        (_newer, "newer version"),
        (_truncated, "is damaged"),
        (_in_use, "is a catalog in use"),
        (Path.unlink, "no such file"),
    ],
)
def test_what_is_no_good_backup_changes_nothing(
    directory: Path,
    tmp_path: Path,
    spoil: Callable[[Path], object],
    words: str,
) -> None:
    file = tmp_path / "b.siyaq"
    if spoil is not _other_database:
        back_up(directory, file)
    before, files = _answers(directory), {path.name for path in directory.iterdir()}
    spoil(file)
    with pytest.raises(ArchiveError, match=words) as caught:
        restore(file, directory, now=utc_now(), overwrite=True)
    assert str(file) in str(caught.value)
    assert _answers(directory) == before
    assert {path.name for path in directory.iterdir()} == files


def test_a_restore_that_was_killed_leaves_the_archive_that_was_there(directory: Path) -> None:
    before = _answers(directory)
    (directory / STAGE).mkdir()
    (directory / STAGE / "catalog.sqlite").write_bytes(b"half")
    aside = directory / "before-restore-20260320T090000Z"
    aside.mkdir()
    (aside / "catalog.sqlite").hardlink_to(directory / "catalog.sqlite")
    assert _answers(directory) == before
    assert not (directory / STAGE).exists()
    assert not aside.exists()


def test_a_restore_killed_where_links_are_not_known_is_taken_back(directory: Path) -> None:
    before = _answers(directory)
    (directory / STAGE).mkdir()
    aside = directory / "before-restore-20260320T090000Z"
    aside.mkdir()
    (directory / "catalog.sqlite").rename(aside / "catalog.sqlite")
    assert _answers(directory) == before
    assert not aside.exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(lambda path: os.truncate(path, 0), "is empty"), (Path.unlink, "is gone"), (_text, "not a database")],
)
def test_a_catalog_that_is_gone_or_empty_is_named_and_not_begun_anew(
    directory: Path, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    before = _answers(directory)
    back_up(directory, tmp_path / "b.siyaq")
    spoil(directory / "catalog.sqlite")
    with (
        pytest.raises(CatalogDamagedError, match=f"{words}.*siyaq restore FILE --force"),
        open_archive(directory, calibration=MEANS),
    ):
        pass
    restore(tmp_path / "b.siyaq", directory, now=utc_now(), overwrite=True)
    assert _answers(directory) == before
