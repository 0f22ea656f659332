"""What is quoted is quoted from whoever printed it first: of copies, the article that the others are of.

Which copy of a piece was found is chance. Its source says it in its own right, where a copy may only report
what the source said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from rag.answering.evidence import Evidence
from rag.answering.extractive import says_again
from rag.copies import are_copies, printed_before
from rag.text import fold, search_fold
from rag.types import Article, Passage, Span

_UNKNOWN = datetime.max.replace(tzinfo=UTC)


def by_source(evidence: Sequence[Evidence], passages: Sequence[Passage]) -> list[Evidence]:
    """Return ``evidence`` with each copied sentence as its source prints it, where ``passages`` hold that.

    Numbers are the same there, and so are the words that answer; the weights stay those of what was read.
    """
    articles = {one.passage.chunk.article.id: one.passage.chunk.article for one in evidence}
    earlier = {name: _earlier_copies(article, passages) for name, article in articles.items()}
    return [_of_source(one, earlier[one.place[0]]) for one in evidence]


def _earlier_copies(article: Article, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages of copies that came out before ``article``, those of the earliest first."""
    copies = [
        passage
        for passage in passages
        if printed_before(passage.chunk.article, article) and are_copies(passage.chunk.article, article)
    ]
    return sorted(copies, key=lambda passage: _came_out(passage.chunk.article))


def _came_out(article: Article) -> datetime:
    return (article.published and article.published.instant) or _UNKNOWN


def _of_source(one: Evidence, copies: Sequence[Passage]) -> Evidence:
    """Return a sentence as the first of ``copies`` that says it prints it, else as it is."""
    for passage in copies:
        source = passage.chunk.article
        for span in passage.chunk.sentences:
            if not says_again((one.passage.chunk.article, one.span), (source, span)):
                continue
            answer = _same_words(one, source, span)
            if answer is not None or one.answer is None:
                return replace(one, passage=passage, span=span, answer=answer)
    return one


def _same_words(one: Evidence, source: Article, span: Span) -> Span | None:
    """Return where the words that answer stand in a sentence of the source, spelt otherwise or not."""
    if one.answer is None:
        return None
    words = search_fold(one.answer.of(one.passage.chunk.article.body))
    told = fold(span.of(source.body))
    at = told.text.find(words)
    if at < 0:
        return None
    found = told.original(Span(at, at + len(words)))
    return Span(span.start + found.start, span.start + found.end)
