"""The newest of what answers, where a question asks how things stand now, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.newsroom import Newsroom, open_newsroom
from rag.answering.newest import newer_than_best, newest_first
from rag.dates import asks_for_latest
from rag.questions import read_question
from rag.types import TimeWindow
from tests.unit.rag.news import NOW, article, evidence, passage, settings_for


@pytest.mark.parametrize(
    "question",
    [
        "ما آخر حصيلة للضحايا؟",
        "شو آخر الأخبار عن الإضراب؟",
        "كم سعر الخبز في آخر نشرة؟",
        "ما أحدث توقعات البنك؟",
        "كم بلغ عدد القتلى حتى الآن؟",
        "قديش صار سعر الربطة هلأ؟",
        "من هو رئيس البلدية الحالي؟",
        "هل لا يزال المعبر مغلقا؟",
        "What is the latest on the strike?",
        "How many have died so far?",
        "Who is the current mayor?",
        "Is the road still closed?",
        "Has he resigned yet?",
        "Any news about the ferry?",
    ],
)
def test_it_asks_how_things_stand_now(question: str) -> None:
    assert asks_for_latest(question)
    assert read_question(question, now=NOW).latest


@pytest.mark.parametrize(
    "question",
    [
        "متى افتتح الجسر؟",
        "هل زار بلدا آخر غير مصر؟",
        "ماذا حدث في آخر ثلاثة أيام؟",
        "من سجل في آخر المباراة؟",
        "متى كانت آخر مرة فاز فيها؟",
        "هل أحدثت العاصفة أضرارا؟",
        "ما خطة الوزارة للعام الحالي؟",
        "When was the bridge opened?",
        "How strong was the current?",
        "What happened in the last week?",
    ],
)
def test_it_does_not(question: str) -> None:
    assert not asks_for_latest(question)


def test_the_newest_of_what_answers_stands_in_front_and_undated_articles_are_never_new() -> None:
    found = [
        evidence(article("Nine died.", article_id="undated"), 0.8),
        evidence(article("Three died.", article_id="old", published="2026-03-01"), 0.7),
        evidence(article("Seven died.", article_id="new", published="2026-03-12"), 0.5),
        evidence(article("It rained.", article_id="off", published="2026-03-18"), 0.3),
    ]
    latest, quotable = newest_first(read_question("What is the latest toll?", now=NOW), found)
    assert [one.passage.chunk.article.id for one in latest] == ["new", "old", "undated", "off"]
    assert quotable == 3, "what is newer and about something else is not quoted"
    assert newest_first(read_question("What was the toll?", now=NOW), found) == (found, 4)


def test_what_was_printed_since_is_searched_for() -> None:
    found = [passage(article("Three died.", published="2026-03-01"))]
    asked = read_question("What is the latest toll?", now=NOW)
    assert newer_than_best(asked, found) == TimeWindow(date(2026, 3, 2), date(2026, 3, 20))
    assert newer_than_best(asked, [passage(article("Three died."))]) is None
    assert newer_than_best(asked, [passage(article("Three died.", published="2026-03-20"))]) is None
    assert newer_than_best(asked, []) is None
    assert newer_than_best(read_question("What was the toll?", now=NOW), found) is None
    assert newer_than_best(read_question("What is the latest toll of March?", now=NOW), found) is None


@pytest.fixture
def tolls(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom with a toll that rises from article to article, and one without a date."""
    stories = tmp_path / "tolls.jsonl"
    rows = [
        ("first", "2026-03-02", "A landslide in Kerval killed 14 people, rescuers said."),
        ("second", "2026-03-06", "The landslide in Kerval killed 23 people, rescuers said on Thursday."),
        ("third", None, "The landslide in Kerval killed 19 people, according to rescuers."),
    ]
    lines = [
        json.dumps(
            {"id": name, "title": "Landslide in Kerval", "outlet": name, "published": day, "text": text}
        )
        for name, day, text in rows
    ]
    stories.write_text("\n".join(lines), encoding="utf-8")
    with open_newsroom(settings_for(tmp_path / "archive")) as opened:
        assert not opened.ingest([stories], now=NOW).refused
        yield opened


def test_the_latest_toll_is_the_newest_and_its_age_is_said(tolls: Newsroom) -> None:
    answer = tolls.ask("What is the latest death toll of the landslide in Kerval?", now=NOW)
    assert [citation.article.id for citation in answer.citations][:2] == ["second", "first"]
    assert (answer.as_of, answer.evidence_age_days, answer.stale) == ("2026-03-06", 14, True)
    assert [(day.text, day.first) for day in answer.citations[0].days] == [("Thursday", date(2026, 3, 5))]


def test_a_window_with_nothing_in_it_is_refused_and_other_days_are_named(tolls: Newsroom) -> None:
    question = "How many people did the landslide in Kerval kill on 18 March?"
    answer = tolls.ask(question, now=NOW)
    assert (answer.status, answer.other_days) == ("insufficient", True)
    assert {one.id for one in answer.nearest} <= {"first", "second"}
    assert answer.nearest
    inside = tolls.ask("How many people did the landslide in Kerval kill on 2 March?", now=NOW)
    assert (inside.status, inside.other_days) == ("answered", False)
