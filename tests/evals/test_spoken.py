"""The short form of ``python -m tests.evals spoken``: some questions, and the articles they are about."""

from __future__ import annotations

import pytest

from tests.evals.floors import fingerprint, read_floors
from tests.evals.news import ARTICLES, ask_news, read_file, went_wrong, write_share
from tests.evals.spoken import figures, spoken_file

_HALF = "dev"
_EVERY, _EVERY_OTHER_ARTICLE = 6, 20


@pytest.mark.parametrize("name", ["spoken/dev", "spoken/dev, short"])
def test_the_floors_belong_to_this_data(name: str) -> None:
    found = fingerprint([*ARTICLES, spoken_file(_HALF)])
    wanted = read_floors(name).fingerprint
    assert found == wanted, f"news or questions changed: measure anew, then write {found} into floors.json"


@pytest.mark.slow
def test_spoken_questions_are_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("spoken")
    questions = read_file(spoken_file(_HALF))[::_EVERY]
    articles = write_share(questions, _EVERY_OTHER_ARTICLE, folder / "articles.jsonl")
    outcomes, _ = ask_news(questions, folder / "archive", lambda *told: None, [articles])
    print(went_wrong(outcomes))
    found = {name: one.value or 0.0 for name, one in figures(outcomes).items()}
    assert read_floors("spoken/dev, short").fallen(found) == []
