"""Extractive answers: the sentences that answer, quoted word for word and attributed to their outlet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from rag.answering.evidence import Evidence
from rag.answering.orders import is_plain_name
from rag.answering.quoting import whom
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import read
from rag.copies import are_copies, prints
from rag.text import search_fold, search_terms
from rag.types import Article, Citation, Claim, Span

# A quote that is much less likely than the best one only blurs the answer.
_LEAST_SHARE = 0.2
_COPY, _COPY_OF_COPY = 0.8, 0.5


def claims_from(
    evidence: Sequence[Evidence],
    lang: Literal["ar", "en"],
    most: int,
    *,
    in_order: bool = False,
    first: Sequence[tuple[Article, Span]] = (),
    others: Sequence[Article] = (),
) -> tuple[Claim, ...]:
    """Return at most ``most`` claims, the likeliest first: a frame in ``lang`` and the quote.

    With ``in_order`` they keep the order of ``evidence``. The sentences of ``first`` come before all others,
    however many they are. Copies of a sentence that is already quoted are left out: they would be one
    source shown twice. ``others`` are articles that may print it too.
    """
    ranked = sorted(evidence, key=lambda one: -one.probability)
    least = _LEAST_SHARE * ranked[0].probability if ranked else 0.0
    chosen = list(first)
    for candidate in evidence if in_order else ranked:
        place = (candidate.passage.chunk.article, candidate.span)
        enough = candidate.probability >= least
        if len(chosen) < most and enough and not any(says_again(place, other) for other in chosen):
            chosen.append(place)
    return tuple(_claim(number, place, lang, others) for number, place in enumerate(chosen, 1))


def frame(
    article: Article,
    lang: Literal["ar", "en"],
    *,
    also_in: Sequence[Article] = (),
    speaker: str | None = None,
) -> str:
    """Return the words that attribute a quote of ``article``, in the reader's language.

    ``also_in`` are articles of other outlets that print it too; ``speaker`` is whom the outlet quotes in it.
    A name or title that says more than a name would be read as what the bot says: it is left to the sources.
    """
    outlets = [outlet for other in also_in if (outlet := other.outlet) and is_plain_name(outlet)]
    named = article.outlet if article.outlet and is_plain_name(article.outlet) else None
    titled = article.title if article.title and is_plain_name(article.title) else None
    if speaker and not is_plain_name(speaker):
        speaker = None
    if lang == "ar":
        of = named or (f"مقال بعنوان «{titled}»" if titled else "المصدر الآتي")
        also = f" (ونشرته أيضاً: {'، '.join(outlets)})" if outlets else ""
        return f"ورد في {of}{also}{f' نقلاً عن {speaker}' if speaker else ''}:"
    of = named or (f"an article titled “{titled}”" if titled else "the source below")
    also = f" (also in {', '.join(outlets)})" if outlets else ""
    return f"According to {of}{also}{f', quoting {speaker}' if speaker else ''}:"


def frame_of(citation: Citation, lang: Literal["ar", "en"], also_in: Sequence[Article] = ()) -> str:
    """Return the words that attribute a quote, with whom its outlet quotes where the sentence says so."""
    speaker = whom(citation.quote)
    if speaker and citation.article.outlet and search_fold(speaker) in search_fold(citation.article.outlet):
        speaker = None
    return frame(citation.article, lang, also_in=also_in, speaker=speaker)


def nearest_articles(ranked: Iterable[Article], most: int = 3) -> tuple[Article, ...]:
    """Return the first ``most`` different articles of a ranking: what the archive does hold."""
    return tuple({article.id: article for article in ranked}.values())[:most]


def _claim(
    number: int, place: tuple[Article, Span], lang: Literal["ar", "en"], others: Sequence[Article]
) -> Claim:
    article, span = place
    citation = Citation(number, article, span.start, span.end)
    outlets = {article.outlet: article}
    for other in others:
        if other.outlet and are_copies(article, other) and prints(other, citation.quote):
            outlets.setdefault(other.outlet, other)
    also_in = tuple(other for other in outlets.values() if other is not article)
    return Claim(frame_of(citation, lang, also_in), (citation,), also_in)


def says_again(one: tuple[Article, Span], other: tuple[Article, Span]) -> bool:
    """Tell whether two sentences are one but for spelling and a few words; other numbers make another one."""
    if one == other:
        return True
    a, b = (span.of(article.body) for article, span in (one, other))
    terms, theirs = set(search_terms(a)), set(search_terms(b))
    enough = _COPY_OF_COPY if are_copies(one[0], other[0]) else _COPY
    if len(terms & theirs) < enough * max(1, len(terms | theirs)):
        return False
    return _numbers(a) == _numbers(b)


def _numbers(text: str) -> list[tuple[str, float]]:
    return sorted(number.measure for number in numbers_in(read(text)))
