"""Whether a turn follows up on what was asked before it, or stands alone and is to be left as it is."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from rag.conversation.reading import Reading, Token
from rag.conversation.references import refers
from rag.conversation.tables import ADDRESSING, AUXILIARIES, COUNTING, WHICH, WHO

_LONG: Final = 5
"""Words that carry something, from which on a question that refers to nothing says what it is about."""


def follows_up(reading: Reading, held: Collection[str], before: tuple[str, ...]) -> bool:
    """Tell whether a turn needs what was said before it.

    ``held`` are the search terms of the question before, its answer's article included; ``before`` those of
    the question alone, in order. In doubt a turn stands alone: it then is what its writer wrote.
    """
    if not reading.tokens or reading.is_social:
        return False
    if reading.about:
        return True
    if reading.leads and not reading.asks and len(reading.content) < _LONG:
        return True
    if not reading.content:
        addressed = any(token.folded in ADDRESSING for token in reading.tokens)
        return refers(reading) or ((reading.asks or reading.leads) and not addressed)
    if refers(reading):
        return True
    if reading.anchored or len(reading.content) >= _LONG or _repeats(reading, before):
        return False
    own = [reading.tokens[n] for n in reading.content if _is_own(reading, n, held)]
    if 2 * len(own) <= len(reading.content):
        return True
    if all(_is_bare(reading, token) for token in own):
        return True
    return reading.leads and len(own) == 1 and not own[0].is_definite and own[0].arabic


def _is_own(reading: Reading, number: int, held: Collection[str]) -> bool:
    """Tell whether a word is something to search for that was not spoken of before."""
    token = reading.tokens[number]
    if token.is_role or token.is_time or token.term in held or token.term.isdigit():
        return False
    # الشركة المنفذة: an adjective says no more of which company than the noun does.
    return not (token.is_definite and number and reading.tokens[number - 1].is_role)


def _is_bare(reading: Reading, token: Token) -> bool:
    """Tell whether a word is asked about with nothing beside it: *who resigned?*, *which port?*, كم يزن؟."""
    if len(reading.content) > 2:
        return False
    number = reading.tokens.index(token)
    previous = reading.tokens[number - 1].folded if number else ""
    if token.arabic:
        # كم لوحة استبعدوا: what is counted and a verb, but not عاصمة تازورة.
        first = reading.content[0]
        counts = bool(first) and reading.tokens[first - 1].folded in COUNTING
        return (len(reading.content) == 1 or counts) and not any(t.is_definite for t in reading.tokens)
    is_last = number == len(reading.tokens) - 1
    is_passive = previous in ("was", "were", "been", "being") and token.folded.endswith("en")
    did = reading.tokens[0].folded in AUXILIARIES and len(reading.content) == 1
    return (
        previous in WHO
        or (previous in WHICH and is_last)
        or token.folded.endswith("ed")
        or is_passive
        or (did and is_last)
    )


def _repeats(reading: Reading, before: tuple[str, ...]) -> bool:
    """Tell whether two words of the question before stand side by side again: what is asked of is said."""
    asked = set(pairwise(before))
    terms = [reading.tokens[n].term for n in reading.content]
    return any(pair in asked for pair in pairwise(terms))
