"""``/brief``: today's news in the chat's zone, or those on a topic, a line for each story."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.telegram.desk import Context, Desk, Reader, words_after_command
from bot.telegram.rendering import answer_messages
from bot.telegram.sources import sources_button
from bot.telegram.status import Status
from rag.errors import UsageError
from rag.types import Answer

_LONGEST: Final = 200
_SINGLE: Final = filters.UpdateType.MESSAGE


class Briefs:
    """Tells the news of a day or of a topic, off the event loop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [CommandHandler("brief", self.command, filters=_SINGLE)]

    async def command(self, update: Update, _: Context) -> None:
        """Answer ``/brief`` and ``/brief TOPIC``."""
        topic = words_after_command(update.effective_message)
        reader = await self._desk.admit(update, topic)
        if reader is None:
            return
        if len(topic) > _LONGEST:
            await self._desk.say(reader, reader.texts.topic_too_long)
            return
        pace, texts = self._desk.pace, reader.texts
        status = Status(
            self._desk, reader, texts.searching, after=pace.status_after, every=pace.stage_every, edits=0
        )
        async with status:
            try:
                answer = await self._brief(reader, topic)
            except UsageError:  # marks and blanks: no topic
                await status.replace(answer_messages(await self._brief(reader, ""), reader.lang))
                return
            keyboard = await sources_button(self._desk, reader, answer, reader.lang)
            await status.replace(answer_messages(answer, reader.lang), keyboard)

    async def _brief(self, reader: Reader, topic: str) -> Answer:
        chat = await asyncio.to_thread(self._desk.chats.get, reader.chat_id)
        zone = ZoneInfo(chat.zone if chat else self._desk.settings.alerts.zone)
        told = partial(
            self._desk.newsroom.brief,
            topic or None,
            now=self._desk.clock().astimezone(zone),
            lang=reader.lang,
        )
        return await asyncio.get_running_loop().run_in_executor(self._desk.questions, told)
