"""The question file: every fault by its line, articles by their names, groups by what they share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.asking import settle
from bot.evaluation.questions import WrongLinesError, groups_of, read_questions
from rag.errors import UnreadableError
from rag.types import Article, Origin

_WHOLE: dict[str, Any] = {
    "id": "q1",
    "question": "Who opened the bridge?",
    "lang": "en",
    "article_ids": ["a1"],
    "answers": ["Samia Doukkal"],
    "answerable": True,
    "asked_at": "2026-03-20T09:00:00Z",
}


def _file(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_is_read_whole(tmp_path: Path) -> None:
    near = {"id": 7, "question": "من صمّم الجسر؟", "answerable": False, "kind": "near_miss", "extra": 1}
    now = datetime(2026, 3, 21, tzinfo=UTC)
    first, second = read_questions(_file(tmp_path, _WHOLE, "", near), now)
    assert (first.id, first.text, first.lang, first.line) == ("q1", "Who opened the bridge?", "en", 1)
    assert (first.article_ids, first.answers, first.answerable) == (("a1",), ("Samia Doukkal",), True)
    assert first.asked_at == datetime(2026, 3, 20, 9, tzinfo=UTC)
    assert (second.id, second.lang, second.asked_at, second.line) == ("7", "ar", now, 3)
    assert second.is_near_miss


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "Invalid JSON"),
        (_WHOLE | {"question": " "}, "question: is empty"),
        (_WHOLE | {"question": "؟؟"}, ""),
        (_WHOLE | {"lang": "fr"}, "lang: "),
        (_WHOLE | {"asked_at": "soon"}, "asked_at: 'soon' is not an instant"),
        (_WHOLE | {"asked_at": None}, "asked_at: is missing; give it, or --now for all of them"),
        (_WHOLE | {"article_ids": "a1"}, "article_ids: "),
        (_WHOLE | {"article_ids": []}, "article_ids: an answerable question names the articles"),
        (_WHOLE | {"answers": ["x", ""]}, "answers.1: is empty"),
        (_WHOLE | {"answerable": False}, "answers: a question that is not answerable has none"),
        (_WHOLE | {"kind": "near_miss"}, "kind: a near miss is not answerable"),
        (
            {name: value for name, value in _WHOLE.items() if name != "answerable"},
            "answerable: Field required",
        ),
        (_WHOLE | {"id": "q0"}, "id: 'q0' is taken by line 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, row: dict[str, Any] | str, what: str) -> None:
    file = _file(tmp_path, _WHOLE | {"id": "q0"}, row)
    with pytest.raises(WrongLinesError) as caught:
        read_questions(file)
    (fault,) = caught.value.faults
    assert fault.line == 2
    assert fault.what.startswith(what)
    assert str(caught.value) == f"{file}:2: {fault.what}"


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongLinesError) as caught:
        read_questions(_file(tmp_path, "{", _WHOLE, _WHOLE, "[]"))
    assert [fault.line for fault in caught.value.faults] == [1, 3, 4]


def test_no_file_and_no_question_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(UnreadableError, match="there is no question in it"):
        read_questions(_file(tmp_path, ""))


def test_unknown_articles_are_named_with_their_lines(tmp_path: Path) -> None:
    rows = [
        _WHOLE,
        _WHOLE | {"id": "q2", "article_ids": ["a9", "page:two.txt#3"]},
        _WHOLE | {"id": "q3", "article_ids": ["page:two.txt#2"]},
    ]
    held = [
        Article("a1", "", "en", "Samia Doukkal opened it."),
        Article("b1", "", "ar", "", origin=Origin("file", "x/two.txt")),
        Article("b2", "", "ar", "", origin=Origin("file", "x/two.txt")),
    ]
    questions = read_questions(_file(tmp_path, *rows))
    with pytest.raises(WrongLinesError) as caught:
        settle(questions, held, "questions.jsonl")
    assert [(fault.line, fault.what) for fault in caught.value.faults] == [
        (2, "article_ids: the archive does not hold 'a9'"),
        (2, "article_ids: the archive does not hold 'page:two.txt#3'"),
    ]
    settled = settle([questions[0], questions[2]], held)
    assert (settled["q1"].article_ids, settled["q1"].langs, settled["q1"].judged) == (("a1",), ("en",), True)
    assert (settled["q3"].article_ids, settled["q3"].judged) == (("b2",), False), "its answer stands nowhere"


def test_questions_that_share_an_article_are_one_group() -> None:
    articles = {
        "q1": ["a"],
        "q2": ["a", "b"],
        "q3": ["b"],
        "q4": ["c"],
        "q5": ["d"],
        "q6": ["e"],
        "q7": [],
        "q8": [],
    }
    groups = groups_of(articles)
    assert groups["q1"] == groups["q2"] == groups["q3"]
    assert len({groups[name] for name in ("q1", "q4", "q5", "q6", "q7", "q8")}) == 6


def test_where_most_would_be_one_group_the_first_article_is_the_group() -> None:
    groups = groups_of({"q1": ["a", "b"], "q2": ["b", "c"], "q3": ["c", "a"], "q4": ["a"]})
    assert groups == {"q1": "a", "q2": "b", "q3": "c", "q4": "a"}
