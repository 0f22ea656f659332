"""Exact search: the same as comparing by hand, cached or not, whatever was added or removed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.archive.catalog import Catalog, LaneChanges
from rag.archive.encoding import (
    pack_sentence_vectors,
    pack_spans,
    pack_vector,
    unpack_sentence_vectors,
    unpack_spans,
    unpack_vectors,
)
from rag.archive.exact import ExactSearch
from rag.archive.lanes import lane_vectors
from rag.types import Precision, Span, TimeWindow
from tests.unit.archive.stories import calibration, embedded, query_for, unit, vector_of


def _filled(directory: Path, count: int = 30) -> Catalog:
    catalog = Catalog(directory)
    for number in range(count):
        catalog.add(
            embedded(f"a{number}", [f"Ship {number} came.", f"Ship {number} left."], published=_day(number))
        )
    return catalog


def _day(number: int) -> str | None:
    return None if number % 5 == 0 else f"2026-03-{number % 28 + 1:02}"


@pytest.mark.parametrize("cache_bytes", [1 << 20, 0], ids=["in memory", "in pages"])
def test_hits_are_those_of_comparing_by_hand(tmp_path: Path, cache_bytes: int) -> None:
    catalog, means = _filled(tmp_path), calibration()
    exact = ExactSearch(catalog, means, cache_bytes)
    stories = [embedded(f"a{n}", [f"Ship {n} came.", f"Ship {n} left."]) for n in range(30)]
    vectors = means.center_passages("en", np.concatenate([story.chunk_vectors for story in stories]))
    query = unit(vector_of("query"))
    scores = np.sort(vectors @ query)[::-1]
    hits = exact.search("en", query, 7, None)
    assert [hit.score for hit in hits] == pytest.approx(scores[:7].tolist(), abs=1e-6)
    assert len(exact.search("en", query, 1000, None)) == 60
    assert exact.search("en", query, 0, None) == exact.search("ar", query, 5, None) == []
    catalog.close()


@pytest.mark.parametrize("cache_bytes", [1 << 20, 0], ids=["in memory", "in pages"])
def test_windows(tmp_path: Path, cache_bytes: int) -> None:
    catalog = _filled(tmp_path)
    exact = ExactSearch(catalog, calibration(), cache_bytes)
    query = unit(vector_of("query"))

    def count(start: date | None, end: date | None) -> int:
        return len(exact.search("en", query, 1000, TimeWindow(start, end)))

    days = [_day(number) for number in range(30)]
    assert count(date(2026, 3, 3), date(2026, 3, 9)) == 2 * sum(
        "2026-03-03" <= (d or "") <= "2026-03-09" for d in days
    )
    assert count(date(2026, 3, 20), None) == 2 * sum((d or "") >= "2026-03-20" for d in days)
    assert count(None, date(2026, 3, 4)) == 2 * sum(bool(d) and d <= "2026-03-04" for d in days if d)
    assert count(date(2027, 1, 1), None) == 0
    catalog.close()


def test_a_month_is_in_every_window_that_touches_it(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path)
    catalog.add(embedded("a", ["One."], published="2026-03", precision=Precision.MONTH))
    exact = ExactSearch(catalog, calibration())
    query = unit(vector_of("query"))
    for window, found in [
        (TimeWindow(date(2026, 3, 31), date(2026, 4, 2)), 1),
        (TimeWindow(date(2026, 4, 1), None), 0),
        (TimeWindow(None, date(2026, 3, 1)), 1),
    ]:
        assert len(exact.search("en", query, 5, window)) == found
    catalog.close()


@given(st.lists(st.tuples(st.sampled_from("adc"), st.integers(0, 5)), max_size=25))
@settings(max_examples=25, deadline=None)
def test_what_is_held_in_memory_follows_every_change(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    catalog, means = Catalog(tmp_path_factory.mktemp("archive")), calibration()
    cached = ExactSearch(catalog, means)
    query, present = unit(vector_of("query")), set()
    for place, (step, number) in enumerate(steps):
        article_id = f"a{number}"
        if step == "d" and article_id in present:
            catalog.remove(article_id)
            present.discard(article_id)
        elif step != "d":
            words = [f"Ship {number}."] if step == "a" else [f"Ship {number} on {place}.", "More."]
            catalog.add(embedded(article_id, words))
            present.add(article_id)
        assert cached.search("en", query, 50, None) == pytest.approx(
            ExactSearch(catalog, means, 0).search("en", query, 50, None)
        )
    catalog.close()


def test_ties_are_ordered_by_age(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path)
    for number in range(6):
        catalog.add(embedded(f"a{number}", ["The same words."]))
    story = embedded("a0", ["The same words."])
    hits = ExactSearch(catalog, calibration()).search("en", query_for(story), 4, None)
    everything = ExactSearch(catalog, calibration()).search("en", query_for(story), 6, None)
    assert hits == everything[:4]
    catalog.close()


def test_an_earlier_instant_is_not_touched_by_a_later_one() -> None:
    def lane(first: int, count: int):  # type: ignore[no-untyped-def]  # its type is what is tested
        rows = list(range(first, first + count))
        vectors = np.stack([vector_of(str(row)) for row in rows])
        return lane_vectors(
            LaneChanges(0, 0), rows, [f"c{row}" for row in rows], [(None, None)] * count, vectors
        )

    one = lane(1, 3)
    two = one.extended(lane(4, 1))
    three = two.extended(lane(5, 1))
    assert [len(each.search(vector_of("1"), 10)) for each in (one, two, three)] == [3, 4, 5]
    np.testing.assert_array_equal(three.vectors[:3], one.vectors)
    fewer = three.without(np.array([True, False, False, False, True]))
    assert fewer.ids.tolist() == ["c2", "c3", "c4"]


@given(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 2**31))))
def test_spans_come_back(pairs: list[tuple[int, int]]) -> None:
    spans = tuple(Span(start, end) for start, end in pairs)
    assert unpack_spans(pack_spans(spans)) == spans


def test_vectors_come_back() -> None:
    vectors = np.stack([vector_of(str(number), 384) for number in range(50)])
    np.testing.assert_array_equal(unpack_vectors([pack_vector(v) for v in vectors], 384), vectors)
    near = unpack_sentence_vectors(pack_sentence_vectors(vectors), 384)
    assert (near * vectors).sum(axis=1).min() > 0.999
    assert np.linalg.norm(near, axis=1) == pytest.approx(np.ones(50), abs=1e-5)
    assert unpack_sentence_vectors(pack_sentence_vectors(vectors[:0]), 384).shape == (0, 384)


@pytest.mark.parametrize("days", [1, 3, 9, 10, 11, 30, 40])
def test_a_window_leaves_the_ranking_of_what_is_in_it(days: int) -> None:
    # Narrow windows take their vectors out of the lane before comparing, wide ones after.
    vectors = np.stack([vector_of(f"chunk {number}") for number in range(40)])
    ids, ordinals = [f"c{number}" for number in range(40)], [(day, day) for day in range(1, 41)]
    lane = lane_vectors(LaneChanges(0, 0), list(range(1, 41)), ids, ordinals, vectors)
    query = vector_of("a question")
    window = TimeWindow(None, date.fromordinal(days))
    within = [hit for hit in lane.search(query, 40) if int(hit.chunk_id[1:]) < days]
    found = lane.search(query, 5, window)
    assert [hit.chunk_id for hit in found] == [hit.chunk_id for hit in within[:5]]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in within[:5]], abs=1e-6)
