"""What is quoted is quoted from whoever printed it first: of copies, the article that the others are of.

Which copy of a piece was found is chance. Its source says it in its own right, where a copy may only report
what the source said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.evidence import Evidence
from rag.answering.extractive import says_again
from rag.copies import are_copies, printed_before
from rag.text import fold, search_fold
from rag.types import Article, Passage, Span


def by_source(evidence: Sequence[Evidence], passages: Sequence[Passage]) -> list[Evidence]:
    """Return ``evidence`` with each copied sentence as its source prints it, where ``passages`` hold that.

    Numbers are the same there, and so are the words that answer; the weights stay those of what was read.
    """
    return [_of_source(one, passages) for one in evidence]


def _of_source(one: Evidence, passages: Sequence[Passage]) -> Evidence:
    for passage, span in _places(one, passages):
        source = passage.chunk.article
        copied = says_again((one.passage.chunk.article, one.span), (source, span))
        if not copied or not printed_before(source, one.passage.chunk.article):
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


def _places(one: Evidence, passages: Sequence[Passage]) -> Iterator[tuple[Passage, Span]]:
    """Yield the sentences of the dated copies of an article, of the one printed first before the others."""
    article = one.passage.chunk.article
    copies = [
        (other.published.date, passage)
        for passage in passages
        if (other := passage.chunk.article).id != article.id
        and other.published
        and are_copies(other, article)
    ]
    for _, passage in sorted(copies, key=lambda dated: dated[0]):
        for span in passage.chunk.sentences:
            yield passage, span
