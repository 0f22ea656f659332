"""The vector index: derived, checked at opening, and built anew whenever anything is wrong with it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from rag.archive import schema
from rag.archive.archive import Archive, open_archive
from rag.archive.vectors import Signature, create_index, open_index, within
from rag.errors import ArchiveError, IndexUnusableError
from rag.types import LANES
from tests.unit.archive.stories import DIMENSION, MODEL, calibration, embedded, query_for, vector_of

SIGNATURE = Signature(MODEL, "f00d", DIMENSION)


def _index_ids(archive: Archive) -> dict[str, set[str]]:
    """Return the ids that the index on the disk holds; the archive must be closed."""
    with archive._catalog.reading() as connection:
        name = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "index"))
    index = open_index(archive.directory / str(name), archive._index._signature())  # type: ignore[union-attr]
    try:
        return {lane: index.ids(lane) for lane in LANES}
    finally:
        index.close()


def _fill(directory: Path, count: int = 20) -> None:
    with open_archive(directory, calibration=calibration()) as archive:
        for number in range(count):
            lang = "ar" if number % 2 else "en"
            archive.add(embedded(f"a{number}", [f"Ship {number} came.", f"Ship {number} left."], lang=lang))
        assert archive.sync() == 2 * count


def test_a_call_that_hangs_is_given_up(tmp_path: Path) -> None:
    forever = threading.Event()
    with pytest.raises(IndexUnusableError, match="did not answer"):
        within(0.05, tmp_path, forever.wait)
    forever.set()


def test_a_call_that_fails_says_how(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("no such thing")

    with pytest.raises(IndexUnusableError, match="ValueError: no such thing"):
        within(1, tmp_path, fail)


def test_an_index_finds_what_it_was_given(tmp_path: Path) -> None:
    index = create_index(tmp_path / "i", SIGNATURE)
    vectors = np.stack([vector_of(str(number)) for number in range(10)])
    index.upsert("ar", [f"c{number}" for number in range(10)], vectors)
    index.upsert("ar", ["c3"], vectors[3:4])
    index.delete("ar", ["c4", "never there"])
    assert index.search("ar", vectors[3], 2)[0].chunk_id == "c3"
    assert index.search("ar", vectors[3], 2)[0].score == pytest.approx(1.0, abs=1e-5)
    assert len(index.search("ar", vectors[4], 50)) == 9
    assert index.search("en", vectors[0], 5) == []
    assert index.ids("ar") == {f"c{number}" for number in range(10) if number != 4}
    index.close()


@pytest.mark.parametrize(
    "other",
    [Signature("x", "f00d", DIMENSION), Signature(MODEL, "beef", DIMENSION), Signature(MODEL, "f00d", 8)],
)
def test_an_index_of_another_signature_is_not_used(tmp_path: Path, other: Signature) -> None:
    create_index(tmp_path / "i", SIGNATURE).close()
    open_index(tmp_path / "i", SIGNATURE).close()
    with pytest.raises(IndexUnusableError, match="another model or calibration"):
        open_index(tmp_path / "i", other)


def test_syncing_empties_the_log_and_repeats_nothing(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=calibration()) as archive:
        story = embedded("a1")
        archive.add(story)
        assert archive.check().pending == 2
        assert archive.sync() == 2
        assert archive.sync() == 0
        archive.remove("a1")
        assert archive.sync() == 2
        archive.add(story)
        archive.remove("a1")
        archive.add(story)
        assert archive.sync() == 6
        report = archive.check()
        assert (report.healthy, report.pending, report.index_ok) == (True, 0, True)
        assert {len(ids) for lane, ids in _index_ids(archive).items() if lane == "en"} == {2}


@pytest.mark.parametrize("seconds", [0.05])
def test_the_background_applies_and_stops(tmp_path: Path, seconds: float) -> None:
    with open_archive(tmp_path, calibration=calibration()) as archive:
        archive.start_syncing(seconds)
        archive.add(embedded("a1"))
        applied = threading.Event()
        for _ in range(400):
            if archive.check().pending == 0:
                applied.set()
                break
            applied.wait(0.05)
        assert applied.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "archive"]


def _truncate(index: Path) -> None:
    for path in index.rglob("*"):
        if path.is_file() and path.suffix in {".bin", ".pickle"}:
            path.write_bytes(path.read_bytes()[:3])


def _empty_catalog(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"")


def _garble(index: Path) -> None:
    path = index / "chroma.sqlite3"
    path.write_bytes(b"\x07" * path.stat().st_size)


def _remove_graphs(index: Path) -> None:
    for path in index.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


@pytest.mark.parametrize("damage", [_truncate, _empty_catalog, _garble, _remove_graphs, shutil.rmtree])
def test_a_damaged_index_is_built_anew(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    _fill(tmp_path)
    damage(next(tmp_path.glob("index-*")))
    story = embedded("a4", ["Ship 4 came.", "Ship 4 left."])
    with open_archive(tmp_path, calibration=calibration(), indexed_lane=0) as archive:
        assert archive.dense("en", query_for(story), 1)[0].score == pytest.approx(1.0, abs=1e-5)
        archive.sync()
        assert archive.check().index_ok
        assert archive.dense("en", query_for(story), 1)[0].score == pytest.approx(1.0, abs=1e-5)
        assert sum(map(len, _index_ids(archive).values())) == 40
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_a_chunk_missing_from_the_index_is_noticed(tmp_path: Path) -> None:
    _fill(tmp_path)
    with open_archive(tmp_path, calibration=calibration()) as archive:
        archive.check()
        index = archive._index._index  # type: ignore[union-attr]
        assert index is not None
        index.delete("ar", [sorted(index.ids("ar"))[0]])
        assert not archive.check().healthy
        archive.sync()
        assert archive.check().healthy


def test_ids_that_the_catalog_does_not_know_are_taken_out(tmp_path: Path) -> None:
    _fill(tmp_path)
    with open_archive(tmp_path, calibration=calibration()) as archive:
        archive.check()
        index = archive._index._index  # type: ignore[union-attr]
        assert index is not None
        index.upsert("ar", ["c_stray"], vector_of("stray")[None])
    with open_archive(tmp_path, calibration=calibration()) as archive:
        archive.sync()
        assert "c_stray" not in _index_ids(archive)["ar"]


def test_another_calibration_builds_another_index(tmp_path: Path) -> None:
    _fill(tmp_path)
    changed = calibration(salt="refitted")
    with open_archive(tmp_path, calibration=changed, indexed_lane=0) as archive:
        archive.sync()
        story = embedded("a2", ["Ship 2 came.", "Ship 2 left."])
        hit = archive.dense("en", query_for(story, means=changed), 1)[0]
        assert hit.score == pytest.approx(1.0, abs=1e-5)
        assert archive.check().healthy


def test_leftovers_of_a_killed_build_are_swept(tmp_path: Path) -> None:
    _fill(tmp_path)
    (tmp_path / "index-7").mkdir()
    with open_archive(tmp_path, calibration=calibration()) as archive:
        archive.sync()
        archive.rebuild_index()
    assert [path.name for path in tmp_path.glob("index-*")] == ["index-2"]


def test_a_guest_leaves_the_index_alone_and_follows_its_owner(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=calibration()) as owner:
        assert owner.is_owner
        with open_archive(tmp_path, calibration=calibration()) as guest:
            assert not guest.is_owner
            guest.add(embedded("a1"))
            assert guest.sync() == 0
            assert guest.check().index_ok is None
            with pytest.raises(ArchiveError, match="another process"):
                guest.rebuild_index()
            assert owner.sync() == 2
            owner.close()
            taken = threading.Event()
            guest.start_syncing(0.02)
            for _ in range(400):
                if guest.is_owner:
                    taken.set()
                    break
                taken.wait(0.05)
            assert taken.is_set()


def test_another_model_is_staged_beside_and_activated_whole(tmp_path: Path) -> None:
    _fill(tmp_path, 6)
    means = calibration("second", 8)
    with open_archive(tmp_path, calibration=calibration()) as archive:
        waiting = archive.to_reindex("second")
        assert waiting == [f"a{number}" for number in range(6)]
        for number, article_id in enumerate(waiting):
            with pytest.raises(ArchiveError, match="still to reindex"):
                archive.activate("second", means)
            lang = "ar" if number % 2 else "en"
            words = [f"Ship {number} came.", f"Ship {number} left."]
            archive.stage(embedded(article_id, words, lang=lang, model="second", dimension=8))
            archive.stage(embedded(article_id, words, lang=lang, model="second", dimension=8))
            assert archive.lane_sizes() == {"ar": 6, "en": 6, "other": 0}
        archive.stage(embedded("gone", model="second", dimension=8))
        archive.stage(embedded("a1", ["Other words."], model="second", dimension=8))
        assert archive.to_reindex("second") == []
        archive.activate("second", means)
        story = embedded("a2", ["Ship 2 came.", "Ship 2 left."], model="second", dimension=8)
        hit = archive.dense("en", query_for(story, means=means), 1)[0]
        assert hit.score == pytest.approx(1.0, abs=1e-5)
        assert archive.model == "second"
        assert len(archive.lexical("en", ["ship"], 50)) == 6
        assert archive.check().healthy
        assert archive.add(embedded("a9", model="second", dimension=8)) == "added"
    with (
        open_archive(tmp_path, calibration=calibration()) as outdated,
        pytest.raises(ArchiveError, match="reindex"),
    ):
        outdated.dense("en", query_for(embedded("a1")), 3)
