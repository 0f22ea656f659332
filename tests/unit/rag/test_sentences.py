"""Where sentences end, in both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text import clean_body, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["انسحبت القوات الروسية.", "وأغلقت المعبر."],
        ["هل عاد القارب؟", "نعم عاد!", "وانتهى البحث۔", "ثم هدأ البحر…", "وعاد الصيادون."],
        ["قال الوزير: «انتهى الأمر.»", "ثم غادر القاعة."],
        ["بلغت الخسائر 3.5 ملايين.", "وارتفعت ٢.٧ في المئة."],
        ["وصل د. سامي الراوي إلى درنان.", "وغادر أ. نبيل."],
        ["He left.", "She stayed!", "Why?", "Nobody knows."],
        ["Dr. Holt paid $3.5 million to Mr. Vane.", "It was late."],
        ["J. K. Arden met U.S. officials on Jan. 5 at 6 p.m. in Austrel.", "They talked."],
        ['She said "We won."', "They left."],
        ["(It was over.)", "Nobody moved."],
        ['"Stop!" he said.', "Then he ran."],
        ["We waited... then left.", "It rained..."],
        ["Read velmar.example or mail desk@velmar.example today.", "Prices follow."],
        ["Version 2.10.3 is out.", "Get it."],
    ],
    ids=lambda parts: parts[0][:24],
)
def test_text_is_split_where_a_reader_would(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_arabic_prose_may_leave_the_space_out() -> None:
    assert split("انسحبت القوات الروسية.وأغلقت المعبر") == ["انسحبت القوات الروسية.", "وأغلقت المعبر"]
    assert split("قال «نعم».وأضاف") == ["قال «نعم».", "وأضاف"]
    assert split("Wait.for example.com") == ["Wait.for example.com"], "English never does"


def test_a_line_end_ends_a_sentence_and_marks_alone_are_none() -> None:
    assert split("عنوان بلا نقطة\nنص الخبر.") == ["عنوان بلا نقطة", "نص الخبر."]
    assert split("Really? !!! Yes.") == ["Really? !!!", "Yes."]
    assert split(" \n ") == []


@settings(deadline=None)
@given(st.text(st.one_of(st.sampled_from("ab AB..!?؟…»\"'\n اب3،"), st.characters()), max_size=80))
def test_sentences_cover_every_letter_once_and_in_order(raw: str) -> None:
    body = clean_body(raw)
    spans = sentences(body)
    covered: set[int] = set()
    for one, following in pairwise(spans):
        assert one.end <= following.start
    for span in spans:
        assert span.of(body) == span.of(body).strip() != ""
        covered.update(range(span.start, span.end))
    assert all(letter.isspace() for at, letter in enumerate(body) if at not in covered)
