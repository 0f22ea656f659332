"""Near-copies are told from follow-ups, and count as one source."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from rag.copies import are_copies, holds_copy, printed_before, prints, shingles, sources_of
from rag.types import Article, Precision, Published
from tests.unit.rag.news import article

_COPIES = {
    frozenset(pair)
    for group in ("s11 s12", "s13 s14 s15", "s30 s31 s32")
    for pair in combinations(group.split(), 2)
}


@pytest.fixture
def samples(root: Path) -> dict[str, Article]:
    rows = map(json.loads, (root / "samples" / "articles.jsonl").read_text("utf-8").splitlines())
    return {
        row["id"]: article(row["text"], article_id=row["id"], lang=row["lang"], outlet=row.get("outlet"))
        for row in rows
    }


def test_the_copies_of_the_samples_are_found_and_nothing_else(samples: dict[str, Article]) -> None:
    found = {
        frozenset((one.id, other.id))
        for one, other in combinations(samples.values(), 2)
        if are_copies(one, other)
    }
    assert found == _COPIES


def test_a_follow_up_of_the_same_outlet_is_no_copy(samples: dict[str, Article]) -> None:
    assert not are_copies(samples["s26"], samples["s27"])
    assert not are_copies(samples["s01"], samples["s02"])


def test_a_shortened_copy_is_held_by_the_whole_and_not_the_other_way(samples: dict[str, Article]) -> None:
    whole = samples["s30"]
    half = article(whole.body[: len(whole.body) // 2], article_id="half", outlet="Elsewhere")
    assert are_copies(whole, half)
    assert holds_copy(whole, half)
    assert not holds_copy(half, whole)
    assert prints(whole, half.body[:200])
    assert not prints(half, whole.body[-200:])


def test_texts_too_short_to_tell_are_copies_only_where_they_are_one() -> None:
    one, other = article("The ship sank.", article_id="a"), article("The ship sank.", article_id="b")
    assert are_copies(one, other)
    assert not are_copies(one, article("The ship sailed.", article_id="c"))
    assert shingles("two words") == frozenset()


def test_an_outlet_and_the_copies_of_its_pieces_are_one_source(samples: dict[str, Article]) -> None:
    asked = [samples[name] for name in ("s30", "s31", "s32", "s33", "s36", "s19")]
    sources = sources_of(asked)
    assert sources["s30"] == sources["s31"] == sources["s32"], "an agency and who reprints it"
    assert sources["s33"] == sources["s36"] == sources["s31"], "of one outlet"
    assert sources["s19"] != sources["s30"], "what names no outlet stands for itself"


def published(day: str, precision: Precision) -> Article:
    return replace(article("The ship sank."), published=Published(day, precision, day, "given"))


def test_who_printed_first_is_told_by_the_clock_or_the_day() -> None:
    noon = published("2026-03-01T12:00:00+01:00", Precision.INSTANT)
    later = published("2026-03-01T12:30:00+00:00", Precision.INSTANT)
    the_day, the_next = published("2026-03-01", Precision.DAY), published("2026-03-02", Precision.DAY)
    assert printed_before(noon, later)
    assert not printed_before(later, noon)
    assert printed_before(later, the_next)
    assert not printed_before(noon, the_day)
    assert not printed_before(the_day, published("2026-03", Precision.MONTH))
    assert not printed_before(article("The ship sank."), the_next)
