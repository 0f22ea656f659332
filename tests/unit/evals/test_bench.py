"""The bench's own arithmetic, and its choice of sizes."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pydantic import Field
from rich.console import Console
from rich.table import Table

from rag.embedding import SiyaqEmbedding
from rag.types import Vector
from tests.evals.bench import large
from tests.evals.bench.__main__ import main, sizes_of
from tests.evals.bench.llama import articles_found, documents_of, retrievers, splitter
from tests.evals.bench.models import InstantEmbedding, RememberingAll, TimedEmbedding
from tests.evals.bench.parts import Part, Stopwatch, below, disk_bytes, resident_bytes
from tests.evals.bench.quality import Wanted, part_of, table
from tests.evals.bench.sizes import FULL, Sizes
from tests.evals.measures import Asked, Ranks


class CountingEmbedding(SiyaqEmbedding):
    """Embeds letters by how often they stand in a text, and keeps count of what it was asked."""

    embedded: list[str] = Field(default_factory=list)

    @property
    def dimension(self) -> int:
        return 26

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.embedded += texts
        counts = [[text.lower().count(chr(97 + at)) + 0.01 for at in range(26)] for text in texts]
        vectors = np.array(counts, dtype=np.float32).reshape(-1, 26)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self.embed_passages(texts)


def _text(shown: Table) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(shown)
    return console.export_text()


def test_a_ratio_is_of_medians_to_the_raw_parts_together() -> None:
    raw = dict.fromkeys(large.RAW, (10.0, 10.0, 90.0))
    asked = dict.fromkeys(large.windows(), (40.0, 60.0, 80.0))
    assert set(large.ratios(raw | asked).values()) == {60.0 / 40.0}


def test_times_are_told_apart_from_what_must_agree() -> None:
    watch = Stopwatch()
    assert watch.time("sum", sum, [1, 2]) == 3
    watch.note("noted", 5.0)
    shape = Part({"chunks": 3}, {"bytes": 9}, watch.times).as_json()
    assert shape["figures"] == {"chunks": 3}
    assert shape["machine"]["bytes"] == 9
    assert shape["machine"]["noted"] == {"count": 1, "median_ms": 5.0, "p95_ms": 5.0}
    assert shape["machine"]["sum"]["median_ms"] >= 0


def test_95_percent_are_below() -> None:
    assert below(tuple(float(at) for at in range(101))) == pytest.approx(95.0)


def test_sizes_of_files_and_of_this_process(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_bytes(bytes(70))
    (tmp_path / "other").write_bytes(bytes(30))
    assert disk_bytes(tmp_path) == 100
    assert disk_bytes(tmp_path / "other") == 30
    assert resident_bytes() > 10_000_000


def test_quality_is_told_by_language_of_question_and_evidence() -> None:
    def asked(lang: str, evidence: str, rank: int | None) -> Asked:
        return Asked("one", "s", lang, evidence, Ranks(() if rank is None else (rank,), 1))

    figures = part_of(
        {
            "A": [asked("ar", "ar", 1), asked("ar", "ar", 3), asked("ar", "en", None), asked("en", "en", 2)],
            "B": [asked("ar", "ar", None), asked("ar", "ar", 1), asked("ar", "en", 4), asked("en", "en", 1)],
        },
        7,
    ).figures
    assert figures["ar same questions"] == 2
    assert figures["A: ar same R@1"] == 0.5
    assert figures["A: ar same R@5"] == 1.0
    assert figures["A: ar same MRR@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["B: ar other R@5"] == 1.0
    assert "A: en other R@1" not in figures
    assert "2 questions" in _text(table(Part(figures), "letters"))


def test_any_right_article_will_do() -> None:
    wanted = Wanted("who?", "en", frozenset({"a", "b"}), "en", "a")
    assert wanted.asked("x", ["c", "c", "b", "a"]).ranks == Ranks((2,), 1)
    assert wanted.asked("x", ["c"]).ranks == Ranks((), 1)


def test_full_sizes_can_be_named_one_by_one(tmp_path: Path) -> None:
    assert sizes_of([]) == Sizes()
    assert sizes_of(["--full"]) == FULL
    assert sizes_of(["--full", "--chunks", "500", "--data", str(tmp_path)]).chunks == 500
    # No more can be embedded than there are.
    assert sizes_of(["--articles", "3"]).embedded == 3


def test_no_folder_leaves_the_public_data_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "--json", str(tmp_path / "out.json")]) == 0
    assert "left out" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == {}
    assert main(["data", "--data", str(tmp_path)]) == 0
    assert "does not hold" in " ".join(capsys.readouterr().out.split())


def test_a_part_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["smaples"])
    assert "smaples" in capsys.readouterr().err


def test_stand_ins_cost_nothing_and_count_as_the_model() -> None:
    model = CountingEmbedding(model_name="letters")
    instant = InstantEmbedding(model)
    first, second = instant.embed_passages(["a", "b"]), instant.embed_passages(["a"])
    assert first.shape == (2, 26)
    assert not np.array_equal(first[:1], second)
    assert (instant.seconds, instant.name, instant.count_tokens("one two")) == (0.0, "letters", 2)
    assert model.embedded == []
    timed = TimedEmbedding(model)
    timed.embed_passages(["a"])
    assert timed.seconds > 0


def test_a_passage_is_embedded_once() -> None:
    model = CountingEmbedding(model_name="letters")
    remembering = RememberingAll(model)
    first = remembering.embed_passages(["abc", "def", "abc"])
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(remembering.embed_passages(["def", "ghi"])[0], first[1])
    assert model.embedded == ["abc", "def", "ghi"]


def test_llamaindex_finds_articles_by_vector_and_by_both(tmp_path: Path) -> None:
    texts = {"bees": "Bees buzz. Bees buzz by.", "oaks": "Oaks look good. Oaks root.", "jazz": "Jazz jams."}
    articles = [{"id": name, "title": "", "text": text} for name, text in texts.items()]
    nodes = splitter().get_nodes_from_documents(documents_of(articles))
    asked = retrievers(nodes, tmp_path, CountingEmbedding(model_name="letters"))
    assert len(asked) == 3
    for name, retriever in asked.items():
        assert articles_found(retriever, "bees buzz")[0] == "bees", name
        assert articles_found(retriever, "jazz jams")[0] == "jazz", name
