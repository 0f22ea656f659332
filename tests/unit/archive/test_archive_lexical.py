"""The ranking by words: BM25 as written down, and nothing that a user can turn into syntax."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.archive.archive import Archive, open_archive
from rag.archive.lexical import K1, B, term_line
from rag.types import TimeWindow
from tests.unit.archive.stories import embedded

STORIES = {
    "a1": ["the crane fell into the harbour", "the harbour was closed for a day"],
    "a2": ["a crane crane crane was bought", "ships left the harbour of sella"],
    "a3": ["nobody was hurt"],
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, calibration=None) as opened:
        for article_id, sentences in STORIES.items():
            opened.add(embedded(article_id, sentences))
        yield opened


def _bm25(terms: list[str]) -> dict[str, float]:
    texts = {text: text.split() for sentences in STORIES.values() for text in sentences}
    mean = sum(map(len, texts.values())) / len(texts)
    scores: dict[str, float] = {}
    for text, words in texts.items():
        for term, times in Counter(terms).items():
            n, tf = sum(term in other for other in texts.values()), words.count(term)
            weight = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            score = times * weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(words) / mean))
            if score:
                scores[text] = scores.get(text, 0.0) + score
    return scores


@pytest.mark.parametrize(
    "terms", [["crane"], ["the", "harbour"], ["crane", "harbour", "crane"], ["hurt", "x"]]
)
def test_scores_are_bm25(archive: Archive, terms: list[str]) -> None:
    hits = archive.lexical("en", terms, 10)
    chunks = archive.chunks([hit.chunk_id for hit in hits])
    found = {chunks[hit.chunk_id].text: hit.score for hit in hits}
    assert found == pytest.approx(_bm25(terms))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_lane_of_one_chunk_still_has_a_score(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=None) as archive:
        archive.add(embedded("a1", ["one crane"]))
        assert archive.lexical("en", ["crane"], 3)[0].score > 0.2


def test_only_the_best_are_returned(archive: Archive) -> None:
    best = archive.lexical("en", ["the", "crane"], 2)
    assert best == archive.lexical("en", ["the", "crane"], 10)[:2]
    assert archive.lexical("en", ["the"], 0) == []


def test_frequencies_count_chunks(archive: Archive) -> None:
    assert archive.document_frequencies("en", ["harbour", "crane", "ship", "", "Harbour"]) == {
        "harbour": 3,
        "crane": 2,
        "ship": 0,
        "": 0,
        "Harbour": 3,
    }
    assert archive.document_frequencies("ar", ["harbour"]) == {"harbour": 0}


def test_no_terms_no_hits(archive: Archive) -> None:
    assert archive.lexical("en", [], 5) == []
    assert archive.lexical("en", ["", "-", " ", '"'], 5) == []


@pytest.mark.parametrize(
    "term",
    ['"', "crane OR nobody", "NEAR(crane nobody)", "cra*", "-crane", "terms:crane", "^crane", "';--", "\0"],
)
def test_words_are_never_syntax(archive: Archive, term: str) -> None:
    assert len(archive.lexical("en", [term], 10)) <= 2
    assert archive.check().healthy


def test_changes_and_removals_are_seen_by_words(archive: Archive) -> None:
    archive.add(embedded("a3", ["somebody was found"]))
    archive.remove("a2")
    assert archive.lexical("en", ["hurt"], 5) == archive.lexical("en", ["sella"], 5) == []
    assert len(archive.lexical("en", ["found"], 5)) == 1
    assert archive.document_frequencies("en", ["crane", "hurt"]) == {"crane": 1, "hurt": 0}


def test_windows_leave_undated_articles_out(tmp_path: Path) -> None:
    with open_archive(tmp_path, calibration=None) as archive:
        archive.add(embedded("dated", ["crane one"], published="2026-03-08"))
        archive.add(embedded("undated", ["crane two"]))
        window = TimeWindow(date(2026, 3, 1), None)
        hits = archive.lexical("en", ["crane"], 5, window)
        assert [c.article.id for c in archive.chunks([h.chunk_id for h in hits]).values()] == ["dated"]
        assert archive.lexical("en", ["crane"], 5, TimeWindow(None, date(2026, 3, 7))) == []
        assert len(archive.lexical("en", ["crane"], 5)) == 2


def test_rebuilding_brings_the_words_back(archive: Archive) -> None:
    before = archive.lexical("en", ["the", "crane"], 10)
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO words_en (words_en) VALUES ('delete-all')")
    assert archive.lexical("en", ["the", "crane"], 10) == []
    assert not archive.check().healthy
    archive.rebuild_index()
    assert archive.check().healthy
    assert archive.lexical("en", ["the", "crane"], 10) == before


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_term_that_was_stored_is_found(
    tmp_path_factory: pytest.TempPathFactory, terms: list[str]
) -> None:
    terms = [term for term in terms if term.isprintable() and term_line([term])]
    if not terms:
        return
    story = replace(embedded("a1", ["one"], lang="xx"), terms=(tuple(terms),))
    with open_archive(tmp_path_factory.mktemp("archive"), calibration=None) as archive:
        archive.add(story)
        for term in terms:
            assert len(archive.lexical("other", [term], 3)) == 1, repr(term)
        archive.remove("a1")
        assert archive.check().healthy
