from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.measures import (
    MEASURES,
    Ranks,
    Share,
    calibration,
    estimate,
    hit_at,
    ndcg_at,
    ranks_of,
    recall_at,
    reciprocal_rank,
    share,
)
from tests.evals.measures import Asked, figure


def _one(rank: int | None) -> Ranks:
    return Ranks(() if rank is None else (rank,), 1)


def _asked(source: str, rank: int | None, archive: str = "one") -> Asked:
    return Asked(archive, source, "ar", "en", _one(rank))


@pytest.mark.parametrize(
    ("ranked", "rank"),
    [
        (["a", "b", "c"], 1),
        (["b", "b", "b", "a"], 2),  # passages of one article count as one
        (["b", "a", "b", "a"], 2),
        (["b", "c"], None),
        ([], None),
    ],
)
def test_the_rank_is_over_articles(ranked: list[str], rank: int | None) -> None:
    assert ranks_of(["a"], ranked) == _one(rank)


def test_recall_counts_what_is_within_its_depth() -> None:
    assert [recall_at(5)(_one(rank)) for rank in (1, 5, 6, None)] == [1, 1, 0, 0]
    assert [recall_at(1)(_one(rank)) for rank in (1, 2, None)] == [1, 0, 0]


def test_reciprocal_rank_ends_at_its_depth() -> None:
    assert [reciprocal_rank(10)(_one(rank)) for rank in (1, 4, 10, 11, None)] == [1, 0.25, 0.1, 0, 0]


def test_several_right_articles_share_the_recall() -> None:
    ranks = ranks_of(["a", "b", "c"], ["a", "x", "b", "a"])
    assert ranks == Ranks((1, 3), 3)
    assert [recall_at(depth)(ranks) for depth in (1, 3)] == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert [hit_at(1)(ranks), hit_at(1)(Ranks((2,), 2)), reciprocal_rank(10)(Ranks((2, 4), 2))] == [1, 0, 0.5]


def test_ndcg_is_that_of_the_books() -> None:
    # Two right articles at 1 and 3, of two: (1 + 1/2) / (1 + 1/log2(3)).
    assert ndcg_at(10)(Ranks((1, 3), 2)) == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert ndcg_at(10)(Ranks((1, 2), 2)) == 1
    assert ndcg_at(10)(Ranks((11,), 1)) == 0
    # No more than ten can be among the first ten.
    assert ndcg_at(10)(Ranks(tuple(range(1, 13)), 12)) == 1


@given(st.sets(st.integers(1, 30), max_size=12), st.integers(0, 5))
def test_every_measure_lies_between_nothing_and_all(found: set[int], missing: int) -> None:
    ranks = Ranks(tuple(sorted(found)), max(1, len(found) + missing))
    assert all(0 <= measure(ranks) <= 1 + 1e-9 for measure in MEASURES.values())


def test_an_estimate_draws_groups_and_not_questions() -> None:
    values, together = [1.0] * 40 + [0.0] * 160, [f"g{at // 40}" for at in range(200)]
    apart = [f"g{at}" for at in range(200)]
    wide, narrow = estimate(values, together), estimate(values, apart)
    assert wide.value == narrow.value == 0.2
    assert wide.interval
    assert narrow.interval
    assert (
        wide.interval.low <= 0.1 < narrow.interval.low < 0.2 < narrow.interval.high < 0.3 < wide.interval.high
    )
    assert estimate(values, together) == wide, "the draws are the same in every run"


def test_nothing_and_one_group_give_no_interval() -> None:
    assert estimate([], []).as_json() == {"value": None, "low": None, "high": None, "of": 0}
    assert estimate([1, 0], ["g", "g"]).as_json() == {"value": 0.5, "low": None, "high": None, "of": 2}


def test_the_calibration_error_weighs_bins_by_their_answers() -> None:
    groups = ["g", "g", "h", "h", "i"]
    one = calibration([0.9, 0.95, 0.92, 0.15, 1.0], [True, True, False, False, True], groups)
    filled = {each.low: (each.count, each.right) for each in one.bins if each.count}
    assert filled == {0.9: (4, 0.75), 0.1: (1, 0.0)}
    assert one.error.value == pytest.approx(0.8 * abs((0.9 + 0.95 + 0.92 + 1.0) / 4 - 0.75) + 0.2 * 0.15)
    assert one.error.interval
    assert one.error.interval.low <= one.error.value <= one.error.interval.high
    assert calibration([], [], []).error.value is None
    perfect = calibration([1.0, 0.0], [True, False], ["g", "g"]).error
    assert (perfect.value, perfect.interval, perfect.count) == (0, None, 2)


def test_the_calibration_error_draws_groups() -> None:
    sure, right = [0.95] * 200, [at < 140 for at in range(200)]
    together = calibration(sure, right, [f"g{at // 20}" for at in range(200)]).error
    apart = calibration(sure, right, [f"g{at}" for at in range(200)]).error
    assert [together.value, apart.value] == pytest.approx([0.25, 0.25])
    assert together.interval
    assert apart.interval
    assert together.interval.low < apart.interval.low < 0.25 < apart.interval.high < together.interval.high


def test_wilson_gives_the_interval_of_the_books() -> None:
    interval = Share(81, 263).interval  # Newcombe 1998, table I
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)
    nothing = Share(0, 20).interval
    assert (nothing.low, round(nothing.high, 4)) == (0, 0.1611)


@given(st.lists(st.booleans(), max_size=60))
def test_a_share_lies_in_its_interval(hits: list[bool]) -> None:
    one = share(hits)
    assert 0 <= one.interval.low <= one.interval.high <= 1
    if hits:
        assert one.interval.low - 1e-9 <= one.value <= one.interval.high + 1e-9
    else:
        assert math.isnan(one.value)


def test_a_figure_is_the_mean_of_the_archives_means() -> None:
    asked = [_asked("s", 1), _asked("s", 2), _asked("t", 1), _asked("t", 1), _asked("s", None, "two")]
    one = figure(asked, recall_at(1))
    assert one.means == (0.75, 0.0)
    assert one.mean == 0.375
    assert one.deviation == pytest.approx(0.5303, abs=1e-4)


def test_one_archive_has_no_deviation() -> None:
    one = figure([_asked("s", 1), _asked("t", 3)], reciprocal_rank(10))
    assert one.mean == pytest.approx(2 / 3)
    assert one.deviation == 0


def test_questions_of_one_source_are_drawn_together() -> None:
    together = [_asked(source, 1 if source < "m" else None) for source in "abnop" for _ in range(40)]
    apart = [replace(one, source=f"{one.source}{number}") for number, one in enumerate(together)]
    wide, narrow = figure(together, recall_at(1)).interval, figure(apart, recall_at(1)).interval
    assert wide.low <= 0.2 < narrow.low < 0.4 < narrow.high < 0.6 <= wide.high


def test_where_all_are_found_the_interval_is_a_point() -> None:
    interval = figure([_asked(source, 1) for source in "abcd"], recall_at(5)).interval
    assert (interval.low, interval.high) == (1, 1)


def test_nothing_asked_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        figure([], recall_at(1))
