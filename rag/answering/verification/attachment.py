"""What a number counts: two numbers of a quote must not change places in a claim."""

from __future__ import annotations

import re
from itertools import combinations

from rag.answering.verification.alignment import Alignment, is_content
from rag.answering.verification.numbers import Number, equal, numbers_in
from rag.answering.verification.reading import Text

_REACH = 4
_CLEAR = 1.3
_NEAR = 0.35


def differing(alignment: Alignment, skipped: frozenset[Number]) -> list[str]:
    """Return ``moved:…`` where a number of the claim stands beside words of another number of the quote."""
    claim, quote = alignment.claim, alignment.quote
    held = [
        n
        for n in numbers_in(quote)
        if n.sort in ("count", "fraction", "dual") and not _is_of_a_score(quote, n)
    ]
    pairs = [
        (number, [h for h in held if equal(h.value, number.value)])
        for number in numbers_in(claim)
        if number not in skipped and number.sort in ("count", "fraction", "dual") and number.value != 1
    ]
    found = [(number, same[0]) for number, same in pairs if len(same) == 1]
    for (one, here), (other, there) in combinations(found, 2):
        if here == there or (one.unit != other.unit and one.unit and other.unit):
            continue
        led = [_led_alike(claim, one, quote, here), _led_alike(claim, other, quote, there)]
        if led == [False, False]:  # from 9.4 to 7.8
            return [f"moved:{_written(claim, one)}/{_written(claim, other)}"]
        flags = [_is_base(claim, one), _is_base(claim, other), _is_base(quote, here), _is_base(quote, there)]
        if flags[0] != flags[1] and flags[2] != flags[3] and flags[0] != flags[2]:
            return [f"moved:{_written(claim, one)}/{_written(claim, other)}"]
        if any(led) or _of_a_whole(quote, here, there):
            continue
        told = _fit(alignment, one, here), _fit(alignment, other, there)
        exchanged = _fit(alignment, one, there), _fit(alignment, other, here)
        better = all(new > old for new, old in zip(exchanged, told, strict=True))
        if better and sum(exchanged) > _CLEAR * sum(told) + _NEAR / 4:
            return [f"moved:{_written(claim, one)}/{_written(claim, other)}"]
    for number, here in found:
        rivals = [
            _fit(alignment, number, other)
            for other in held
            if other != here
            and other.unit == here.unit
            and not _of_a_whole(quote, here, other)
            and not any(there == other and _fit(alignment, mine, other) for mine, there in found)
        ]
        own = _fit(alignment, number, here)
        if rivals and max(rivals) > _NEAR and (own == 0 or (max(rivals) >= 1 and own < max(rivals) / 4)):
            return [f"moved:{_written(claim, number)}"]
    for number, here in found:
        rival = [h for h in held if h.unit == here.unit and h.end <= here.start]
        if not rival or len(found) > 1 or not _is_compared(quote, here) or _is_compared(claim, number):
            continue
        behind = [n for n in quote.after(max(here.end, here.full_end), 6) if is_content(quote.tokens[n])]
        if behind and not any(alignment.back(n) for n in behind):
            return [f"moved:{_written(claim, number)}"]
    return []


_COMPARED = re.compile(
    r"(?<!\w)(?:compared with|compared to|against|versus|up from|down from|مقابل|مقارنه ب|مقارنه مع)\s?(?:\w{0,5}\s)?$"
)


def _is_compared(text: Text, number: Number) -> bool:
    """Tell whether a number is what another is compared with."""
    return _COMPARED.search(_lead(text, number)) is not None


_LED = re.compile(r"(?<!\w)(?P<from>from|من)\s$|(?<!\w)(?:to|الي)\s$")


_BASE = re.compile(
    r"(?<!\w)(?:compared with|compared to|against|versus|vs|up from|down from|from|than the|instead of|rather than|"
    r"مقابل|مقارنه ب|مقارنه مع|مقارنه بنحو|بدلا من|عوضا عن|من|بعدما كانت?|بعد ان كانت?)\s?(?:\w{0,3}\s)?$"
)
"""What leads to the number that another is compared with."""


def _is_base(text: Text, number: Number) -> bool:
    return _BASE.search(_lead(text, number)) is not None


def _led_alike(claim: Text, one: Number, quote: Text, other: Number) -> bool | None:
    """Tell whether both numbers are where something comes from, or where it gets to; ``None`` without a word."""
    mine, theirs = _LED.search(_lead(claim, one)), _LED.search(_lead(quote, other))
    if mine is None or theirs is None:
        return None
    return bool(mine["from"]) == bool(theirs["from"])


def _lead(text: Text, number: Number) -> str:
    return re.sub(
        r"(?:(?:just|under|over|about|nearly|around|only|نحو|حوالي|اقل من|اكثر من)\s)+$",
        "",
        text.folded[: number.start],
    )


def _is_of_a_score(text: Text, number: Number) -> bool:
    """Tell whether a number is a half of a score: 6-3."""
    around = text.folded[max(0, number.start - 2) : number.end + 2]
    return re.search(r"\d[-–]\d", around) is not None


def _of_a_whole(text: Text, one: Number, other: Number) -> bool:
    """Tell whether one number is part of the other: four of the six charges."""
    first, second = sorted((one, other), key=lambda n: n.start)
    return bool(
        re.fullmatch(
            r"\s?(?:\w+\s)?(?:of|out of|من|من اصل|من بين)\s(?:\w+\s)?", text.folded[first.end : second.start]
        )
    )


def _written(text: Text, number: Number) -> str:
    return text.folded[number.start : max(number.end, number.full_end)]


def _fit(alignment: Alignment, claimed: Number, held: Number) -> float:
    """Return how much the words around two numbers agree: near words weigh more, what is counted most."""
    here, there = _around(alignment.claim, claimed), _around(alignment.quote, held)
    return sum(weight * there[q] for n, weight in here.items() for q in alignment.of(n) if q in there)


def _around(text: Text, number: Number) -> dict[int, float]:
    own = set(text.at(number.start, max(number.end, number.full_end)))
    dual = number.sort == "dual"
    others = [n for n in numbers_in(text) if n != number and n.sort != "ordinal"]
    until = min((n.start for n in others if n.start >= number.end), default=len(text.folded))
    since = max((n.end for n in others if n.end <= number.start), default=0)
    after = [
        n
        for n in text.after(number.end, 4 * _REACH)
        if text.tokens[n].start < until and (dual or n not in own) and is_content(text.tokens[n])
    ][:_REACH]
    before = [
        n
        for n in text.before(number.start, 3 * _REACH)
        if text.tokens[n].start >= since and is_content(text.tokens[n])
    ]
    # What stands right behind another number is counted by that one.
    counted = since and before and not text.folded[since : text.tokens[before[0]].start].strip(' "»”')
    before = before[1 if counted else 0 :][::-1][: _REACH - 1]
    weights = {n: 1.0 if distance == 0 else 0.5 / (1 + distance) for distance, n in enumerate(after)}
    return weights | {n: 0.5 / (1 + distance) for distance, n in enumerate(before)}
