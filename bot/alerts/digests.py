"""The daily digest: which chats are due, what is new for them, and its way through the outbox.

One short repeating tick works everything out from the catalog and ``now``; nothing is scheduled in memory, so
a restart forgets nothing. Instants are compared in UTC, days are days of the chat's zone: an hour that a
change of clocks skips is taken right after the gap, one that it repeats is taken the first time.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, zip_longest
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot.alerts.chats import Chat, chat_of
from bot.alerts.outbox import Delivery, Entry, Item, Outbox, Outcome
from bot.alerts.subscriptions import Subscriptions
from bot.alerts.tables import chats, reader_of, subscriptions
from rag.answering.orders import is_mere_order
from rag.types import Passage

_log = logging.getLogger(__name__)

_LATEST: Final = timedelta(hours=12)
"""A digest missed at its hour is still sent within this time; later, its news wait for the next one."""
_OVERLAP: Final = timedelta(hours=6)
"""An article carries the time at which its ingest began and may be committed much later: look back so far."""
_A_TOPIC: Final = 5
_ALL: Final = 15
_PART_LETTERS: Final = 2600
_AT_ONCE: Final = 8
_A_TICK: Final = 50


class NewsOn(Protocol):
    """What ``Newsroom.news_on`` does: newest articles on a topic, ingested after ``since``."""

    def __call__(self, topic: str, *, since: datetime, now: datetime, limit: int = 5) -> list[Passage]:
        """Return one passage an article, newest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a digest, to be rendered: ``number`` is that of its first item."""

    chat_id: int
    day: date
    number: int
    items: tuple[Item, ...]
    first: bool
    again: bool


Send = Callable[[Part], Awaitable[Delivery]]
"""Render a part in the chat's language and send it; never raises for what Telegram says."""


class Digests:
    """Everything about digests but their words; ``tick`` is called again and again with the time."""

    def __init__(self, engine: Engine, news_on: NewsOn) -> None:
        self._reader = reader_of(engine)
        self._news_on = news_on
        self._outbox = Outbox(engine)
        self._subscriptions = Subscriptions(engine)
        self._halted = False

    def recover(self) -> int:
        """Settle what a stopped process left behind; call it once, before the first tick."""
        return self._outbox.recover()

    def halt(self) -> None:
        """Let a tick that is under way end after the digests in hand; the others stay queued."""
        self._halted = True

    async def tick(self, now: datetime, send: Send) -> Counter[str]:
        """Queue what is due at ``now``, deliver what is ready; return how many rows ended in which state."""
        await asyncio.to_thread(self.queue_due, now)
        ready = await asyncio.to_thread(self._outbox.ready, now)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def deliver(row: int) -> str:
            async with gate:
                return await self._deliver(row, now, send)

        return Counter(await asyncio.gather(*(deliver(row) for row in ready)))

    def queue_due(self, now: datetime) -> int:
        """Queue a digest for chats whose hour has come, and return for how many.

        A tick takes a batch of them only: the first are delivered before the others are looked up.
        """
        queued = 0
        for chat in self._followers():
            if queued >= _A_TICK:
                break
            day = due_day(chat, now)
            if day is None or self._outbox.holds(chat.id, day.isoformat()):
                continue
            items = self._news_for(chat, now)
            queued += self._outbox.queue(chat.id, day.isoformat(), list(_parts(items)), now=now)
        return queued

    def _followers(self) -> list[Chat]:
        follows = select(subscriptions.c.chat_id).where(subscriptions.c.chat_id == chats.c.chat_id).exists()
        with self._reader.connect() as connection:
            rows = connection.execute(select(chats).where(chats.c.state == "active", follows)).all()
        return [chat_of(row) for row in rows]

    def _news_for(self, chat: Chat, now: datetime) -> list[tuple[Item, int]]:
        """Return the news of a chat's topics with their lengths, an article and a story once."""
        told = self._outbox.told_lately(chat.id)
        since = chat.told_until - _OVERLAP
        seen: set[str] = set(told)
        by_topic = []
        for topic in self._subscriptions.topics(chat.id):
            found: list[tuple[Item, int]] = []
            for passage in self._news_on(topic, since=since, now=now, limit=_A_TOPIC + len(told)):
                article = passage.chunk.article
                if article.id in seen or (article.story_id and article.story_id in seen):
                    continue
                if len(found) < _A_TOPIC:
                    seen.update(filter(None, (article.id, article.story_id)))
                    found.append(_item(topic, passage))
            by_topic.append(found)
        # Topics take turns, so that the first one cannot fill the digest; then each stands together.
        turns = [pair for pair in chain.from_iterable(zip_longest(*by_topic)) if pair is not None][:_ALL]
        kept = {item for item, _ in turns}
        return [pair for found in by_topic for pair in found if pair[0] in kept]

    async def _deliver(self, row: int, now: datetime, send: Send) -> str:
        if self._halted:
            return "queued"
        entry = await asyncio.to_thread(self._outbox.claim, row)
        if entry is None:
            return "taken"
        delivery = await self._send_parts(entry, send)
        state = await asyncio.to_thread(self._outbox.finish, entry, delivery, now=now)
        if state in ("failed", "unknown"):
            _log.warning("a digest ended as %s: %s", state, delivery.reason)
        return state

    async def _send_parts(self, entry: Entry, send: Send) -> Delivery:
        again = await asyncio.to_thread(self._outbox.last_was_lost, entry.chat_id, entry.day)
        number = 1 + sum(len(part) for part in entry.parts[: entry.done])
        for index in range(entry.done, len(entry.parts)):
            items = entry.parts[index]
            part = Part(entry.chat_id, date.fromisoformat(entry.day), number, items, index == 0, again)
            delivery = await send(part)
            if delivery.outcome is not Outcome.SENT:
                return delivery
            await asyncio.to_thread(self._outbox.part_sent, entry, delivery.message_ids)
            number += len(items)
        return Delivery(Outcome.SENT)


