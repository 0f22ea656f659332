"""The days of a question: what is of them, and what is asked of an article printed on them."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.days import asked_of, event_days, is_printed_in, is_within, with_event_days
from rag.questions import read_question
from rag.types import Answer, Citation, Claim, Span, TimeWindow
from tests.unit.rag.news import NOW, article, passage

_WEEK = TimeWindow(date(2026, 3, 9), date(2026, 3, 15))


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2026-03-08", False), ("2026-03-09", True), ("2026-03-16", True), ("2026-03-17", False)],
)
def test_news_of_a_day_is_printed_on_it_or_on_the_next(day: str, inside: bool) -> None:
    assert is_printed_in(article("The port opened.", published=day), _WEEK) is inside


def test_an_undated_article_is_printed_in_no_window() -> None:
    assert not is_printed_in(article("The port opened."), _WEEK)
    assert asked_of(read_question("Who spoke on 3 March?", now=NOW), article("A.")) == "Who spoke on 3 March?"


def test_a_sentence_beside_a_day_of_the_window_is_of_it() -> None:
    told = article(
        "The port opened. It was closed on 11 March. Wind was the reason. Nobody was hurt.",
        published="2026-03-20",
    )
    found = passage(told)
    within = [is_within(found, span, _WEEK) for span in found.chunk.sentences]
    assert within == [True, True, True, False]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What did the Bank of Velmar decide on 3 March?", "What did the Bank of Velmar decide?"),
        ("أي عقد وقّعته وزارة النقل في 3 مارس؟", "أي عقد وقّعته وزارة النقل؟"),
        ("من فاز يوم 3 مارس بالسباق؟", "من فاز بالسباق؟"),
        ("What happened on 3 March?", "What happened on 3 March?"),
    ],
)
def test_the_day_is_left_out_for_an_article_printed_on_it(question: str, left: str) -> None:
    asked = read_question(question, now=NOW)
    assert asked_of(asked, article("It spoke.", published="2026-03-04")) == left
    assert asked_of(asked, article("It spoke.", published="2026-03-10")) == asked.text


def test_days_that_are_coarser_than_the_window_do_not_count() -> None:
    told = article("Tolls rose this month. They rose in 2026. They rose on 11 March.", published="2026-03-20")
    found = passage(told)
    around = [is_within(found, span, _WEEK) for span in found.chunk.sentences[:1]]
    assert around == [False]
    month = TimeWindow(date(2026, 3, 1), date(2026, 3, 31))
    assert all(is_within(found, span, month) for span in found.chunk.sentences)


def _days(body: str, published: str | None) -> list[tuple[str, str, str, str, bool]]:
    told = event_days(article(body, published=published), Span(0, len(body)))
    return [
        (d["text"], d["from"], d["to"], d["precision"], d["approximate"]) for d in (t.as_json() for t in told)
    ]


def test_what_counts_from_the_publication_is_resolved_and_nothing_else() -> None:
    body = "The port opened on Sunday, a month ago or on 3 May 2019, and closes in 2027."
    assert _days(body, "2026-03-18") == [
        ("Sunday", "2026-03-15", "2026-03-15", "day", False),
        ("a month ago", "2026-02-01", "2026-02-28", "month", True),
    ]
    assert _days("وصل القارب أمس.", "2026-03-18") == [("أمس", "2026-03-17", "2026-03-17", "day", False)]


@pytest.mark.parametrize("published", [None, "2026", "2026-03"])
def test_without_a_day_of_publication_nothing_is_counted(published: str | None) -> None:
    assert _days("The port opened on Sunday.", published) == []


def test_an_answer_carries_the_days_of_each_quote() -> None:
    body = "It rained on Monday. It snowed yesterday."
    cited = (Citation(1, article(body, published="2026-03-18"), 0, 20),)
    answer = Answer(read_question("When?", now=NOW), "answered", "extractive", 0.9, (Claim("", cited),))
    (citation,) = with_event_days(answer).citations
    assert citation.as_json()["dates"] == [
        {"text": "Monday", "from": "2026-03-16", "to": "2026-03-16", "precision": "day", "approximate": False}
    ]
