"""A question to an answer: search, weigh, refuse, quote, and write where there is a model that writes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.answering.by_words import quote_by_words
from rag.answering.days import is_within, printed_in
from rag.answering.evidence import Evidence, Weigher
from rag.answering.extractive import claims_from, nearest_articles
from rag.answering.features import FEATURES
from rag.answering.orders import is_mere_order
from rag.errors import ModelError
from rag.retrieval import Retriever
from rag.types import Answer, Question

if TYPE_CHECKING:
    from rag.answering.writer import Writer

logger = logging.getLogger(__name__)

_SURELY_MET = 0.85  # the same stem, or a name's spelling in the other script


class Answerer:
    """Answers questions from one archive by quoting it; a ``writer`` puts them into words. Thread-safe."""

    def __init__(
        self,
        retriever: Retriever,
        weigher: Weigher,
        *,
        threshold: float | None = None,
        most_quotes: int = 3,
        writer: Writer | None = None,
    ) -> None:
        self._retriever = retriever
        self._weigher = weigher
        self._threshold = weigher.weights.threshold if threshold is None else threshold
        self._most_quotes = most_quotes
        self._writer = writer

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
        if self._writer is None or quoted.status == "insufficient":
            tell("checking")
            return quoted
        from rag.answering.generative import write_answer

        return write_answer(quoted, evidence, self._writer, self._most_quotes, tell)

    def quote(self, question: Question, tell: Callable[[str], None]) -> tuple[Answer, list[Evidence]]:
        """Return the answer in quotes, or ``insufficient``, and the evidence for it, best first."""
        tell("searching")
        found = self._retriever.search(question)
        searches = [found]
        if question.window is not None:
            # What was printed in the window comes first; its days may also be told of elsewhere.
            inside = self._retriever.search(question, window=printed_in(question.window))
            searches, found = [inside, found], inside.and_after(found)
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
        if evidence and _asks_for_a_strange_word(evidence[0]):
            likely = 0.0
        timings = found.timings_ms | {"weigh": (time.perf_counter() - started) * 1e3}
        answer = Answer(
            question, "insufficient", "extractive", likely, passages=found.passages, timings_ms=timings
        )
        if not eligible or likely < self._threshold:
            ranked = [passage.chunk.article for passage in found.passages]
            return replace(answer, nearest=nearest_articles(ranked)), eligible
        claims = claims_from(eligible, question.lang, self._most_quotes)
        return replace(answer, status="answered", claims=claims), eligible


def _asks_for_a_strange_word(best: Evidence) -> bool:
    """Tell whether all that is asked for is one word, and the best article does not have it.

    Then likeness is chance: a greeting is always like some word of the news.
    """
    features = dict(zip(FEATURES, best.features, strict=True))
    return bool(features["question_words"] == 1 and features["met_around"] < _SURELY_MET)
