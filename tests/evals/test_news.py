"""The short form of ``python -m tests.evals news``: every fifth question, with the articles it is about.

The days that questions name are read without any model: there all questions of the half are read.
"""

from __future__ import annotations

import math

import pytest

from rag.dates import resolve_window
from tests.evals.floors import fingerprint, read_floors
from tests.evals.news import (
    ARTICLES,
    EVENTS,
    NewsOutcome,
    ask_news,
    figures,
    question_files,
    read_news,
    went_wrong,
    write_share,
)

_HALF = "dev"
_FIRST, _EVERY, _EVERY_OTHER_ARTICLE = 3, 5, 20


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[NewsOutcome]:
    """Every fifth question, put to an archive of its stories and some others."""
    folder = tmp_path_factory.mktemp("news")
    questions = read_news(_HALF)[_FIRST::_EVERY]
    articles = write_share(questions, _EVERY_OTHER_ARTICLE, folder / "articles.jsonl")
    asked, _ = ask_news(questions, folder / "archive", lambda *told: None, [articles])
    print(went_wrong(asked))
    return asked


@pytest.mark.parametrize("name", ["news/dev", "news/dev, short"])
def test_the_floors_belong_to_this_data(name: str) -> None:
    found = fingerprint([*ARTICLES, *EVENTS, *question_files(_HALF)])
    wanted = read_floors(name).fingerprint
    assert found == wanted, f"news or questions changed: measure anew, then write {found} into floors.json"


def test_the_days_that_questions_name_are_read() -> None:
    wrong = []
    for question, expected in read_news(_HALF):
        if question.kind == "time":
            window = resolve_window(question.text, asked_on=question.asked_at.date())
            found = window.as_json() if window else {"from": None, "to": None}
            if (found["from"], found["to"]) not in expected.windows:
                wrong.append((question.id, question.text, found))
    assert wrong == []


@pytest.mark.slow
def test_the_right_sentences_are_quoted(outcomes: list[NewsOutcome]) -> None:
    found = {name: math.nan if one.value is None else one.value for name, one in figures(outcomes).items()}
    print(found)
    assert read_floors("news/dev, short").fallen(found) == []


@pytest.mark.slow
def test_a_disagreement_is_shown_with_both_sides_and_none_is_invented(outcomes: list[NewsOutcome]) -> None:
    opposed = [one for one in outcomes if one.expected.status]
    assert len(opposed) >= 3
    assert [one.outcome.id for one in opposed if one.expected.status not in one.shown or not one.both] == []
    assert [one.outcome.id for one in outcomes if one.shown and not one.expected.status] == []


@pytest.mark.slow
def test_no_report_is_quoted_from_two_outlets_that_print_it(outcomes: list[NewsOutcome]) -> None:
    assert [one.outcome.id for one in outcomes if one.twice] == []
