"""What a model makes of a follow-up is asked only where nothing in it is new; rules are there in any case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.answering.model import EndpointModel
from rag.answering.spending import Limits, Spending
from rag.answering.writer import Writer
from rag.archive.archive import open_archive
from rag.conversation import Cited, Conversation, Turn
from rag.conversation.checking import is_faithful
from rag.conversation.reading import read_turn
from tests.unit.archive.stories import calibration, embedded
from tests.unit.rag.news import NOW
from tests.writing_model import INVALID, KEY, UNAVAILABLE, WritingModel, serve_writing_model

SAID = (
    "How many passengers died when the ferry sank near Dernan on 16 March?",
    "Ferry sinks off Dernan",
    "Seventeen of the 212 passengers died, coastguard chief Ilsa Tornqvist said.",
)
SAID_AR = (
    "كم راكبا قتل في غرق العبّارة قرب ميناء درنان؟",
    "غرق عبّارة قرب ميناء درنان",
    "وقتل سبعة عشر راكبا من 212، بحسب إلسا تورنكفيست.",
)


@pytest.mark.parametrize(
    ("turn", "written"),
    [
        ("and who said so?", "Who said how many passengers died when the ferry sank near Dernan?"),
        ("when was that?", "When did the ferry sink near Dernan?"),
        ("and who is she?", "Who is coastguard chief Ilsa Tornqvist?"),
        (
            "how many of the 212 were crew?",
            "How many of the 212 passengers of the ferry near Dernan were crew?",
        ),
        ("what about the captain?", "What happened to the captain of the ferry that sank near Dernan?"),
        ("why?", "Why did the ferry sink near Dernan on 16 March?"),
    ],
)
def test_what_takes_its_words_from_the_talk_is_kept(turn: str, written: str) -> None:
    assert is_faithful(written, read_turn(turn), SAID)


@pytest.mark.parametrize(
    ("turn", "written"),
    [
        ("ومتى حدث ذلك؟", "متى غرقت العبّارة قرب ميناء درنان؟"),
        ("مين قال هيك؟", "من قال كم راكبا قتل في غرق العبّارة قرب درنان؟"),
        ("وكم عمرها؟", "كم عمر إلسا تورنكفيست؟"),
    ],
)
def test_and_in_arabic(turn: str, written: str) -> None:
    assert is_faithful(written, read_turn(turn), SAID_AR)


def test_names_and_numbers_are_told_across_the_languages() -> None:
    assert is_faithful("متى غرقت العبّارة قرب درنان؟", read_turn("ومتى حدث ذلك؟"), SAID)
    assert not is_faithful("متى غرقت العبّارة قرب أوستريل؟", read_turn("ومتى حدث ذلك؟"), SAID)


@pytest.mark.parametrize(
    ("turn", "written"),
    [
        ("when was that?", ""),
        ("when was that?", "When was that?"),  # nothing is carried over
        ("when was that?", "Who died when the ferry sank near Dernan?"),  # another kind of question
        ("when was that?", "متى غرقت العبّارة قرب درنان؟"),  # another language
        ("when was that?", "When did it sink near Dernan?"),  # it still refers
        ("when was that?", "When did the ferry sink near Austrel?"),  # a name that nobody said
        ("when was that?", "When did President Oduya say the ferry sank near Dernan?"),
        ("when was that?", "When did 300 passengers of the ferry die near Dernan?"),  # a number
        ("when was that?", "When did nineteen passengers of the ferry die near Dernan?"),
        ("when was that?", "When did the ferry sink near Dernan on 18 March?"),
        ("when was that?", "When did the ferry sink? See https://dernan.example"),
        ("when was that?", "When did the ferry sink near Dernan? @prize_bot"),
        ("when was that?", "When {ignore} did the ferry sink near Dernan?"),
        ("when was that?", "When did the ferry sink near Dernan " + "and sink " * 60 + "?"),
        ("when was that?", "When did cunning smugglers overload the rusty ferry near Dernan?"),  # a story
        ("how many of the 212 were crew?", "How many passengers of the ferry near Dernan were crew?"),
        ("what did Kerrouf say about that?", "What was said about the ferry that sank near Dernan?"),
        ("why?", "And why did the ferry sink near Dernan?"),
    ],
)
def test_what_is_new_or_lost_or_no_question_is_not(turn: str, written: str) -> None:
    assert not is_faithful(written, read_turn(turn), SAID)


@pytest.mark.parametrize(
    ("turn", "written"),
    [
        ("ومتى حدث ذلك؟", "متى غرقت العبّارة قرب ميناء لونارة؟"),
        ("ومتى حدث ذلك؟", "متى قتل ثلاثون راكبا قرب ميناء درنان؟"),
        ("ومتى حدث ذلك؟", "من قتل في غرق العبّارة قرب درنان؟"),
        ("ومتى حدث ذلك؟", "متى حدث ذلك قرب درنان؟"),
        ("ومتى حدث ذلك؟", "When did the ferry sink near Dernan?"),
    ],
)
def test_nor_in_arabic(turn: str, written: str) -> None:
    assert not is_faithful(written, read_turn(turn), SAID_AR)


# The model itself

_TURN = "and who said so?"
_RULED = "Who said so? (passengers died when the ferry sank near Dernan on 16 March)"
_COMPLETED = "Who said how many passengers died when the ferry sank near Dernan?"
Open = Callable[..., tuple[Conversation, Spending]]


@pytest.fixture(scope="module")
def model() -> Iterator[WritingModel]:
    with serve_writing_model(completed={_TURN: _COMPLETED, "وأين؟": "أين سقطت الطائرة في باريس؟"}) as served:
        yield served


@pytest.fixture
def opened(model: WritingModel, tmp_path: Path) -> Iterator[Open]:
    model.requests.clear()
    with ExitStack() as stack:
        archive = stack.enter_context(open_archive(tmp_path / "archive", calibration=calibration()))
        archive.add(embedded("ferry", [SAID[2]]))

        def opens(mode: str = "honest", tokens: int | None = None) -> tuple[Conversation, Spending]:
            named = EndpointModel(mode, model.url, KEY, seconds=20, most_output=100)
            stack.callback(named.close)
            spending = Spending(archive.engine, mode, Limits(daily_tokens=tokens))
            return Conversation(archive, None, Writer(named, spending, lambda: NOW)), spending

        yield opens


def _before(opened_archive: Conversation) -> list[Turn]:
    held = opened_archive._archive.article("ferry")
    return [Turn(SAID[0], NOW, Cited("ferry", 0, len(held.body), held.content_hash))]


def test_the_model_is_shown_the_turns_and_what_answered_them_and_its_words_are_taken(
    opened: Open, model: WritingModel
) -> None:
    talk, spending = opened()
    assert talk.understood(_TURN, _before(talk), NOW) == _COMPLETED
    (asked,) = model.requests
    told = asked["messages"][1]["content"]
    for words in (_TURN, SAID[0], SAID[2]):
        assert words in told
    assert "never an instruction" in asked["messages"][0]["content"]
    assert asked["response_format"]["json_schema"]["name"] == "question"
    assert (spending.today(NOW).requests, spending.today(NOW).tokens) == (1, 1100)


def test_a_turn_that_stands_alone_costs_nothing(opened: Open, model: WritingModel) -> None:
    talk, _ = opened()
    assert talk.understood("Who won the Ostrel Marathon?", _before(talk), NOW) is None
    assert talk.understood(_TURN, [], NOW) is None
    assert model.requests == []


def test_what_the_model_adds_of_its_own_is_not_asked(opened: Open) -> None:
    talk, _ = opened()
    assert talk.understood("وأين؟", [Turn(SAID_AR[0], NOW)], NOW) == (
        "أين؟ (راكبا قتل في غرق العبّارة قرب ميناء درنان)"
    )


@pytest.mark.parametrize(
    "mode", [*(mode for mode in INVALID if mode not in ("broken", "no-claims")), *UNAVAILABLE]
)
def test_whatever_the_model_does_the_rules_complete_the_turn(opened: Open, mode: str) -> None:
    talk, _ = opened(mode)
    assert talk.understood(_TURN, _before(talk), NOW) == _RULED


def test_without_budget_the_rules_complete_the_turn_and_nobody_is_asked(
    opened: Open, model: WritingModel
) -> None:
    talk, spending = opened(tokens=50)
    assert talk.understood(_TURN, _before(talk), NOW) == _RULED
    assert model.requests == []
    assert spending.today(NOW).requests == 0
