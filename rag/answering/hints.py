"""What a refusal can add: what the nearest article does not mention, and what could be asked instead."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.evidence import Evidence
from rag.answering.features import telling_words
from rag.retrieval import content_words
from rag.text import Word
from rag.types import Hint, Question
from rag.words import WordSpace, term_weight

_MOST_WORDS = 3
_MET = 0.5
"""A word of the question that agrees less with every word of an article is not mentioned there."""


def hints_for(
    question: Question,
    evidence: Sequence[Evidence],
    space: WordSpace,
    *,
    other_days: bool,
) -> tuple[Hint, ...]:
    """Return what may help whoever was refused, the most telling first.

    ``evidence`` is weighed, the best first, of any day; ``other_days`` says that without the days the
    question names there would have been an answer.
    """
    hints = []
    if other_days and question.window is not None:
        hints.append(Hint("other_days", (question.window.phrase,)))
    missing = _not_mentioned(question, evidence, space)
    if missing:
        hints.append(Hint("not_mentioned", tuple(word.written for word in missing)))
    return tuple(hints)


def _not_mentioned(question: Question, evidence: Sequence[Evidence], space: WordSpace) -> list[Word]:
    """Return the weightiest words of the question that the article of the best sentence does not mention."""
    asked = content_words(question)
    if not asked or not evidence:
        return []
    article = evidence[0].passage.chunk.article
    agreements = space.agreements(asked, telling_words(f"{article.title}\n{article.body}"))
    unmet = [word for word, row in zip(asked, agreements, strict=True) if row.max(initial=0.0) < _MET]
    unmet.sort(key=lambda word: -term_weight(word.term))
    return unmet[:_MOST_WORDS]
