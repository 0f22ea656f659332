"""With the embedding endpoint down, questions are searched by their words, and answers say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from rag.answering.model import EndpointModel
from rag.embedding import EndpointEmbedding
from tests.unit.rag.endpoint import KEY, Endpoint
from tests.unit.rag.news import NOW, settings_for
from tests.writing_model import KEY as WRITING_KEY
from tests.writing_model import serve_writing_model

QUESTION = "Who opened the observatory on Mount Kelvar?"


@pytest.fixture
def cut_off(newsroom: Newsroom, endpoint: Endpoint) -> Iterator[Newsroom]:
    """The newsroom with every story, its embedding model behind an endpoint that refuses."""
    embedder = EndpointEmbedding("status-401", endpoint.url, KEY)
    yield Newsroom(newsroom.settings, newsroom.archive, embedder, newsroom._calibration)
    embedder.close()


def test_what_stands_there_in_its_words_is_still_answered(cut_off: Newsroom) -> None:
    answer = cut_off.ask(QUESTION, now=NOW)
    assert (answer.status, answer.answerer, answer.degraded) == ("answered", "extractive", "lexical_only")
    assert "Ilsa Tornqvist" in answer.citations[0].quote
    assert answer.passages[0].chunk.article.id == "observatory-en"
    assert 0.5 <= answer.confidence <= 1


@pytest.mark.parametrize(
    "question", ["Who won the chess olympiad in Baku?", "Who is it?", "من فاز ببطولة الشطرنج؟"]
)
def test_what_does_not_is_refused_and_that_too_says_so(cut_off: Newsroom, question: str) -> None:
    answer = cut_off.ask(question, now=NOW)
    assert (answer.status, answer.degraded, answer.claims) == ("insufficient", "lexical_only", ())


def test_a_window_holds_by_words_too(cut_off: Newsroom) -> None:
    answer = cut_off.ask("How many tram drivers in Austrel stayed at home in November 2025?", now=NOW)
    assert {c.article.id for c in answer.citations} <= {"strike-old-en"}
    assert answer.passages[0].chunk.article.id == "strike-old-en"


def test_a_model_still_writes_from_what_the_words_found(cut_off: Newsroom, tmp_path: Path) -> None:
    with serve_writing_model() as served:
        for name, answerer in (("honest", "generative"), ("status-401", "extractive")):
            settings = settings_for(
                tmp_path, MODEL__NAME=name, MODEL__BASE_URL=served.url, MODEL__API_KEY=WRITING_KEY
            )
            model = EndpointModel(name, served.url, WRITING_KEY, seconds=20, most_output=300)
            room = Newsroom(settings, cut_off.archive, cut_off._embedder, cut_off._calibration, model)
            answer = room.ask(QUESTION, now=NOW)
            assert (answer.answerer, answer.degraded) == (answerer, "lexical_only")
            model.close()
