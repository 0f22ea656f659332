"""Words that a claim adds: content that no word of any quote can stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answering.verification.alignment import Alignment
from rag.bilingual import concepts

_MOST_ADDED = {True: 0.6, False: 0.75}
"""The share of a claim's words that may be new, within a language and across two."""
_CLAUSE = re.compile(
    r"[.!?؟;؛:\n()](?!\d)| - | – | — |(?<!\w)(?:and|while|whereas|but|however|although|though)(?!\w)|(?<=\w )و(?=\w{3})"
)


def added(alignments: Sequence[Alignment], skipped: frozenset[int]) -> tuple[list[int], float]:
    """Return the claim's content words that no quote holds, and their share of its content words."""
    content = [n for n in alignments[0].content if n not in skipped]
    claim = alignments[0].claim
    one_language = any(a.claim.arabic == a.quote.arabic for a in alignments)
    # Across two languages a word that no dictionary knows may well stand in the quote.
    new = [
        n
        for n in content
        if not any(alignment.of(n) for alignment in alignments)
        and (one_language or concepts(claim.tokens[n].folded))
    ]
    return new, len(new) / len(content) if content else 0.0


def too_many(alignments: Sequence[Alignment], skipped: frozenset[int]) -> bool:
    """Tell whether a claim says much that its quotes do not."""
    new, share = added(alignments, skipped)
    one_language = any(a.claim.arabic == a.quote.arabic for a in alignments)
    return len(new) > 1 and share > _MOST_ADDED[one_language]


def put_on(alignments: Sequence[Alignment], skipped: frozenset[int]) -> list[str]:
    """Return the clauses of a claim, of two content words or more, of which no word stands in any quote.

    What is hung on to a claim that its quote supports is a small share of its words. ``skipped`` are words that
    are read otherwise.
    """
    claim = alignments[0].claim
    new, _ = added(alignments, skipped)
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(claim.folded)), len(claim.folded)]
    found = []
    for start, end in pairwise(cuts):
        inside = [
            n for n in alignments[0].content if n not in skipped and start <= claim.tokens[n].start < end
        ]
        if len(inside) > 1 and set(inside) <= set(new):
            found.append(claim.folded[start:end].strip(" .,:;،؛"))
    return found
