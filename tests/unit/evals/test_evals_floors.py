from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tests.evals.__main__ import main
from tests.evals.floors import Floor, fingerprint, read_floors
from tests.evals.gold_questions import bars


@pytest.mark.parametrize(
    ("floor", "value", "holds"),
    [
        (Floor(at_least=0.85), 0.85, True),
        (Floor(at_least=0.85), 0.849, False),
        (Floor(at_most=0.12), 0.12, True),
        (Floor(at_most=0.12), 0.121, False),
        (Floor(at_least=0.0), math.nan, False),
    ],
)
def test_a_floor_holds_from_its_bound_on(floor: Floor, value: float, holds: bool) -> None:
    assert floor.holds(value) is holds


def test_a_figure_that_is_missing_has_fallen(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    floors = {"R@5": {"at_least": 0.9}, "refused": {"at_most": 0.1}, "R@1": {"at_least": 0.5}}
    file.write_text(json.dumps({"x": {"data": "f", "origin": "o", "floors": floors}}), encoding="utf-8")
    fallen = read_floors("x", file).fallen({"R@5": 0.8999, "refused": 0.1})
    assert fallen == ["R@5: 0.900, is to be at least 0.900", "R@1: nan, is to be at least 0.500"]


def test_every_share_of_the_samples_has_a_floor() -> None:
    assert read_floors("samples/dev").floors.keys() == bars([]).keys()
    for half in ("dev", "frozen"):
        assert read_floors(f"samples/{half}").bars.keys() == bars([]).keys()


def test_a_fingerprint_is_of_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "pages" / "one.txt", tmp_path / "pages" / "two.txt"
    one.parent.mkdir()
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    first = fingerprint([tmp_path / "pages"])
    assert first == fingerprint([one, two])
    two.write_text("c", encoding="utf-8")
    assert fingerprint([tmp_path / "pages"]) != first
    two.rename(one.parent / "three.txt")
    assert fingerprint([tmp_path / "pages"]) != first


def test_without_the_data_it_says_what_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shared"]) == 0
    assert "no folder was named (DATA=folder). Left out: XQuAD" in capsys.readouterr().out
    assert main(["shared", "--data", str(tmp_path)]) == 0
    assert "xquad/xquad.ar.dev.json" in capsys.readouterr().out
