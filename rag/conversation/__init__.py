"""A turn of conversation and the turns before it, made a question that stands for itself.

Rules tell whether a turn follows up, and carry over what it leaves unsaid; a model that writes, where there
is one, puts it into better words, which are checked. A turn that stands alone is left as it was written.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rag.conversation.before import Before
from rag.conversation.carrying import carried_over
from rag.conversation.checking import is_faithful
from rag.conversation.days import dated
from rag.conversation.reading import Reading, read_turn
from rag.conversation.recognising import follows_up
from rag.errors import ModelError, UnknownArticleError
from rag.questions import LONGEST_QUESTION
from rag.text import Word, clean_line
from rag.types import Answer, Article

if TYPE_CHECKING:
    from rag.answering.writer import Writer
    from rag.archive.archive import Archive
    from rag.words import WordSpace

__all__ = ["Cited", "Conversation", "Turn", "turn_of"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cited:
    """Where the first quote of an answer stands: half-open code points of an article with that content."""

    article_id: str
    start: int
    end: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was answered: as it was understood, when, and what its answer cites first."""

    question: str
    asked_at: datetime
    cited: Cited | None = None


def turn_of(answer: Answer) -> Turn:
    """Return what has to be known of an answer when a later turn follows up on it."""
    first = next(iter(answer.citations), None)
    cited = None
    if first is not None:
        cited = Cited(first.article.id, first.start, first.end, first.article.content_hash)
    return Turn(answer.question.text, answer.question.asked_at, cited)


class Conversation:
    """Understands turns, with the articles of one archive. Thread-safe.

    ``words`` tell names and likeness by the embedding model; ``writer`` puts follow-ups into words.
    """

    def __init__(
        self, archive: Archive, words: WordSpace | None = None, writer: Writer | None = None
    ) -> None:
        self._archive = archive
        self._words = words
        self._writer = writer

    def understood(self, text: str, history: Sequence[Turn], now: datetime) -> str | None:
        """Return what ``text`` asks at ``now`` after ``history``, or ``None`` where it stands alone.

        ``history`` has the turns before it, oldest first.
        """
        past = [self._before(one, now) for one in history]
        # A greeting is nothing to follow up on.
        past = [before for before in past if before.terms and not before.reading.is_social]
        if not past:
            return None
        turn = clean_line(text)
        try:
            reading = read_turn(turn, self._name_likelihoods)
        except ModelError as error:  # an embedding endpoint's: names then show by their capitals alone
            _log.warning("A turn is read without the embedding model: %s", error)
            reading = read_turn(turn)
        before = _taken_up(reading, past)
        if not follows_up(reading, before.held, before.terms):
            return None
        ruled = self._by_rules(reading, before, now)
        whole = self._by_model(reading, turn, past) or ruled
        return whole if len(whole) <= LONGEST_QUESTION else None

    def _by_rules(self, reading: Reading, before: Before, now: datetime) -> str:
        try:
            return carried_over(reading, before, now.date(), self._likeness)
        except ModelError as error:
            _log.warning("A turn is completed without the embedding model: %s", error)
            return carried_over(reading, before, now.date(), None)

    def _by_model(self, reading: Reading, turn: str, past: Sequence[Before]) -> str | None:
        if self._writer is None:
            return None
        try:
            written = self._writer.complete_turn(turn, reading.lang, [one.as_json() for one in past])
        except ModelError as error:
            _log.warning("A follow-up is completed by rules: %s", error)
            return None
        cleaned = clean_line(written)
        if is_faithful(cleaned, reading, [text for one in past for text in one.texts]):
            return cleaned
        _log.info("A follow-up is completed by rules: what the model wrote of it could not be kept")
        return None

    def _before(self, turn: Turn, now: datetime) -> Before:
        question = dated(turn.question, turn.asked_at.date(), now.date())
        article = self._article(turn.cited)
        if article is None or turn.cited is None:
            return Before(question)
        return Before(question, article, article.body[turn.cited.start : turn.cited.end])

    def _article(self, cited: Cited | None) -> Article | None:
        if cited is None:
            return None
        try:
            article = self._archive.article(cited.article_id)
        except UnknownArticleError:
            return None
        return article if article.content_hash == cited.content_hash else None

    def _name_likelihoods(self, found: Sequence[Word]) -> Sequence[float]:
        if self._words is None:
            return [0.0] * len(found)
        return [float(value) for value in self._words.name_likelihoods(found)]

    def _likeness(self, some: Sequence[Word], others: Sequence[Word]) -> Sequence[Sequence[float]]:
        if self._words is None:
            return [[0.0] * len(others)] * len(some)
        rows: list[list[float]] = self._words.agreements(some, others).tolist()
        return rows


def _taken_up(reading: Reading, past: Sequence[Before]) -> Before:
    """Return the turn that a follow-up is about: the last that has words of it, else the last."""
    terms = {reading.tokens[n].term for n in reading.content if not reading.tokens[n].is_role}
    return next((before for before in reversed(past) if terms & set(before.terms)), past[-1])
