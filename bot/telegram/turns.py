"""The last turns of each reader in each chat, kept in the catalog so that a follow-up is understood.

They are a reader's own: no log, command or figure shows them, they are deleted in time and on request, and
what is deleted is overwritten in the catalog's file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, insert, select

from bot.alerts.tables import instant, reader_of, stamp, turns
from rag.conversation import Cited, Turn


class Turns:
    """The table of turns; every method is one short transaction, to be called off the event loop.

    ``most`` turns of a reader in a chat are kept for ``hours``; of none nothing is written.
    """

    def __init__(self, engine: Engine, *, most: int, hours: float) -> None:
        self._engine = engine
        self._reader = reader_of(engine)
        self._most = most
        self._kept = timedelta(hours=hours)

    def before(
        self, chat_id: int, user_id: int | None, message_id: int, replied_to: int | None, now: datetime
    ) -> list[Turn]:
        """Return the turns before the message ``message_id``, oldest first.

        They are the reader's own in this chat; or, where the message replies to an answer, the turn that was
        answered, whoever asked. The anonymous have none of their own: nobody knows which of them wrote.
        """
        query = (
            select(turns)
            .where(
                turns.c.chat_id == chat_id,
                turns.c.message_id != message_id,
                turns.c.asked_at > stamp(now - self._kept),
            )
            .order_by(turns.c.row)
        )
        with self._reader.connect() as connection:
            rows = connection.execute(query).all()
        if replied_to is not None:
            answered = [row for row in rows if replied_to in json.loads(row.answer_ids)]
            if answered:
                return [_turn_of(answered[-1])]
        own = [row for row in rows if user_id is not None and row.user_id == user_id]
        return [_turn_of(row) for row in own[-self._most :]] if self._most else []

    def keep(
        self, chat_id: int, user_id: int | None, message_id: int, answer_ids: Sequence[int], turn: Turn
    ) -> None:
        """Keep a turn, answered by the messages ``answer_ids``, and delete what is too old or too much."""
        if not self._most:
            return
        values = {
            "chat_id": chat_id,
            "user_id": user_id,
            "message_id": message_id,
            "answer_ids": json.dumps(list(answer_ids)),
            "question": turn.question,
            "cited": json.dumps(astuple(turn.cited)) if turn.cited else None,
            "asked_at": stamp(turn.asked_at),
        }
        reader = _of_reader(chat_id, user_id)
        with self._engine.begin() as connection:
            same = (turns.c.chat_id == chat_id) & (turns.c.message_id == message_id)
            _erase(connection, same)
            connection.execute(insert(turns).values(values))
            kept = select(turns.c.row).where(reader).order_by(turns.c.row.desc()).limit(self._most)
            _erase(connection, reader & turns.c.row.not_in(kept))
            _erase(connection, turns.c.asked_at <= stamp(turn.asked_at - self._kept))

    def forget(self, chat_id: int, user_id: int | None) -> int:
        """Delete the turns of a reader in a chat, and return how many there were."""
        with self._engine.begin() as connection:
            return _erase(connection, _of_reader(chat_id, user_id))

    def count(self) -> int:
        """Return how many turns are kept, of all chats: what an operator may know of them."""
        with self._reader.connect() as connection:
            return connection.scalar(select(func.count()).select_from(turns)) or 0

    def expire(self, now: datetime) -> int:
        """Delete the turns whose time is over, of every chat, and return how many there were."""
        over = turns.c.asked_at <= stamp(now - self._kept)
        with self._reader.connect() as connection:
            if connection.execute(select(turns.c.row).where(over).limit(1)).first() is None:
                return 0
        with self._engine.begin() as connection:
            return _erase(connection, over)


def _of_reader(chat_id: int, user_id: int | None) -> ColumnElement[bool]:
    return (turns.c.chat_id == chat_id) & turns.c.user_id.is_not_distinct_from(user_id)


def _erase(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete rows so that nothing of them stays in the file."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        return connection.execute(delete(turns).where(which)).rowcount
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


def _turn_of(row: Row[Any]) -> Turn:
    cited = Cited(*json.loads(row.cited)) if row.cited else None
    return Turn(row.question, instant(row.asked_at), cited)
