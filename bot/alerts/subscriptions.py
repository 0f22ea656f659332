"""Who follows which topic."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.alerts.tables import chats, reader_of, stamp, subscriptions
from rag.text import search_fold

MOST_TOPICS: Final = 20
LONGEST_TOPIC: Final = 120


class Subscriptions:
    """The topics of each chat; spellings that a search would not tell apart are one topic."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = reader_of(engine)

    def follow(self, chat_id: int, topic: str, now: datetime) -> Literal["followed", "already", "full"]:
        """Let a chat follow ``topic``; the news of its first topic are told from ``now`` on."""
        with self._engine.begin() as connection:
            mine = subscriptions.c.chat_id == chat_id
            held = connection.scalar(select(func.count()).select_from(subscriptions).where(mine)) or 0
            known = select(subscriptions.c.row).where(mine, subscriptions.c.folded == _folded(topic))
            if connection.execute(known).first() is not None:
                return "already"
            if held >= MOST_TOPICS:
                return "full"
            if held == 0:
                fresh = {"told_until": stamp(now), "scheduled_at": stamp(now)}
                connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(fresh))
            try:
                connection.execute(
                    insert(subscriptions).values(
                        chat_id=chat_id, topic=topic, folded=_folded(topic), followed_at=stamp(now)
                    )
                )
            except IntegrityError:  # followed twice at once
                return "already"
        return "followed"

    def unfollow(self, chat_id: int, topic: str) -> str | None:
        """Let a chat leave a topic; return it as it was written, or ``None`` where it was not followed."""
        mine = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.folded == _folded(topic))
        with self._engine.begin() as connection:
            written = connection.scalar(select(subscriptions.c.topic).where(mine))
            connection.execute(delete(subscriptions).where(mine))
        return written

    def topics(self, chat_id: int) -> list[str]:
        """Return what a chat follows, oldest first."""
        query = (
            select(subscriptions.c.topic)
            .where(subscriptions.c.chat_id == chat_id)
            .order_by(subscriptions.c.row)
        )
        with self._reader.connect() as connection:
            return list(connection.scalars(query))


def _folded(topic: str) -> str:
    return " ".join(search_fold(topic).split())
