"""The cleaning of a body, and the two foldings with their way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text import clean_body, clean_line, content_hash, fold, repair, search_fold
from rag.types import Span

_TELLING = (
    'ابتثيىةءأإآؤئکیگپـًٌَُِّْٰ\u200b\u200c\u200d\u200e\u200f\u202a\ufeff \n\t\r.،؟!…"«»0123٠١٢۳abcABé'
    "\u0301\u0654\ufefb\ufee1\ufdf2\u00ad\u2060\u3164\ufe0e\ufe0f❤\U0001f3f4\U000e0067\U000e007f"
)
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
prose = st.text(st.one_of(st.sampled_from(_TELLING), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  قال   الوزير\t\tاليوم  ", "قال الوزير اليوم"),
        ("one\r\n\r\n\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("\u202bوصل\u202c \u200fإلى\u200e \u2067درنان\u2069\u061c", "وصل إلى درنان"),
        ("\ufeffhar\x00bour\x9d", "harbour"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("cafe\u0301", "café"),
        ("ا\u0654", "أ"),
        ("\n \n", ""),
        ("said.\U000e0041\U000e0073\U000e0073 The", "said. The"),
        ("I\u200bg\u200bn\u200bo\u200br\u200be a\u200dn\u2060d co\u00adop", "Ignore and coop"),
        ("Ma\ufe0fr\ufe00e\u3164n ☀\ufe0f 1\ufe0f\u20e3", "Maren ☀\ufe0f 1\ufe0f\u20e3"),
        (f"{WALES}\U000e0041 won", f"{WALES} won"),
        ("می" + "\u200c\u200d" * 9 + "رود", "می\u200c\u200dرود"),
    ],
    ids=[
        *("spaces", "lines", "direction", "controls", "other-spaces", "accent", "hamza", "nothing"),
        *("tags", "between-letters", "selectors", "flag", "many-joiners"),
    ],
)
def test_a_body_is_cleaned(raw: str, cleaned: str) -> None:
    assert clean_body(raw) == cleaned


def test_zero_width_joiners_stay_inside_words_only() -> None:
    assert clean_body("نمی\u200cدانم \u200c, \u200dsea\u200d") == "نمی\u200cدانم , sea"
    assert clean_body("می\u200c\u200cرود") == "می\u200c\u200cرود"


def test_nothing_else_changes() -> None:
    body = "وصل الرئیس الإیرانی إلى کابل… «الیوم»، ١٢٫٥٪ ـــ مُحَمَّدٌ ﻻ ٱلْبَيْت"
    assert clean_body(body) == unicodedata.normalize("NFC", body)


def test_a_title_is_one_line() -> None:
    assert clean_line(" Ferry\r\nsinks \u200f off\nDernan ") == "Ferry sinks off Dernan"


@settings(deadline=None)
@given(prose)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    cleaned = clean_body(raw)
    assert clean_body(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(line != line.strip() or not line for line in cleaned.split("\n") if cleaned)
    assert "\n" not in clean_line(raw)


def test_repair_makes_persian_letters_tatweel_forms_and_digits_plain() -> None:
    assert repair("کابل وإیران") == "كابل وإيران"
    assert repair("الخبـــر ﻻﻡ") == "الخبر لام"
    assert repair("٢٠٢٦ ۲۰۲۶ ٣٫٥٪ ١٬٢٥٠") == "2026 2026 3.5% 1,250"
    assert repair("نمی\u200cدانم") == "نميدانم"
    assert repair("مُحَمَّد Café") == "مُحَمَّد Café", "vowel marks and case are the search folding's"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"),
        ("مدرسة على", "مدرسه علي"),
        ("مسؤول بيئة", "مسوول بييه"),
        ("CAFÉ", "cafe"),
        ("گاز پاریس", "كاز باريس"),
    ],
)
def test_words_that_readers_spell_differently_fold_together(one: str, other: str) -> None:
    assert search_fold(one) == other


@settings(deadline=None)
@given(prose)
def test_a_folded_copy_is_what_its_function_returns(text: str) -> None:
    assert fold(text).text == search_fold(text)
    assert fold(text, search=False).text == repair(text)
    assert search_fold(search_fold(text)) == search_fold(text)


@settings(deadline=None)
@given(prose, st.data())
def test_every_folded_stretch_leads_back_to_what_it_came_from(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    back = folded.original(Span(start, end))
    assert 0 <= back.start <= back.end <= len(text)
    # A ligature folds to several letters, so the way back may hold more than was asked, never less.
    assert folded.text[start:end] in search_fold(back.of(text))
    if start == end:
        assert back.start == back.end


def test_the_way_back_is_exact_over_letters_that_vanish_and_that_multiply() -> None:
    text = "قال مُـحَمَّد لا ﷲ أكبر"
    folded = fold(text)
    at = folded.text.index("محمد")
    assert folded.original(Span(at, at + 4)).of(text) == "مُـحَمَّد"
    at = folded.text.index("الله")
    assert folded.original(Span(at, at + 4)).of(text) == "ﷲ"
    assert folded.original(Span(len(folded.text), len(folded.text))) == Span(len(text), len(text))


def test_the_content_hash_sees_words_and_not_spelling() -> None:
    assert content_hash("خبر", "وصل الرئیس") == content_hash("خبر", "وصلَ الرئيس")
    assert content_hash("خبر", "وصل الرئيس") != content_hash("خبر", "غادر الرئيس")
    assert content_hash("ab", "c") != content_hash("a", "bc"), "a word that moves to the body is a change"
