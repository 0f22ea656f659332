"""The short form of ``python -m tests.evals written``: fewer questions, every misbehaviour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evals.floors import read_floors
from tests.evals.gold_questions import ANSWERABLE, read_gold
from tests.evals.written import (
    EXPECTED_ENDS,
    KEPT,
    WrittenRun,
    evaluate_written,
    read_claims,
    unfounded,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> WrittenRun:
    """Every third question for the honest model, two of them for the others."""
    some = [question for question in read_gold("dev") if question.kind in ANSWERABLE][::3]
    few = [question.id for question in some if question.kind == "same"][:1]
    few += [question.id for question in some if question.kind == "cross"][:1]
    folder = tmp_path_factory.mktemp("written")
    return evaluate_written(some, few, folder / "archive", lambda stage, done, total: None)


def test_what_an_honest_model_writes_is_shown(run: WrittenRun) -> None:
    print(f"kept {run.kept.hits} of {run.kept.total}; refused {run.refused}, not shown {run.not_shown}")
    assert run.kept.total >= 15
    assert read_floors("samples/dev, written, short").fallen({KEPT: run.kept.value}) == []


def test_nothing_unfounded_is_shown_and_every_end_is_the_contracts(run: WrittenRun) -> None:
    assert run.faults() == []
    assert all(len(written) == 2 for written in run.misbehaving.values())
    assert run.misbehaving.keys() == EXPECTED_ENDS.keys()


def test_quotes_in_the_other_language_are_translated(run: WrittenRun) -> None:
    assert any(c.translation for one in run.honest for c in one.answer.citations)


def test_the_rules_of_this_evaluation_see_what_is_unfounded(run: WrittenRun) -> None:
    answer = next(one.answer for one in run.honest if one.is_kept)
    (claim, *_) = answer.claims
    assert not list(unfounded(answer))
    for bad in (
        replace(claim, text="It cost 987654 dinars."),
        replace(claim, citations=()),
        replace(claim, citations=(replace(claim.citations[0], end=claim.citations[0].start),)),
    ):
        assert list(unfounded(replace(answer, claims=(bad,))))


def test_every_answerable_question_has_its_claim() -> None:
    wanted = {question.id: question for question in read_gold("dev") if question.kind in ANSWERABLE}
    claims = read_claims()
    assert claims.keys() == wanted.keys()
    for question_id, claim in claims.items():
        assert set(claim.quotes) <= set(wanted[question_id].answers)
