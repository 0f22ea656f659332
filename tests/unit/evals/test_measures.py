from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evals.measures import Asked, Share, figure, rank_of, recall_at, reciprocal_rank, share


def _asked(source: str, rank: int | None, archive: str = "one") -> Asked:
    return Asked(archive, source, "ar", "en", rank)


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
    assert rank_of("a", ranked) == rank


def test_recall_counts_what_is_within_its_depth() -> None:
    assert [recall_at(5)(rank) for rank in (1, 5, 6, None)] == [1, 1, 0, 0]
    assert [recall_at(1)(rank) for rank in (1, 2, None)] == [1, 0, 0]


def test_reciprocal_rank_ends_at_its_depth() -> None:
    assert [reciprocal_rank(10)(rank) for rank in (1, 4, 10, 11, None)] == [1, 0.25, 0.1, 0, 0]


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
    apart = [_asked(f"{one.source}{number}", one.rank) for number, one in enumerate(together)]
    wide, narrow = figure(together, recall_at(1)).interval, figure(apart, recall_at(1)).interval
    assert wide.low <= 0.2 < narrow.low < 0.4 < narrow.high < 0.6 <= wide.high


def test_where_all_are_found_the_interval_is_a_point() -> None:
    interval = figure([_asked(source, 1) for source in "abcd"], recall_at(5)).interval
    assert (interval.low, interval.high) == (1, 1)


def test_nothing_asked_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        figure([], recall_at(1))
