"""A model asked to write, from passages or of a follow-up: within its budget and its time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from rag.answering.model import EndpointModel, Message, Reply, was_free
from rag.answering.prompts import (
    completion_instructions,
    instructions,
    material,
    repair_request,
    turns_material,
)
from rag.answering.spending import Spending, Tokens, text_tokens_at_most, tokens_at_most
from rag.answering.written import (
    QUESTION_FORMAT,
    RESPONSE_FORMAT,
    WrittenAnswer,
    WrittenQuestion,
    read_as,
    read_written,
)
from rag.errors import ArchiveError, BudgetSpentError, ModelError, ModelInvalidError, ModelRefusedError
from rag.types import Passage, Question

logger = logging.getLogger(__name__)

_REPAIRED_LETTERS = 4000
"""How much of a reply in the wrong shape is shown to the model again."""
_COMPLETING_SECONDS: Final = 8.0
"""How long a follow-up may be thought over: rules can complete it too, and the answer is still to come."""


class Writer:
    """Writes answers with one model. Thread-safe. ``clock`` tells on which day a request is counted."""

    def __init__(self, model: EndpointModel, spending: Spending, clock: Callable[[], datetime]) -> None:
        self._model = model
        self._spending = spending
        self._clock = clock

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def write(self, question: Question, passages: Sequence[Passage], most: int) -> WrittenAnswer:
        """Return what the model makes of ``passages``, nothing of it checked; raises `ModelError`.

        A reply in the wrong shape is asked for once more, all within the time of one question.
        """
        deadline = self._model.deadline()
        messages = [
            Message("system", instructions(question.lang, most)),
            Message("user", material(question, passages)),
        ]
        reply = self._complete(messages, deadline, RESPONSE_FORMAT)
        try:
            return read_written(self.name, reply.text)
        except ModelRefusedError:
            raise
        except ModelInvalidError as error:
            messages += [
                Message("assistant", reply.text[:_REPAIRED_LETTERS] or "-"),
                Message("user", repair_request(question.lang, error.reason)),
            ]
        return read_written(self.name, self._complete(messages, deadline, RESPONSE_FORMAT).text)

    def complete_turn(self, turn: str, lang: str, history: Sequence[Mapping[str, str]]) -> str:
        """Return what ``turn`` asks after ``history``, nothing of it checked; raises `ModelError`.

        ``history`` has the turns before it, oldest first: their questions, and what answered them.
        """
        deadline = min(self._model.deadline(), time.monotonic() + _COMPLETING_SECONDS)
        messages = [
            Message("system", completion_instructions(lang)),
            Message("user", turns_material(turn, history)),
        ]
        reply = self._complete(messages, deadline, QUESTION_FORMAT)
        return read_as(WrittenQuestion, self.name, reply.text).question

    def _complete(self, messages: Sequence[Message], deadline: float, shape: dict[str, Any]) -> Reply:
        now = self._clock()
        most = Tokens(tokens_at_most(messages), self._model.most_output)
        try:
            within = self._spending.reserve(most, now)
        except ArchiveError as error:
            raise BudgetSpentError(self.name, f"what it costs cannot be counted: {error.reason}") from error
        if not within:
            raise BudgetSpentError(self.name, "the day's budget is spent")
        try:
            reply = self._model.complete(messages, deadline, shape)
        except ModelError as error:
            if was_free(error):
                self._settle(most, Tokens(0, 0), now)
            raise
        used = Tokens(
            most.read if reply.input_tokens is None else reply.input_tokens,
            text_tokens_at_most(reply.text) if reply.output_tokens is None else reply.output_tokens,
        )
        self._settle(most, used, now)
        return reply

    def _settle(self, reserved: Tokens, used: Tokens, now: datetime) -> None:
        try:
            self._spending.settle(reserved, used, now)
        except ArchiveError as error:
            logger.warning("What a request cost stays counted at its highest: %s", error)
