"""Files and folders: what is taken, what is refused, in one line each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.drafts import Draft
from ingest.extraction import files
from ingest.extraction.files import extract, find_files, read_file
from rag.errors import RefusedError, TooLargeError, UnreadableError

_TEXT = "Bridge closed\nThe bridge is closed for two months, the council said."
_PARAGRAPH = (
    "<p>The council met in the town hall on Sunday and agreed to repair the bridge before winter.</p>"
)


def found(*paths: Path) -> list[str]:
    """Name what is found; what is refused with its reason."""
    return [
        file.path.name + (f": {file.refused.reason}" if file.refused else "")
        for file in find_files(list(paths))
    ]


def test_folders_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", ".hidden.txt", "deep/c.jsonl", "deep/.git/d.txt", "deep/er/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXT)
    assert found(tmp_path) == ["a.html", "b.txt", "c.jsonl", "e.txt"]
    assert found(tmp_path / "b.txt", tmp_path) == ["b.txt", "a.html", "c.jsonl", "e.txt"]
    assert found(tmp_path / ".hidden.txt") == [".hidden.txt"]


def test_links_do_not_loop_and_do_not_lead_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(_TEXT)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(_TEXT)
    (folder / "again.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "out.txt").symlink_to(outside)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    named = found(folder)
    assert named[0] == "a.txt"
    assert [name.split(":")[0] for name in named[1:]] == ["out.txt", "self.txt"]
    assert all("leads out" in name for name in named[1:])


def test_what_is_neither_file_nor_known_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    named = found(tmp_path, tmp_path / "missing.txt", Path("nul\0.txt"))
    assert named[0].startswith("a.docx: unknown kind of file (.docx)")
    assert named[1] == "pipe.txt: neither a file nor a folder"
    assert named[2].startswith("missing.txt: no such file")
    assert "cannot be read" in named[3]


def test_a_name_of_any_bytes_can_be_reported(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.docx"))
    path.write_text(_TEXT)
    (refused,) = [file.refused for file in find_files([tmp_path])]
    assert refused is not None
    refused.subject.encode()


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (file_found,) = find_files([path])
    assert isinstance(file_found.refused, TooLargeError)
    assert file_found.refused.reason == "50 MB, more than the 20 MB a file may have"
    with pytest.raises(TooLargeError):
        read_file(path)


def test_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(UnreadableError, match="directory"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "titles"),
    [
        ("a.txt", _TEXT, ["Bridge closed"]),
        ("a", _TEXT, ["Bridge closed"]),
        ("A.TXT", _TEXT, ["Bridge closed"]),
        ("a.jsonl", '{"text": "x", "title": "One"}\n{"text": "y", "title": "Two"}', ["One", "Two"]),
        ("a", '{"text": "x", "title": "One"}', ["One"]),
        (
            "a.html",
            f"<html><body><h1>Bridge repaired</h1>{_PARAGRAPH * 4}</body></html>",
            ["Bridge repaired"],
        ),
        (
            "a.txt",
            f"<!DOCTYPE html><body><h1>Bridge repaired</h1>{_PARAGRAPH * 4}</body>",
            ["Bridge repaired"],
        ),
    ],
)
def test_kinds(name: str, data: str, titles: list[str]) -> None:
    drafts = list(extract(name, data.encode()))
    assert [draft.title for draft in drafts if isinstance(draft, Draft)] == titles


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t ", "the file is empty"),
        ("a.txt", "\u200f\u200b".encode(), "no text"),
        ("a.txt", b"\x89PNG\r\n", "binary"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.html", b"<!-- nothing -->", "no"),
        ("a.html", ("<html><body>" + "<div>" * 50_000 + _PARAGRAPH).encode(), "a.html"),
        ("a.html", b"<p>" * (files._MAX_MARKUP // 2), "a page of"),
        ("a.txt", b"x\n" * files._MAX_TEXT, "a text of"),
    ],
)
def test_refused(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        list(extract(name, data))
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_page_opens_no_connection_and_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush")
    page = (
        '<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" '
        f'[<!ENTITY x SYSTEM "file://{secret}">]>'
        '<html><head><base href="http://127.0.0.1:9/"><link rel="canonical" href="http://127.0.0.1:9/a">'
        "</head><body><h1>Bridge repaired</h1><iframe src='/f'></iframe><img src='/i'>"
        f"<p>&x;</p>{_PARAGRAPH * 5}</body></html>"
    )
    (draft,) = extract("a.xhtml", page.encode())
    assert isinstance(draft, Draft)
    assert "hush" not in draft.body
    assert draft.url == "http://127.0.0.1:9/a"


def test_broken_metadata_is_read_around() -> None:
    page = (
        '<html><head><script type="application/ld+json">' + "[" * 100_000 + "</script>"
        '<script type="application/ld+json">'
        '{"@type": "NewsArticle", "datePublished": {"a": 1}, "author": [null, 5]}</script>'
        '<meta property="article:published_time" content="soon"></head>'
        f"<body><h1>Bridge repaired</h1>{_PARAGRAPH * 4}"
    )
    (draft,) = extract("a.html", page.encode())
    assert isinstance(draft, Draft)
    assert (draft.title, draft.published, draft.author) == ("Bridge repaired", None, None)
