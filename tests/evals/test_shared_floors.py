"""Retrieval over two languages, on public data that is not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evals.floors import fingerprint, read_floors
from tests.evals.shared_data import FILES, read_shared, two_language_figures
from tests.evals.trials import open_bench

pytestmark = pytest.mark.slow


def test_one_archive_of_two_languages_keeps_its_floors(shared: Path) -> None:
    """The short form: one assignment, each third question and distractor; `make evals` runs all."""
    folder = shared / "data"
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        pytest.skip(f"{folder} does not hold {', '.join(missing)}")
    floors = read_floors("shared/two-language-short")
    if fingerprint(folder / name for name in FILES.values()) != floors.fingerprint:
        pytest.skip("the floors were measured on other data than this")
    trial = read_shared(folder).short()
    bench = open_bench()
    bench.embed([trial], lambda stage, done, total: None)
    figures = {name: one.mean for name, one in two_language_figures(bench.run(trial)).items()}
    for name in floors.floors:
        print(f"{name}: {figures[name]:.3f}, is to be {floors.floors[name]}")
    assert floors.fallen(figures) == []
