"""What a question is about: its words without those that ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.conversation.reading import read_turn
from rag.conversation.references import points_back
from rag.conversation.tables import ASKING, AUXILIARIES, BEFORE_ASKING, COUNTED, HOW
from rag.text import search_fold

END_MARKS: Final = " ?؟.!…،,;؛:"
CARRIED: Final = re.compile(r"^(.*?[?؟])\s*\(([^()]*)\)$")
"""A question that was completed: the turn, and in brackets what was carried over."""
_SEPARATOR: Final = re.compile(r"[،,] ")
_LONGEST: Final = 30
"""Words that are carried over at most."""
_INVERTED: Final = 6
"""Words behind *how many* among which the verb's auxiliary stands."""
_BINDS: Final = frozenset(search_fold(word) for word in "ما من which who where when whose".split())
"""Asking words that also bind a clause to what is before it."""


def topic_of(question: str) -> str:
    """Return what a question is about; of a completed one its own words, then what its talk began with."""
    completed = CARRIED.match(question)
    if completed is None:
        return _cut(_without_asking(question))
    head, carried = completed[1], completed[2]
    own = " ".join(word for word in _without_asking(head).split() if not points_back(folded_word(word)))
    if not any(token.carries for token in read_turn(own).tokens):
        return _cut(carried)
    return _cut(joined(own, _SEPARATOR.split(carried)[-1]))


def joined(*parts: str) -> str:
    """Return parts as one enumeration, by the comma of their letters."""
    comma = "، " if any(re.search(r"[\u0620-\u064a]", part) for part in parts) else ", "
    return comma.join(part for part in parts if part)


def folded_word(written: str) -> str:
    """Return a word as the tables hold it."""
    return search_fold(written).strip(END_MARKS + '«»"“”()').replace("’", "'")


def _cut(topic: str) -> str:
    return " ".join(topic.replace("(", "").replace(")", "").split()[:_LONGEST]).strip(END_MARKS)


def _without_asking(question: str) -> str:
    written = read_turn(question).whole.rstrip(END_MARKS).split()
    folded = [folded_word(word) for word in written]
    start = _end_of_asking(folded)
    end = _end_of_clause(written, folded, start)
    written, folded = written[:end], folded[:end]
    rest = list(zip(written[start:], folded[start:], strict=True))
    if start and folded[start - 1] in ("many", "much", "which", "what", "whose"):
        # How many bodies had the hospital received: the auxiliary goes with the asking words.
        at = next((n for n, (_, word) in enumerate(rest[:_INVERTED]) if word in AUXILIARIES), None)
        if at and len(rest) > at + 1:
            del rest[at]
    if len(rest) > 1 and rest[-1][1] in ASKING:
        rest.pop()
    return " ".join(word for word, plain in rest if plain not in ASKING or plain in _BINDS)


def _end_of_clause(written: Sequence[str], folded: Sequence[str], start: int) -> int:
    """Return where a second question begins that is joined to the first: *..., and who is her brother*."""
    for at in range(start + 2, len(folded)):
        joins = folded[at] == "and" and at + 1 < len(folded) and folded[at + 1] in ASKING
        if joins or (folded[at][:1] == "و" and folded[at][1:] in ASKING and folded[at] not in ASKING):
            return at
    return len(written)


def _end_of_asking(folded: Sequence[str]) -> int:
    """Return how many words at the head of a question only ask: *by how much did*, كم بلغ عدد."""
    at = 0
    while at + 1 < len(folded) and folded[at] in BEFORE_ASKING and folded[at + 1] in ASKING | BEFORE_ASKING:
        at += 1
    if at == len(folded) or folded[at] not in ASKING | AUXILIARIES:
        return 0
    while at < len(folded) and (
        folded[at] in ASKING | AUXILIARIES | COUNTED or (folded[at] in HOW and folded[at - 1] == "how")
    ):
        at += 1
    return at
