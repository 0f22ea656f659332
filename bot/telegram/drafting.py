"""Text with marks on it, made fit for Telegram: direction, splitting, UTF-16 offsets.

Nothing here produces HTML or Markdown: a mark is an entity with offsets, so a parse error cannot happen.
Telegram takes a line's direction from its first strong letter, keeps RLM and the isolates and strips the
older embeddings; so each line of an Arabic message starts with an Arabic letter or one RLM, and what runs
the other way inside a line is wrapped in FSI…PDI.

Telegram makes links of addresses, mentions, commands and hashtags that it finds in plain text. In what is
not the bot's own that may not be: in names and claims a word joiner breaks them, and in quotes, which stay as
they are, they are set as code, in which nothing is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from telegram import MessageEntity

from ingest.urls import is_web_url
from rag.text import sentences

RLM: Final = "\u200f"
LRM: Final = "\u200e"
FSI: Final = "\u2068"
PDI: Final = "\u2069"
WORD_JOINER: Final = "\u2060"
MESSAGE_UNITS: Final = 4096
MESSAGE_ENTITIES: Final = 100
_BLOCKS: Final = frozenset({"blockquote", "expandable_blockquote"})

_ARABIC = (
    "\u0620-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc"
)
_LATIN = "A-Za-z\u00c0-\u024f"
_STARTS_ARABIC: Final = re.compile(f"[{_ARABIC}]")
_STARTS_LATIN: Final = re.compile(f"[{_LATIN}]")
_HOLDS_ARABIC: Final = _STARTS_ARABIC
_LEFT_TO_RIGHT: Final = re.compile(
    rf"https?://[^\s،؛»]+|/[a-z]+(?:\ \d+)?(?:\ [A-Z][A-Za-z_]+/[A-Za-z_/]+)?"
    rf"|[@#/]?[{_LATIN}][{_LATIN}0-9]*(?:(?:[.,:/'’&@_+–−-]+|\ &\ |\ (?=[{_LATIN}]))[{_LATIN}0-9]+)*"
    r"|[+−$€£-]\d+(?:[.,:/–−-]\d+)*%?|\d+(?:[.,:/–−-]\d+)+%?|\d+%"
)
"""What runs left to right inside an Arabic line: addresses, names, and numbers with signs."""
_TOP_LEVEL: Final = (
    "[a-z]{2,24}|[A-Z]{2,24}|рф|укр|ابوظبي|اتصالات|ارامكو|الاردن|البحرين|الجزائر|السعودية|العليان|المغرب|امارات|بازار|بيتك|تونس|سودان|"
    "سورية|شبكة|عراق|عرب|عمان|فلسطين|قطر|كاثوليك|كوم|مصر|موريتانيا|موقع|همراه"
)
"""Ends of hosts; a word with a capital, or any other Arabic one, behind a full stop begins a sentence."""
_LIVE: Final = re.compile(
    rf"""(?x)
    [A-Za-z][A-Za-z0-9+.-]*://[^\s\u2066-\u2069]+             # an address of any scheme
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                            # a mail address
    | (?<![\w/])[@\#$][^\W\d]\w+                              # a mention, a hashtag
    | (?<![\w/<>])/[A-Za-z0-9_]{{1,64}}                       # a command
    | (?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_TOP_LEVEL})(?![\w-])  # a host by itself
    """
)
"""What Telegram makes a link of by itself, and a little more."""
_JOINTS: Final = re.compile(r"[@#$/.:]")
_CUT_BY_CODE: Final = frozenset({"bold", "italic", "underline"})
_RIGHT_TO_LEFT: Final = re.compile(rf"[{_ARABIC}](?:[^\n{_LATIN}]*[{_ARABIC}0-9%])?")
"""And what runs right to left inside any other line, without the punctuation that closes it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity over code points ``start`` to ``end`` of a draft."""

    kind: str
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Text with marks; ``glue`` are stretches that a split must not cut."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    glue: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: Draft | str) -> Draft:
        """Return both, one after the other."""
        if isinstance(other, str):
            return replace(self, text=self.text + other)
        by = len(self.text)
        return Draft(
            self.text + other.text,
            (*self.marks, *(replace(m, start=m.start + by, end=m.end + by) for m in other.marks)),
            (*self.glue, *((start + by, end + by) for start, end in other.glue)),
        )

    def marked(self, kind: str, url: str | None = None) -> Draft:
        """Return the draft with one more entity, over all of it; over nothing there is none."""
        if not self.text:
            return self
        return replace(self, marks=(Mark(kind, 0, len(self.text), url), *self.marks))

    def glued(self, start: int, end: int | None = None) -> Draft:
        """Return the draft with a stretch that is never cut."""
        return replace(self, glue=(*self.glue, (start, len(self.text) if end is None else end)))


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent: at most 4096 UTF-16 units, entities in UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units, in which Telegram counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def isolated(text: str, lang: str) -> str:
    """Return ``text``, written in ``lang``, with what runs the other way wrapped in FSI…PDI."""
    pattern = _LEFT_TO_RIGHT if lang == "ar" else _RIGHT_TO_LEFT
    return pattern.sub(lambda run: f"{FSI}{run.group()}{PDI}", text)


def name(text: str) -> str:
    """Return a name, title or date as one piece that keeps its direction in any line, and leads nowhere."""
    return f"{FSI}{unlinked(text)}{PDI}"


def directed(line: Draft, lang: str) -> Draft:
    """Return ``line`` with the mark in front that makes it run as ``lang`` does, where it needs one."""
    if line.text.startswith((RLM, LRM)):  # Telegram alters all but the last of several
        return line
    if lang == "ar":
        return line if _STARTS_ARABIC.match(line.text) else _led(RLM, line)
    if _STARTS_LATIN.match(line.text) or not _HOLDS_ARABIC.search(line.text):
        return line
    return _led(LRM, line)


def _led(marks: str, line: Draft) -> Draft:
    """Return ``line`` behind direction marks; a block quotation holds them, since it must start its line."""
    whole = Draft(marks) + line
    moved = tuple(
        replace(m, start=0) if m.start == len(marks) and m.kind in _BLOCKS else m for m in whole.marks
    )
    return replace(whole, marks=moved)


def told(text: str, lang: str, *, own: bool = True) -> Draft:
    """Return text of one line or more, fit for a message in ``lang``; live only where the bot's ``own``."""
    lines = (isolated(line, lang) for line in text.split("\n"))
    if not own:
        lines = (unlinked(line) for line in lines)
    return stacked([directed(Draft(line), lang) if line else Draft() for line in lines])


