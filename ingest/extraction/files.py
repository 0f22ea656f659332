"""Files and folders to drafts: what is there, how large it is, what kind it is."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.drafts import MAX_CHARACTERS, Draft
from ingest.extraction.encoding import decode
from ingest.extraction.json_lines import read_json_file, read_json_lines
from ingest.extraction.scraped_text import read_scraped_text
from rag.errors import EmptyError, RefusedError, TooLargeError, UnreadableError

MAX_BYTES = 20_000_000
"""The largest file taken; its size is asked before a byte of it is read."""

_MAX_MARKUP = 5_000_000
_MAX_TEXT = 5 * MAX_CHARACTERS

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    "": "unnamed",
}
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or the error that refuses it."""

    path: Path
    refused: RefusedError | None = None


def ref_of(path: Path) -> str:
    """Return a path as it can be printed and stored, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile]:
    """Yield the files under ``paths`` in order, each once, hidden ones of folders left out.

    A symbolic link is followed where it stays inside the folder that was named; one that leads out of it, and
    anything that is neither file nor folder, comes back refused.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            yield from _walk(path, seen)
        elif _first_time(path, seen):
            yield _checked(path)


def _first_time(path: Path, seen: set[Path]) -> bool:
    """Whether a file or folder is met for the first time, under whichever of its names."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):
        # A link that leads to itself has no end, a name with NUL no file; its own name stands for it.
        real = path.absolute()
    new = real not in seen
    seen.add(real)
    return new


def _walk(root: Path, seen: set[Path]) -> Iterator[FoundFile]:
    """Yield a folder's files, then those of its folders."""
    inside = root.resolve()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if not _first_time(folder, seen):
            continue
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield FoundFile(folder, _unreadable(folder, error))
            continue
        folders: list[Path] = []
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not _inside(path, inside):
                yield FoundFile(
                    path, UnreadableError(ref_of(path), "a link that leads out of the folder or nowhere")
                )
            elif entry.is_dir():
                folders.append(path)
            elif _first_time(path, seen):
                yield _checked(path)
        waiting.extend(reversed(folders))


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _checked(path: Path) -> FoundFile:
    """Refuse by what the directory says, before anything is opened: a pipe would never end."""
    ref = ref_of(path)
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        return FoundFile(path, _unreadable(path, error))
    if not stat.S_ISREG(status.st_mode):
        return FoundFile(path, UnreadableError(ref, "neither a file nor a folder"))
    if path.suffix.lower() not in _KINDS:
        kinds = ", ".join(sorted(suffix for suffix in _KINDS if suffix))
        return FoundFile(path, RefusedError(ref, f"unknown kind of file ({path.suffix}); known are {kinds}"))
    if status.st_size > MAX_BYTES:
        size = f"{status.st_size / 1e6:.0f} MB, more than the {MAX_BYTES / 1e6:.0f} MB a file may have"
        return FoundFile(path, TooLargeError(ref, size))
    return FoundFile(path)


def _unreadable(path: Path, error: Exception) -> UnreadableError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "cannot be read"
    return UnreadableError(ref_of(path), reason[:1].lower() + reason[1:])


def read_file(path: Path) -> bytes:
    """Return a file's bytes; raises UnreadableError, or TooLargeError where it has grown over the limit."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > MAX_BYTES:
        raise TooLargeError(ref_of(path), f"more than the {MAX_BYTES / 1e6:.0f} MB a file may have")
    return data


def extract(ref: str, data: bytes) -> Iterator[Draft | RefusedError]:
    """Yield the drafts in the bytes of the file named ``ref``, and what refuses single lines of it.

    Raises a RefusedError where nothing of it can be taken.
    """
    if not data.strip():
        raise EmptyError(ref, "the file is empty")
    text = decode(ref, data)
    kind = _kind_of(ref, text)
    if kind == "json":
        yield from read_json_file(ref, text)
        return
    if kind == "json lines":
        yield from read_json_lines(ref, text)
        return
    if kind == "html":
        from ingest.extraction.html import read_html  # lxml and trafilatura, for pages only

        if len(text) > _MAX_MARKUP:
            raise TooLargeError(
                ref, f"a page of {len(text):,} characters, more than the {_MAX_MARKUP:,} taken"
            )
        yield from read_html(ref, text)
        return
    if len(text) > _MAX_TEXT:
        raise TooLargeError(ref, f"a text of {len(text):,} characters, more than the {_MAX_TEXT:,} taken")
    drafts = read_scraped_text(ref, text)
    if not drafts:
        raise EmptyError(ref, "there is no text in it")
    yield from drafts


def _kind_of(ref: str, text: str) -> str:
    """Tell the kind by the name, and by the content where the name says text or nothing."""
    kind = _KINDS.get(Path(ref).suffix.lower(), "unnamed")
    if kind in ("text", "unnamed") and _HTML.match(text[:4000]):
        return "html"
    if kind == "unnamed":
        return "json lines" if text.lstrip().startswith("{") else "text"
    return kind
