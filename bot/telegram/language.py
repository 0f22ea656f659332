"""``/language``: the language in which a chat is answered, whatever it is asked in."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.telegram.desk import Context, Desk, Reader, words_after_command
from bot.telegram.rendering import plain_messages
from bot.telegram.texts import TEXTS, Lang, lang_of

_NAMES: Final[dict[str, Lang]] = {"arabic": "ar", "عربي": "ar", "العربية": "ar", "english": "en"}
_LABELS: Final[tuple[tuple[str, Lang], ...]] = (("العربية", "ar"), ("English", "en"))


class Language:
    """Keeps a chat's choice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [
            CommandHandler("language", self.command, filters=filters.UpdateType.MESSAGE),
            CallbackQueryHandler(self.pressed, pattern=r"^l:"),
        ]

    async def command(self, update: Update, _: Context) -> None:
        """Take the language that stands after the command, or offer both."""
        asked = words_after_command(update.effective_message).lower()
        reader = await self._desk.admit(update)
        if reader is None:
            return
        lang = _NAMES.get(asked) or lang_of(asked)
        if lang is not None:
            await self._choose(reader, lang)
            return
        buttons = [InlineKeyboardButton(label, callback_data=f"l:{code}") for label, code in _LABELS]
        messages = plain_messages(reader.texts.choose_language, reader.lang)
        keyboard = InlineKeyboardMarkup([button_row(buttons, reader.lang)])
        await self._desk.courier.send(reader.chat_id, messages, keyboard=keyboard, reply_to=reader.reply_to)

    async def pressed(self, update: Update, _: Context) -> None:
        """Take the language of a pressed button."""
        query = update.callback_query
        if query is None:
            return
        await self._desk.courier.answer_button(query.id)
        lang = lang_of((query.data or "")[2:])
        reader = await self._desk.admit(update)
        if reader is not None and lang is not None:
            await self._choose(reader, lang)

    async def _choose(self, reader: Reader, lang: Lang) -> None:
        await asyncio.to_thread(self._desk.chats.choose_language, reader.chat_id, lang)
        messages = plain_messages(TEXTS[lang].language_set, lang)
        await self._desk.courier.send(reader.chat_id, messages, reply_to=reader.reply_to)


def button_row(buttons: list[InlineKeyboardButton], lang: Lang) -> list[InlineKeyboardButton]:
    """Return a row so that it reads in the order given: Telegram always lays buttons out left to right."""
    return buttons[::-1] if lang == "ar" else buttons
