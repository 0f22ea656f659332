"""What the writing model costs: counted by day (UTC) in the catalog, and held within a budget.

A request is counted at its highest before it is sent, and corrected when its true cost is known: so
several at once do not overspend together, and what a process that died had counted is rather too much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from rag.answering.model import Message
from rag.archive.engine import READING

metadata = sa.MetaData()

model_spending = sa.Table(
    "model_spending",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("model", sa.Text, primary_key=True),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("input_tokens", sa.Integer, nullable=False),
    sa.Column("output_tokens", sa.Integer, nullable=False),
    sa.Column("cost_micros", sa.Integer, nullable=False),
)
"""One row a day and model; the cost is in millionths, at the prices of the moment."""

_PER_MESSAGE = 8
_LETTERS_A_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What a day may cost, in tokens and in money, and what a million tokens cost; ``None``: no limit."""

    daily_tokens: int | None = None
    daily_cost: float | None = None
    input_price: float = 0.0
    output_price: float = 0.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens read and written by the model."""

    read: int
    written: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What one day has cost so far."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micros: int = 0

    @property
    def tokens(self) -> int:
        """Tokens in both directions."""
        return self.input_tokens + self.output_tokens


class Spending:
    """The account of one model; every method is one short transaction."""

    def __init__(self, engine: sa.Engine, model: str, limits: Limits) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READING: True})
        self._model = model
        self.limits = limits

    def today(self, now: datetime) -> Spent:
        """Return what all models have cost on the day of ``now``, in UTC."""
        with self._reader.connect() as connection:
            return _spent_on(connection, _day(now))

    def reserve(self, most: Tokens, now: datetime) -> bool:
        """Count a request that costs ``most`` at its highest; where that is over, count nothing: false."""
        cost = self._cost(most)
        with self._engine.begin() as connection:
            spent = _spent_on(connection, _day(now))
            tokens, money = self.limits.daily_tokens, self.limits.daily_cost
            if tokens is not None and spent.tokens + most.read + most.written > tokens:
                return False
            if money is not None and spent.cost_micros + cost > money * 1e6:
                return False
            self._add(connection, _day(now), Spent(1, most.read, most.written, cost))
        return True

    def settle(self, reserved: Tokens, used: Tokens, now: datetime) -> None:
        """Replace what was reserved at ``now`` by what was used; nothing used is no request."""
        difference = Spent(
            0 if used.read else -1,
            used.read - reserved.read,
            used.written - reserved.written,
            self._cost(used) - self._cost(reserved),
        )
        with self._engine.begin() as connection:
            self._add(connection, _day(now), difference)

    def _add(self, connection: sa.Connection, day: str, more: Spent) -> None:
        table = model_spending
        counted = {
            name: getattr(more, name) for name in ("requests", "input_tokens", "output_tokens", "cost_micros")
        }
        changed = connection.execute(
            sa.update(table)
            .where(table.c.day == day, table.c.model == self._model)
            .values({name: table.c[name] + value for name, value in counted.items()})
        )
        if not changed.rowcount:
            connection.execute(sa.insert(table).values(day=day, model=self._model, **counted))

    def _cost(self, tokens: Tokens) -> int:
        # A price per million tokens is one in millionths per token.
        return math.ceil(tokens.read * self.limits.input_price + tokens.written * self.limits.output_price)


def tokens_at_most(messages: Sequence[Message]) -> int:
    """Return an estimate on the safe side of the tokens of ``messages``: the tokenizer is not known."""
    return sum(_PER_MESSAGE + text_tokens_at_most(message.text) for message in messages)


def text_tokens_at_most(text: str) -> int:
    """Return an estimate on the safe side of the tokens of ``text``.

    Today's tokenizers take about four Latin letters a token and between one and three Arabic ones.
    """
    latin = sum(letter.isascii() for letter in text)
    return math.ceil(latin / _LETTERS_A_TOKEN) + len(text) - latin


def _spent_on(connection: sa.Connection, day: str) -> Spent:
    columns = (
        sa.func.coalesce(sa.func.sum(model_spending.c[name]), 0)
        for name in ("requests", "input_tokens", "output_tokens", "cost_micros")
    )
    row = connection.execute(sa.select(*columns).where(model_spending.c.day == day)).one()
    return Spent(*(int(value) for value in row))


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()
