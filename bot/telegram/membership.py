"""Chats that leave, come back, or become supergroups."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.telegram.desk import Context, Desk

_HERE: Final = {"member", "administrator", "owner", "creator", "restricted"}


class Membership:
    """Pauses a chat that has shut the bot out, and wakes it when it lets the bot in again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [
            ChatMemberHandler(self.changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, self.migrated),
        ]

    async def changed(self, update: Update, _: Context) -> None:
        """Follow what became of the bot's own membership."""
        change = update.my_chat_member
        if change is None:
            return
        chats = self._desk.chats
        act = chats.resume if change.new_chat_member.status in _HERE else chats.pause
        await asyncio.to_thread(act, change.chat.id)

    async def migrated(self, update: Update, _: Context) -> None:
        """Hand a group's rows to its supergroup; both chats report the change, and either will do."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id:
            await self._desk.courier.move(message.chat_id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self._desk.courier.move(message.migrate_from_chat_id, message.chat_id)