def unlinked(text: str) -> str:
    """Return ``text`` with word joiners where Telegram would find an address, a mention or a command."""
    return _LIVE.sub(lambda found: _JOINTS.sub(rf"\g<0>{WORD_JOINER}", found.group()), text)


def is_live(text: str) -> bool:
    """Tell whether Telegram would make a link of something in ``text``."""
    return _LIVE.search(text) is not None


def inert(quote: Draft) -> Draft:
    """Return ``quote``, its text as it is, with what Telegram would make a link of set as code."""
    codes = [found.span() for found in _LIVE.finditer(quote.text)]
    marks = [piece for mark in quote.marks for piece in _around(mark, codes)]
    return replace(quote, marks=(*marks, *(Mark("code", start, end) for start, end in codes)))


def _around(mark: Mark, codes: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Yield ``mark``, in pieces where it is of a kind that may hold no code."""
    at = mark.start
    for start, end in codes if mark.kind in _CUT_BY_CODE else ():
        if start < mark.end and end > at:
            if start > at:
                yield replace(mark, start=at, end=start)
            at = end
    if at < mark.end:
        yield replace(mark, start=at)


def stacked(lines: Iterable[Draft], gap: str = "\n") -> Draft:
    """Return drafts one under the other."""
    whole: Draft | None = None
    for line in lines:
        whole = line if whole is None else whole + gap + line
    return whole or Draft()


def linked(draft: Draft, url: str | None) -> Draft:
    """Return the draft as a link where ``url`` is a web address, else as it is."""
    return draft.marked("text_link", url) if url and is_web_url(url) else draft


def paged(blocks: Sequence[Draft], lang: str, limit: int = MESSAGE_UNITS) -> list[Message]:
    """Return ``blocks``, a blank line between them, as messages of at most ``limit`` UTF-16 units.

    A block moves to the next message as a whole; one that is too long by itself is cut at a line end, else at
    a sentence end, else at a space, never inside ``glue``.
    """
    messages: list[Draft] = []
    for block in blocks:
        for piece in _pieces(block, lang, limit):
            together = messages[-1] + "\n\n" + piece if messages else piece
            if messages and units(together.text) <= limit and len(together.marks) <= MESSAGE_ENTITIES:
                messages[-1] = together
            else:
                messages.append(piece)
    return [finished(message) for message in messages]


def finished(draft: Draft) -> Message:
    """Return the draft with its marks as Telegram's entities."""
    offsets = [0]
    for letter in draft.text:
        offsets.append(offsets[-1] + (2 if letter > "\uffff" else 1))
    ordered = sorted(draft.marks, key=lambda mark: (mark.start, -mark.end))
    return Message(
        draft.text,
        tuple(
            MessageEntity(
                m.kind, offset=offsets[m.start], length=offsets[m.end] - offsets[m.start], url=m.url
            )
            for m in ordered
        ),
    )


def _pieces(block: Draft, lang: str, limit: int) -> Iterator[Draft]:
    while units(block.text) > limit or len(block.marks) > MESSAGE_ENTITIES:
        at = _cut_point(block, limit)
        head, tail = _part(block, 0, at), _part(block, at, len(block.text))
        open_isolates = head.text.count(FSI) - head.text.count(PDI)
        yield head + PDI * max(0, open_isolates)
        block = directed(_led(FSI * max(0, open_isolates), tail), lang)
    yield block


def _cut_point(block: Draft, limit: int) -> int:
    """Return the last good place to cut at, at least 1 and leaving room for the marks a cut adds."""
    room, used = 0, 0
    for letter in block.text:
        used += 2 if letter > "\uffff" else 1
        if used > limit - 4:
            break
        room += 1
    if len(block.marks) > MESSAGE_ENTITIES:
        room = min(room, sorted(mark.start for mark in block.marks)[MESSAGE_ENTITIES])
    text = block.text
    candidates = (
        [index + 1 for index in range(room) if text[index] == "\n"],
        [span.end for span in sentences(text) if span.end <= room],
        [index + 1 for index in range(room) if text[index] == " "],
    )
    for places in candidates:
        free = [at for at in places if at > room // 4 and not any(s < at < e for s, e in block.glue)]
        if free:
            return free[-1]
    return max(1, room)


def _part(draft: Draft, start: int, end: int) -> Draft:
    """Return code points ``start`` to ``end`` without white space around them, with the marks on them."""
    text = draft.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    end = max(start, end)

    def clipped(a: int, b: int) -> tuple[int, int]:
        return max(a, start) - start, min(b, end) - start

    marks = (
        replace(m, start=clipped(m.start, m.end)[0], end=clipped(m.start, m.end)[1]) for m in draft.marks
    )
    glue = (clipped(*span) for span in draft.glue)
    return Draft(
        draft.text[start:end],
        tuple(mark for mark in marks if mark.end > mark.start),
        tuple((a, b) for a, b in glue if b > a),
    )
