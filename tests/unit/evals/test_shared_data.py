from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import Field

from rag.embedding import SiyaqEmbedding
from rag.types import Vector
from tests.evals.measures import Asked, Ranks
from tests.evals.shared_data import FILES, read_shared, two_language_figures
from tests.evals.trials import RememberingEmbedding


def _squad(*articles: list[list[str]]) -> dict[str, Any]:
    """Two paragraphs an article, each given by its questions."""
    return {
        "data": [
            {
                "paragraphs": [
                    {"context": f"About {questions}.", "qas": [{"question": one} for one in questions]}
                    for questions in article
                ]
            }
            for article in articles
        ]
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contents: dict[str, Any] = {
        "xquad-ar": _squad([["س١", "س٢"], ["س٣"]], [["س٤"], ["س٥", "س٦"]]),
        "xquad-en": _squad([["q1", "q2"], ["q3"]], [["q4"], ["q5", "q6"]]),
        "arcd": _squad(*[[[f"ع{number}"]] for number in range(4)]),
        "splits": {"splits": {"0": {"0-0": "ar", "0-1": "en", "1-0": "en", "1-1": "ar"}}},
    }
    for name, file in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(json.dumps(contents[name]), encoding="utf-8")
    return tmp_path


def test_four_directions_ask_one_language_and_hold_one(folder: Path) -> None:
    trials = {trial.name: trial for trial in read_shared(folder).directions()}
    assert list(trials) == ["xquad ar > ar", "xquad ar > en", "xquad en > ar", "xquad en > en"]
    across = trials["xquad ar > en"]
    assert {one.lang for one in across.held} == {"en"}
    assert [question.lang for _, question in across.questions()] == ["ar"] * 6
    assert {one.place for one in across.held} == {one.place for one in across.asked}


def test_a_paragraph_is_held_in_its_one_language(folder: Path) -> None:
    trial = read_shared(folder).two_language("0")
    assert [one.id for one in trial.held[:4]] == [
        "xquad-0-0-ar",
        "xquad-1-1-ar",
        "xquad-0-1-en",
        "xquad-1-0-en",
    ]
    assert [one.id for one in trial.held[4:]] == [f"arcd-{number}-0-ar" for number in range(4)]
    assert [question.lang for _, question in trial.questions()] == ["ar"] * 6 + ["en"] * 6


def test_the_short_form_asks_the_same_in_both_languages(folder: Path) -> None:
    trial = read_shared(folder).short()
    assert [paragraph.id for paragraph, _ in trial.questions()] == [
        "xquad-0-0-ar",
        "xquad-1-0-ar",
        "xquad-0-0-en",
        "xquad-1-0-en",
    ]
    assert [one.id for one in trial.held if one.source.startswith("arcd")] == ["arcd-0-0-ar", "arcd-3-0-ar"]


def test_figures_tell_where_the_evidence_is() -> None:
    asked = [
        Asked("0", "s", "ar", "ar", Ranks((1,), 1)),
        Asked("0", "s", "ar", "en", Ranks((6,), 1)),
        Asked("0", "s", "en", "en", Ranks((2,), 1)),
        Asked("0", "s", "en", "ar", Ranks((), 1)),
    ]
    figures = two_language_figures(asked)
    assert {name: one.mean for name, one in figures.items() if name.endswith("R@5")} == {
        "ar all R@5": 0.5,
        "ar same R@5": 1.0,
        "ar other R@5": 0.0,
        "en all R@5": 0.5,
        "en same R@5": 1.0,
        "en other R@5": 0.0,
    }


class _Counting(SiyaqEmbedding):
    """Counts the questions that it embeds."""

    asked: list[str] = Field(default_factory=list)

    @property
    def dimension(self) -> int:
        return 2

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_passages(self, texts: Any) -> Vector:
        return np.zeros((len(texts), 2), dtype=np.float32)

    def embed_questions(self, texts: Any) -> Vector:
        self.asked.extend(texts)
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_a_question_is_embedded_once() -> None:
    model = _Counting(model_name="m")
    remembering = RememberingEmbedding(model)
    vectors = remembering.embed_questions(["who", "where", "who"])
    assert vectors[:, 0].tolist() == [3, 5, 3]
    assert remembering.embed_questions(["where"]).tolist() == [[5, 1]]
    assert model.asked == ["who", "where"]
    assert (remembering.name, list(remembering.known)) == ("m", ["who", "where"])
