"""The days of a question: what is of them, and what is asked of an article printed on them."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.days import asked_of, is_printed_in, is_within
from rag.questions import read_question
from rag.types import TimeWindow
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
