"""What is accepted, changed and removed, and what refuses to be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from rag.archive import schema
from rag.archive.archive import Archive, open_archive
from rag.errors import (
    ArchiveError,
    DiskFullError,
    EmptyError,
    ModelMismatchError,
    UnknownArticleError,
    UnreadableError,
)
from rag.types import Precision
from tests.unit.archive.stories import calibration, embedded, query_for


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, calibration=calibration(), role="guest") as opened:
        yield opened


def _count(archive: Archive, table: sa.Table) -> int:
    with archive.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_an_article_comes_back_as_it_went_in(archive: Archive) -> None:
    story = embedded("a1", published="2026-03", precision=Precision.MONTH)
    assert archive.status_of("a1", story.article.content_hash) == "new"
    assert archive.add(story) == "added"
    assert archive.article("a1") == story.article
    assert archive.articles() == [story.article]
    assert archive.model == story.model


def test_the_same_content_is_held(archive: Archive) -> None:
    story = embedded("a1")
    archive.add(story)
    assert archive.status_of("a1", story.article.content_hash) == "held"
    assert archive.add(story) == "held"
    assert archive.lane_sizes() == {"ar": 0, "en": 2, "other": 0}


def test_other_content_under_the_same_id_is_a_new_version(archive: Archive) -> None:
    first, second = embedded("a1", ["One ship sank."]), embedded("a1", ["No ship sank.", "It was repaired."])
    archive.add(first)
    assert archive.status_of("a1", second.article.content_hash) == "changed"
    assert archive.add(second) == "changed"
    assert archive.article("a1") == second.article
    with archive.engine.connect() as connection:
        assert connection.scalars(sa.select(schema.versions.c.body)).all() == ["One ship sank."]
    assert [hit.score for hit in archive.lexical("en", ["one"], 5)] == []
    assert len(archive.lexical("en", ["sank"], 5)) == 1


def test_a_changed_language_moves_the_article_to_its_lane(archive: Archive) -> None:
    archive.add(embedded("a1", ["One ship sank."]))
    archive.add(embedded("a1", ["غرقت سفينة."], lang="ar"))
    assert archive.lane_sizes() == {"ar": 1, "en": 0, "other": 0}
    assert archive.add(embedded("a2", ["Ein Schiff sank."], lang="de")) == "added"
    assert archive.lane_sizes() == {"ar": 1, "en": 0, "other": 1}


def test_a_removed_article_is_in_no_answer_and_leaves_no_text(archive: Archive) -> None:
    story, other = embedded("a1"), embedded("a2", ["Nothing like it."])
    archive.add(story)
    archive.add(other)
    ids = [hit.chunk_id for hit in archive.dense("en", query_for(story), 10)]
    archive.remove("a1")
    assert [article.id for article in archive.articles()] == ["a2"]
    assert [hit.chunk_id for hit in archive.dense("en", query_for(story), 10)] == [
        chunk_id for chunk_id in ids if chunk_id in archive.chunks(ids)
    ]
    assert archive.lexical("en", ["harbour"], 5) == []
    assert [stored.article.id for stored in archive.chunks(ids).values()] == ["a2"]
    assert archive.status_of("a1", story.article.content_hash) == "new"
    for call in (archive.article, archive.remove):
        with pytest.raises(UnknownArticleError):
            call("a1")
    kept = archive.articles(include_removed=True)[0]
    assert (kept.id, kept.status, kept.body) == ("a1", "removed", "")
    assert _count(archive, schema.chunk_data) == 1


def test_a_removed_article_may_come_again(archive: Archive) -> None:
    story = embedded("a1")
    archive.add(story)
    archive.remove("a1")
    assert archive.add(story) == "added"
    assert archive.article("a1") == story.article
    assert archive.check().healthy


def test_what_a_killed_removal_left_is_purged_later(archive: Archive) -> None:
    archive.add(embedded("a1"))
    before = archive.lane_sizes()["en"]
    with archive.engine.begin() as connection:
        connection.execute(sa.update(schema.articles).values(status="removed"))
    assert archive.chunks([row.chunk_id for row in archive.lexical("en", ["harbour"], 5)]) == {}
    assert archive.check().chunks == 0
    archive._catalog.purge()
    assert before == 2
    assert _count(archive, schema.chunks) == _count(archive, schema.chunk_data) == 0
    assert archive.check().healthy


def test_unknown_articles_are_told_by_their_id(archive: Archive) -> None:
    with pytest.raises(UnknownArticleError) as caught:
        archive.article("a_missing")
    assert caught.value.subject == "a_missing"


def test_stored_chunks_hold_what_a_second_look_needs(archive: Archive) -> None:
    story = embedded("a1", lang="ar")
    archive.add(story)
    hit = archive.dense("ar", query_for(story, 1), 1)[0]
    stored = archive.chunks([hit.chunk_id, "c_unknown"])[hit.chunk_id]
    assert hit.score == pytest.approx(1.0, abs=1e-5)
    assert (stored.text, stored.sentences) == (story.chunks[1].text, story.chunks[1].sentences)
    np.testing.assert_array_equal(stored.vector, story.chunk_vectors[1])
    cosines = (stored.sentence_vectors * story.sentence_vectors[2:4]).sum(axis=1)
    assert stored.sentence_vectors.dtype == np.float32
    assert cosines.min() > 0.999


@pytest.mark.parametrize("other", [{"model": "another"}, {"dimension": 8}])
def test_vectors_of_another_model_are_refused(archive: Archive, other: dict[str, object]) -> None:
    archive.add(embedded("a1"))
    with pytest.raises(ModelMismatchError):
        archive.add(embedded("a2", **other))  # type: ignore[arg-type]  # one of two keywords
    assert [article.id for article in archive.articles()] == ["a1"]


def test_what_cannot_be_stored_is_refused_whole(archive: Archive) -> None:
    story = embedded("a1")
    with pytest.raises(EmptyError):
        archive.add(replace(story, chunks=(), chunk_vectors=story.chunk_vectors[:0], terms=()))
    with pytest.raises(ArchiveError, match="differ in number"):
        archive.add(replace(story, chunk_vectors=story.chunk_vectors[:1]))
    with pytest.raises(ArchiveError, match="finite"):
        archive.add(replace(story, chunk_vectors=story.chunk_vectors * np.nan))
    with pytest.raises(UnreadableError):
        archive.add(replace(story, article=replace(story.article, title="\ud800")))
    assert archive.articles() == []
    assert archive.model is None


def test_a_full_catalog_refuses_and_still_reads(archive: Archive) -> None:
    archive.add(embedded("a1"))
    with archive.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = embedded("a2", [f"Sentence number {number} of a long story." for number in range(400)])
    with pytest.raises(DiskFullError):
        archive.add(big)
    assert [article.id for article in archive.articles()] == ["a1"]
    assert len(archive.lexical("en", ["harbour"], 5)) == 1
    assert archive.check().healthy


def test_without_a_calibration_words_and_articles_work(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=None) as archive:
        archive.add(embedded("a1"))
        assert not archive.is_owner
        assert archive.sync() == 0
        assert len(archive.lexical("en", ["harbour"], 5)) == 1
        with pytest.raises(ArchiveError, match="without a calibration"):
            archive.dense("en", query_for(embedded("a1")), 3)


def test_threads_read_while_one_writes(archive: Archive) -> None:
    archive.add(embedded("a0"))
    done, failures = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            hits = archive.dense("en", query_for(embedded("a0")), 5)
            if not hits or hits[0].score < 0.999 or not archive.lexical("en", ["harbour"], 3):
                failures.append(hits)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        archive.add(embedded(f"a{number}", [f"Ship {number} came in.", f"It left on day {number}."]))
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert archive.lane_sizes()["en"] == 80
