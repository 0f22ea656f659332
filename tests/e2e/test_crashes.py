"""Killed at any moment, the archive has lost nothing it accepted, doubled nothing, brought nothing back.

The short form of ``make soak``, which kills more often.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from rag.archive import schema
from rag.archive.archive import open_archive
from tests.soak.ledger import Findings, Ledger
from tests.soak.soaking import new_seed, soak
from tests.soak.work import Place, means, story

KILLS = int(os.environ.get("ARCHIVE_KILLS", "40"))


@pytest.mark.slow
def test_nothing_accepted_is_lost_doubled_or_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = new_seed()
    result = soak(KILLS, tmp_path, seed)
    with capsys.disabled():  # the counts are wanted of a run that passes, too
        print("", f"a soak with seed {seed}", *result.lines(), sep="\n", file=sys.stderr)
    assert result.survived, (seed, result.lines())
    assert result.kills == KILLS
    assert result.accepted > KILLS
    assert result.broken_files


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An archive with two articles, one of which was removed."""
    place = Place(tmp_path, tmp_path / "said")
    with open_archive(place.archive, calibration=means("tiny")) as archive:
        for article_id in ("a0", "a1"):
            archive.add(story(article_id, 3, "tiny"))
        archive.remove("a1")
    return place


def _found(place: Place, held: dict[str, int]) -> Findings:
    findings = Findings()
    findings.compare(place, Ledger(held=held))
    return findings


def test_a_soak_sees_what_was_lost(place: Place) -> None:
    assert _found(place, {"a0": 3}) == Findings()
    assert _found(place, {"a0": 3, "a2": 1}).lost
    assert _found(place, {"a0": 7}).lost


def test_a_soak_sees_what_came_back(place: Place) -> None:
    with open_archive(place.archive, calibration=means("tiny")) as archive:
        archive.add(story("a1", 3, "tiny"))
    found = _found(place, {"a0": 3})
    assert (found.lost, found.returned) == (0, 1 + 2 * 4)


def test_a_soak_sees_what_is_doubled(place: Place) -> None:
    with (
        open_archive(place.archive, calibration=means("tiny")) as archive,
        archive.engine.begin() as connection,
    ):
        for table in (schema.chunks, schema.chunk_data):
            first = connection.execute(sa.select(table).limit(1)).one()._mapping
            again = {**first, "row": 900} | ({"id": "c_again"} if "id" in first else {})
            connection.execute(table.insert(), again)
        connection.exec_driver_sql(
            "INSERT INTO words_en (rowid, terms) SELECT row, terms FROM chunk_data WHERE row = 900"
        )
    assert _found(place, {"a0": 3}).doubled


def test_what_a_kill_left_undecided_may_be_either_way(place: Place) -> None:
    for said, held in (
        (["begin add a0 3"], {"a0": 3}),
        (["begin add a0 9"], {"a0": 3}),
        (["begin remove a0"], {"a0": 3}),
        (["begin add a1 3", "done", "begin remove a1"], {"a0": 3}),
    ):
        ledger = Ledger(held={"a0": 3})
        ledger.read(said)
        ledger.decide(place)
        assert ledger.held == held
