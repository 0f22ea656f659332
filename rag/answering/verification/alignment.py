"""Which word of a quote a word of a claim stands for: by stem, root, dictionary or spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from rag.answering.verification.reading import Text, Token, segments
from rag.answering.verification.stopwords import EMPTY
from rag.bilingual import VERB_PREFIX, forms, meanings
from rag.names import spelled_alike
from rag.text import search_fold

SameName = Callable[[str, str], bool]

_PREFIX = re.compile(r"^(?:است|مست|يست|تست|[ايتنم])(?=\w{3})")
_SUFFIX = re.compile(r"(?:تهما|تها|تهم|اتها|اتهم|ات|ون|ين|ان|وا|ها|هم|هما|يه|ته|تي|نا|ه|ي|ا|ت)$")
_SHORTEST_ROOT = 3
_DEMONYM = ("n", "an", "ian", "ean", "ese", "ish", "i", "ite", "er", "s", "ans", "ians")


@lru_cache(maxsize=65_536)
def root(folded: str) -> str:
    """Return what is left of an Arabic word without affixes and long vowels, "" where that is too little."""
    if not "\u0620" <= folded[:1] <= "\u064a":
        return ""
    bare = min((form for form, _ in forms(folded)), key=len)
    for _ in range(2):
        shorter = _SUFFIX.sub("", bare)
        if len(shorter) >= _SHORTEST_ROOT:
            bare = shorter
    shorter = _PREFIX.sub("", VERB_PREFIX.sub("", bare))
    bare = shorter if len(shorter) >= _SHORTEST_ROOT else bare
    letters = bare[:1] + re.sub("[اوي]", "", bare[1:])
    return letters if len(letters) >= _SHORTEST_ROOT else ""


def same_word(one: Token, other: Token) -> bool:
    """Tell whether two words of one script are forms of one word."""
    if one.folded == other.folded or (one.stem == other.stem and len(one.stem) > 2):
        return True
    if one.arabic != other.arabic:
        return False
    if one.arabic:
        if {f for f, _ in forms(one.folded) if len(f) > 2} & {
            f for f, _ in forms(other.folded) if len(f) > 2
        }:
            return True
        return bool(root(one.folded)) and root(one.folded) == root(other.folded)
    shorter, longer = sorted((one.folded, other.folded), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 5


@lru_cache(maxsize=65_536)
def same_spelling(one: str, other: str) -> bool:
    """Tell whether two words are one name: letter for letter in one script, by transliteration in two."""
    a, b = search_fold(one).removesuffix("'s"), search_fold(other).removesuffix("'s")
    arabic = ["\u0620" <= x[:1] <= "\u064a" for x in (a, b)]
    if arabic[0] != arabic[1]:
        return spelled_alike(one, other)
    if arabic[0]:
        short = [{form for form, _ in forms(x)} for x in (a, b)]
        return bool(short[0] & short[1])
    return a == b


def alike(one: Token, other: Token, names: SameName | None = None) -> bool:
    """Tell whether two words can say the same, in one language or two."""
    if same_word(one, other) or meanings(one.folded) & meanings(other.folded):
        return True
    if one.arabic == other.arabic:
        return False
    latin = other if one.arabic else one
    return latin.capital and (
        spelled_alike(one.written, other.written)
        or of_one_place(one, other)
        or bool(names and names(one.written, other.written))
    )


def of_one_place(token: Token, other: Token) -> bool:
    """Tell whether an Arabic and a capital Latin word can be a place and its people: Dorvan, الدورفانية."""
    latin, arabic = (token, other) if other.arabic else (other, token)
    return latin.capital and _one_place(latin.folded.removesuffix("'s"), arabic.folded)


@lru_cache(maxsize=65_536)
def _one_place(latin: str, arabic: str) -> bool:
    bare = [form for form, _ in forms(arabic)]
    places = {
        form.removesuffix(end) + tail
        for form in bare
        for end in ("يه", "ي", "يين", "يون", "يا")
        if form.endswith(end)
        for tail in ("", "ه", "ا")
    }
    stems = {latin, *(latin.removesuffix(end) for end in _DEMONYM)}
    stems |= {stem + "a" for stem in tuple(stems)}
    return any(
        same_spelling(place, stem.capitalize())
        for place in {*places, *bare}
        for stem in stems
        if len(place) >= 3 and len(stem) >= 3
    )


def is_content(token: Token) -> bool:
    """Tell whether a word says something by itself: neither a number nor a word of grammar."""
    if token.digits or len(token.folded) < 2:
        return False
    # بلدية is no ب with لديه: only a conjunction is taken off.
    return token.folded not in EMPTY and not (token.folded[:1] in "وف" and token.folded[1:] in EMPTY)


class Alignment:
    """The words of one quote that each word of a claim can stand for."""

    def __init__(
        self, claim: Text, quote: Text, names: SameName | None = None, speakers: Collection[int] = ()
    ) -> None:
        """Align ``claim`` with ``quote``; ``speakers`` are the claim's words for who says it."""
        self.claim = claim
        self._speakers = frozenset(speakers)
        self.quote = quote
        self._pairs: dict[int, tuple[int, ...]] = {}
        quoted = [(n, token) for n, token in enumerate(quote.tokens) if is_content(token)]
        for number, token in enumerate(claim.tokens):
            if is_content(token):
                self._pairs[number] = tuple(n for n, other in quoted if alike(token, other, names))

    @property
    def content(self) -> tuple[int, ...]:
        """The claim's words that say something."""
        return tuple(self._pairs)

    def of(self, number: int) -> tuple[int, ...]:
        """Return the quote's words that word ``number`` of the claim can stand for."""
        return self._pairs.get(number, ())

    def back(self, number: int) -> tuple[int, ...]:
        """Return the claim's words that can stand for word ``number`` of the quote."""
        return tuple(c for c, found in self._pairs.items() if number in found)

    def told_at(self, position: int) -> bool:
        """Tell whether the claim is about the segment of the quote that holds ``position``.

        It is where the segment holds more than half as many of the claim's words as the one that holds most.
        """
        counts = {
            segment: sum(
                any(segment[0] <= self.quote.tokens[q].start < segment[1] for q in found)
                for n, found in self._pairs.items()
                if n not in self._speakers
            )
            for segment in segments(self.quote)
        }
        here = next((count for (start, end), count in counts.items() if start <= position < end), 0)
        return here > 0 and (2 * here > max(counts.values()))

    def may_tell(self, numbers: Sequence[int]) -> bool:
        """Tell whether the claim can be about words of the quote.

        In one language it names one of them. Across two the dictionary may not know a word: then it can.
        """
        if any(self.back(n) for n in numbers):
            return True
        if self.claim.arabic == self.quote.arabic:
            return False
        return not all(meanings(self.quote.tokens[n].folded) for n in numbers[:2])

    def covered(self) -> frozenset[int]:
        """Return the quote's words that some word of the claim stands for."""
        return frozenset(n for found in self._pairs.values() for n in found)
