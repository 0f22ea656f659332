"""Whether two answers in words say the same, in one language or across two."""

from __future__ import annotations

import pytest

from rag.answering.features import telling_words
from rag.answering.wording import Wordings
from rag.calibration import Calibration, shipped_calibration
from rag.embedding import PAIRED, open_embedding
from rag.words import WordSpace
from tests.unit.rag.news import WordsEmbedding


@pytest.fixture(scope="module")
def wordings() -> Wordings:
    embedder, calibration = open_embedding(PAIRED), shipped_calibration(PAIRED)
    assert calibration is not None
    return Wordings(embedder, calibration, WordSpace(embedder, calibration))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a gas leak in the cellar", "تسرب غاز في القبو"),
        ("because the driver fell asleep at the wheel", "لأن السائق غلبه النوم أثناء القيادة"),
        ("a short circuit in the kitchen", "the wiring of the kitchen short-circuited"),
    ],
)
def test_what_says_the_same_does_not_differ(wordings: Wordings, one: str, other: str) -> None:
    assert not wordings.differ(one, other)
    assert not wordings.differ(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a gas leak in the cellar", "إهمال سائق الشاحنة"),
        ("because the driver fell asleep at the wheel", "عطل في المكابح"),
        ("a short circuit in the kitchen", "an unpaid bill"),
    ],
)
def test_what_says_something_else_differs(wordings: Wordings, one: str, other: str) -> None:
    assert wordings.differ(one, other)
    assert wordings.differ(other, one)


def test_nothing_differs_by_a_model_that_was_not_measured() -> None:
    embedder, calibration = WordsEmbedding(), Calibration("words", {}, {}, {}, {}, {})
    assert not Wordings(embedder, calibration, WordSpace(embedder, calibration)).differ("a leak", "a drone")


def test_the_larger_share_of_the_words_that_agree_counts(wordings: Wordings) -> None:
    space = wordings._space
    long, short = (telling_words(text) for text in ("The old gas pipe under the hall leaked", "gas"))
    assert space.shared(long, short) == pytest.approx(1.0)
    assert space.shared(short, long) == pytest.approx(1.0)
    assert space.shared(short, []) == 0.0
