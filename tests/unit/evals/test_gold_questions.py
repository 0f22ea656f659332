from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.evaluation.asking import Quote, is_right
from bot.evaluation.measures import Ranks
from bot.evaluation.questions import held_ids
from ingest.drafts import finish
from ingest.extraction.files import extract, find_files, read_file, ref_of
from rag.errors import RefusedError
from rag.text import clean_body
from rag.types import Article, Origin
from tests.evals.gold_questions import (
    ANSWERABLE,
    HALVES,
    SAMPLES,
    GoldOutcome,
    bars,
    from_json,
    read_gold,
    to_json,
)

_NOW = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
_QUOTE = Quote("a1", 10, 40, "The bridge has six lanes for cars.")


def _article(article_id: str, ref: str) -> Article:
    return Article(article_id, "", "en", "Body.", origin=Origin("file", ref))


def _outcome(kind: str, *, refused: bool = False, right: tuple[bool, ...] = ()) -> GoldOutcome:
    quotes = tuple(_QUOTE for _ in right)
    return GoldOutcome(
        id="g1",
        half="dev",
        kind=kind,
        lang="ar",
        answerable=kind in ANSWERABLE,
        refused=refused,
        quotes=quotes,
        right=right,
        claims=tuple(range(len(right))),
        article_ids=("a1",),
        ranks=Ranks((1,), 1),
        timings_ms={"search": 1.5},
    )


def test_articles_of_pages_are_named_by_file_and_order() -> None:
    articles = [
        _article("s01", "samples/articles.jsonl"),
        _article("a_1", "/x/pages/one.html"),
        _article("a_2", "/x/pages/two.txt"),
        _article("a_3", "/x/pages/two.txt"),
    ]
    assert held_ids(["s01"], articles) == {"s01"}
    assert held_ids(["page:one.html", "page:two.txt"], articles) == {"a_1", "a_2"}
    assert held_ids(["page:two.txt#2", "page:two.txt#1"], articles) == {"a_2", "a_3"}
    assert held_ids([], articles) == set()


@pytest.mark.parametrize("name", ["s02", "page:none.html", "page:one.html#2", "page:one.html#0"])
def test_an_article_that_is_not_held_is_a_fault(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        held_ids([name], [_article("s01", "articles.jsonl"), _article("a_1", "one.html")])


def test_a_quote_is_right_by_article_and_words() -> None:
    assert is_right(_QUOTE, {"a1", "a2"}, ["eight lanes", "six lanes"])
    assert not is_right(_QUOTE, {"a2"}, ["six lanes"])
    assert not is_right(_QUOTE, {"a1"}, ["Six lanes"])
    assert not is_right(_QUOTE, {"a1"}, [])


def test_a_refused_question_is_a_wrong_one() -> None:
    outcomes = [
        _outcome("same", right=(False, True)),
        _outcome("time", right=(True,)),
        _outcome("same", refused=True),
        _outcome("cross", right=(False,)),
        _outcome("near_miss", refused=True),
        _outcome("near_miss", right=(False,)),
        _outcome("unanswerable", refused=True),
    ]
    assert [(one.hits, one.total) for one in bars(outcomes).values()] == [
        (2, 3),
        (0, 1),
        (1, 1),
        (1, 2),
        (1, 4),
    ]
    assert [one.found_first for one in outcomes[:3]] == [False, True, False]


def test_outcomes_survive_being_written() -> None:
    outcomes = [_outcome("same", right=(True, False)), replace(_outcome("cross", refused=True), id="g2")]
    assert from_json(to_json(outcomes)) == outcomes


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """The samples as ingest makes articles of them, without a model."""
    made = []
    for found in find_files(SAMPLES):
        ref = ref_of(found.path)
        for draft in extract(ref, read_file(found.path)):
            assert not isinstance(draft, RefusedError)
            made.append(finish(draft, origin=Origin("file", ref), now=_NOW))
    return made


@pytest.mark.parametrize("half", HALVES)
def test_every_answer_stands_in_one_of_its_articles(half: str, articles: list[Article]) -> None:
    body_of = {article.id: article.body for article in articles}
    faults = []
    for question in read_gold(half):
        bodies = [body_of[held] for held in held_ids(question.article_ids, articles)]
        stray = [one for one in question.answers if not any(clean_body(one) in body for body in bodies)]
        if stray or (question.kind in ("same", "time", "cross")) != bool(question.answers):
            faults.append(question.id)
    assert faults == []
