"""The outbox: what is to be sent, what was, and what nobody can know.

A digest is one row, unique by chat and day, so that it cannot be queued twice. Its states::

    queued ──claim──> sending ──> sent       every message was taken
      ^                  │──────> failed     refused, or the chat cannot be reached
      └──later, not sent─┤
                         └──────> unknown    the connection broke after the message had left

    empty: the day was looked at and there was nothing new

``sending`` is written before the message leaves. A row found in ``sending`` when the bot starts was cut off
in between: it becomes ``unknown`` and is **not** sent again by itself, since nothing makes a send idempotent
and Telegram may have delivered it. Its news are not lost: only ``sent`` and ``empty`` move the time up to
which a chat has been told, so the next digest holds them again and says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import IntegrityError

from bot.alerts.tables import chats, outbox, reader_of, stamp

_MOST_ATTEMPTS = 12
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(minutes=30)
_LONGEST_WAIT = timedelta(hours=12)


class Outcome(StrEnum):
    """What became of one sending."""

    SENT = "sent"
    LATER = "later"
    """Not taken now: come back after ``retry_after`` seconds."""
    NOT_SENT = "not_sent"
    """It never left: sending it again is safe."""
    REFUSED = "refused"
    """Malformed or forbidden for good: sending it again is useless."""
    GONE = "gone"
    """The chat has blocked the bot or is no more."""
    UNKNOWN = "unknown"
    """It may have arrived."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome of sending, with the ids of the messages that were taken before it."""

    outcome: Outcome
    message_ids: tuple[int, ...] = ()
    retry_after: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a digest: a topic and the quote that stands for an article of that content."""

    topic: str
    article_id: str
    start: int
    end: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the outbox; ``parts`` are its messages, of which ``done`` have been sent."""

    row: int
    chat_id: int
    day: str
    parts: tuple[tuple[Item, ...], ...]
    until: str
    attempts: int
    message_ids: tuple[int, ...] = field(default=())
    done: int = 0


