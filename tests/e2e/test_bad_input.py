"""Whatever is wrong outside ends in one clear line, and nothing that was accepted is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commandline import Siyaq
from tests.disks import mounted_disk

_GOOD = {
    "id": "good",
    "title": "Harbour crane repaired",
    "lang": "en",
    "outlet": "Harbour Post",
    "published": "2026-03-08",
    "text": "The old crane of Port Sella lifts again.\nIts repair took nineteen days and three engineers.",
}
_ARABIC_PAGE = (
    "إصلاح رافعة المرفأ\n"
    "عادت رافعة مرفأ سيلا القديمة إلى العمل. "
    "استغرق إصلاحها تسعة عشر يوماً، وشارك فيه ثلاثة مهندسين.\n"
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with one good article."""
    path = tmp_path / "good.jsonl"
    path.write_text(json.dumps(_GOOD) + "\n", encoding="utf-8")
    return path


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _huge(path: Path) -> None:
    line = "سطر من نص طويل لا ينتهي. A line of a text without end.\n".encode()
    with path.open("wb") as file:
        for _ in range(50_000_000 // len(line) // 1000 + 1):
            file.write(line * 1000)


_BAD_FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("gone.txt", _missing),
    "empty": ("empty.txt", lambda path: path.write_bytes(b"")),
    "blank": ("blank.txt", lambda path: path.write_text(" \n\t\n\u200f\ufeff\n", encoding="utf-8")),
    "empty page": (
        "empty.html",
        lambda path: path.write_text("<html><body></body></html>", encoding="utf-8"),
    ),
    "empty lines of JSON": ("empty.jsonl", lambda path: path.write_text("\n\n", encoding="utf-8")),
    "binary": ("binary.txt", lambda path: path.write_bytes(bytes(range(256)) * 64)),
    "PDF named text": ("paper.txt", lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")),
    "picture named page": ("picture.html", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
    "no encoding": ("noise.txt", lambda path: path.write_bytes(b"\x81\xff\x9d\xfe\x90\xc3\x28\x8f\xf0" * 40)),
    "no JSON": ("broken.jsonl", lambda path: path.write_text('{"text": "unended\n', encoding="utf-8")),
    "no text": ("other.jsonl", lambda path: path.write_text('{"title": "Only"}\n', encoding="utf-8")),
    "50 MB": ("huge.txt", _huge),
    "50 MB of JSON": ("huge.jsonl", _huge),
}


def test_a_bad_file_is_one_refusal_and_stops_no_other(siyaq: Siyaq, good: Path) -> None:
    """All of them in one go, which is what a folder of an operator looks like."""
    for name, write in _BAD_FILES.values():
        write(siyaq.folder / name)
    names = [name for name, _ in _BAD_FILES.values()]
    code, report = siyaq.ingest(*(siyaq.folder / name for name in names), good)
    assert code == 1
    assert report["added"] == ["good"]
    for refusal in report["refused"]:
        assert refusal["reason"]
        assert "\n" not in refusal["reason"]
    refused = [refusal["ref"] for refusal in report["refused"]]
    assert [name for name in names if not any(name in ref for ref in refused)] == []
    assert [ref for ref in refused if not any(name in ref for name in names)] == []
    assert siyaq.held() == {"good"}


def test_a_bad_file_is_one_line_for_a_person(siyaq: Siyaq, good: Path) -> None:
    bad = siyaq.folder / "empty.txt"
    bad.touch()
    finished = siyaq("ingest", str(bad), str(good))
    assert finished.returncode == 1
    summary, refusal = finished.stdout.splitlines()
    assert summary == "1 added, 0 changed, 0 already held, 1 refused"
    assert refusal.startswith(f"refused {bad}: ")
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_another_encoding_is_read_and_not_refused(encoding: str, siyaq: Siyaq) -> None:
    page = siyaq.folder / "page.txt"
    page.write_bytes((_ARABIC_PAGE * 4).encode(encoding))
    code, report = siyaq.ingest(page)
    assert (code, len(report["added"])) == (0, 1)
    shown = json.loads(siyaq("show", "--json", report["added"][0]).stdout)
    assert "رافعة مرفأ سيلا القديمة" in shown["body"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_refusal(siyaq: Siyaq, good: Path) -> None:
    locked = siyaq.folder / "locked.txt"
    locked.write_text("x", encoding="utf-8")
    locked.chmod(0)
    code, report = siyaq.ingest(locked, good)
    assert (code, report["added"]) == (1, ["good"])
    assert "locked.txt" in report["refused"][0]["ref"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "nobody"], 1, "nobody"),
        (["remove", "nobody"], 1, "nobody"),
        (["ask", "--batch", "gone.jsonl"], 1, "gone.jsonl: no such file"),
        (["asks"], 2, "No such command"),
    ],
)
def test_a_wrong_argument_is_one_line(arguments: list[str], code: int, words: str, siyaq: Siyaq) -> None:
    finished = siyaq(*arguments)
    assert finished.returncode == code
    (line,) = finished.stderr.splitlines()
    assert line.startswith("siyaq: ")
    assert words in line


