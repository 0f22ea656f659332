"""Whether a written claim stands in the quotes it cites: numbers by value, names across scripts.

What contradicts its quotes is dropped; what cannot be decided is shown as its quote instead.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.names import same_name
from rag.text import repair, search_fold, search_terms, words
from rag.types import Citation

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_MULTIPLES = (
    (re.compile(r"\s*-?(?:thousand|الف|الفا|الاف)\b", re.IGNORECASE), 1_000),
    (re.compile(r"\s*-?(?:million|مليون|مليونا|ملايين)\b", re.IGNORECASE), 1_000_000),
    (re.compile(r"\s*-?(?:billion|مليار|مليارا|مليارات)\b", re.IGNORECASE), 1_000_000_000),
)
_NAME = re.compile(r"(?<![.!?؟]\s)(?<!^)\b[A-Z][^\W\d_]{2,}")
_SAME_NAME = 0.65
_LEAST_SHARED = 0.5
"""The share of a claim's words that its quotes of the same language must hold."""


class Finding(enum.StrEnum):
    """What becomes of a claim."""

    KEPT = "kept"
    QUOTE_INSTEAD = "quote_instead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with its reasons: short words for machines, such as ``number:40``."""

    finding: Finding
    reasons: tuple[str, ...]


def verify(
    claim: str, lang: str, citations: Sequence[Citation], *, names: Callable[[str, str], bool] | None = None
) -> Verdict:
    """Hold ``claim``, written in ``lang``, against the quotes of its ``citations``.

    ``names`` says whether two spellings can be one name; by default their consonants do.
    """
    quotes = [citation.quote for citation in citations]
    if not claim.strip() or not quotes:
        return Verdict(Finding.DROPPED, ("nothing_cited",))
    held = {value for quote in quotes for value in _numbers(quote)}
    reasons = [f"number:{value}" for value in sorted(_numbers(claim) - held)]
    if reasons:
        return Verdict(Finding.DROPPED, tuple(reasons))
    alike = names or (lambda one, other: same_name(one, other) >= _SAME_NAME)
    told = {search_fold(word.written) for quote in quotes for word in words(quote)}
    strange = [
        name for name in _NAME.findall(claim) if search_fold(name) not in told and not _any(alike, name, told)
    ]
    if strange:
        return Verdict(Finding.QUOTE_INSTEAD, tuple(f"name:{name}" for name in strange))
    if all(citation.article.lang == lang for citation in citations):
        asserted = set(search_terms(claim))
        shared = asserted & {term for quote in quotes for term in search_terms(quote)}
        if len(shared) < _LEAST_SHARED * len(asserted):
            return Verdict(Finding.QUOTE_INSTEAD, ("words",))
    return Verdict(Finding.KEPT, ())


def _any(alike: Callable[[str, str], bool], name: str, told: set[str]) -> bool:
    return any(alike(name, word) for word in told)


def _numbers(text: str) -> set[Decimal]:
    """Return the numbers written in digits, by value, times the thousands or millions behind them."""
    plain = repair(text).replace("أ", "ا").replace("آ", "ا")
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(plain):
        digits = _THOUSANDS.sub("", match.group()).replace(",", ".")
        for part in [digits] if digits.count(".") < 2 else digits.split("."):
            value = Decimal(part)
            for multiple, times in _MULTIPLES:
                if multiple.match(plain, match.end()):
                    value *= times
            found.add(value.normalize())
    return found
