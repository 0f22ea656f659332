"""The *Sources* button: each quote in its paragraph, with outlet, date and link."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.telegram.answers import Place
from bot.telegram.desk import Context, Desk, Reader
from bot.telegram.rendering import plain_messages, source_card
from bot.telegram.texts import TEXTS, Lang, lang_of
from rag.errors import UnknownArticleError
from rag.types import Answer, Article


class Sources:
    """Opens source cards; it works after a restart, and without the article's page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [CallbackQueryHandler(self.pressed, pattern=r"^s:")]

    async def pressed(self, update: Update, _: Context) -> None:
        """Answer a pressed button with the card of its answer."""
        query = update.callback_query
        if query is None or query.data is None:
            return
        await self._desk.courier.answer_button(query.id)
        reader = await self._desk.admit(update)
        if reader is None:
            return
        kept = await asyncio.to_thread(self._desk.answers.find, query.data[2:], reader.chat_id)
        if kept is None:
            messages = plain_messages(reader.texts.answer_forgotten, reader.lang)
        else:
            lang = reader.chosen or lang_of(kept[0]) or reader.lang
            messages = source_card(await asyncio.to_thread(self._opened, kept[1]), lang)
        await self._desk.courier.send(reader.chat_id, messages, reply_to=reader.message_id)

    def _opened(self, places: list[Place]) -> list[tuple[int, Article | None, int, int]]:
        """Return each place with its article, as ``rendering.source_card`` takes them."""
        opened: list[tuple[int, Article | None, int, int]] = []
        for place in places:
            article = visible_article(self._desk, place.article_id)
            stands = article is not None and place.stands_in(article)
            opened.append((place.n, article, place.start if stands else -1, place.end if stands else -1))
        return opened


async def sources_button(
    desk: Desk, reader: Reader, answer: Answer, lang: Lang
) -> InlineKeyboardMarkup | None:
    """Return the button below an answer that opens its sources, kept from now on; none where it has none."""
    if not answer.citations:
        return None
    key = await asyncio.to_thread(desk.answers.keep, reader.chat_id, answer, desk.clock())
    return button_for(answer, key, lang)


def button_for(answer: Answer, key: str, lang: Lang) -> InlineKeyboardMarkup | None:
    """Return the button that opens the sources kept under ``key``; an answer that cites nothing has none."""
    count = len({citation.n for citation in answer.citations})
    if not count:
        return None
    label = f"{TEXTS[lang].sources} ({count})"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"s:{key}")]])


def visible_article(desk: Desk, article_id: str) -> Article | None:
    """Return an article of the archive, or ``None`` where it was removed."""
    try:
        article = desk.newsroom.archive.article(article_id)
    except UnknownArticleError:
        return None
    return article if article.status == "active" else None
