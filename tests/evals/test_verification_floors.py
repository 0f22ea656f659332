"""The floors of claim verification on the development pairs; the frozen pairs are not looked at."""

from __future__ import annotations

import pytest

from tests.evals.floors import fingerprint, read_floors
from tests.evals.verification import judge, pair_files, read_pairs, shares

pytestmark = pytest.mark.slow


def test_verification_keeps_its_floors() -> None:
    files, floors = pair_files("dev"), read_floors("pairs/dev")
    found = fingerprint(files)
    assert found == floors.fingerprint, f"pairs changed: measure anew, then write {found} into floors.json"
    judged, _ = judge(read_pairs(*files))
    assert floors.fallen({name: one.value for name, one in shares(judged).items()}) == []
