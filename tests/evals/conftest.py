"""One run of the gold questions for all tests of it, in however many processes they are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from tests.evals.gold_questions import HALVES, GoldOutcome, ask_gold, from_json, read_gold, to_json

# Read when the model is loaded: threads that wait for each other by spinning take the cores from the tests
# beside them, and become many times slower themselves.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@dataclass(frozen=True)
class GoldRun:
    """What came of every gold question of both halves, and the archive that was asked."""

    outcomes: list[GoldOutcome]
    archive: Path

    def of(self, half: str) -> list[GoldOutcome]:
        """Return the outcomes of one half."""
        return [one for one in self.outcomes if one.half == half]


@pytest.fixture(scope="session")
def gold_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> GoldRun:
    """Ask every gold question once: the first process that needs it asks, the others wait and read."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "gold-run"
    folder.mkdir(exist_ok=True)
    written = folder / "outcomes.json"
    with FileLock(folder / "lock"):
        if not written.is_file():
            questions = [question for half in HALVES for question in read_gold(half)]
            outcomes = ask_gold(questions, folder / "archive", lambda stage, done, total: None)
            written.write_text(to_json(outcomes), encoding="utf-8")
    return GoldRun(from_json(written.read_text(encoding="utf-8")), folder / "archive")
