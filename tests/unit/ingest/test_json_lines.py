"""JSON lines: a draft or a refusal for each line."""

from __future__ import annotations

import json

import pytest

from ingest.drafts import Draft
from ingest.extraction.json_lines import read_json_file, read_json_lines
from rag.errors import RefusedError


def read(*lines: str) -> list[Draft | RefusedError]:
    return list(read_json_lines("a.jsonl", "\n".join(lines)))


def test_every_field() -> None:
    line = {
        "id": "n-17",
        "text": "First.\nSecond.",
        "title": "Bridge",
        "lang": "EN-gb",
        "outlet": "Valley Herald",
        "url": "https://valley.example/a",
        "author": "Lena Marsh",
        "published": "2023-06-03T10:00:00+02:00",
        "section": "ignored",
    }
    (draft,) = read(json.dumps(line))
    assert isinstance(draft, Draft)
    assert (draft.id, draft.title, draft.body, draft.lang) == ("n-17", "Bridge", "First.\nSecond.", "en")
    assert (draft.outlet, draft.url, draft.author) == (
        "Valley Herald",
        "https://valley.example/a",
        "Lena Marsh",
    )
    assert draft.published is not None
    assert draft.published.as_json() == {
        "date": "2023-06-03T10:00:00+02:00",
        "precision": "instant",
        "raw": "2023-06-03T10:00:00+02:00",
        "from": "given",
    }


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("2023-06-03", "2023-06-03"),
        ("2023-06-03T10:00:00Z", "2023-06-03T10:00:00+00:00"),
        ("2023-06-03T10:00:00", "2023-06-03"),
        ("2023-06", "2023-06"),
        ("2023", "2023"),
        ("3 حزيران 2023", "2023-06-03"),
        ("", None),
        (None, None),
    ],
)
def test_dates(published: str | None, date: str | None) -> None:
    (draft,) = read(json.dumps({"text": "x", "published": published}))
    assert isinstance(draft, Draft)
    assert (draft.published.date if draft.published else None) == date


def test_empty_fields_are_missing_ones() -> None:
    (draft,) = read('{"text": "x", "id": " ", "url": "", "lang": "", "outlet": null, "title": ""}')
    assert isinstance(draft, Draft)
    assert (draft.id, draft.url, draft.lang, draft.outlet, draft.title) == (None, None, None, None, "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "not a JSON object"),
        ("[1]", "object"),
        ('"text"', "object"),
        ("{}", '"text"'),
        ('{"text": ""}', '"text" is empty'),
        ('{"text": " \\n "}', '"text" is empty'),
        ('{"text": 5}', '"text"'),
        ('{"text": "x", "url": "javascript:alert(1)"}', '"url"'),
        ('{"text": "x", "published": "05/08/2023"}', '"published"'),
        ('{"text": "x", "published": "yesterday"}', '"published"'),
        ('{"text": "x", "lang": "Arabic language"}', '"lang"'),
        ('{"text": "x", "id": "a b"}', '"id"'),
        ('{"text": "x", "id": "' + "i" * 300 + '"}', '"id"'),
        ('{"text": "half \\ud800 pair"}', "not a JSON object"),
        ('{"text": "x"', "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_a_bad_line_is_refused_alone_and_by_its_number(line: str, reason: str) -> None:
    before, refused, after = read('{"text": "one"}', line, "", '{"text": "two"}')
    assert isinstance(before, Draft)
    assert isinstance(after, Draft)
    assert (before.ref, after.ref) == ("a.jsonl:1", "a.jsonl:4")
    assert isinstance(refused, RefusedError)
    assert refused.subject == "a.jsonl:2"
    assert reason in refused.reason
    assert len(str(refused)) < 200


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ('{\n  "text": "x"\n}', ["a.json"]),
        ('[\n  {"text": "x"},\n  {"text": "y"}\n]', ["a.json#1", "a.json#2"]),
        ('{"text": "x"}\n{"text": "y"}', ["a.json:1", "a.json:2"]),
    ],
)
def test_a_json_file_is_one_object_a_list_or_lines(text: str, refs: list[str]) -> None:
    drafts = list(read_json_file("a.json", text))
    assert [draft.ref for draft in drafts if isinstance(draft, Draft)] == refs


def test_a_json_file_of_something_else_is_refused_once() -> None:
    (refused,) = read_json_file("a.json", '{\n "pages": [{"text": "x"}]\n}')
    assert isinstance(refused, RefusedError)
    assert refused.subject == "a.json"
    first, second = read_json_file("a.json", '["x", {"text": "y", "url": "http://\\u00e9 x"}]')
    assert isinstance(first, RefusedError)
    assert isinstance(second, RefusedError)
    assert (first.subject, second.subject) == ("a.json#1", "a.json#2")


def test_a_number_may_be_an_id() -> None:
    (draft,) = read('{"text": "x", "id": 17}')
    assert isinstance(draft, Draft)
    assert draft.id == "17"
