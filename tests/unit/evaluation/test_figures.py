"""Figures, counted by hand."""

from __future__ import annotations

import json
from dataclasses import fields
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bot.evaluation.asking import Quote
from bot.evaluation.figures import Report, report_on
from bot.evaluation.measures import Ranks
from bot.evaluation.report import as_json, tables
from tests.evals.floors import read_floors
from tests.evals.gold_questions import GoldOutcome, further_figures
from tests.unit.evaluation.outcomes import evaluation, outcome, unanswerable


@pytest.fixture
def report() -> Report:
    """The report on the invented evaluation, at the threshold .5."""
    return report_on(evaluation(), 0.5)


def _row(rows: Any, lang: str, evidence: str) -> dict[str, Any]:
    (row,) = [row for row in rows if (row.lang, row.evidence) == (lang, evidence)]
    return {name: one.value for name, one in row.figures.items()}


def test_questions_are_counted(report: Report) -> None:
    assert report.counts == {
        "questions": 12,
        "answerable": 8,
        "without_evidence": 2,
        "near_misses": 2,
        "not_judged": 0,
        "groups": 6,
    }


def test_the_floors_are_of_figures_that_there_are() -> None:
    outcomes = [
        GoldOutcome(**{f.name: getattr(one, f.name) for f in fields(one)}, half="dev") for one in evaluation()
    ]
    assert further_figures(outcomes).keys() == read_floors("samples/dev, siyaq eval").floors.keys()


def test_retrieval_is_split_by_the_language_of_the_evidence(report: Report) -> None:
    assert _row(report.retrieval, "all", "all")["R@1"] == 5 / 8
    assert _row(report.retrieval, "all", "same")["R@5"] == pytest.approx(5 / 6)
    assert _row(report.retrieval, "all", "other")["R@5"] == 1 / 2
    assert _row(report.retrieval, "en", "other")["R@10"] == 1
    assert _row(report.retrieval, "ar", "same")["MRR@10"] == (1 + 1 + 1 / 2 + 1) / 4
    pairs = [(row.lang, row.evidence, row.figures["R@1"].count) for row in report.pairs]
    assert pairs == [("ar", "ar", 4), ("ar", "en", 1), ("en", "ar", 1), ("en", "en", 2)]


def test_a_refused_question_has_no_right_sentence(report: Report) -> None:
    whole = _row(report.sentences, "all", "all")
    assert whole == {"first cited sentence right": 5 / 8, "any cited sentence right": 6 / 8}
    assert _row(report.sentences, "ar", "same")["any cited sentence right"] == 3 / 4


def test_citations_are_of_answers_to_what_has_evidence() -> None:
    two_in_one = outcome(
        1,
        right=(True, False, False),
        claims=(0, 0, 1),
        article_ids=("a1", "a2"),
        quotes=(Quote("a1", 0, 5, "words"), Quote("a9", 0, 5, "words"), Quote("a9", 5, 9, "more")),
    )
    others = [outcome(2, refused=True), unanswerable(3, refused=False), outcome(4, judged=False)]
    found = report_on([two_in_one, *others], 0.5).citations
    assert {name: (one.value, one.count) for name, one in found.items()} == {
        "citation precision": (pytest.approx(1 / 3), 3),
        "citation recall": (1 / 2, 2),
        "articles cited": (1 / 2, 2),
    }


def test_the_two_refusal_rates_keep_near_misses_apart(report: Report) -> None:
    refusal = report.refusal
    assert refusal.refused_with_evidence.value == 1 / 8
    assert refusal.answered_without_evidence.value == 1 / 2
    assert refusal.answered_near_miss.value == 1 / 2
    at = {point.threshold: point for point in refusal.curve}
    assert len(at) == 101
    half = at[0.5]
    assert half.refused_with_evidence == 1 / 8
    assert (half.answered_without_evidence, half.answered_near_miss) == (1 / 2, 1 / 2)
    assert (at[0.7].refused_with_evidence, at[0.7].answered_without_evidence) == (3 / 8, 0)
    assert at[0.0].answered_near_miss == 1
    rising = [point.refused_with_evidence or 0.0 for point in refusal.curve]
    assert rising == sorted(rising)


def test_what_had_no_evidence_at_all_is_refused_at_any_threshold() -> None:
    curve = report_on([outcome(1), outcome(2, refused=True, confidence=0.0)], 0.5).refusal.curve
    assert curve[0].refused_with_evidence == 1 / 2
    assert curve[0].answered_near_miss is None


def test_calibration_is_of_answers_and_a_wrong_question_is_wrong(report: Report) -> None:
    bins = {one.low: (one.count, one.right) for one in report.calibration["any cited sentence right"].bins}
    assert bins[0.6] == (2, 0.5), "one was answered rightly, one has no answer"
    assert bins[0.7] == (2, 0.5)
    assert bins[0.3] == (0, None), "what was refused made no claim"


def test_a_question_that_cannot_be_judged_counts_for_retrieval_only() -> None:
    outcomes = [outcome(0), outcome(1, judged=False, right=(False,), ranks=Ranks((3,), 1))]
    report = report_on(outcomes, 0.5)
    assert report.counts["not_judged"] == 1
    assert report.retrieval[0].figures["R@1"].count == 2
    assert report.sentences[0].figures["any cited sentence right"].count == 1
    assert sum(one.count for one in report.calibration["any cited sentence right"].bins) == 1


def test_latency_is_told_a_stage(report: Report) -> None:
    assert report.latency["search"].median == 55
    assert report.latency["search"].p95 == pytest.approx(104.5)


def test_two_reports_on_the_same_are_the_same(report: Report) -> None:
    again = report_on(evaluation(), 0.5)
    first, second = (json.dumps(as_json(one, evaluation(), {})) for one in (report, again))
    assert first == second
    assert "NaN" not in first


@pytest.mark.parametrize("outcomes", [evaluation(), [unanswerable(1)], [outcome(1, refused=True)]])
def test_every_set_has_tables(outcomes: list[Any]) -> None:
    report = report_on(outcomes, 0.5)
    console = Console(width=120, file=StringIO())
    for table in tables(report):
        console.print(table)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "refused with evidence" in printed
    assert "…" not in printed
    assert json.loads(json.dumps(as_json(report, outcomes, {})))["counts"]["questions"] == len(outcomes)
