"""An article's story is kept through whatever happens to the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from rag.archive.archive import Archive, open_archive
from rag.archive.backup import back_up
from rag.archive.restoring import restore
from rag.types import EmbeddedArticle, Precision
from tests.unit.archive.stories import calibration, embedded, query_for


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", calibration=calibration(), role="guest") as opened:
        yield opened


def of_story(
    story: str | None, article_id: str, sentences: Sequence[str] = ("One ship sank.",), **fields: object
) -> EmbeddedArticle:
    ready = embedded(article_id, sentences, **fields)  # type: ignore[arg-type]  # fields of embedded
    return replace(ready, article=replace(ready.article, story_id=story))


def test_a_changed_article_and_one_that_comes_back_keep_their_story(archive: Archive) -> None:
    archive.add(of_story("s1", "a1"))
    archive.add(of_story(None, "a1", ["Two ships sank."]))
    assert archive.article("a1").story_id == "s1"
    archive.remove("a1")
    assert archive.story_of("a1") == "s1"
    assert archive.articles_of_story("s1", 5) == []
    archive.add(of_story(None, "a1", ["No ship sank."]))
    assert archive.article("a1").story_id == "s1"


def test_a_story_outlives_a_backup(archive: Archive, tmp_path: Path) -> None:
    archive.add(of_story("s1", "a1"))
    back_up(archive.directory, tmp_path / "copy.sqlite")
    restore(tmp_path / "copy.sqlite", tmp_path / "elsewhere", now=datetime(2026, 3, 20, tzinfo=UTC))
    with open_archive(tmp_path / "elsewhere", calibration=calibration(), role="guest") as again:
        assert again.article("a1").story_id == "s1"


def test_a_story_is_given_once_and_to_the_oldest_first(archive: Archive) -> None:
    archive.add(of_story(None, "old"))
    archive.add(of_story("s1", "has"))
    archive.add(of_story(None, "new"))
    waiting = archive.leads_without_story(5)
    assert [lead.article.id for lead in waiting] == ["old", "new"]
    assert [lead.article.id for lead in archive.leads_without_story(1)] == ["old"]
    archive.give_story("old", "s2")
    archive.give_story("old", "s3")
    archive.give_story("has", "s3")
    assert (archive.story_of("old"), archive.story_of("has")) == ("s2", "s1")
    assert archive.story_of("nobody") is None


def test_a_lead_is_the_first_chunk(archive: Archive) -> None:
    ready = of_story("s1", "a1", ["The lead.", "The rest."])
    archive.add(ready)
    (lead,) = archive.leads_of_story("s1", 5)
    assert lead.article.id == "a1"
    np.testing.assert_allclose(lead.vector, ready.chunk_vectors[0])


def test_the_stories_of_a_ranking_come_in_its_order(archive: Archive) -> None:
    stories = [
        of_story("s1", "a1", ["A ship."]),
        of_story("s2", "a2", ["A tram."]),
        of_story(None, "a3", ["A bus."]),
    ]
    for one in stories:
        archive.add(one)
    hits = archive.dense("en", query_for(stories[1]), 3)
    found = archive.stories_of_chunks([hit.chunk_id for hit in hits])
    assert found[0] == "s2"
    assert sorted(found) == ["s1", "s2"]
    archive.remove("a2")
    assert archive.stories_of_chunks([hit.chunk_id for hit in hits]) == ["s1"]


def test_the_last_of_a_story_come_first(archive: Archive) -> None:
    for number in range(4):
        archive.add(of_story("s1", f"a{number}", [f"Ship {number} sank."]))
    assert [one.id for one in archive.articles_of_story("s1", 2)] == ["a3", "a2"]
    assert [one.article.id for one in archive.leads_of_story("s1", 2)] == ["a3", "a2"]


def test_the_chunks_of_articles_come_article_by_article(archive: Archive) -> None:
    archive.add(of_story("s1", "a1", ["The lead.", "The rest."]))
    archive.add(of_story("s1", "a2", ["Another lead."]))
    assert [(chunk.article.id, chunk.text) for chunk in archive.chunks_of(["a2", "a1", "nobody"])] == [
        ("a2", "Another lead."),
        ("a1", "The lead."),
        ("a1", "The rest."),
    ]


def test_what_was_printed_between_two_days_is_found_by_what_is_known_of_its_day(archive: Archive) -> None:
    archive.add(of_story("s1", "day", published="2026-03-10"))
    archive.add(of_story("s1", "month", published="2026-03", precision=Precision.MONTH))
    archive.add(of_story("s1", "later", published="2026-03-12"))
    archive.add(of_story("s1", "undated"))
    found = archive.printed_between(date(2026, 3, 9), date(2026, 3, 11))
    assert [one.id for one in found] == ["day", "month"]
