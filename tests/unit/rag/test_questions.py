"""A question read: its kind, its language, its content words and its days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rag.errors import UsageError
from rag.questions import LONGEST_QUESTION, Kind, is_asking_word, kind_of, read_question
from rag.retrieval import content_words
from tests.unit.rag.news import NOW


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (Kind.WHO, ["من فاز بالسباق؟", "مين فاز؟", "منو الوزير", "ما اسم القائد؟", "أي فريق فاز؟"]),
        (Kind.WHO, ["Who won?", "Which minister resigned?", "What is the name of the ship?"]),
        (Kind.WHEN, ["متى غرقت العبارة؟", "إمتى صار؟", "وقتيش سكّر؟", "شوكت صار", "في أي يوم وقع؟"]),
        (Kind.WHEN, ["When did it sink?", "On what date was it signed?"]),
        (Kind.WHERE, ["أين وقع الحادث؟", "وين صار؟", "فين المستشفى؟", "من أين جاء؟", "في أي مدينة؟"]),
        (Kind.WHERE, ["Where is it?", "In which city did they meet?"]),
        (Kind.COUNT, ["كم راكبا قتل؟", "كام واحد مات؟", "قديش عدد الجرحى؟", "شكم واحد", "ما عدد القتلى؟"]),
        (Kind.COUNT, ["How many drivers joined?", "What was the total?"]),
        (Kind.AMOUNT, ["بكم بيع البيت؟", "قديش سعر الخبز؟", "كم بلغت الخسائر؟", "ما سعر النفط؟"]),
        (Kind.AMOUNT, ["How much did it cost?", "What is the price of bread?", "How long is the bridge?"]),
        (Kind.WHY, ["لماذا أغلق الميناء؟", "ليش سكّروا؟", "ليه اتأخر؟", "علاش سدّو؟", "شو سبب الحريق؟"]),
        (Kind.WHY, ["Why was it shut?", "What caused the fire?"]),
        (Kind.OPEN, ["ماذا قال الوزير؟", "What did the minister say?", "الفيضان"]),
    ],
)
def test_the_kind_of_a_question(kind: Kind, asked: list[str]) -> None:
    assert {text: kind_of(text) for text in asked} == dict.fromkeys(asked, kind)


def test_diacritics_and_persian_letters_do_not_hide_the_kind() -> None:
    assert kind_of("مَتَى وصل؟") is Kind.WHEN
    assert kind_of("کم قتیلا سقط؟") is Kind.COUNT


def test_words_that_only_ask_are_no_content() -> None:
    question = read_question("كم راكبا قتل في غرق العبارة؟", now=NOW)
    assert [word.written for word in content_words(question)] == ["راكبا", "قتل", "غرق", "العبارة"]
    question = read_question("How many of the tram drivers joined the drivers' strike?", now=NOW)
    assert [word.written for word in content_words(question)] == ["tram", "drivers", "joined", "strike"]
    assert is_asking_word("أين")
    assert is_asking_word("Where")


@pytest.mark.parametrize(
    ("text", "day", "content"),
    [
        ("ماذا قال الوزير أمس؟", date(2026, 3, 19), ["قال", "الوزير"]),
        ("Who won yesterday?", date(2026, 3, 19), ["won"]),
        ("Who won on 5 March in Austrel?", date(2026, 3, 5), ["won", "Austrel"]),
        ("من فاز في 5 مارس في درنان؟", date(2026, 3, 5), ["فاز", "درنان"]),
    ],
)
def test_time_words_become_the_window_and_are_no_content(text: str, day: date, content: list[str]) -> None:
    question = read_question(text, now=NOW)
    assert question.window
    assert (question.window.start, question.window.end) == (day, day)
    assert [word.written for word in content_words(question)] == content


def test_the_window_is_of_the_askers_zone() -> None:
    late = datetime(2026, 3, 20, 1, 0, tzinfo=ZoneInfo("Asia/Riyadh"))
    question = read_question("What happened today?", now=late)
    assert question.window
    assert question.window.start == date(2026, 3, 20)


def test_the_text_is_cleaned_and_the_language_told_or_taken() -> None:
    question = read_question("  من\u200f فاز\n\nاليوم؟ ", now=NOW, question_id="q7")
    assert (question.id, question.text, question.lang) == ("q7", "من فاز اليوم؟", "ar")
    assert read_question("من فاز؟", now=NOW, lang="en").lang == "en"
    assert read_question("Who won?", now=NOW, lang="ar").lang == "ar"
    assert read_question("Who won?", now=NOW, lang="fr").lang == "en", "as its letters say"


@pytest.mark.parametrize("text", ["", "  \n", "؟?!", "\u200f\u200e"])
def test_nothing_asked_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="nothing"):
        read_question(text, now=NOW)


def test_a_question_has_a_longest() -> None:
    assert read_question("x" * LONGEST_QUESTION, now=NOW)
    with pytest.raises(UsageError, match=str(LONGEST_QUESTION)):
        read_question("x" * (LONGEST_QUESTION + 1), now=NOW)
