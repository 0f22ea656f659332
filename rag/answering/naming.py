"""Proper names among the words that answer who did something, and whether two answers name different ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.verification.alignment import is_content, same_spelling
from rag.answering.verification.names import is_name
from rag.answering.verification.reading import Token, read
from rag.bilingual import concepts
from rag.names import edit_distance, likeness, same_name
from rag.text import search_fold
from rag.types import Span
from rag.words import background_frequencies

_MAY_BE_ONE = 0.6
"""How well two spellings must agree that may be one name: less than where something is asserted on it."""
_BY_CONSONANTS = 0.8
_LONG = 5


@dataclass(frozen=True, slots=True)
class Named:
    """The words of an answer that can name somebody, and those among them that certainly do."""

    words: tuple[str, ...]
    names: tuple[str, ...]

    def is_other_than(self, other: Named) -> bool:
        """Tell whether both hold names, of which none can be a word of the other, in whichever script."""
        if not self.names or not other.names:
            return False
        return not (_any_may_be_one(self.names, other.words) or _any_may_be_one(other.names, self.words))

    def is_told_in(self, text: str) -> bool:
        """Tell whether any of its names is a word of ``text``."""
        told = [token.written for token in read(text).tokens if token.arabic or token.capital]
        return any(same_spelling(name, word) for name in self.names for word in told)


def named_in(sentence: str, answer: Span) -> Named:
    """Return what the words ``answer`` of ``sentence`` name; titles, offices and the like are no names."""
    text = read(sentence)
    tokens = [text.tokens[at] for at in text.at(*text.folded_span(answer.start, answer.end))]
    told = tuple(token.written for token in tokens if is_content(token))
    return Named(told, tuple(token.written for token in tokens if _is_name(token)))


def _is_name(token: Token) -> bool:
    if is_name(token):
        return True
    # At the beginning of a sentence a capital says nothing: a name is what is no word.
    opens = token.opens and token.capital and not token.digits
    return opens and not concepts(token.folded) and token.stem not in background_frequencies()[1]


def _any_may_be_one(names: Sequence[str], words: Sequence[str]) -> bool:
    return any(_may_be_one(name, word) for name in names for word in words)


def _may_be_one(one: str, other: str) -> bool:
    folded, theirs = search_fold(one), search_fold(other)
    if folded == theirs or likeness(one, other) >= _MAY_BE_ONE or same_name(one, other) >= _BY_CONSONANTS:
        return True
    return min(len(folded), len(theirs)) >= _LONG and edit_distance(folded, theirs) <= 1
