"""Causes are told from effects, and from what merely came before."""

from __future__ import annotations

import pytest

from rag.answering.causes import cause_told, is_cause, is_effect
from rag.types import Span


def span(sentence: str, words: str) -> Span:
    start = sentence.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The ships collided because one lost its steering.", "one lost its steering"),
        ("The deaths were caused by a drop in oxygen.", "a drop in oxygen"),
        ("وقال مصدر إن سبب الحادث خطأ ارتكبه المرشد.", "خطأ ارتكبه المرشد"),
        ("وحمّلت النقابة المسؤولية لتسرب كيميائي من مدبغة.", "كيميائي"),
        ("اندلع الحريق بسبب ماس كهربائي.", "ماس كهربائي"),
    ],
)
def test_what_stands_behind_words_of_cause_is_one(sentence: str, words: str) -> None:
    assert is_cause(sentence, span(sentence, words))
    assert not is_effect(sentence, span(sentence, words))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The ships collided, which led to an oil spill.", "an oil spill"),
        ("اصطدمت السفينتان، ما أدى إلى تسرب النفط.", "تسرب النفط"),
    ],
)
def test_what_came_of_it_is_no_cause(sentence: str, words: str) -> None:
    assert is_effect(sentence, span(sentence, words))


def test_what_was_only_reached_is_no_cause() -> None:
    sentence = "The toll rose after crews reached a blocked passage."
    assert not is_cause(sentence, span(sentence, "a blocked passage"))


def test_a_cause_is_told_with_the_rest_of_its_clause() -> None:
    sentence = "The deaths were caused by a drop in oxygen brought on by the heat, the minister said."
    assert cause_told(sentence, span(sentence, "a drop")) == "a drop in oxygen brought on by the heat"
    arabic = "حمّلت النقابة المسؤولية لتسرب كيميائي من مدبغة، نافية أن تكون الحرارة سببا."
    assert cause_told(arabic, span(arabic, "كيميائي")) == "كيميائي من مدبغة"
