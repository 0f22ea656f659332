"""An answer is given again while nothing it rests on has changed, and never otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text as sql

from rag.answering.remembered import Remembered
from rag.archive.archive import Archive, open_archive
from rag.questions import read_question
from rag.types import Answer, Citation, Claim, Question
from tests.unit.archive.stories import calibration, embedded
from tests.unit.rag.news import NOW, passage

QUESTION = "When did ship 1 come in?"


@dataclass
class Desk:
    """Answers from an archive, and counts how often."""

    archive: Archive
    most: int = 3
    degraded: str | None = None
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remembered = Remembered(self.archive, self.most)

    def ask(self, question: str = QUESTION, now: datetime = NOW, **fields: str) -> Answer:
        read = replace(read_question(question, now=now), **fields)  # type: ignore[arg-type]
        return self.remembered.answer(read, lambda: self._make(read))

    def _make(self, question: Question) -> Answer:
        self.made.append(question.text)
        held = self.archive.articles()
        if not held:
            return Answer(question, "insufficient", "extractive", 0.1)
        first = held[0]
        claim = Claim("According to it:", (Citation(1, first, 0, 4),))
        return Answer(
            question,
            "answered",
            "extractive",
            0.9,
            (claim,),
            passages=(passage(first),),
            degraded=self.degraded,
            timings_ms={"search": 5.0},
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_archive(tmp_path / "archive", calibration=calibration()) as archive:
        archive.add(embedded("ship", ["Ship 1 came in on Monday."]))
        yield Desk(archive)


def test_the_same_question_is_answered_once(desk: Desk) -> None:
    first, again = desk.ask(id="q1"), desk.ask(id="q2")
    assert len(desk.made) == 1
    assert again.claims == first.claims
    assert (again.question.id, again.question.text, again.timings_ms) == ("q2", QUESTION, {})
    assert again.as_json()["passages"] == first.as_json()["passages"]


@pytest.mark.parametrize(
    "same", ["When did ship 1 come in", " When  did ship ١ come in ?", "When did ship 1 come in؟"]
)
def test_letters_blanks_and_the_last_mark_make_no_other_question(desk: Desk, same: str) -> None:
    desk.ask()
    desk.ask(same)
    assert len(desk.made) == 1


@pytest.mark.parametrize(
    "other", ["When did ship 2 come in?", "when did Ship 1 come in?", "Did ship 1 come in?"]
)
def test_another_question_is_another(desk: Desk, other: str) -> None:
    desk.ask()
    desk.ask(other)
    assert len(desk.made) == 2


def test_language_and_day_are_part_of_the_question(desk: Desk) -> None:
    desk.remembered = Remembered(desk.archive, 10)
    desk.ask()
    desk.ask(lang="ar")
    desk.ask(now=NOW + timedelta(days=1))
    desk.ask(now=NOW.astimezone(ZoneInfo("Asia/Riyadh")))
    assert len(desk.made) == 4
    desk.ask(now=NOW + timedelta(hours=1))
    assert len(desk.made) == 4


def test_any_change_of_the_archive_ends_it(desk: Desk) -> None:
    desk.ask()
    desk.archive.add(embedded("other", ["A far article in Arabic."], lang="ar"))
    assert [len(desk.made), desk.ask().status, len(desk.made)] == [1, "answered", 2]
    desk.archive.add(embedded("ship", ["Ship 1 came in on Tuesday."]))
    assert desk.ask().citations[0].article.body == "Ship 1 came in on Tuesday."
    desk.archive.remove("ship")
    assert desk.ask().citations[0].article.id == "other"
    desk.archive.remove("other")
    assert desk.ask().status == "insufficient"
    assert len(desk.made) == 5


def test_a_change_by_another_process_ends_it(desk: Desk) -> None:
    desk.ask()
    with open_archive(desk.archive.directory, calibration=None, role="guest") as other:
        other.remove("ship")
    assert desk.ask().status == "insufficient"


def test_an_article_that_is_told_of_otherwise_ends_it(desk: Desk) -> None:
    desk.ask()
    with desk.archive.engine.begin() as connection:
        connection.execute(sql("UPDATE articles SET story_id = 'st1' WHERE id = 'ship'"))
    assert desk.ask().citations[0].article.story_id == "st1"


def test_what_was_not_there_is_asked_again_when_something_came(tmp_path: Path) -> None:
    with open_archive(tmp_path / "empty", calibration=calibration()) as archive:
        desk = Desk(archive)
        assert [desk.ask().status, desk.ask().status, len(desk.made)] == ["insufficient", "insufficient", 1]
        archive.add(embedded("ship", ["Ship 1 came in on Monday."]))
        assert desk.ask().status == "answered"


def test_a_degraded_answer_is_not_kept(desk: Desk) -> None:
    desk.degraded = "model_timeout"
    desk.ask()
    desk.degraded = None
    assert desk.ask().degraded is None
    assert len(desk.made) == 2


def test_what_changed_while_it_was_answered_is_not_kept(desk: Desk) -> None:
    question = read_question(QUESTION, now=NOW)

    def make() -> Answer:
        answer = desk._make(question)
        desk.archive.remove("ship")
        return answer

    assert desk.remembered.answer(question, make).status == "answered"
    assert desk.ask().status == "insufficient"


def test_it_is_bounded_and_the_oldest_unused_goes(desk: Desk) -> None:
    for question in ("Who is one?", "Who is two?", "Who is three?", "Who is one?", "Who is four?"):
        desk.ask(question)
    assert len(desk.made) == 4
    desk.ask("Who is one?")
    assert len(desk.made) == 4
    desk.ask("Who is two?")
    assert len(desk.made) == 5


def test_none_are_kept_where_none_may_be(tmp_path: Path) -> None:
    with open_archive(tmp_path / "none", calibration=calibration()) as archive:
        desk = Desk(archive, most=0)
        desk.ask()
        desk.ask()
        assert len(desk.made) == 2


def test_nobodys_words_are_kept(desk: Desk) -> None:
    desk.ask(asked="and when?", spoken="إمتى؟")
    kept = repr([(key, one.answer.question) for key, one in desk.remembered._kept.items()])
    assert "ship" not in kept
    assert "and when" not in kept
    assert "إمتى" not in kept
