"""A question to an answer: search, weigh, refuse, quote, and write where there is a model that writes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.answering.by_words import quote_by_words
from rag.answering.days import is_within, printed_in, with_event_days
from rag.answering.evidence import Evidence, Weigher
from rag.answering.extractive import claims_from, nearest_articles
from rag.answering.features import FEATURES
from rag.answering.hints import not_mentioned
from rag.answering.newest import newer_than_best, newest_first
from rag.answering.orders import is_mere_order
from rag.answering.ranking import by_reading, likeliest_first
from rag.answering.sources import by_source
from rag.errors import ModelError
from rag.retrieval import Retriever
from rag.types import Answer, Article, Question

if TYPE_CHECKING:
    from rag.answering.composition import Composer
    from rag.answering.writer import Writer

logger = logging.getLogger(__name__)

_SURELY_MET = 0.85  # the same stem, or a name's spelling in the other script


class Answerer:
    """Answers questions from one archive by quoting it; a ``writer`` puts them into words. Thread-safe.

    A ``composer`` looks at what else the archive holds of an event; without one the best sentences are
    quoted as they are.
    """

    def __init__(
        self,
        retriever: Retriever,
        weigher: Weigher,
        *,
        threshold: float | None = None,
        most_quotes: int = 3,
        writer: Writer | None = None,
        composer: Composer | None = None,
    ) -> None:
        self._retriever = retriever
        self._weigher = weigher
        self._threshold = weigher.weights.threshold if threshold is None else threshold
        self._most_quotes = most_quotes
        self._writer = writer
        self._composer = composer

    def answer(self, question: Question, on_stage: Callable[[str], None] | None = None) -> Answer:
        """Return what answers ``question``, or ``insufficient`` with the nearest articles.

        ``on_stage`` hears ``searching``, ``reading``, ``writing`` where a model is asked, and ``checking``.
        The passages are filled either way; a model is asked only where the evidence is enough. Where an
        embedding endpoint fails, the question is searched by its words alone, and the answer says so.
        """
        tell = on_stage or (lambda stage: None)
        try:
            quoted, evidence = self.quote(question, tell)
        except ModelError as error:  # an endpoint's; the embedded model has none to fail
            logger.warning("A question is searched by words only: %s", error)
            quoted, evidence = quote_by_words(question, self._retriever, self._weigher, self._most_quotes)
        if self._writer is None or quoted.status == "insufficient" or quoted.form == "timeline":
            tell("checking")
            return with_event_days(quoted)
        from rag.answering.generative import write_answer

        return with_event_days(write_answer(quoted, evidence, self._writer, self._most_quotes, tell))

    def quote(self, question: Question, tell: Callable[[str], None]) -> tuple[Answer, list[Evidence]]:
        """Return the answer in quotes, or ``insufficient``, and the evidence for it, best first."""
        tell("searching")
        found = self._retriever.search(question)
        searches = [found]
        if question.window is not None:
            # What was printed in the window comes first; its days may also be told of elsewhere.
            inside = self._retriever.search(question, window=printed_in(question.window))
            searches, found = [inside, found], inside.and_after(found)
        newer = newer_than_best(question, found.passages)
        if newer is not None:
            later = self._retriever.search(question, window=newer)
            searches, found = [found, later], found.and_after(later)
        tell("reading")
        started = time.perf_counter()
        # An order that an article holds is no evidence, however well it fits the question.
        evidence = [one for one in self._weigher.weigh(question, *searches) if not is_mere_order(one.text)]
        eligible = evidence
        if question.window is not None:
            eligible = [one for one in evidence if is_within(one.passage, one.span, question.window)]
        # The sentences around it tell how much the best one is worth, also those outside of the window.
        others = [one for one in evidence if one is not eligible[0]] if eligible else []
        likely = self._weigher.weights.answers([*eligible[:1], *others])
        strange = bool(evidence) and _asks_for_a_strange_word(evidence[0])
        if strange:
            likely = 0.0
        timings = found.timings_ms | {"weigh": (time.perf_counter() - started) * 1e3}
        shown = likeliest_first(eligible, self._weigher.weights)
        passages = by_reading(found.passages, shown)
        answer = Answer(question, "insufficient", "extractive", likely, passages=passages, timings_ms=timings)
        if self._composer is not None and (lines := self._composer.timeline(question, found, evidence)):
            # A story is there: whether one sentence answers is not what was asked.
            sure = max(likely, self._threshold)
            return replace(
                answer, status="answered", confidence=sure, claims=lines, form="timeline"
            ), evidence
        if not eligible or likely < self._threshold:
            elsewhere = [] if strange else self._elsewhere(evidence, eligible)
            ranked = elsewhere or [passage.chunk.article for passage in passages]
            refused = replace(
                answer,
                other_days=bool(elsewhere),
                nearest=nearest_articles(ranked),
                not_mentioned=not_mentioned(question, evidence, self._weigher.words),
            )
            return refused, eligible
        eligible = by_source(shown, passages)
        eligible, quotable = newest_first(question, eligible)
        if self._composer is None:
            claims = claims_from(
                eligible[:quotable], question.lang, self._most_quotes, in_order=question.latest
            )
            return replace(answer, status="answered", claims=claims), eligible
        started = time.perf_counter()
        composed = self._composer.compose(question, found, eligible[:quotable], self._most_quotes)
        timings |= {"compose": (time.perf_counter() - started) * 1e3}
        answer = replace(answer, status="answered", claims=composed.claims, timings_ms=timings)
        return replace(answer, disagreement=composed.disagreement), eligible

    def _elsewhere(self, evidence: list[Evidence], eligible: list[Evidence]) -> list[Article]:
        """Return the articles of other days than asked about, where they answer or all evidence is theirs."""
        within = {one.place for one in eligible}
        outside = [one for one in evidence if one.place not in within]
        if eligible and self._weigher.weights.answers(outside) < self._threshold:
            return []
        articles = [one.passage.chunk.article for one in outside]
        return [article for article in articles if article.published]


def _asks_for_a_strange_word(best: Evidence) -> bool:
    """Tell whether all that is asked for is one word, and the best article does not have it.

    Then likeness is chance: a greeting is always like some word of the news.
    """
    features = dict(zip(FEATURES, best.features, strict=True))
    return bool(features["question_words"] == 1 and features["met_around"] < _SURELY_MET)
