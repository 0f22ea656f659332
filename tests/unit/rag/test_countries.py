"""Words that name a country, its people or its capital, in both languages."""

from __future__ import annotations

import pytest

from rag.countries import country_of


@pytest.mark.parametrize(
    "words",
    [
        "الروسية روسيا وروسيا للروس Russian Moscow موسكو",
        "أمريكا الأميركية والأمريكيين America Americans واشنطن",
        "ألمانيا المانيا والألمان بألمانيا German Berlin",
        "لبنان ولبنانية اللبنانيون Lebanese بيروت",
    ],
)
def test_words_of_one_country(words: str) -> None:
    assert len({country_of(word) for word in words.split()}) == 1
    assert country_of(words.split()[0]) is not None


def test_countries_are_told_apart() -> None:
    named = [country_of(word) for word in ("روسيا", "America", "بلغاريا", "Japan", "اليابان")]
    assert len(set(named)) == 4
    assert None not in named


@pytest.mark.parametrize(
    "word", ["بأن", "السيول", "كابل", "المالية", "us", "رياض", "والد", "مجرى", "", "2024"]
)
def test_words_that_name_none(word: str) -> None:
    assert country_of(word) is None
