"""Extractive answers: the sentences that answer, quoted word for word and attributed to their outlet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from rag.answering.evidence import Evidence
from rag.answering.orders import is_plain_name
from rag.text import search_terms
from rag.types import Article, Citation, Claim

# A quote that is much less likely than the best one only blurs the answer.
_LEAST_SHARE = 0.2
_COPY = 0.8


def claims_from(evidence: Sequence[Evidence], lang: Literal["ar", "en"], most: int) -> tuple[Claim, ...]:
    """Return at most ``most`` claims, the likeliest first: a frame in ``lang``, with the quote as statement.

    Copies of a sentence that is already quoted are left out: they would be one source shown twice.
    """
    chosen: list[Evidence] = []
    for candidate in sorted(evidence, key=lambda e: -e.probability):
        enough = not chosen or candidate.probability >= _LEAST_SHARE * chosen[0].probability
        if len(chosen) < most and enough and not any(_copies(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(_claim(number, one, lang) for number, one in enumerate(chosen, 1))


def frame(article: Article, lang: Literal["ar", "en"]) -> str:
    """Return the words that attribute a quote of ``article``, in the reader's language.

    A name or title that says more than a name would be read as what the bot says: it is left to the sources.
    """
    if article.outlet and is_plain_name(article.outlet):
        return f"ورد في {article.outlet}:" if lang == "ar" else f"According to {article.outlet}:"
    if article.title and is_plain_name(article.title):
        if lang == "ar":
            return f"ورد في مقال بعنوان «{article.title}»:"
        return f"According to an article titled “{article.title}”:"
    return "ورد في المصدر الآتي:" if lang == "ar" else "According to the source below:"


def nearest_articles(ranked: Iterable[Article], most: int = 3) -> tuple[Article, ...]:
    """Return the first ``most`` different articles of a ranking: what the archive does hold."""
    return tuple({article.id: article for article in ranked}.values())[:most]


def _claim(number: int, evidence: Evidence, lang: Literal["ar", "en"]) -> Claim:
    article = evidence.passage.chunk.article
    citation = Citation(number, article, evidence.span.start, evidence.span.end)
    return Claim(frame(article, lang), (citation,))


def _copies(one: Evidence, other: Evidence) -> bool:
    a, b = set(search_terms(one.text)), set(search_terms(other.text))
    return len(a & b) >= _COPY * max(1, len(a | b))
