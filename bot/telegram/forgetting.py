"""``/forget``: what a reader asked is deleted at once."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.telegram.desk import Context, Desk


class Forgetting:
    """Deletes the turns of whoever asks for it, in the chat where they do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [CommandHandler("forget", self.command, filters=filters.UpdateType.MESSAGE)]

    async def command(self, update: Update, _: Context) -> None:
        """Delete, then say so; also where there was nothing, since the reader is to be sure."""
        reader = await self._desk.admit(update)
        if reader is not None:
            await asyncio.to_thread(self._desk.turns.forget, reader.chat_id, reader.user_id)
            await self._desk.say(reader, reader.texts.forgotten)
