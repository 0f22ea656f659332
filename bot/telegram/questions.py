"""Questions: plain text in a private chat, ``/ask`` and replies to the bot in groups."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.telegram.desk import Context, Desk, Reader, words_after_command
from bot.telegram.rendering import answer_messages, plain_messages
from bot.telegram.status import Status
from bot.telegram.texts import TEXTS, Lang
from rag.errors import UsageError
from rag.types import Answer

_LONGEST: Final = 1000
_STAGE_EDITS: Final = 2
_SINGLE = filters.UpdateType.MESSAGE


class Questions:
    """Asks the newsroom, off the event loop, and shows the stages meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        plain = filters.TEXT & ~filters.COMMAND & _SINGLE
        return [
            CommandHandler("ask", self.command, filters=_SINGLE),
            MessageHandler(plain & filters.ChatType.PRIVATE, self.plain),
            MessageHandler(plain & filters.ChatType.GROUPS & filters.REPLY, self.reply),
        ]

    async def command(self, update: Update, _: Context) -> None:
        """Answer ``/ask QUESTION``."""
        words = words_after_command(update.effective_message)
        reader = await self._desk.admit(update, words)
        if reader is not None and not words:
            await self._desk.say(reader, reader.texts.ask_something)
        elif reader is not None:
            await self._answer(reader, words, update.update_id)

    async def plain(self, update: Update, _: Context) -> None:
        """Answer what is written in a private chat."""
        message = update.effective_message
        words = (message.text or "") if message else ""
        reader = await self._desk.admit(update, words)
        if reader is not None:
            await self._answer(reader, words, update.update_id)

    async def reply(self, update: Update, context: Context) -> None:
        """Answer a reply to one of the bot's messages in a group."""
        message = update.effective_message
        replied = message.reply_to_message if message else None
        if replied and replied.from_user and replied.from_user.id == context.bot.id:
            await self.plain(update, context)

    async def _answer(self, reader: Reader, words: str, update_id: int) -> None:
        if len(words) > _LONGEST:
            await self._desk.say(reader, reader.texts.too_long)
            return
        pace = self._desk.pace
        status = Status(
            self._desk,
            reader,
            reader.texts.searching,
            after=pace.status_after,
            every=pace.stage_every,
            edits=_STAGE_EDITS,
        )
        async with status:
            try:
                answer = await self._searched(reader, words, update_id, status)
            except UsageError:  # marks and blanks: nothing is asked
                await status.replace(plain_messages(reader.texts.ask_something, reader.lang))
                return
            lang = answer.question.lang
            keyboard = await self._sources_button(reader, answer, lang)
            await status.replace(answer_messages(answer, lang), keyboard)

    async def _searched(self, reader: Reader, words: str, update_id: int, status: Status) -> Answer:
        loop = asyncio.get_running_loop()
        texts = reader.texts
        said = {"searching": texts.searching, "reading": texts.reading, "writing": texts.writing}

        def on_stage(stage: str) -> None:
            loop.call_soon_threadsafe(status.show, said.get(stage, reader.texts.checking))

        search = partial(
            self._desk.newsroom.ask,
            words,
            now=self._desk.clock(),
            lang=reader.chosen,
            question_id=f"t{update_id}",
            on_stage=on_stage,
        )
        return await loop.run_in_executor(self._desk.questions, search)

    async def _sources_button(
        self, reader: Reader, answer: Answer, lang: Lang
    ) -> InlineKeyboardMarkup | None:
        if not answer.citations:
            return None
        key = await asyncio.to_thread(self._desk.answers.keep, reader.chat_id, answer, self._desk.clock())
        return sources_button(answer, key, lang)


def sources_button(answer: Answer, key: str, lang: Lang) -> InlineKeyboardMarkup | None:
    """Return the button that opens the sources kept under ``key``; an answer that cites nothing has none."""
    count = len({citation.n for citation in answer.citations})
    if not count:
        return None
    label = f"{TEXTS[lang].sources} ({count})"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"s:{key}")]])
