"""``/start``, ``/help``, and what the bot says about itself in Telegram's own lists."""

from __future__ import annotations

import logging
from typing import Any

from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, ExtBot, MessageHandler, filters

from bot.telegram.desk import Context, Desk, Reader
from bot.telegram.texts import TEXTS, Texts

_log = logging.getLogger(__name__)
_SINGLE = filters.UpdateType.MESSAGE


class Welcome:
    """Says what the bot does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [
            CommandHandler("start", self.start, filters=_SINGLE),
            CommandHandler("help", self.help, filters=_SINGLE),
        ]

    def last_handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return what takes the commands that nobody else took."""
        unknown = filters.COMMAND & filters.ChatType.PRIVATE & _SINGLE
        return [MessageHandler(unknown, self.help)]

    async def start(self, update: Update, context: Context) -> None:
        """Welcome a reader; in a private chat tell their id, by which an operator names administrators."""
        reader = await self._desk.admit(update)
        if reader is None:
            return
        lines = [reader.texts.start]
        if not reader.in_group and reader.user_id is not None:
            lines.append(reader.texts.your_id.format(id=reader.user_id))
        await self._desk.say(reader, "\n\n".join([*lines, self._help(reader)]))
        if self._desk.is_admin(reader.user_id) and not reader.in_group:
            await self._list_admin_commands(context.bot, reader)

    async def help(self, update: Update, _: Context) -> None:
        """Say how to use the bot."""
        reader = await self._desk.admit(update)
        if reader is not None:
            await self._desk.say(reader, self._help(reader))

    def _help(self, reader: Reader) -> str:
        texts = reader.texts
        return f"{texts.help}\n\n{texts.admin_help}" if self._desk.is_admin(reader.user_id) else texts.help

    async def _list_admin_commands(self, bot: ExtBot[Any], reader: Reader) -> None:
        texts = reader.texts
        commands = _commands(texts, texts.commands + texts.admin_commands)
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(reader.chat_id))
        except TelegramError as error:
            _log.warning("the commands of an administrator were not listed: %s", error)


async def introduce(bot: ExtBot[Any]) -> None:
    """Register commands and description, English for everyone and Arabic for Arabic clients."""
    try:
        for code, texts in ((None, TEXTS["en"]), ("ar", TEXTS["ar"])):
            await bot.set_my_commands(_commands(texts, texts.commands), language_code=code)
            await bot.set_my_description(texts.description, language_code=code)
    except TelegramError as error:
        _log.warning("commands and description were not registered: %s", error)


def _commands(texts: Texts, named: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(name, description) for name, description in named]
