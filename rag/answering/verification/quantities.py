"""Whether each number of a claim stands in its quotes, in the same unit or one that equals it."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.answering.verification.numbers import Number, equal, numbers_in
from rag.answering.verification.reading import Text
from rag.answering.verification.units import UNITS
from rag.bilingual import forms


def looks_dual(folded: str) -> bool:
    """Tell whether an Arabic word can be a dual, in whichever case or state."""
    return any(len(form) > 4 and re.search(r"(?:ان|ين|تا|تي)$", form) for form, _ in forms(folded))


_PAIRS = frozenset("both pair couple twin كلا كلتا".split())


def unsupported(claim: Text, quotes: Collection[Text], dated: Collection[Number]) -> list[tuple[Number, str]]:
    """Return the claim's numbers that no quote has, each with what differs: ``number`` or ``unit``.

    ``dated`` are numbers of the claim that belong to dates, which are compared as days.
    """
    held = [number for quote in quotes for number in numbers_in(quote)]
    missing: list[tuple[Number, str]] = []
    for number in numbers_in(claim):
        if number in dated or (number.value == 1 and number.in_words) or _one_of_a_word(number):
            continue
        like = [other for other in held if _same_value(number, other)]
        if not like and number.value == 2 and number.sort in ("count", "dual"):
            words = [token.folded for quote in quotes for token in quote.tokens]
            like = [number] if any(looks_dual(word) or word in _PAIRS for word in words) else []
        if like and all(_clashing(number, other, held) for other in like):
            missing.append((number, "unit"))
        elif not like:
            other_unit = any(o.unit and o.unit != number.unit and equal(o.value, number.value) for o in held)
            missing.append((number, "unit" if number.unit and other_unit else "number"))
    return missing


def _one_of_a_word(number: Number) -> bool:
    return number.sort == "ordinal" and number.value == 1


def _same_value(claimed: Number, held: Number) -> bool:
    if _clock_in_words(claimed, held) or _clock_in_words(held, claimed):
        return True
    if "clock" in (claimed.sort, held.sort):
        return claimed.sort == held.sort and (claimed.value - held.value) % 720 == 0
    if claimed.sort == "ordinal" or held.sort == "ordinal":
        return equal(claimed.value, held.value) and claimed.sort == held.sort
    if "many" in (claimed.sort, held.sort):
        return claimed.sort == held.sort and claimed.value == held.value
    if "multiple" in (claimed.sort, held.sort) and claimed.sort != held.sort:
        return (
            claimed.value == held.value
            and "dual" not in (claimed.sort, held.sort)
            and claimed.unit is None
            and held.unit is None
        )
    one, other = claimed.measure, held.measure
    if one[0] and other[0] and one[0] == other[0]:
        return equal(one[1], other[1])
    return equal(claimed.value, held.value) or (
        bool(one[0]) != bool(other[0])
        and equal(one[1], other[1])
        and one[0] in ("", "share")
        and other[0] in ("", "share")
    )


def _clock_in_words(claimed: Number, held: Number) -> bool:
    """Tell whether a bare number is the hour of a clock's: at nine, for 9 p.m."""
    if held.sort != "clock" or claimed.sort != "count" or claimed.unit is not None or held.value % 60:
        return False
    return claimed.value <= 24 and (claimed.value - held.value / 60) % 12 == 0


def _clashing(claimed: Number, held: Number, all_held: Collection[Number]) -> bool:
    """Tell whether two numbers of one value are measured in units that are not the same."""
    if claimed.unit is None:
        return held.unit is not None and UNITS[held.unit].measures == "share" and claimed.sort == "count"
    if held.unit is None:
        # "78 million dinars, 29 million of it": the unit was told with the number before.
        elsewhere = any(o.unit and UNITS[o.unit].measures == UNITS[claimed.unit].measures for o in all_held)
        return not elsewhere and not (held.sort == "fraction" and UNITS[claimed.unit].measures == "share")
    one, other = claimed.measure, held.measure
    return one[0] != other[0] or not equal(one[1], other[1])
