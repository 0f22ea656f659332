"""Whether a sentence holds the kind of thing asked for."""

from __future__ import annotations

import pytest

from rag.answering.kinds import dates_in, holds, numbers_in, reasons_in
from rag.questions import Kind, read_question
from rag.retrieval import content_words
from tests.unit.rag.news import NOW


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("قتل سبعة عشر راكبا", ["سبعة", "عشر"]),
        ("وأصيب ٢٣ آخرون ومئتان من المارة", ["٢٣", "ومئتان"]),
        ("The telescope cost 48 million crowns", ["48", "million"]),
        ("It happened on 5 March 2026", []),
        ("وقع الحادث عام 2019", []),
        ("Nobody was hurt", []),
        ("بلغ السعر 35.5 درهما", ["35.5"]),
    ],
)
def test_numbers_are_found_in_digits_and_words_but_not_in_dates(text: str, numbers: list[str]) -> None:
    assert [span.of(text) for span in numbers_in(text)] == numbers


def test_a_number_that_the_question_brings_is_no_answer() -> None:
    asked = content_words(read_question("How many of the 900 drivers returned?", now=NOW))
    assert not holds(Kind.COUNT, "The 900 drivers returned.", asked)
    assert holds(Kind.COUNT, "Of the 900 drivers 420 returned.", asked)


@pytest.mark.parametrize(
    ("kind", "with_it", "without_it"),
    [
        (Kind.WHEN, "غرقت العبارة مساء الاثنين", "غرقت العبارة قرب الميناء"),
        (Kind.WHEN, "The ferry sank on Monday", "The ferry sank off Dernan"),
        (Kind.WHY, "أغلق الميناء بسبب العاصفة", "أغلق الميناء"),
        (Kind.WHY, "The port was shut because of a storm", "The port was shut"),
        (Kind.WHERE, "وقع الحادث في درنان", "وقع الحادث فجأة"),
        (Kind.WHERE, "It sank off Dernan", "It sank"),
        (Kind.WHO, "the observatory was opened by Ilsa Tornqvist", "the observatory was opened"),
        (Kind.AMOUNT, "It cost 48 crowns", "It was dear"),
        (Kind.OPEN, "Anything", ""),
    ],
)
def test_a_sentence_holds_a_thing_of_its_kind(kind: Kind, with_it: str, without_it: str) -> None:
    assert holds(kind, with_it, [])
    if kind is not Kind.OPEN:
        assert not holds(kind, without_it, [])


def test_spans_are_of_the_sentence_itself() -> None:
    text = "أُغلِق المـيناء بِسبب العاصفة مساء الاثنين"
    (reason,) = reasons_in(text)
    assert reason.of(text) == "بِسبب"
    assert any("الاثنين" in span.of(text) for span in dates_in(text))
