"""A question to an answer: search, weigh, refuse or quote."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rag.answering.evidence import Evidence, Weigher
from rag.answering.extractive import claims_from, nearest_articles
from rag.answering.features import FEATURES
from rag.dates import find_dates
from rag.retrieval import Found, Retriever
from rag.types import Answer, Passage, Question, Span, TimeWindow

_SURELY_MET = 0.85  # the same stem, or a name's spelling in the other script
# News of a day is still printed on the next.
_PRINTED_LATER = timedelta(days=1)


class Answerer:
    """Answers questions from one archive by quoting it. Thread-safe."""

    def __init__(
        self, retriever: Retriever, weigher: Weigher, *, threshold: float | None = None, most_quotes: int = 3
    ) -> None:
        self._retriever = retriever
        self._weigher = weigher
        self._threshold = weigher.weights.threshold if threshold is None else threshold
        self._most_quotes = most_quotes

    def answer(self, question: Question, on_stage: Callable[[str], None] | None = None) -> Answer:
        """Return quotes that answer ``question``, or ``insufficient`` with the nearest articles.

        ``on_stage`` hears ``searching``, ``reading`` and ``checking``. The passages are filled either way.
        """
        tell = on_stage or (lambda stage: None)
        tell("searching")
        found = self._search(question)
        tell("reading")
        started = time.perf_counter()
        evidence = self._weigher.weigh(question, found)
        eligible = evidence
        if question.window is not None:
            eligible = [one for one in evidence if _is_within(one.passage, one.span, question.window)]
        tell("checking")
        # The sentences around it tell how much the best one is worth, also those outside of the window.
        others = [one for one in evidence if one is not eligible[0]] if eligible else []
        likely = self._weigher.weights.answers([*eligible[:1], *others])
        if evidence and _asks_for_a_strange_word(evidence[0]):
            likely = 0.0
        timings = found.timings_ms | {"weigh": (time.perf_counter() - started) * 1e3}
        answer = Answer(
            question, "insufficient", "extractive", likely, passages=found.passages, timings_ms=timings
        )
        if not eligible or likely < self._threshold:
            ranked = [passage.chunk.article for passage in found.passages]
            return replace(answer, nearest=nearest_articles(ranked))
        return replace(
            answer, status="answered", claims=claims_from(eligible, question.lang, self._most_quotes)
        )

    def _search(self, question: Question) -> Found:
        found = self._retriever.search(question)
        if question.window is None:
            return found
        # What was printed in the window comes first; its days may also be told of elsewhere.
        inside = self._retriever.search(question, window=_printed_in(question.window))
        return inside.and_after(found)


def _asks_for_a_strange_word(best: Evidence) -> bool:
    """Tell whether all that is asked for is one word, and the best article does not have it.

    Then likeness is chance: a greeting is always like some word of the news.
    """
    features = dict(zip(FEATURES, best.features, strict=True))
    return bool(features["question_words"] == 1 and features["met_around"] < _SURELY_MET)


def _printed_in(window: TimeWindow) -> TimeWindow:
    return replace(window, end=window.end + _PRINTED_LATER if window.end else None)


def _is_within(passage: Passage, span: Span, window: TimeWindow) -> bool:
    """Tell whether a sentence is of the window: printed in it, or about a day in it."""
    article = passage.chunk.article
    day = article.published.first_day if article.published else None
    if day and article.published and _overlap(day, article.published.last_day, _printed_in(window)):
        return True
    told = find_dates(span.of(article.body), published=day)
    return any(_overlap(one.first, one.last, window) for one in told)


def _overlap(first: date, last: date, window: TimeWindow) -> bool:
    return (window.end is None or first <= window.end) and (window.start is None or last >= window.start)
