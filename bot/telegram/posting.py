"""Digests in Telegram: a part of one rendered in its chat's language and sent after everybody's answers."""

from __future__ import annotations

import asyncio

from bot.alerts.digests import Part
from bot.alerts.outbox import Delivery, Outcome
from bot.telegram.desk import Desk
from bot.telegram.drafting import Message
from bot.telegram.limiter import Lane
from bot.telegram.rendering import digest_messages
from bot.telegram.sources import visible_article
from bot.telegram.texts import lang_of
from rag.types import Article


class Posting:
    """Sends parts of digests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def send(self, part: Part) -> Delivery:
        """Send one part; a part of which every article was removed meanwhile is done without a message."""
        messages = await asyncio.to_thread(self._rendered, part)
        if not messages:
            return Delivery(Outcome.SENT)
        return await self._desk.courier.send(part.chat_id, messages, lane=Lane.DIGEST)

    def _rendered(self, part: Part) -> list[Message]:
        chat = self._desk.chats.get(part.chat_id)
        lang = (lang_of(chat.lang) or lang_of(chat.seen_lang) if chat else None) or "en"
        items: list[tuple[int, str | None, Article, int, int]] = []
        topic = ""
        for number, item in enumerate(part.items, start=part.number):
            article = visible_article(self._desk, item.article_id)
            if article is None:
                continue
            # An article that changed since is still news, but its quote may not stand where it stood.
            same = article.content_hash == item.content_hash
            start, end = (item.start, item.end) if same else (0, 0)
            items.append((number, item.topic if item.topic != topic else None, article, start, end))
            topic = item.topic
        if not items:
            return []
        head = part.day.isoformat() if part.first else None
        return digest_messages(head, items, lang, again=part.again)