def due_day(chat: Chat, now: datetime) -> date | None:
    """Return the day (of the chat's zone) whose digest is due at ``now``, or ``None``."""
    today = now.astimezone(ZoneInfo(chat.zone)).date()
    for day in (today, today - timedelta(days=1)):
        hour = digest_instant(day, chat.digest_hour, chat.zone)
        if hour <= now:
            in_time = now - hour <= _LATEST and hour >= chat.scheduled_at
            return day if in_time else None
    return None


def digest_instant(day: date, hour: int, zone: str) -> datetime:
    """Return the instant of ``hour`` on ``day`` in ``zone``, in UTC."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _item(topic: str, passage: Passage) -> tuple[Item, int]:
    chunk = passage.chunk
    spans: Sequence[tuple[int, int]] = [(s.start, s.end) for s in chunk.sentences] or [
        (chunk.start, chunk.end)
    ]
    body = chunk.article.body
    # An order that an article holds is no news, however well it fits the topic.
    told = [n for n, (start, end) in enumerate(spans) if not is_mere_order(body[start:end])] or [0]
    best = told[0]
    if len(passage.sentence_scores) == len(spans):
        best = max(told, key=lambda index: passage.sentence_scores[index])
    start, end = spans[best]
    return Item(topic, chunk.article.id, start, end, chunk.article.content_hash), end - start + len(
        chunk.article.title
    )


def _parts(items: list[tuple[Item, int]]) -> Iterator[list[Item]]:
    """Split a digest into messages that will not have to be split again, whatever language frames them."""
    part: list[Item] = []
    letters = 0
    for item, length in items:
        length += len(item.topic) + 150
        if part and letters + length > _PART_LETTERS:
            yield part
            part, letters = [], 0
        part.append(item)
        letters += length
    if part:
        yield part