def test_a_wrong_setting_is_one_line(siyaq: Siyaq) -> None:
    for settings in ({"SIYAQ_ARCHIVE__DIRR": "x"}, {"SIYAQ_LOG__LEVEL": "loud"}):
        finished = siyaq("articles", **settings)
        assert finished.returncode == 2
        (line,) = finished.stderr.splitlines()
        assert line.startswith(f"siyaq: {next(iter(settings))}: ")


def test_an_archive_that_is_a_file_is_one_line(siyaq: Siyaq, good: Path) -> None:
    siyaq.archive.write_text("not a folder", encoding="utf-8")
    for arguments in (["articles"], ["ingest", str(good)], ["doctor"]):
        finished = siyaq(*arguments)
        assert finished.returncode == 1
        (line,) = finished.stderr.splitlines()
        assert line.startswith("siyaq: ")
        assert str(siyaq.archive) in line


def test_a_catalog_that_is_no_database_is_one_line(siyaq: Siyaq, good: Path) -> None:
    assert siyaq.ingest(good)[0] == 0
    for leftover in siyaq.archive.glob("catalog.sqlite*"):
        leftover.write_bytes(b"this is no database, however long it is looked at. " * 100)
    finished = siyaq("articles")
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert line.startswith("siyaq: ")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own."""
    with mounted_disk(tmp_path, "24m") as disk:
        yield disk


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_loses_nothing(small_disk: Path, siyaq: Siyaq, good: Path) -> None:
    siyaq.archive = small_disk / "archive"
    assert siyaq.ingest(good)[0] == 0
    filler = small_disk / "filler"
    with filler.open("wb") as file:  # all but little more than the archive keeps in reserve
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        file.write(b"x" * max(0, free - 1_150_000))
    many = siyaq.folder / "many.jsonl"
    paragraph = " ".join(f"Sentence {number} speaks of the harbour of Port Sella." for number in range(20))
    many.write_text(
        "".join(
            json.dumps({"id": f"m{n}", "title": f"Report {n}", "text": paragraph}) + "\n" for n in range(12)
        ),
        encoding="utf-8",
    )

    code, report = siyaq.ingest(many)
    assert code == 1
    assert report["refused"]
    assert any("disk" in refusal["reason"] for refusal in report["refused"])
    assert siyaq.held() == {"good", *report["added"]}
    answered = siyaq("ask", "--json", "How long did the repair of the crane take?")
    assert answered.returncode == 0, answered.stderr
    assert json.loads(answered.stdout)["passages"]

    filler.unlink()
    code, report = siyaq.ingest(many)
    assert (code, report["refused"]) == (0, [])
    assert siyaq.held() == {"good", *(f"m{n}" for n in range(12))}
    siyaq.checks_out()
