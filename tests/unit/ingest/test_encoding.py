"""Bytes to text."""

from __future__ import annotations

import pytest

from ingest.extraction.encoding import decode
from rag.errors import UnreadableError

_ARABIC = (
    "أعلنت بلدية الزرقاء أن الجسر القديم سيغلق يوم الأحد، وقالت إن العمل فيه يستمر شهرين.\n"
    'وأضافت "البلدية" أن الكلفة بلغت 25 ألف دينار.'
)
_FRENCH = "La mairie a annoncé la réouverture du marché couvert, fermé depuis l'été à Évreux."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"],
)
def test_arabic(encoding: str) -> None:
    assert decode("a.txt", _ARABIC.encode(encoding)) == _ARABIC


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "no-such-encoding"])
def test_a_page_in_windows_1256_whatever_it_declares(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{_ARABIC}</p></body></html>'
    assert _ARABIC in decode("a.html", page.encode("cp1256"))


def test_western() -> None:
    assert decode("a.txt", _FRENCH.encode("cp1252")) == _FRENCH


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 rest", "binary"),
        (b"PK\x03\x04rest", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "binary"),
        (b"some\x00bytes", "NUL"),
        (_ARABIC.encode()[:40] + b"\xff" + _ARABIC.encode()[40:], "damaged"),
        (_ARABIC.encode()[:-2] + "ر".encode()[:1], "damaged"),
        (_ARABIC.encode("utf-16")[:-1], "utf-16"),
        (bytes(range(1, 256)) * 20, "no encoding"),
        (
            ("Мэрия сообщила, что старый мост закроют в воскресенье на два месяца. " * 4).encode("cp1251"),
            "no encoding",
        ),
        ("市政府宣布旧桥将于星期日关闭两个月".encode("gbk"), "no encoding"),
    ],
    ids=["pdf", "zip", "png", "nul", "damaged", "cut", "odd utf-16", "random", "cyrillic", "chinese"],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as refused:
        decode("a.txt", data)
    assert refused.value.subject == "a.txt"
    assert "\n" not in str(refused.value)
