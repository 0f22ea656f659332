"""Who is named by an answer, and whether two answers name different ones."""

from __future__ import annotations

import pytest

from rag.answering.naming import Named, named_in
from rag.types import Span


def named(sentence: str, answer: str) -> Named:
    at = sentence.index(answer)
    return named_in(sentence, Span(at, at + len(answer)))


_ARDENT = named("It is financed by a loan from Ardent Bank, aides said.", "Ardent Bank")
_RAFIDA = named("وسيأتي التمويل بقرض من مصرف الرافدة مساء الأحد.", "مصرف الرافدة")
_MINISTER = named("أمرت وزيرة الداخلية كيسن مساء الثلاثاء بإجلاء السكان.", "وزيرة الداخلية كيسن")
_DORA = named("They were moved by order of Dora Kessin.", "Dora Kessin")


def test_titles_and_offices_are_no_names() -> None:
    assert _ARDENT.names == ("Ardent",)
    assert named("The minister said so.", "The minister").names == ()


@pytest.mark.parametrize(("one", "other"), [(_ARDENT, _RAFIDA), (_DORA, _ARDENT)])
def test_different_names_are_others(one: Named, other: Named) -> None:
    assert one.is_other_than(other)
    assert other.is_other_than(one)


def test_a_name_is_itself_in_either_script_and_beside_a_title() -> None:
    assert not _DORA.is_other_than(_MINISTER)
    assert not _DORA.is_other_than(_DORA)


def test_where_nobody_is_named_nothing_is_told() -> None:
    nobody = named("The chair is held by a judge.", "a judge")
    assert not nobody.is_other_than(_DORA)
    assert not _DORA.is_other_than(nobody)


def test_a_name_is_found_in_a_text_of_the_other_script() -> None:
    assert _DORA.is_told_in("وقالت كيسن إن الإجلاء تم.")
    assert not _DORA.is_told_in("وقالت الشرطة إن الإجلاء تم.")
