"""The floors of answers on the half of the gold questions that may be looked at.

The frozen half is kept for the run that believes the bars of ``floors.json`` are reached.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.evaluation.figures import report_on
from tests.evals.conftest import GoldRun
from tests.evals.floors import fingerprint, read_floors
from tests.evals.gold_questions import SAMPLES, altered_quotes, bars, further_figures, gold_file

pytestmark = pytest.mark.slow

_HALF = "dev"


@pytest.fixture(scope="session")
def holds(gold_run: GoldRun) -> Callable[[str], bool]:
    """Tell whether the share of a name keeps its floor, and print it."""
    shares = bars(gold_run.of(_HALF))
    floors = read_floors(f"samples/{_HALF}").floors

    def tell(name: str) -> bool:
        one, floor = shares[name], floors[name]
        low, high = one.interval.low, one.interval.high
        print(f"{name}: {one.hits}/{one.total} = {one.value:.3f} ({low:.3f}-{high:.3f}), is to be {floor}")
        return floor.holds(one.value)

    return tell


@pytest.mark.parametrize("name", ["samples/dev", "samples/dev, siyaq eval"])
def test_the_floors_belong_to_this_data(name: str) -> None:
    found = fingerprint([*SAMPLES, gold_file(_HALF)])
    wanted = read_floors(name).fingerprint
    assert found == wanted, f"samples or questions changed: measure anew, then write {found} into floors.json"


def test_evidence_in_the_language_of_the_question_is_quoted(holds: Callable[[str], bool]) -> None:
    assert holds("same language: right sentence among the quotes")


def test_evidence_in_the_other_language_is_quoted(holds: Callable[[str], bool]) -> None:
    assert holds("other language: right sentence among the quotes")


def test_what_the_archive_does_not_know_is_refused(holds: Callable[[str], bool]) -> None:
    assert holds("unanswerable: refused")


def test_a_detail_that_is_not_told_is_refused(holds: Callable[[str], bool]) -> None:
    assert holds("near miss: refused")


def test_what_can_be_answered_is_seldom_refused(holds: Callable[[str], bool]) -> None:
    assert holds("answerable: refused")


def test_what_siyaq_eval_tells_keeps_its_floors(gold_run: GoldRun) -> None:
    figures, floors = further_figures(gold_run.of(_HALF)), read_floors("samples/dev, siyaq eval")
    print(figures)
    assert figures.keys() == floors.floors.keys()
    assert floors.fallen(figures) == []


def test_siyaq_eval_tells_the_figures_that_have_floors(gold_run: GoldRun) -> None:
    outcomes = gold_run.of(_HALF)
    shares = {name: one.value for name, one in bars(outcomes).items()}
    report = report_on(outcomes, 0.5)
    (found,) = [
        row.figures["any cited sentence right"].value for row in report.sentences if row.evidence == row.lang
    ]
    parts = [one for name, one in bars(outcomes).items() if "right sentence" in name]
    assert found == pytest.approx(sum(one.hits for one in parts) / sum(one.total for one in parts))
    refusal = report.refusal
    assert refusal.refused_with_evidence.value == shares["answerable: refused"]
    assert refusal.answered_without_evidence.value == pytest.approx(1 - shares["unanswerable: refused"])
    assert refusal.answered_near_miss.value == pytest.approx(1 - shares["near miss: refused"])


def test_every_quote_is_letter_for_letter_in_its_article(gold_run: GoldRun) -> None:
    quotes = [quote for one in gold_run.outcomes for quote in one.quotes]
    print(f"{len(quotes)} quotes of {len(gold_run.outcomes)} questions")
    assert len(quotes) >= len(gold_run.outcomes) / 2
    assert altered_quotes(quotes, gold_run.archive) == []


def test_an_altered_quote_is_noticed(gold_run: GoldRun) -> None:
    quote = next(quote for one in gold_run.outcomes for quote in one.quotes)
    altered = [
        replace(quote, text=quote.text[:-1] + "…"),
        replace(quote, start=quote.start + 1, end=quote.end + 1),
        replace(quote, end=quote.end + 1),
        replace(quote, start=-len(quote.text), end=0),
        replace(quote, text="", start=0, end=0),
        replace(quote, article_id="nobody"),
    ]
    assert altered_quotes([quote, *altered], gold_run.archive) == altered


def test_only_refusals_have_no_quotes(gold_run: GoldRun) -> None:
    assert [one.id for one in gold_run.outcomes if one.refused == bool(one.quotes)] == []
