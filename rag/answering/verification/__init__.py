"""Whether a claim may be shown: what its quotes say must support every part of it.

No language model judges here: numbers, dates and names are compared by value, and negation, modality,
quantifiers, attribution and roles word by word, in one language or across two. What contradicts a quote is
dropped; where nothing can be said for sure the quote is shown instead of the claim.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.days import day_of
from rag.answering.orders import is_plain_name
from rag.answering.verification import (
    attachment,
    attribution,
    codes,
    content,
    dates,
    modality,
    numbers,
    opposites,
    order,
    polarity,
    quantifiers,
    quantities,
    roles,
    telling,
    units,
)
from rag.answering.verification import (
    names as proper_names,
)
from rag.answering.verification.alignment import Alignment
from rag.answering.verification.reading import Text, read
from rag.types import Citation

__all__ = ["Finding", "Verdict", "verify"]


class Finding(enum.StrEnum):
    """What becomes of a claim."""

    KEPT = "kept"
    QUOTE_INSTEAD = "quote_instead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a claim, and why: short machine words such as ``number:40`` or ``negation:not``."""

    finding: Finding
    reasons: tuple[str, ...]


_TABLES = (modality.MODALS, polarity.NEGATIONS, quantifiers.BOUNDS, quantifiers.AMOUNTS, telling.SPEECH)


def verify(
    claim: str,
    lang: str,
    citations: Sequence[Citation],
    *,
    names: Callable[[str, str], bool] | None = None,
) -> Verdict:
    """Return whether the quotes of ``citations`` support ``claim``, written in ``lang``.

    ``names`` tells whether two spellings are one name, by aliases learnt from the archive; transliteration is
    always tried. Without a quote nothing is kept.
    """
    del lang  # each word is read by its own script
    if not citations:
        return Verdict(Finding.QUOTE_INSTEAD, ("no quote",))
    said = read(claim)
    quotes = [(read(c.quote), day_of(c.article)) for c in citations]
    outlets = [
        read(c.article.outlet) for c in citations if c.article.outlet and is_plain_name(c.article.outlet)
    ]
    told = dates.dates_in(said, next((day for _, day in quotes if day), None))
    dated = dates.dated_numbers(said, told)
    wrong: list[str] = []
    doubts: list[str] = []

    for number, what in quantities.unsupported(said, [quote for quote, _ in quotes], dated):
        wrong.append(f"{what}:{said.folded[number.start : max(number.full_end, number.end)]}")
    for day, what in dates.unsupported(said, quotes):
        wrong.append(f"{what}:{said.folded[day.start : day.end]}")
    doubts += [f"code:{one}" for one in codes.unsupported(said, [quote for quote, _ in quotes])]
    doubts += _rates(said, [quote for quote, _ in quotes])
    skipped = _read_otherwise(said, told)
    in_tables = frozenset(n for table in _TABLES for c in table.find(said) for n in said.at(c.start, c.end))
    for token, other in proper_names.unsupported(
        said, [q for q, _ in quotes], outlets, skipped | in_tables, names
    ):
        (wrong if other else doubts).append(f"name:{token.written}")

    speakers = frozenset(
        n for told_by in telling.said_in(said) if told_by.end - told_by.start > 3 for n in told_by.speaker
    )
    alignments = [Alignment(said, quote, names, speakers) for quote, _ in quotes]
    doubts += _nearest(alignments, outlets, dated, names)
    if content.too_many(alignments, skipped):
        new, _ = content.added(alignments, skipped)
        doubts.append("added:" + " ".join(said.tokens[n].written for n in new))
    doubts += [f"added:{clause}" for clause in content.put_on(alignments, skipped | in_tables)]
    finding = Finding.DROPPED if wrong else Finding.QUOTE_INSTEAD if doubts else Finding.KEPT
    return Verdict(finding, tuple(dict.fromkeys((*wrong, *doubts))))


def _read_otherwise(text: Text, told: Sequence[dates.Told]) -> frozenset[int]:
    """Return the words of ``text`` that are dates, numbers or units."""
    spans = [(t.start, t.end) for t in told] + [(n.start, n.full_end) for n in numbers.numbers_in(text)]
    return frozenset(n for start, end in spans for n in text.at(start, end))


def _rates(claim: Text, quotes: Sequence[Text]) -> list[str]:
    """Return the units and times by which a claim counts (a kilogram, a year) and no quote does."""
    counted = [(n.start, n.full_end) for n in numbers.numbers_in(claim)]
    held = frozenset(name for quote in quotes for name in units.names_of(quote))
    often = frozenset(key for quote in quotes for key in units.often(quote))
    return [f"unit:{name}" for name in units.bare_units(claim, counted) if name not in held] + [
        f"unit:a {key}" for key in units.often(claim) if key not in often
    ]


def _nearest(
    alignments: Sequence[Alignment],
    outlets: Sequence[Text],
    dated: frozenset[numbers.Number],
    names: Callable[[str, str], bool] | None,
) -> list[str]:
    """Return the doubts of the quote that the claim agrees with best: one quote may bear out all of it."""
    found = [
        [
            *polarity.differing(alignment),
            *opposites.differing(
                alignment,
                negated=bool(
                    polarity.negations_in(alignment.claim) or polarity.negations_in(alignment.quote)
                ),
            ),
            *opposites.exchanged(alignment),
            *order.differing(alignment),
            *modality.differing(alignment),
            *quantifiers.differing(alignment, dated),
            *attribution.differing(alignment, outlets, names),
            *roles.differing(alignment),
            *attachment.differing(alignment, dated),
        ]
        for alignment in sorted(alignments, key=lambda a: -sum(bool(a.of(n)) for n in a.content))
    ]
    return min(found, key=len)
