"""The lines of ``siyaq ask --batch``."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands.batch import read_batch
from rag.errors import UnreadableError


def _file(folder: Path, *lines: str | bytes) -> str:
    path = folder / "questions.jsonl"
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines) + b"\n")
    return str(path)


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    name = _file(
        tmp_path,
        b'\xef\xbb\xbf{"id": "a", "question": "\xd9\x85\xd8\xaa\xd9\x89\xd8\x9f"}',
        "",
        '{"id": 7, "question": "When?", "lang": "en", "asked_at": "2026-03-20T09:00:00+03:00", "more": []}',
        '{"id": "c", "question": "Who?", "asked_at": "2026-03-20", "lang": null}',
    )
    lines = list(read_batch(name))
    assert [line.number for line in lines] == [1, 3, 4]
    questions = [line.read() for line in lines]
    assert [question.id for question in questions] == ["a", "7", "c"]
    assert questions[0].question == "متى؟"
    assert questions[0].asked_at is None
    assert questions[1].lang == "en"
    assert questions[1].asked_at == datetime(2026, 3, 20, 6, tzinfo=UTC)
    assert questions[2].asked_at == datetime(2026, 3, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '["a"]',
        '{"question": "Who?"}',
        '{"id": "", "question": "Who?"}',
        '{"id": "a"}',
        '{"id": "a", "question": "  "}',
        '{"id": "a", "question": 5, "lang": "fr"}',
        '{"id": "a", "question": "Who?", "asked_at": "yesterday"}',
        '{"id": "a", "question": "Who?", "asked_at": "2026-03-20T09:00:00"}',
        '{"id": "a", "question": "Who?", "asked_at": 5}',
        b'{"id": "a", "question": "\xff"}',
    ],
)
def test_a_bad_line_is_one_line_and_stops_no_other(tmp_path: Path, line: str | bytes) -> None:
    good = '{"id": "b", "question": "Who?"}'
    first, second = read_batch(_file(tmp_path, line, good))
    with pytest.raises(UnreadableError) as caught:
        first.read()
    assert "\n" not in str(caught.value)
    assert second.read().id == "b"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nope\.jsonl: no such file"):
        list(read_batch(str(tmp_path / "nope.jsonl")))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b'{"id": "a", "question": "Who?"}\n'))
    monkeypatch.setattr(sys, "stdin", typed)
    assert [line.read().id for line in read_batch("-")] == ["a"]
