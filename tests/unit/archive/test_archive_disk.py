"""A full disk: refused before anything is written; what is there is still read, opened and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive.archive import Archive, open_archive
from rag.archive.disk import require_room
from rag.errors import DiskFullError
from rag.types import EmbeddedArticle
from tests.disks import mounted_disk
from tests.unit.archive.stories import calibration, embedded, query_for

MEANS = calibration(dimension=384)


def _story(number: int) -> EmbeddedArticle:
    sentences = [f"Ship {number} came in part {part} of a long story." for part in range(40)]
    return embedded(f"a{number}", sentences, dimension=384)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB of its own."""
    with mounted_disk(tmp_path, "16m") as disk:
        yield disk


def test_more_than_there_is_room_for_is_refused(tmp_path: Path) -> None:
    require_room(tmp_path, 1, "a1")
    with pytest.raises(DiskFullError, match="nothing was written"):
        require_room(tmp_path, 1 << 60, "a1")


def test_a_disk_that_fills_up_loses_nothing(small_disk: Path) -> None:
    with open_archive(small_disk / "archive", calibration=MEANS) as archive:
        accepted = _add_until_refused(archive)
        assert accepted > 20
        assert archive.sync() == 0
        report = archive.check()
        assert (report.articles, report.pending, report.index_ok) == (accepted, 40 * accepted, False)
        assert archive.dense("en", query_for(_story(3), 2, MEANS), 1)[0].score > 0.999
        archive.remove("a1")
        _fill_up(small_disk)
        assert len(archive.articles()) == accepted - 1
        assert len(archive.lexical("en", ["ship"], 5)) == 5
    with open_archive(small_disk / "archive", calibration=MEANS) as archive:
        assert len(archive.articles()) == accepted - 1
        with pytest.raises(DiskFullError):
            archive.add(_story(2000))
    (small_disk / "others").unlink()
    with open_archive(small_disk / "archive", calibration=MEANS) as archive:
        for number in range(2, accepted - 2):
            archive.remove(f"a{number}")
        archive.sync()
        report = archive.check()
        assert report.healthy, report.problems
        assert report.articles == 3


def _add_until_refused(archive: Archive) -> int:
    for number in range(1000):
        try:
            archive.add(_story(number))
        except DiskFullError:
            return number
    raise AssertionError("a small disk took a thousand articles")


def _fill_up(disk: Path) -> None:
    """Let somebody else take all the room that is left."""
    try:
        with (disk / "others").open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
    except OSError:
        pass
