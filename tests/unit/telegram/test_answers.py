"""What the *Sources* button opens outlives the process, each quote once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.telegram.answers import Answers
from rag.archive.archive import open_archive
from rag.types import Answer, Article, Citation, Claim, Question

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


def test_a_quote_that_two_claims_rest_on_is_kept_once(tmp_path: Path) -> None:
    article = Article("a1", "T", "en", "The ferry ran. It was full.")
    first, second = Citation(1, article, 0, 14), Citation(2, article, 15, 27)
    claims = (Claim("It ran.", (first,)), Claim("It ran, and was full.", (first, second)))
    question = Question("q", "Did it run?", "en", NOW)
    answer = Answer(question, "answered", "generative", 0.9, claims)
    with open_archive(tmp_path, calibration=None) as archive:
        key = Answers(archive.engine).keep(7, answer, NOW)
    with open_archive(tmp_path, calibration=None) as archive:
        found = Answers(archive.engine).find(key, 7)
        assert Answers(archive.engine).find(key, 8) is None
    assert found is not None
    lang, places = found
    assert lang == "en"
    assert [(place.n, place.start, place.end) for place in places] == [(1, 0, 14), (2, 15, 27)]
    assert all(place.stands_in(article) for place in places)
