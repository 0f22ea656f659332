"""What a refusal can add: the words of the question that the nearest article does not mention."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.evidence import Evidence
from rag.answering.features import telling_words
from rag.retrieval import content_words
from rag.types import Question
from rag.words import WordSpace, term_weight

_MOST_WORDS = 3
_MET = 0.5
"""A word of the question that agrees less with every word of an article is not mentioned there."""


def not_mentioned(question: Question, evidence: Sequence[Evidence], space: WordSpace) -> tuple[str, ...]:
    """Return the weightiest words of the question that the article of the best sentence does not mention.

    ``evidence`` is weighed, the best first.
    """
    asked = content_words(question)
    if not asked or not evidence:
        return ()
    article = evidence[0].passage.chunk.article
    agreements = space.agreements(asked, telling_words(f"{article.title}\n{article.body}"))
    # A code or a user's name is no word, and is not repeated.
    unmet = [
        word
        for word, row in zip(asked, agreements, strict=True)
        if row.max(initial=0.0) < _MET and (word.written.isalpha() or word.written.isdigit())
    ]
    unmet.sort(key=lambda word: -term_weight(word.term))
    return tuple(word.written for word in unmet[:_MOST_WORDS])
