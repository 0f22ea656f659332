"""The bot's own tables in the catalog, as SQLAlchemy sees them; a migration makes them.

Instants are RFC 3339 in UTC with microseconds, so that they sort as text.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Engine, Index, Integer, MetaData, Table, Text, UniqueConstraint

from rag.archive.engine import READING

metadata = MetaData()

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("lang", Text),
    Column("seen_lang", Text),
    Column("zone", Text, nullable=False),
    Column("digest_hour", Integer, nullable=False),
    Column("scheduled_at", Text, nullable=False),
    Column("told_until", Text, nullable=False),
)
"""``lang`` is chosen, ``seen_lang`` the last one met; news up to ``told_until`` has been told; a digest hour
before ``scheduled_at`` (when hour and zone were set) is not made up for."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("followed_at", Text, nullable=False),
    UniqueConstraint("chat_id", "folded"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("day", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("parts", Text, nullable=False),
    Column("message_ids", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("reason", Text),
    UniqueConstraint("chat_id", "day"),
)
"""One digest a chat and day; ``parts`` are its messages, as references to articles."""

answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lang", Text, nullable=False),
    Column("citations", Text, nullable=False),
    Column("answered_at", Text, nullable=False),
)
"""What the *Sources* button of an answer opens; no question is kept."""

turns = Table(
    "turns",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("message_id", BigInteger, nullable=False),
    Column("answer_ids", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("cited", Text),
    Column("asked_at", Text, nullable=False),
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_turns_asked_at", "asked_at"),
)
"""A question asked in the message ``message_id`` and answered by ``answer_ids``; ``user_id`` is ``None`` for
the anonymous, ``cited`` where the answer's first quote stands. Kept as long as the settings say."""

updates_seen = Table(
    "updates_seen",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", Text, nullable=False),
)


def reader_of(engine: Engine) -> Engine:
    """Return the catalog's engine for reading: its transactions take no write lock."""
    return engine.execution_options(**{READING: True})


def stamp(instant: datetime) -> str:
    """Return ``instant`` as the tables hold it; it sorts as text."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def instant(stamped: str) -> datetime:
    """Return the instant behind a stamp."""
    return datetime.fromisoformat(stamped)
