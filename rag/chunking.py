"""An article's body cut into chunks of whole sentences, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import ceil

from rag.text import sentences
from rag.types import Chunk, Span

_CLAUSE_END = re.compile(r"[،؛,;:]\s+|\s[-–—]\s")


def chunk_body(body: str, count_tokens: Callable[[str], int], limit: int = 220) -> tuple[Chunk, ...]:
    """Cut ``body`` into chunks of about equal size, each at most ``limit`` of the model's own tokens.

    A chunk holds whole sentences; only a sentence longer than ``limit`` is cut, at a clause where it
    has one, else between words. ``body[c.start:c.end] == c.text`` for each chunk ``c``.
    """
    pieces = [
        piece for sentence in sentences(body) for piece in _cut_long(body, sentence, count_tokens, limit)
    ]
    if not pieces:
        return ()
    sizes = [count_tokens(piece.of(body)) for piece in pieces]
    # Equal shares rather than full chunks and a rest: a tail of ten words embeds badly.
    share = sum(sizes) / ceil(sum(sizes) / limit)
    groups: list[list[Span]] = [[]]
    filled = 0
    for piece, size in zip(pieces, sizes, strict=True):
        over = filled + size > limit
        if groups[-1] and (over or filled + size / 2 > share):
            groups.append([])
            filled = 0
        groups[-1].append(piece)
        filled += size
    return tuple(_chunk(number, body, group) for number, group in enumerate(groups))


def _chunk(number: int, body: str, group: Sequence[Span]) -> Chunk:
    start, end = group[0].start, group[-1].end
    return Chunk(number, start, end, body[start:end], tuple(group))


def _cut_long(body: str, sentence: Span, count_tokens: Callable[[str], int], limit: int) -> list[Span]:
    # A token is never shorter than a byte or so: most sentences need no count here.
    if sentence.end - sentence.start <= limit or count_tokens(sentence.of(body)) <= limit:
        return [sentence]
    middle = (sentence.start + sentence.end) // 2
    text = sentence.of(body)
    breaks = [sentence.start + match.end() for match in _CLAUSE_END.finditer(text)]
    breaks = [b for b in breaks if sentence.start + len(text) // 8 < b < sentence.end - len(text) // 8]
    if not breaks:
        breaks = [sentence.start + match.end() for match in re.finditer(r"\s+", text)]
    cut = min(
        (b for b in breaks if sentence.start < b < sentence.end),
        key=lambda b: abs(b - middle),
        default=middle,
    )
    left_end = cut
    while left_end > sentence.start and body[left_end - 1].isspace():
        left_end -= 1
    halves = (Span(sentence.start, max(left_end, sentence.start + 1)), Span(cut, sentence.end))
    return [part for half in halves for part in _cut_long(body, half, count_tokens, limit)]
