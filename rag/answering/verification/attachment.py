"""What a number counts: two numbers of a quote must not change places in a claim."""

from __future__ import annotations

from itertools import combinations

from rag.answering.verification.alignment import Alignment
from rag.answering.verification.numbers import Number, equal, numbers_in
from rag.answering.verification.reading import Text

_REACH = 4
_CLEAR = 1.3
_NEAR = 0.35


def differing(alignment: Alignment, skipped: frozenset[Number]) -> list[str]:
    """Return ``moved:…`` where a number of the claim stands beside words of another number of the quote."""
    claim, quote = alignment.claim, alignment.quote
    held = [n for n in numbers_in(quote) if n.sort in ("count", "fraction", "dual")]
    pairs = [
        (number, [h for h in held if equal(h.value, number.value)])
        for number in numbers_in(claim)
        if number not in skipped and number.sort in ("count", "fraction", "dual")
    ]
    found = [(number, same[0]) for number, same in pairs if len(same) == 1]
    for (one, here), (other, there) in combinations(found, 2):
        if here == there or one.unit != other.unit and one.unit and other.unit:
            continue
        as_told = _fit(alignment, one, here) + _fit(alignment, other, there)
        exchanged = _fit(alignment, one, there) + _fit(alignment, other, here)
        if exchanged > _CLEAR * as_told + _NEAR / 4:
            return [f"moved:{_written(claim, one)}/{_written(claim, other)}"]
    for number, here in found:
        rivals = [_fit(alignment, number, other) for other in held if other != here and other.unit == here.unit]
        if rivals and max(rivals) > _NEAR and _fit(alignment, number, here) == 0:
            return [f"moved:{_written(claim, number)}"]
    return []


def _written(text: Text, number: Number) -> str:
    return text.folded[number.start : max(number.end, number.full_end)]


def _fit(alignment: Alignment, claimed: Number, held: Number) -> float:
    """Return how much the words around two numbers agree: near words weigh more, what is counted most."""
    here, there = _around(alignment.claim, claimed), _around(alignment.quote, held)
    return sum(
        weight * there[q] for n, weight in here.items() for q in alignment.of(n) if q in there
    )


def _around(text: Text, number: Number) -> dict[int, float]:
    own = set(text.at(number.start, max(number.end, number.full_end)))
    dual = number.sort == "dual"
    after = [n for n in text.after(number.end, _REACH + len(own)) if dual or n not in own][:_REACH]
    before = [n for n in text.before(number.start, _REACH)][::-1]
    weights = {n: 1 / (1 + distance) for distance, n in enumerate(after)}
    return weights | {n: 0.6 / (1 + distance) for distance, n in enumerate(before)}
