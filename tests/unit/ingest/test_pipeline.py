"""The way from files to the archive, over the real archive and a small embedding."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.pipeline import IngestReport, Progress, ingest_paths
from rag.archive.archive import Archive, open_archive
from rag.embedding import SiyaqEmbedding
from rag.errors import DiskFullError, ModelTimeoutError
from rag.types import EmbeddedArticle, Vector

_NOW = datetime(2023, 8, 28, 12, tzinfo=UTC)


class WordEmbedding(SiyaqEmbedding):
    """Eight numbers for a text, by its words; ``fails_at`` counts the calls until the endpoint is gone."""

    calls: int = 0
    fails_at: int | None = None

    def __init__(self, **fields: Any) -> None:
        super().__init__(model_name="words", **fields)

    @property
    def dimension(self) -> int:
        return 8

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.calls += 1
        if self.fails_at is not None and self.calls >= self.fails_at:
            raise ModelTimeoutError("words", "no answer in 1 s")
        rows = np.ones((len(texts), 8), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[len(word) % 8] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self.embed_passages(texts)


class FullDisk:
    """The archive on a disk that has room for ``room`` articles more."""

    def __init__(self, archive: Archive, room: int) -> None:
        self._archive = archive
        self._room = room

    def status_of(self, article_id: str, content_hash: str) -> str:
        return self._archive.status_of(article_id, content_hash)

    def add(self, embedded: EmbeddedArticle) -> str:
        if self._room == 0:
            raise DiskFullError("archive", "no room is left on the disk")
        self._room -= 1
        return self._archive.add(embedded)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", calibration=None) as opened:
        yield opened


def write_lines(path: Path, *articles: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(article) for article in articles), "utf-8")
    return path


def some(count: int) -> list[dict[str, str]]:
    return [{"id": f"n-{number}", "text": f"Bridge number {number} is closed."} for number in range(count)]


def run(
    archive: Any, *paths: Path, embedder: WordEmbedding | None = None, seen: list[Progress] | None = None
) -> IngestReport:
    return ingest_paths(
        paths,
        archive=archive,
        embedder=embedder or WordEmbedding(),
        now=_NOW,
        on_progress=seen.append if seen is not None else None,
    )


def test_added_held_changed_refused(archive: Archive, tmp_path: Path) -> None:
    first = write_lines(tmp_path / "a.jsonl", *some(3))
    assert run(archive, first).as_json() == {
        "added": ["n-0", "n-1", "n-2"],
        "held": [],
        "changed": [],
        "refused": [],
    }
    second = write_lines(
        tmp_path / "b.jsonl",
        {"id": "n-1", "text": "Bridge number 1 is open."},
        {"id": "n-2", "text": "Bridge number 2 is closed."},
        {"id": "n-3", "text": ""},
        {"id": "n-4", "text": "Bridge number 4 is closed."},
    )
    report = run(archive, second, tmp_path / "gone.txt")
    assert (report.added, report.held, report.changed) == (["n-4"], ["n-2"], ["n-1"])
    assert [refusal.ref for refusal in report.refused] == [f"{second}:3", f"{tmp_path}/gone.txt"]
    assert archive.article("n-1").body == "Bridge number 1 is open."
    assert archive.article("n-4").ingested_at == _NOW.isoformat()
    assert archive.article("n-4").origin.ref == str(second)


def test_what_is_held_is_not_embedded(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *some(3), *some(3))
    embedder = WordEmbedding()
    report = run(archive, path, embedder=embedder)
    assert (len(report.added), len(report.held)) == (3, 3)
    calls = embedder.calls
    again = run(archive, path, embedder=embedder)
    assert (again.added, len(again.held), embedder.calls) == ([], 6, calls)


def test_the_last_of_several_versions_stands(archive: Archive, tmp_path: Path) -> None:
    texts = ("is closed.", "is open.", "is closed.")
    path = write_lines(tmp_path / "a.jsonl", *({"id": "n", "text": f"The bridge {text}"} for text in texts))
    report = run(archive, path)
    assert (report.added, report.changed, report.held) == (["n"], ["n", "n"], [])
    assert archive.article("n").body == "The bridge is closed."


def test_progress_counts_files_then_articles(archive: Archive, tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", *some(5))
    (tmp_path / "b.txt").write_text("Ferry back\nThe ferry is back, the harbour master said.")
    seen: list[Progress] = []
    run(archive, tmp_path / "a.jsonl", tmp_path / "b.txt", seen=seen)
    assert [(p.stage, p.done, p.total) for p in seen] == [
        ("reading", 1, 2),
        ("reading", 2, 2),
        *(("embedding", number, 6) for number in range(1, 7)),
    ]
    assert seen[-1].ref == f"{tmp_path}/b.txt"


def test_a_full_disk_keeps_what_was_accepted(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *some(6))
    report = run(FullDisk(archive, room=4), path)
    assert report.added == ["n-0", "n-1", "n-2", "n-3"]
    assert [(refusal.ref, refusal.reason) for refusal in report.refused] == [
        (f"{path}:5", "no room is left on the disk"),
        (f"{path}:6", "no room is left on the disk"),
    ]
    assert sorted(article.id for article in archive.articles()) == report.added


def test_a_model_that_fails_stops_the_run(archive: Archive, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *some(9))
    report = run(archive, path, embedder=WordEmbedding(fails_at=2))
    assert len(report.added) + len(report.refused) == 9
    assert report.added
    assert {refusal.reason for refusal in report.refused} == {"no answer in 1 s"}
    assert sorted(article.id for article in archive.articles()) == report.added


def test_nothing_to_ingest(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(archive, tmp_path / "empty").as_json() == {
        "added": [],
        "held": [],
        "changed": [],
        "refused": [],
    }


def test_one_unlucky_file_of_each_kind(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b"%PDF-1.7")
    (folder / "c.html").write_bytes(b"<html></html>")
    (folder / "d.jsonl").write_bytes(b"{")
    (folder / "e.docx").write_bytes(b"PK")
    (folder / "f.txt").write_text("word " * 60_000)
    (folder / "g.txt").write_text("Ferry back\nThe ferry is back, the harbour master said.")
    report = run(archive, folder)
    assert len(report.added) == 1
    assert [Path(refusal.ref).name for refusal in report.refused] == [
        "a.txt",
        "b.txt",
        "c.html",
        "d.jsonl:1",
        "e.docx",
        "f.txt",
    ]
    assert all(refusal.reason and "\n" not in refusal.reason for refusal in report.refused)
