"""A follow-up completed from what was asked before it and what answered that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.newsroom import Newsroom
from rag.conversation import Cited, Conversation, Turn, turn_of
from rag.conversation.before import Before
from rag.conversation.carrying import carried_over
from rag.conversation.days import dated
from rag.conversation.reading import read_turn
from rag.conversation.topics import topic_of
from rag.errors import ModelUnavailableError
from rag.questions import LONGEST_QUESTION, kind_of
from rag.text import Word, question_language
from rag.words import WordSpace
from tests.unit.rag.news import NOW, article

TODAY = date(2026, 3, 20)
FERRY = "How many passengers died when the ferry sank near Dernan?"
FERRY_AR = "كم راكبا قتل في غرق العبّارة قرب ميناء درنان؟"


def _likeness(some: Sequence[Word], others: Sequence[Word]) -> list[list[float]]:
    """Say that cars and trucks are alike, and unemployment and inflation."""
    alike = ({"السيارات", "الشاحنات"}, {"unemployment", "inflation"})
    return [[float(any({a.written, b.written} <= pair for pair in alike)) for b in others] for a in some]


def _carried(turn: str, before: str) -> str:
    return carried_over(read_turn(turn), Before(before), TODAY, _likeness)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        (
            "How many bodies had the hospital received after the flood?",
            "bodies the hospital received after the flood",
        ),
        ("By how much did the crown fall after the cut?", "the crown fall after the cut"),
        ("Who won the Ostrel Marathon?", "won the Ostrel Marathon"),
        ("What is Velmar's unemployment rate?", "Velmar's unemployment rate"),
        ("Who led the owners in the cod case, and who is her brother?", "led the owners in the cod case"),
        ("كم بلغ عدد قتلى فيضان نهر مارن؟", "قتلى فيضان نهر مارن"),
        ("من هو رئيس وزراء فيلمار الذي حل البرلمان؟", "رئيس وزراء فيلمار الذي حل البرلمان"),
        ("القمر النورس-1 خرج من الخدمة ليه؟", "القمر النورس-1 خرج من الخدمة"),
        ("من نالت الجائزة الكبرى وما عمرها؟", "نالت الجائزة الكبرى"),
        ("When was that? (the ferry sank near Dernan)", "the ferry sank near Dernan"),
        (
            "How many of them were crew? (died, the ferry near Dernan)",
            "them were crew, the ferry near Dernan",
        ),
    ],
)
def test_what_a_question_is_about_is_its_words_without_those_that_ask(question: str, topic: str) -> None:
    assert topic_of(question) in (topic, topic.replace("them were ", ""))


@pytest.mark.parametrize(
    ("turn", "before", "whole"),
    [
        # one part of the question before makes room
        ("لماذا؟", "متى ستُجرى الانتخابات المبكرة في فيلمار؟", "لماذا ستُجرى الانتخابات المبكرة في فيلمار؟"),
        ("when was that?", "How did the dockers vote on the deal?", "When did the dockers vote on the deal?"),
        ("والشاحنات؟", "كم رسوم عبور السيارات على الجسر؟", "كم رسوم عبور الشاحنات على الجسر؟"),
        ("and inflation?", "What is Velmar's unemployment rate?", "What is Velmar's inflation rate?"),
        ("and before?", "What was the fee after the rise?", "What was the fee before the rise?"),
        ("وقبل الزيادة؟", "كم كانت الرسوم بعد الزيادة؟", "قبل الزيادة؟ (الرسوم بعد الزيادة)"),
        ("and on the 27th?", "Why was it put off on 19 February?", "Why was it put off on 27 February?"),
        (
            "and yesterday?",
            "Who spoke in the Kelvar inquiry on Monday?",
            "Who spoke in the Kelvar inquiry yesterday?",
        ),
        ("وأمس؟", "كم راكبا عبر ميناء درنان؟", "كم راكبا عبر ميناء درنان أمس؟"),
        # or what is unsaid stands in brackets
        ("and who said so?", FERRY, "Who said so? (passengers died when the ferry sank near Dernan)"),
        ("ومن أعلن ذلك؟", "كم بلغ عدد قتلى فيضان مارن؟", "من أعلن ذلك؟ (قتلى فيضان مارن)"),
        ("إمتى صار؟", "قديش عدد قتلى فيضان مارن؟", "إمتى صار؟ (قتلى فيضان مارن)"),
        (
            "what about the owner?",
            FERRY,
            "What about the owner? (passengers died when the ferry sank near Dernan)",
        ),
    ],
)
def test_a_follow_up_is_completed_by_rules(turn: str, before: str, whole: str) -> None:
    assert _carried(turn, before) == whole


@pytest.mark.parametrize(
    ("turn", "before"),
    [
        ("and who said so?", FERRY_AR),
        ("ومتى حدث ذلك؟", FERRY),
        ("when was that?", FERRY),
        ("وكم منهم من النساء؟", FERRY_AR),
        ("how much did it cost?", "When was the observatory on Mount Kelvar opened?"),
        ("وين؟", FERRY_AR),
        ("لماذا؟", FERRY_AR),
    ],
)
def test_language_and_kind_of_a_follow_up_stay_those_of_its_writer(turn: str, before: str) -> None:
    whole = _carried(turn, before)
    asked = whole.partition(" (")[0]
    assert question_language(asked) == question_language(turn)
    assert kind_of(whole) == kind_of(read_turn(turn).whole)


def test_where_the_languages_differ_a_title_in_the_writers_language_is_carried_instead() -> None:
    held = article("…", lang="ar", title="غرق عبّارة قرب ميناء درنان")
    whole = carried_over(read_turn("ومتى حدث ذلك؟"), Before(FERRY, held), TODAY, None)
    assert whole == "متى حدث ذلك؟ (غرق عبّارة قرب ميناء درنان)"
    english = carried_over(read_turn("and when was that?"), Before(FERRY_AR, held), TODAY, None)
    assert "درنان" in english


def test_a_question_that_says_little_brings_the_title_of_what_answered_it() -> None:
    held = article("…", title="Ferry sinks off Dernan")
    whole = carried_over(read_turn("and why?"), Before("what sank?", held), TODAY, None)
    assert whole == "Why? (sank, Ferry sinks off Dernan)"


def test_what_is_carried_does_not_grow_with_the_talk() -> None:
    question = FERRY
    for turn in (
        "who was arrested?",
        "what did he say about it?",
        "when was that?",
        "and why?",
        "who said so?",
    ) * 4:
        question = _carried(turn, question)
    assert len(question.split()) < 40
    assert "ferry sank near Dernan" in question


# Days


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("What happened yesterday?", "What happened on 2026-03-18?"),
        ("What did the mayor say on Tuesday?", "What did the mayor say on Tuesday?"),
        ("ماذا حدث أمس في درنان؟", "ماذا حدث 2026-03-18 في درنان؟"),
        ("Who won on 5 March 2026?", "Who won on 5 March 2026?"),
        ("Who won the race?", "Who won the race?"),
    ],
)
def test_a_day_means_the_same_on_the_next_one(question: str, later: str) -> None:
    assert dated(question, date(2026, 3, 19), date(2026, 3, 20)) == later
    assert dated(question, date(2026, 3, 19), date(2026, 3, 19)) == question


def test_a_weekday_is_named_by_its_date_when_it_came_again() -> None:
    assert dated("What did the mayor say on Tuesday?", date(2026, 3, 16), date(2026, 3, 17)) == (
        "What did the mayor say on 2026-03-10?"
    )


# In the newsroom


def _talk(newsroom: Newsroom) -> Conversation:
    return Conversation(newsroom.archive, newsroom._weigher.words)


def test_a_follow_up_is_answered_as_it_is_understood(newsroom: Newsroom) -> None:
    first = newsroom.ask(FERRY_AR, now=NOW)
    assert first.question.asked is None
    assert first.as_json()["understood"] is None
    answer = newsroom.ask("وما سبب ذلك؟", now=NOW, history=[turn_of(first)])
    assert any("عاصفة رملية" in citation.quote for citation in answer.citations)
    shape = answer.as_json()
    assert shape["question"] == "وما سبب ذلك؟"
    assert "غرق العبّارة" in shape["understood"]
    assert shape["language"] == "ar"


def test_a_follow_up_in_the_other_language_is_answered_in_it(newsroom: Newsroom) -> None:
    first = newsroom.ask("Who opened the observatory on Mount Kelvar?", now=NOW)
    answer = newsroom.ask("وكم كلف؟", now=NOW, history=[turn_of(first)])
    assert answer.question.lang == "ar"
    assert answer.question.asked == "وكم كلف؟"
    assert any("48 million" in citation.quote for citation in answer.citations)


def test_a_new_question_is_left_alone(newsroom: Newsroom) -> None:
    first = newsroom.ask(FERRY_AR, now=NOW)
    text = "And who opened the observatory on Mount Kelvar?"
    answer = newsroom.ask(text, now=NOW, history=[turn_of(first)])
    assert (answer.question.text, answer.question.asked) == (text, None)
    assert answer.claims == newsroom.ask(text, now=NOW, fresh=True).claims


def test_without_turns_before_it_nothing_is_a_follow_up(newsroom: Newsroom) -> None:
    assert _talk(newsroom).understood("and why?", [], NOW) is None


def test_a_greeting_is_nothing_to_follow_up_on(newsroom: Newsroom) -> None:
    turns = [Turn("hello", NOW), Turn("شكرا", NOW)]
    assert _talk(newsroom).understood("who won?", turns, NOW) is None
    assert "Kelvar" in str(
        _talk(newsroom).understood("and when?", [Turn("Who opened Mount Kelvar?", NOW), *turns], NOW)
    )


def test_a_question_that_would_be_too_long_is_left_as_it_is(newsroom: Newsroom) -> None:
    turn = "and why " + "so very " * 122 + "?"
    assert len(turn) < LONGEST_QUESTION
    assert _talk(newsroom).understood(turn, [Turn(FERRY, NOW)], NOW) is None


def test_an_earlier_turn_is_taken_up_where_its_words_are(newsroom: Newsroom) -> None:
    turns = [
        Turn("Why did tram drivers in Austrel strike?", NOW),
        Turn("Who opened the observatory on Mount Kelvar?", NOW),
    ]
    talk = _talk(newsroom)
    assert "Austrel" in str(talk.understood("back to the strike, how many joined it?", turns, NOW))
    assert "Kelvar" in str(talk.understood("how much did it cost?", turns, NOW))


def test_an_article_that_was_changed_or_removed_brings_nothing(newsroom: Newsroom) -> None:
    held = newsroom.archive.article("ferry-ar")
    good = Cited("ferry-ar", 0, 10, held.content_hash)
    changed = Cited("ferry-ar", 0, 10, "another")
    gone = Cited("nobody", 0, 10, "x")
    talk = _talk(newsroom)
    for cited, title in ((good, True), (changed, False), (gone, False)):
        whole = talk.understood("and why?", [Turn("من مات؟", NOW, cited)], NOW)
        assert whole is not None
        assert (held.title in talk.understood("وليش؟", [Turn("من مات؟", NOW, cited)], NOW)) is title  # type: ignore[operator]


def test_yesterday_of_a_turn_asked_yesterday_is_its_date(newsroom: Newsroom) -> None:
    turns = [Turn("What did the union of Austrel say yesterday?", NOW - timedelta(days=1))]
    whole = str(_talk(newsroom).understood("and who answered?", turns, NOW))
    assert "2026-03-18" in whole


class _Down(WordSpace):
    def __init__(self) -> None:
        """Hold nothing."""

    def vectors(self, written: Sequence[str]) -> object:  # type: ignore[override]
        raise ModelUnavailableError("lab/tiny", "cannot be reached")


def test_without_the_embedding_model_a_follow_up_is_understood_all_the_same(newsroom: Newsroom) -> None:
    talk = Conversation(newsroom.archive, _Down())
    assert talk.understood("ومن قال ذلك؟", [Turn(FERRY_AR, NOW)], NOW) == (
        "من قال ذلك؟ (راكبا قتل في غرق العبّارة قرب ميناء درنان)"
    )
    assert talk.understood("والسائقون؟", [Turn(FERRY_AR, NOW)], NOW) is not None
