"""The shared values: days of a date, the answer's shape."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rag.questions import read_question
from rag.types import Answer, Citation, Claim, Precision, Published, Span, TimeWindow, lane_of
from tests.unit.rag.news import NOW, article, passage


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2026-03-09T23:30:00+03:00", Precision.INSTANT, date(2026, 3, 9), date(2026, 3, 9)),
        ("2026-03-09", Precision.DAY, date(2026, 3, 9), date(2026, 3, 9)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", Precision.MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        ("2025", Precision.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_date_covers_the_days_it_may_stand_for(
    text: str, precision: Precision, first: date, last: date
) -> None:
    published = Published(text, precision, text, "given")
    assert (published.first_day, published.last_day) == (first, last)


def test_every_language_has_a_lane() -> None:
    assert [lane_of(lang) for lang in ("ar", "en", "fr", "fa", "und")] == [
        "ar",
        "en",
        "other",
        "other",
        "other",
    ]


def test_an_open_window_says_so() -> None:
    assert TimeWindow(None, date(2026, 3, 1)).as_json() == {"from": None, "to": "2026-03-01"}


def test_a_citation_quotes_the_body_and_nothing_else() -> None:
    body = "وصل القارب. ثم غادر."
    shape = Citation(1, article(body, lang="ar"), 0, 11).as_json()
    assert shape["quote"] == body[shape["start"] : shape["end"]] == "وصل القارب."


def test_as_of_is_the_newest_date_cited() -> None:
    question = read_question("Who won?", now=NOW)
    cited = [
        Citation(at, article("It was.", article_id=str(at), published=day), 0, 7)
        for at, day in enumerate(["2026-03-01", "2026-03-12", None])
    ]
    answer = Answer(question, "answered", "extractive", 0.8, (Claim("", tuple(cited)),))
    assert answer.as_of == "2026-03-12"
    assert Answer(question, "answered", "extractive", 0.8, (Claim("", (cited[2],)),)).as_of is None


def test_an_insufficient_answer_keeps_its_shape() -> None:
    of = article("It was.", published="2026-03-01", outlet="Velmar Courier")
    question = read_question("Who won yesterday?", now=NOW)
    answer = Answer(
        question, "insufficient", "extractive", 0.123456, nearest=(of,), passages=(passage(of, 1.23456),)
    )
    shape = answer.as_json()
    assert shape["claims"] == []
    assert shape["as_of"] is None
    assert shape["confidence"] == 0.1235
    assert shape["window"] == {"from": "2026-03-19", "to": "2026-03-19"}
    assert shape["nearest"][0]["article_id"] == "a1"
    assert shape["passages"] == [{"article_id": "a1", "start": 0, "end": 7, "lang": "en", "score": 1.2346}]
    assert set(shape) >= {"id", "question", "language", "asked_at", "status", "answerer", "degraded"}


def test_a_span_is_half_open() -> None:
    assert Span(1, 3).of("abcd") == "bc"


@pytest.mark.parametrize(
    ("question", "days", "age", "stale"),
    [
        ("What is the latest toll?", ["2026-03-01", "2026-03-13"], 7, False),
        ("What is the latest toll?", ["2026-03-12", None], 8, True),
        ("What is the latest toll?", [None], None, True),
        ("What is the latest toll?", ["2026-03-21"], 0, False),
        ("What is the latest toll?", ["2026-03"], 19, True),
        ("What was the toll?", ["2019-01-01"], 2635, False),
    ],
)
def test_an_answer_about_now_says_when_its_newest_evidence_is_old(
    question: str, days: list[str | None], age: int | None, stale: bool
) -> None:
    cited = tuple(
        Citation(at, article("It was.", article_id=str(at), published=day), 0, 7)
        for at, day in enumerate(days)
    )
    answer = Answer(read_question(question, now=NOW), "answered", "extractive", 0.8, (Claim("", cited),))
    shape = answer.as_json()
    assert (shape["evidence_age_days"], shape["stale"]) == (age, stale)


def test_what_is_not_answered_is_not_stale() -> None:
    answer = Answer(read_question("What is the latest?", now=NOW), "insufficient", "extractive", 0.1)
    assert answer.as_json()["stale"] is False
    assert answer.as_json()["other_days"] is False


@pytest.mark.parametrize(
    ("text", "precision", "instant"),
    [
        ("2026-03-09T23:30:00+03:00", Precision.INSTANT, datetime(2026, 3, 9, 20, 30, tzinfo=UTC)),
        ("2026-03-09", Precision.DAY, datetime(2026, 3, 9, 12, tzinfo=UTC)),
        ("2026-03", Precision.MONTH, None),
    ],
)
def test_a_moment_is_told_down_to_the_day(text: str, precision: Precision, instant: datetime | None) -> None:
    assert Published(text, precision, text, "given").instant == instant
