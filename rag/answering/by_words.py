"""Answers when the embedding model cannot be asked: passages found by their words alone, and then read.

The reader (`rag.reading`) ships with Siyaq and needs no endpoint. Only the question's own language is found,
but for names that are written alike, and there is no fitted gate: the reader's own odds decide.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.answering.days import is_within, printed_in
from rag.answering.evidence import READINGS, Evidence, Weigher
from rag.answering.extractive import claims_from, nearest_articles
from rag.answering.newest import newest_first
from rag.answering.orders import is_mere_order
from rag.logistic import probability
from rag.retrieval import Retriever
from rag.types import Answer, Question

DEGRADED = "lexical_only"
_PASSAGES_READ = 8
_LEAST_COVERED = 0.5
"""The share of a question's word weight that the best passage must hold."""
_LEAST_LIKELY = 0.5
_EVEN = 0.5
_NONE = np.zeros(0, dtype=np.float32)


def quote_by_words(
    question: Question, retriever: Retriever, weigher: Weigher, most: int
) -> tuple[Answer, list[Evidence]]:
    """Return the answer in quotes, or ``insufficient``, and the evidence for it, by words alone."""
    started = time.perf_counter()
    passages = retriever.search_by_words(question)
    if question.window is not None:
        inside = retriever.search_by_words(question, window=printed_in(question.window))
        passages = tuple({passage.chunk.id: passage for passage in (*inside, *passages)}.values())
    searched = time.perf_counter()
    found = [
        Evidence(passage, span, _NONE, _EVEN, _NONE)
        for passage in passages[:_PASSAGES_READ]
        for span in passage.chunk.sentences
        if not is_mere_order(span.of(passage.chunk.article.body))
    ]
    evidence = weigher.read(question, found)
    outside = question.window is not None and bool(evidence)
    if question.window is not None:
        evidence = [one for one in evidence if is_within(one.passage, one.span, question.window)]
    likely = _likely(evidence)
    timings = {"search": (searched - started) * 1e3, "weigh": (time.perf_counter() - searched) * 1e3}
    answer = Answer(question, "insufficient", "extractive", likely, degraded=DEGRADED, timings_ms=timings)
    answer = replace(answer, passages=passages)
    if likely < _LEAST_LIKELY:
        nearest = nearest_articles(passage.chunk.article for passage in passages)
        return replace(answer, nearest=nearest, other_days=outside and not evidence), evidence
    evidence, quotable = newest_first(question, evidence)
    claims = claims_from(evidence[:quotable], question.lang, most, in_order=question.latest)
    return replace(answer, status="answered", claims=claims), evidence


def _likely(evidence: Sequence[Evidence]) -> float:
    """Return how likely the best evidence answers: by the reader, where the question's words stand there."""
    if not evidence or evidence[0].passage.score < _LEAST_COVERED:
        return 0.0
    return float(probability(evidence[0].readings[READINGS.index("window_answers")]))
