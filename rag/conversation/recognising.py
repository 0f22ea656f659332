"""Whether a turn follows up on what was asked before it, or stands alone and is to be left as it is."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from rag.conversation.reading import Reading, Token
from rag.conversation.references import refers
from rag.conversation.tables import ADDRESSING, WHO

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
    if all(_is_bare_verb(reading, token) for token in own):
        return True
    return reading.leads and len(own) == 1 and not own[0].is_definite and own[0].arabic


def _is_own(reading: Reading, number: int, held: Collection[str]) -> bool:
    """Tell whether a word is something to search for that was not spoken of before."""
    token = reading.tokens[number]
    if token.is_role or token.is_time or token.term in held or token.term.isdigit():
        return False
    # الشركة المنفذة: an adjective says no more of which company than the noun does.
    return not (token.is_definite and number and reading.tokens[number - 1].is_role)


def _is_bare_verb(reading: Reading, token: Token) -> bool:
    """Tell whether a word is a verb with nobody to do it or nothing done: *who resigned?*, كم يزن؟."""
    if len(reading.content) > 2:
        return False
    number = reading.tokens.index(token)
    previous = reading.tokens[number - 1].folded if number else ""
    if not token.arabic:
        is_passive = previous in ("was", "were", "been", "being") and token.folded.endswith("en")
        return previous in WHO or token.folded.endswith("ed") or is_passive
    return not token.is_definite and not any(t.is_definite for t in reading.tokens)


def _repeats(reading: Reading, before: tuple[str, ...]) -> bool:
    """Tell whether two words of the question before stand side by side again: what is asked of is said."""
    asked = set(pairwise(before))
    terms = [reading.tokens[n].term for n in reading.content]
    return any(pair in asked for pair in pairwise(terms))
