"""Whether a turn refers to something that it does not say itself: *when was it built?*, متى حدث ذلك؟.

A pronoun may refer inside its own question (*which town mourned its mayor*). The rules are those of binding:
a possessive may mean a noun before it, the object of a clause never means its subject, and what stands in a
clause of its own may mean anything before it.
"""

from __future__ import annotations

import re
from typing import Final

from rag.conversation.reading import Reading, Token
from rag.conversation.tables import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    EMPTY_IT,
    INDEPENDENT,
    NO_PRONOUN,
    POINTING,
    POSSESSIVES,
    REFERRING,
    RELATIVES,
    REMAINING,
    SUBJECTS,
    THERE,
    TIMES,
)

_WITH_PREPOSITION: Final = re.compile(
    r"^[وف]?(?:من|في|عن|ل|ال|ب|علي|الي|بين|مع|عند|بعد|قبل|ضد|حول|لدي|خلال|بسبب|بدون|دون|فوق|تحت|بحق|تبع|بتاع|"
    r"احد|كل|معظم|بعض|غير|نصف|اكثر)(?:ه|ها|هم|هن|هما|و|كن)$"
)
_SUFFIXED: Final = re.compile(r"^\w{2,}(?:ها|هم|هما|هن)$")
_VOWEL_MARKS: Final = "ًٌٍَُِّْ"
_RELATED: Final = 2
"""Words before an Arabic pronoun that is written to a noun, from which on it may mean one of them."""


def refers(reading: Reading) -> bool:
    """Tell whether something in the turn refers to what was said before it."""
    return any(
        _arabic(reading, number) if token.arabic else _english(reading, number)
        for number, token in enumerate(reading.tokens)
    )


def points_back(folded: str) -> bool:
    """Tell whether a word, folded, stands for something said before: *that*, منها."""
    return folded in REFERRING or folded == "of" or bool(_WITH_PREPOSITION.match(folded))


def _english(reading: Reading, number: int) -> bool:
    token = reading.tokens[number]
    folded = token.folded.removesuffix("'s") if token.folded.removesuffix("'s") in REFERRING else token.folded
    before = [n for n in reading.content if n < number]
    is_last = number == len(reading.tokens) - 1 or reading.tokens[number + 1].after_mark
    if folded in REMAINING:
        return not reading.anchored
    if folded in POINTING:
        return _points(reading, number, is_last)
    if folded == "there":
        return is_last and not reading.anchored
    if folded in ("her", "hers") or folded in POSSESSIVES:
        possessive = folded != "her" or (not is_last and reading.tokens[number + 1].carries)
        if possessive:
            return not before and not reading.names
        return not _in_another_clause(reading, number, before)
    if folded == "it" and not is_last and reading.tokens[number + 1].folded in EMPTY_IT:
        return False
    if folded in SUBJECTS or folded in ("them", "him", "theirs"):
        is_inverted = bool(number) and reading.tokens[number - 1].folded in AUXILIARIES
        if folded in SUBJECTS and folded != "it" and before and not is_inverted:
            return False  # the rector said he would
        return not _in_another_clause(reading, number, before)
    return False


def _points(reading: Reading, number: int, is_last: bool) -> bool:
    """Tell whether *this*, *that* ... points back: alone, or with a noun that is no time of the asker."""
    tokens = reading.tokens
    if is_last:
        return True
    if tokens[number].folded == "that" and number and tokens[number - 1].carries:
        return False  # the ship that ran aground
    following = tokens[number + 1]
    if tokens[number].folded == "that" and number and following.folded in REFERRING | DETERMINERS:
        return False  # said that he would
    if following.folded in TIMES or following.is_time:
        return False
    return not _in_another_clause(reading, number, [n for n in reading.content if n < number])


def _in_another_clause(reading: Reading, number: int, before: list[int]) -> bool:
    """Tell whether a clause began between a word that carries something and the word of ``number``."""
    if not before:
        return False
    between = reading.tokens[before[0] + 1 : number]
    return any(t.folded in BOUNDARIES or t.after_mark for t in between) or reading.tokens[number].after_mark


def _arabic(reading: Reading, number: int) -> bool:
    token = reading.tokens[number]
    tokens = reading.tokens
    is_last = number == len(tokens) - 1
    folded = token.folded.removeprefix("و") if token.folded.removeprefix("و") in POINTING else token.folded
    before = [n for n in reading.content if n < number]
    if folded in THERE:
        return is_last and not reading.anchored
    if folded in POINTING:
        following = "" if is_last else tokens[number + 1].folded
        previous = "" if not number else tokens[number - 1].folded
        return following not in TIMES and previous not in TIMES
    if folded in INDEPENDENT:
        return is_last and not before
    resumed = any(t.folded in RELATIVES for t in tokens[:number])
    if _WITH_PREPOSITION.match(folded) and folded not in NO_PRONOUN:
        return not (len(before) >= _RELATED and (reading.anchored or resumed)) and not (
            resumed and reading.names
        )
    if _is_suffixed(token):
        if resumed and len(reading.content) > len(before) + 1:
            return False  # ما الذي قاله الوزير
        return not (reading.anchored and before) and len(before) < _RELATED
    return False


def _is_suffixed(token: Token) -> bool:
    """Tell whether a pronoun is written to a noun or verb: كلفته, نقابتهم."""
    if token.folded in NO_PRONOUN or token.is_definite or len(token.folded) < 4:
        return False
    if _SUFFIXED.match(token.folded):
        return True
    # ة is another letter until it is folded.
    return token.written.rstrip(_VOWEL_MARKS).endswith("ه")
