"""Quotes are found word for word or not at all, whatever kind of marks and digits they come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.locating import locate, whole_sentences
from rag.text import clean_body, sentences
from rag.types import Span

BODY = clean_body(
    "قال المدير: «سنفتح الجسر في ٢٠٢٨، بكلفة ٤١٠ ملايين دينار». ورفض التعليق على التأخير.\n"
    "The minister denied that the bridge would close on 12 May. “It's open,” she said. The bridge is open."
)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("سنفتح الجسر في ٢٠٢٨", "سنفتح الجسر في ٢٠٢٨"),
        ("سنفتح الجسر في 2028، بكلفة 410 ملايين دينار", "سنفتح الجسر في ٢٠٢٨، بكلفة ٤١٠ ملايين دينار"),
        ('"سنفتح  الجسر\nفي 2028"', "سنفتح الجسر في ٢٠٢٨"),
        ("سنفتح الجســر فی 2028", "سنفتح الجسر في ٢٠٢٨"),
        ('"It\u2019s open," she said.', "It's open,” she said."),
        ("على التأخير. The minister denied", "على التأخير.\nThe minister denied"),
        ("\u200fسنفتح الجسر\u200e", "سنفتح الجسر"),
    ],
)
def test_a_quote_is_found_whatever_its_marks_and_digits(quote: str, stands: str) -> None:
    found = locate(quote, BODY)
    assert found is not None
    assert found.of(BODY) == stands


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "  ”",
        "bridge",  # one word stands anywhere
        "the bridge would close on 13 May",
        "the bridge … 12 May",
        "The minister denied the bridge would close",
        "idge would close",  # cuts a word
        "bridge would clos",
        "the Bridge would close",
        "سنفتح الجسر في 20",
    ],
)
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert locate(quote, BODY) is None


def test_of_several_places_the_one_that_was_shown_is_taken() -> None:
    body = "The bridge is open. Rain fell. The bridge is open."
    later = Span(20, len(body))
    found = locate("The bridge is open", body, [later])
    assert found is not None
    assert found.start == 31
    assert locate("The bridge is open", body, [Span(20, 30)]) == Span(0, 18)


def test_half_a_sentence_is_shown_whole() -> None:
    half = locate("the bridge would close on 12 May", BODY)
    assert half is not None
    whole = whole_sentences(BODY, half)
    assert whole is not None
    assert whole.of(BODY) == "The minister denied that the bridge would close on 12 May."


def test_a_passage_is_no_quote() -> None:
    body = "One fell. Two fell. Three fell. Four fell."
    assert whole_sentences(body, Span(0, 31)) == Span(0, 31)
    assert whole_sentences(body, Span(0, len(body))) is None
    assert whole_sentences("word " * 400, Span(0, 20)) is None


WORDS = st.lists(st.sampled_from(["جسر", "bridge", "٢٠٢٨", "«نعم»", "it's", "12.5", "ﻻ", "a"]), min_size=3)


@given(WORDS, st.data())
def test_every_run_of_words_is_found_where_it_reads_the_same(words: list[str], data: st.DataObject) -> None:
    body = clean_body(" ".join(words))
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    quote = clean_body(" ".join(words[first:last]))
    found = locate(quote, body)
    assert found is not None
    assert found.of(body).strip("«»'") == quote.strip("«»'")
    whole = whole_sentences(body, found)
    if whole is not None:
        assert whole.start <= found.start < found.end <= whole.end
        assert any(whole.start == one.start for one in sentences(body))
