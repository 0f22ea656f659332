"""Bytes to text: UTF-8, UTF-16 and the Windows and ISO code pages of Arabic and English pages."""

from __future__ import annotations

import codecs
import re

from rag.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format",
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_KNOWN = {
    "cp1256",
    "iso8859-6",
    "cp1252",
    "iso8859-1",
    "ascii",
    "utf-8",
    "mac-arabic",
    "cp720",
    "cp864",
    "iso8859-15",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_RARE = re.compile(
    r"[^\s\w.,;:!?'\"()\[\]/%&@#*+=<>|\\_\u00a0-\u00bf\u060c\u061b\u061f\u064b-\u0652\u2010-\u2026\u20ac$-]"
)
_SAMPLE = 200_000
_UNKNOWN = "it is in no encoding that can be told (UTF-8, UTF-16, Windows-1256 …)"


def decode(ref: str, data: bytes) -> str:
    """Return the text of ``data``; raises UnreadableError where it is not text or in no known encoding.

    UTF-8 where it fits, else the encoding that the page declares, else the one that charset-normalizer finds
    among the Arabic and Western code pages. Damaged UTF-8 is refused, never read as another encoding.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(ref, data, name)
    if data.startswith(_BINARY):
        raise UnreadableError(ref, "it is a binary file, not text")
    wide = _wide_of(data)
    if wide is not None:
        return _strict(ref, data, wide)
    if b"\x00" in data:
        raise UnreadableError(ref, "it holds NUL bytes, so it is not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise UnreadableError(ref, f"it is UTF-8 with a damaged byte at offset {error.start}") from error
    page = _declared(data) or _detected(data)
    if page is None:
        raise UnreadableError(ref, _UNKNOWN)
    return _plausible(ref, _strict(ref, data, page))


def _strict(ref: str, data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(ref, f"it is not the {name} it seems to be") from error


def _wide_of(data: bytes) -> str | None:
    """Tell UTF-16 without its mark: Latin and Arabic letters share one of two bytes in each pair."""
    head = data[:4000]
    if len(head) < 8 or len(data) % 2:
        return None
    for name, shared in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if sum(byte in (0x00, 0x06) for byte in shared) > 0.8 * len(shared) and 0x00 in shared:
            return name
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether what is not ASCII is UTF-8 but for a few bytes."""
    kept = data.decode("utf-8", "ignore")
    wide = sum(1 for letter in kept[:_SAMPLE] if not letter.isascii())
    broken = len(data) - len(kept.encode("utf-8"))
    return wide > 3 * broken


def _declared(data: bytes) -> str | None:
    found = _XML_DECLARED.search(data[:200]) or _DECLARED.search(data[:8000])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    # A page that says UTF-8 and is not has lied about everything; Latin-1 is what pages say without looking.
    return name if name in _KNOWN - {"utf-8", "ascii", "iso8859-1", "cp1252"} else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # its tables are loaded only for what is not UTF-8

    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1256", "iso8859_6", "cp1252"]).best()
    return best.encoding if best else None


def _plausible(ref: str, text: str) -> str:
    """Refuse what decodes without an error and still is no prose, such as Cyrillic read as Arabic."""
    sample = text[:_SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    strange = len(_RARE.findall(sample)) + 3 * len(_CONTROL.findall(sample))
    if not letters or strange > 0.05 * letters:
        raise UnreadableError(ref, _UNKNOWN)
    return text