class Outbox:
    """The rows to be delivered; every method is one short transaction, to be called off the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = reader_of(engine)

    def queue(self, chat_id: int, day: str, parts: Sequence[Sequence[Item]], *, now: datetime) -> bool:
        """Queue the digest of a chat's ``day``, empty if nothing is new; ``False`` where it already was."""
        values = {
            "chat_id": chat_id,
            "day": day,
            "state": "queued" if parts else "empty",
            "parts": _dumped(parts),
            "message_ids": "[]",
            "attempts": 0,
            "not_before": stamp(now),
            "until": stamp(now),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(outbox.insert().values(values))
                if not parts:
                    _tell_until(connection, chat_id, stamp(now))
        except IntegrityError:
            return False
        return True

    def holds(self, chat_id: int, day: str) -> bool:
        """Say whether the digest of a chat's ``day`` was queued, or looked at and found empty."""
        query = select(outbox.c.row).where(outbox.c.chat_id == chat_id, outbox.c.day == day)
        with self._reader.connect() as connection:
            return connection.execute(query).first() is not None

    def recover(self) -> int:
        """Mark what a stopped process left in ``sending`` as ``unknown``; called once, before delivering."""
        with self._engine.begin() as connection:
            left = connection.execute(
                update(outbox)
                .where(outbox.c.state == "sending")
                .values(state="unknown", reason="the bot was stopped while sending")
            )
        return left.rowcount

    def ready(self, now: datetime) -> list[int]:
        """Return the rows to deliver now: queued, due, and of a chat that can be reached.

        A row that has waited for half a day fails: its news come with the next digest.
        """
        late = (outbox.c.state == "queued") & (outbox.c.until < stamp(now - _LONGEST_WAIT))
        with self._engine.begin() as connection:
            if connection.execute(select(outbox.c.row).where(late).limit(1)).first() is not None:
                connection.execute(update(outbox).where(late).values(state="failed", reason="too late"))
        query = (
            select(outbox.c.row)
            .join(chats, chats.c.chat_id == outbox.c.chat_id)
            .where(outbox.c.state == "queued", outbox.c.not_before <= stamp(now), chats.c.state == "active")
            .order_by(outbox.c.row)
        )
        with self._reader.connect() as connection:
            return list(connection.scalars(query))

    def claim(self, row: int) -> Entry | None:
        """Take a row to send it; ``None`` where someone else did."""
        with self._engine.begin() as connection:
            taken = connection.execute(
                update(outbox)
                .where(outbox.c.row == row, outbox.c.state == "queued")
                .values(state="sending", attempts=outbox.c.attempts + 1)
            )
            if taken.rowcount == 0:
                return None
            held = connection.execute(select(outbox).where(outbox.c.row == row)).one()._mapping
        progress = json.loads(held["message_ids"])
        return Entry(
            row=row,
            chat_id=held["chat_id"],
            day=held["day"],
            parts=_loaded(held["parts"]),
            until=held["until"],
            attempts=held["attempts"],
            message_ids=tuple(number for part in progress for number in part),
            done=len(progress),
        )

    def part_sent(self, entry: Entry, message_ids: Sequence[int]) -> None:
        """Remember that one more part of a claimed row has arrived."""
        with self._engine.begin() as connection:
            held = connection.scalar(select(outbox.c.message_ids).where(outbox.c.row == entry.row))
            progress = [*json.loads(held or "[]"), list(message_ids)]
            connection.execute(
                update(outbox).where(outbox.c.row == entry.row).values(message_ids=json.dumps(progress))
            )

    def finish(self, entry: Entry, delivery: Delivery, *, now: datetime) -> str:
        """Write down what became of a claimed row, and return its new state."""
        state, not_before = _next_state(entry, delivery, now)
        with self._engine.begin() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.row == entry.row)
                .values(state=state, not_before=stamp(not_before), reason=delivery.reason or None)
            )
            if state == "sent":
                # The row is asked, not the entry: the chat may have become a supergroup while it was sent to.
                chat_id = connection.scalar(select(outbox.c.chat_id).where(outbox.c.row == entry.row))
                _tell_until(connection, chat_id or entry.chat_id, entry.until)
        return state

    def last_was_lost(self, chat_id: int, day: str) -> bool:
        """Say whether the digest before ``day`` may not have arrived."""
        query = (
            select(outbox.c.state)
            .where(outbox.c.chat_id == chat_id, outbox.c.day < day)
            .order_by(outbox.c.day.desc())
            .limit(1)
        )
        with self._reader.connect() as connection:
            return connection.scalar(query) == "unknown"

    def told_lately(self, chat_id: int) -> set[str]:
        """Return the articles that stood in the last digests, as far as they arrived."""
        query = (
            select(outbox.c.parts, outbox.c.message_ids)
            .where(outbox.c.chat_id == chat_id, outbox.c.state.in_(("sent", "failed", "unknown")))
            .order_by(outbox.c.day.desc())
            .limit(5)
        )
        with self._reader.connect() as connection:
            rows = connection.execute(query).all()
        arrived = [part for parts, ids in rows for part in _loaded(parts)[: len(json.loads(ids))]]
        return {item.article_id for part in arrived for item in part}


def _next_state(entry: Entry, delivery: Delivery, now: datetime) -> tuple[str, datetime]:
    match delivery.outcome:
        case Outcome.SENT:
            return "sent", now
        case Outcome.UNKNOWN:
            return "unknown", now
        case Outcome.LATER:
            return "queued", now + timedelta(seconds=delivery.retry_after)
        case Outcome.NOT_SENT if entry.attempts < _MOST_ATTEMPTS:
            pause = min(_FIRST_PAUSE * 2 ** (entry.attempts - 1), _LONGEST_PAUSE)
            return "queued", now + pause
        case Outcome.NOT_SENT | Outcome.REFUSED | Outcome.GONE:
            return "failed", now


def _tell_until(connection: Connection, chat_id: int, until: str) -> None:
    later = (chats.c.chat_id == chat_id) & (chats.c.told_until < until)
    connection.execute(update(chats).where(later).values(told_until=until))


def _dumped(parts: Sequence[Sequence[Item]]) -> str:
    rows = [[list(astuple(item)) for item in part] for part in parts]
    return json.dumps(rows, ensure_ascii=False)


def _loaded(parts: str) -> tuple[tuple[Item, ...], ...]:
    return tuple(tuple(Item(*row) for row in part) for part in json.loads(parts))
