"""The chats the bot talks to: language, hour and zone of the digest, and whether they can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.alerts.tables import (
    answers,
    chats,
    instant,
    outbox,
    reader_of,
    stamp,
    subscriptions,
    turns,
    updates_seen,
)

_UPDATES_KEPT = timedelta(days=3)
"""Telegram keeps an update for a day: nothing older can come again."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What is known of a chat; ``lang`` is chosen by its people, ``seen_lang`` the last one met."""

    id: int
    state: str
    lang: str | None
    seen_lang: str | None
    zone: str
    digest_hour: int
    scheduled_at: datetime
    told_until: datetime


class Chats:
    """The table of chats; every method is one short transaction, to be called off the event loop."""

    def __init__(self, engine: Engine, *, digest_hour: int, zone: str) -> None:
        self._engine = engine
        self._reader = reader_of(engine)
        self._digest_hour = digest_hour
        self._zone = zone

    def get(self, chat_id: int) -> Chat | None:
        """Return a chat, or ``None`` where it never wrote."""
        with self._reader.connect() as connection:
            row = connection.execute(select(chats).where(chats.c.chat_id == chat_id)).first()
        return chat_of(row) if row is not None else None

    def met(self, chat_id: int, seen_lang: str | None, client_lang: str | None, now: datetime) -> Chat:
        """Return the chat that just wrote: made on first sight, awake again where it was paused.

        ``seen_lang`` is the language it wrote in, ``client_lang`` that of its program, a guess for the start.
        """
        held = self.get(chat_id)
        if held is None:
            self._create(chat_id, seen_lang or client_lang, now)
        elif held.state != "active" or (seen_lang and seen_lang != held.seen_lang):
            with self._engine.begin() as connection:
                connection.execute(
                    update(chats)
                    .where(chats.c.chat_id == chat_id)
                    .values(state="active", seen_lang=seen_lang or held.seen_lang)
                )
        else:
            return held
        met = self.get(chat_id)
        assert met is not None, "a chat that was just written is there"  # noqa: S101  for the type checker
        return met

    def _create(self, chat_id: int, seen_lang: str | None, now: datetime) -> None:
        values = {
            "chat_id": chat_id,
            "state": "active",
            "seen_lang": seen_lang,
            "zone": self._zone,
            "digest_hour": self._digest_hour,
            "scheduled_at": stamp(now),
            "told_until": stamp(now),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(chats).values(values))
        except IntegrityError:  # two first messages at once: the other one was faster
            return

    def choose_language(self, chat_id: int, lang: str) -> None:
        """Keep the language a chat wants to be answered in."""
        self._change(chat_id, lang=lang)

    def schedule(self, chat_id: int, hour: int, zone: str, now: datetime) -> None:
        """Keep the hour (0-23) and IANA zone of a chat's digest; one that has passed is not made up for."""
        self._change(chat_id, digest_hour=hour, zone=zone, scheduled_at=stamp(now))

    def pause(self, chat_id: int) -> None:
        """Send nothing more to a chat until it writes again; everything about it is kept."""
        self._change(chat_id, state="paused")

    def resume(self, chat_id: int) -> None:
        """Send to a chat again."""
        self._change(chat_id, state="active")

    def _change(self, chat_id: int, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(**values))

    def move(self, old: int, new: int) -> None:
        """Hand everything of a group to the supergroup it became; what the new one has stays its own."""
        with self._engine.begin() as connection:
            taken = select(subscriptions.c.folded).where(subscriptions.c.chat_id == new)
            connection.execute(
                delete(subscriptions).where(subscriptions.c.chat_id == old, subscriptions.c.folded.in_(taken))
            )
            days = select(outbox.c.day).where(outbox.c.chat_id == new)
            connection.execute(delete(outbox).where(outbox.c.chat_id == old, outbox.c.day.in_(days)))
            numbered = select(turns.c.message_id).where(turns.c.chat_id == new)
            connection.execute(delete(turns).where(turns.c.chat_id == old, turns.c.message_id.in_(numbered)))
            for table in (subscriptions, outbox, answers, turns):
                connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
            # The old group's settings are what its people chose; the new row, if any, was made by a message.
            old_row = connection.execute(select(chats.c.chat_id).where(chats.c.chat_id == old)).first()
            if old_row is not None:
                connection.execute(delete(chats).where(chats.c.chat_id == new))
                connection.execute(
                    update(chats).where(chats.c.chat_id == old).values(chat_id=new, state="active")
                )

    def was_handled(self, update_id: int) -> bool:
        """Say whether an update has been handled before."""
        with self._reader.connect() as connection:
            query = select(updates_seen.c.update_id).where(updates_seen.c.update_id == update_id)
            return connection.execute(query).first() is not None

    def mark_handled(self, update_id: int, now: datetime) -> None:
        """Remember that an update has been handled; old ones are forgotten now and then."""
        with self._engine.begin() as connection:
            known = select(updates_seen.c.update_id).where(updates_seen.c.update_id == update_id)
            if connection.execute(known).first() is None:
                connection.execute(insert(updates_seen).values(update_id=update_id, seen_at=stamp(now)))
            if update_id % 256 == 0:
                old = updates_seen.c.seen_at < stamp(now - _UPDATES_KEPT)
                connection.execute(delete(updates_seen).where(old))


def chat_of(row: Row[tuple[object, ...]]) -> Chat:
    """Return a row of the table as a ``Chat``."""
    values = row._mapping
    return Chat(
        id=values["chat_id"],
        state=values["state"],
        lang=values["lang"],
        seen_lang=values["seen_lang"],
        zone=values["zone"],
        digest_hour=values["digest_hour"],
        scheduled_at=instant(values["scheduled_at"]),
        told_until=instant(values["told_until"]),
    )
