"""What can be put right is put right, and said; what cannot is named, with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rag.archive.archive import open_archive
from rag.archive.leftovers import STAGE
from rag.archive.repairing import Repair
from rag.errors import ArchiveError, CatalogDamagedError
from rag.types import Article, EmbeddedArticle
from tests.unit.archive.stories import calibration, embedded, query_for


def _story(number: int) -> EmbeddedArticle:
    lang = "ar" if number % 2 else "en"
    return embedded(f"a{number}", [f"Ship {number} came.", f"Ship {number} left."], lang=lang)


def _embed(article: Article) -> EmbeddedArticle:
    return _story(int(article.id[1:]))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An archive of ten articles with its index."""
    with open_archive(tmp_path, calibration=calibration()) as archive:
        for number in range(10):
            archive.add(_story(number))
        archive.remove("a9")
        archive.sync()
    return tmp_path


@contextmanager
def _behind_its_back(directory: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(directory / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection
        connection.commit()


def _repaired(directory: Path) -> dict[str, Repair]:
    """Repair, and assert that everything that was accepted answers, once, from every index."""
    with open_archive(directory, calibration=calibration(), indexed_lane=0) as archive:
        done = archive.repair(_embed)
        report = archive.check()
        assert report.healthy, report.problems
        assert (report.articles, report.removed, report.chunks, report.pending) == (9, 1, 18, 0)
        assert report.index_ok
        assert {article.id for article in archive.articles()} == {f"a{number}" for number in range(9)}
        for lane, numbers in (("en", range(0, 9, 2)), ("ar", range(1, 9, 2))):
            assert len(archive.lexical(lane, ["ship"], 100)) == 2 * len(numbers)
            for number in numbers:
                best = archive.dense(lane, query_for(_story(number), 1), 1)[0]
                assert archive.chunks([best.chunk_id])[best.chunk_id].text == f"Ship {number} left."
        assert archive.repair(_embed) == []
    assert all(one.count and one.line for one in done)
    return {one.what: one for one in done}


def _problems(directory: Path) -> list[str]:
    with open_archive(directory, calibration=calibration(), role="guest") as archive:
        return archive.check().problems


def test_a_whole_archive_is_left_alone(directory: Path) -> None:
    assert _repaired(directory) == {}


def test_what_waits_is_applied(directory: Path) -> None:
    with open_archive(directory, calibration=calibration(), role="guest") as archive:
        archive.remove("a8")
        archive.add(_story(8))
    assert set(_repaired(directory)) == {"pending"}


@pytest.mark.parametrize("damage", [shutil.rmtree, lambda index: os.truncate(index / "chroma.sqlite3", 100)])
def test_an_index_of_no_use_is_built_anew(directory: Path, damage: Callable[[Path], object]) -> None:
    damage(next(directory.glob("index-*")))
    assert set(_repaired(directory)) == {"index"}
    assert len(list(directory.glob("index-*"))) == 1


def test_words_that_differ_are_built_anew(directory: Path) -> None:
    with _behind_its_back(directory) as connection:
        connection.execute("INSERT INTO words_ar (words_ar) VALUES ('delete-all')")
        connection.execute("INSERT INTO words_en (rowid, terms) VALUES (900, 'ship')")
    assert len(_problems(directory)) == 2
    assert set(_repaired(directory)) == {"words"}


def test_a_removal_holds_though_nothing_can_be_taken_out_of_the_words(directory: Path) -> None:
    with open_archive(directory, calibration=calibration()) as archive:
        archive.add(embedded("a20", ["A ship that never was."]))
    with _behind_its_back(directory) as connection:
        connection.execute("UPDATE words_en_data SET block = x'ff' WHERE id >= 10")
    with open_archive(directory, calibration=calibration()) as archive:
        archive.remove("a20")
        assert "a20" not in {article.id for article in archive.articles()}
        assert not archive.check().healthy
        done = {one.what for one in archive.repair(_embed)}
        assert {"words", "purged"} <= done
        assert archive.check().healthy
        assert archive.check().removed == 2


def test_words_that_cannot_be_read_are_built_anew(directory: Path) -> None:
    with _behind_its_back(directory) as connection:
        connection.execute("UPDATE words_en_data SET block = x'ff' WHERE id > 10")
    (problem,) = _problems(directory)
    assert "full text of en cannot be read" in problem
    assert set(_repaired(directory)) == {"words"}


def test_chunks_that_are_gone_or_broken_are_embedded_anew(directory: Path) -> None:
    with _behind_its_back(directory) as connection:
        of = "WHERE row IN (SELECT row FROM chunks WHERE article_id = ?)"
        connection.execute(f"DELETE FROM chunk_data {of}", ["a1"])  # noqa: S608 - our own words
        connection.execute(f"UPDATE chunk_data SET vector = x'00' {of}", ["a2"])  # noqa: S608
        connection.execute(f"DELETE FROM chunk_data {of}", ["a3"])  # noqa: S608
        connection.execute("DELETE FROM chunks WHERE article_id = 'a3'")
    problems = _problems(directory)
    assert "1 articles have no chunks" in problems
    assert "4 chunks have no vectors" in problems
    done = _repaired(directory)
    assert done["chunks"].count == 3
    assert set(done) <= {"chunks", "words", "pending", "index"}


def test_what_belongs_to_no_article_is_taken_out(directory: Path) -> None:
    with _behind_its_back(directory) as connection:
        connection.execute("CREATE TEMP TABLE stray AS SELECT * FROM chunks LIMIT 1")
        connection.execute("UPDATE stray SET row = 900, id = 'c_stray', article_id = 'nobody'")
        connection.execute("INSERT INTO chunks SELECT * FROM stray")
        connection.execute(
            "INSERT INTO chunk_data SELECT 901, vector, sentence_vectors, terms FROM chunk_data LIMIT 1"
        )
        connection.execute("INSERT INTO versions VALUES ('nobody', 1, NULL, '2026-03-09', 'x', 'x', 'x')")
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'next_chunk_row'")
    assert any("3 chunks and versions belong to no article" in problem for problem in _problems(directory))
    done = _repaired(directory)
    assert done["orphans"].count == 3
    assert "numbering" in done
    with open_archive(directory, calibration=calibration()) as archive:
        assert archive.add(_story(50)) == "added"


def test_leftovers_of_interrupted_work_are_cleared_away(directory: Path) -> None:
    (directory / "index-77").mkdir()
    (directory / "before-upgrade-from-0001.sqlite.partial").write_bytes(b"half")
    (directory / "before-upgrade-from-0001.sqlite").write_bytes(b"whole")
    with _behind_its_back(directory) as connection:
        connection.execute("UPDATE articles SET body = 'a kill came before the purge' WHERE id = 'a9'")
    done = _repaired(directory)
    assert set(done) == {"leftovers", "purged"}
    left = {path.name for path in directory.iterdir()}
    assert not left & {"index-77", "before-upgrade-from-0001.sqlite.partial", STAGE}
    assert "before-upgrade-from-0001.sqlite" in left


def test_the_databases_own_index_is_made_anew(directory: Path) -> None:
    catalog = directory / "catalog.sqlite"
    hidden = "FROM sqlite_master WHERE name = 'ix_articles_status'"
    with closing(sqlite3.connect(catalog)) as connection:
        entry = connection.execute(f"SELECT type, name, tbl_name, rootpage, sql {hidden}").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"DELETE {hidden}")
        connection.commit()
    with closing(sqlite3.connect(catalog)) as connection:
        # Changed while SQLite does not know of the index, which is out of date afterwards.
        connection.execute("UPDATE articles SET status = 'removed', body = '' WHERE id = 'a9'")
        connection.execute("UPDATE articles SET row = row + 100 WHERE id = 'a1'")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
        connection.commit()
    with pytest.raises(CatalogDamagedError, match="siyaq doctor --repair mends it"):
        _problems(directory)
    assert set(_repaired(directory)) == {"database"}


def test_a_truncated_catalog_is_named_with_what_to_do(directory: Path) -> None:
    catalog = directory / "catalog.sqlite"
    os.truncate(catalog, catalog.stat().st_size // 2)
    before = catalog.read_bytes()
    for repair in (False, True):
        with pytest.raises(
            CatalogDamagedError, match=r"catalog is damaged.*siyaq restore FILE --force"
        ) as caught:
            _repaired(directory) if repair else _problems(directory)
        assert str(directory) in str(caught.value)
    assert catalog.read_bytes() == before


def test_nothing_is_repaired_beside_an_owner(directory: Path) -> None:
    with (
        open_archive(directory, calibration=calibration()),
        open_archive(directory, calibration=calibration()) as guest,
    ):
        (directory / "index-77").mkdir()
        with pytest.raises(ArchiveError, match="another process has the archive open"):
            guest.repair(_embed)
        assert (directory / "index-77").exists()
