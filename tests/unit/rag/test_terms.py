"""The words of a text as search terms, and its language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text import detect_language, question_language, search_terms, spelling_variants, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("البنتاغون", "البنتاجون"),
        ("غوغل", "جوجل"),
        ("إنغلترا", "إنجلترا"),
    ],
)
def test_a_foreign_g_is_found_however_it_is_written(one: str, other: str) -> None:
    (first,), (second,) = search_terms(one), search_terms(other)
    assert second in spelling_variants(first)
    assert first in spelling_variants(second)


def test_short_words_and_words_full_of_such_letters_have_no_variants() -> None:
    assert spelling_variants("جبل") == ()
    assert spelling_variants("غجقكا") == ()
    assert spelling_variants("سمير") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرئيس الإيراني", "الرئیس الإیرانی"),
        ("والسفينة", "السفينة"),
        ("مُحَمَّد", "محمد"),
        ("1,250", "١٬٢٥٠"),
        ("2026", "۲۰۲۶"),
        ("Drivers striking", "driver strikes"),
        ("Café", "cafe"),
    ],
)
def test_one_word_in_two_spellings_is_one_term(one: str, other: str) -> None:
    assert search_terms(one) == search_terms(other)


def test_terms_come_in_order_with_repeats() -> None:
    assert search_terms("ship, harbour; ship") == ("ship", "harbour", "ship")


@settings(deadline=None)
@given(st.text(st.one_of(st.sampled_from("ابيی کـًُّ\u200cﻻ ٣۴5,.'’aBé"), st.characters()), max_size=60))
def test_a_word_stands_where_it_says(text: str) -> None:
    last = 0
    for word in words(text):
        assert word.span.start >= last
        assert word.written == word.span.of(text)
        assert search_terms(word.written) == (word.term,)
        last = word.span.end


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("غرقت عبّارة قرب الميناء", "ar"),
        ("وقعت شركة Nordbau عقدا مع الوزارة في رمانة", "ar"),
        ("The ferry sank off the coast of Dernan on Monday", "en"),
        ("Tram strike", "en"),
        ("این خبر از تهران است که برای مردم گفته شد", "fa"),
        ("یہ خبر ہے کہ میں نے اور سے سنا", "ur"),
        ("12.5 — 2026", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_text(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_a_question_in_both_scripts_is_answered_in_that_of_most_letters() -> None:
    assert question_language("كم بلغت كلفة مشروع Nordbau؟") == "ar"
    assert question_language("Who runs صدى?") == "en"
    assert question_language("2026?") == "en"
