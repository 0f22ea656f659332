"""What many chunks are compared by: read without their articles, and without going through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from rag.archive.archive import Archive, open_archive
from rag.archive.schema import IS_ACTIVE, articles
from tests.unit.archive.stories import embedded

WORDS = ["The harbour opened.", "Two ships came in.", "Nobody was hurt."]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, calibration=None) as opened:
        for name in ("e1", "e2", "e3"):
            opened.add(embedded(name, WORDS))
        opened.add(embedded("a1", ["وصلت السفينة."], lang="ar"))
        yield opened


def _ids(archive: Archive, lane: str, *terms: str) -> list[str]:
    return [hit.chunk_id for hit in archive.lexical(lane, terms, 100)]


def test_candidates_are_what_the_chunks_hold(archive: Archive) -> None:
    ids = _ids(archive, "en", "ships", "harbour")
    found = archive.candidates("en", [*reversed(ids), ids[0]])
    assert found is not None
    assert found.ids == list(reversed(ids))
    chunks = archive.chunks(found.ids)
    for place, (chunk_id, end) in enumerate(zip(found.ids, found.ends, strict=True)):
        chunk = chunks[chunk_id]
        assert np.array_equal(found.vectors[place], chunk.vector)
        own = found.sentence_vectors[end - len(chunk.sentences) : end]
        assert np.allclose(own, chunk.sentence_vectors)
        assert found.terms[place] == set(chunk.text.lower().rstrip(".").split())


def test_only_visible_chunks_of_the_lane_are_candidates(archive: Archive) -> None:
    english, arabic = _ids(archive, "en", "ships"), _ids(archive, "ar", "وصلت")
    assert len(english) == 3
    assert len(arabic) == 1
    archive.remove("e2")
    archive.add(embedded("e3", ["Ships sank."]))
    found = archive.candidates("en", [*english, *arabic, "unknown"])
    assert found is not None
    assert len(found.ids) == 1
    assert archive.candidates("en", arabic) is None
    assert archive.candidates("en", []) is None


def test_articles_asked_for_by_id_are_not_all_gone_through(archive: Archive) -> None:
    wanted = sa.select(articles.c.id).where(articles.c.id.in_(["e1", "e2"]), IS_ACTIVE)
    text = wanted.compile(archive.engine, compile_kwargs={"literal_binds": True})
    with archive.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert all("(id=?)" in row.detail for row in plan)
