"""``/follow``, ``/unfollow``, ``/following`` and ``/digest``: what a chat is told, and when."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.alerts.chats import Chat
from bot.alerts.subscriptions import LONGEST_TOPIC, MOST_TOPICS
from bot.telegram.desk import Context, Desk, Reader, words_after_command
from bot.telegram.drafting import unlinked

_SINGLE: Final = filters.UpdateType.MESSAGE


class Follows:
    """Keeps what a chat follows and the hour of its digest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        return [
            CommandHandler("follow", self.follow, filters=_SINGLE),
            CommandHandler("unfollow", self.unfollow, filters=_SINGLE),
            CommandHandler("following", self.following, filters=_SINGLE),
            CommandHandler("digest", self.digest, filters=_SINGLE),
        ]

    async def follow(self, update: Update, _: Context) -> None:
        """Follow a topic."""
        topic = words_after_command(update.effective_message)
        reader = await self._desk.admit(update, topic)
        if reader is None:
            return
        texts = reader.texts
        if not topic:
            await self._desk.say(reader, texts.follow_usage)
        elif len(topic) > LONGEST_TOPIC:
            await self._desk.say(reader, texts.topic_too_long)
        else:
            now = self._desk.clock()
            outcome = await asyncio.to_thread(self._desk.subscriptions.follow, reader.chat_id, topic, now)
            chat = await self._chat(reader)
            said = {
                "followed": texts.following.format(topic=unlinked(topic), hour=_hour(chat), zone=chat.zone),
                "already": texts.already_following.format(topic=unlinked(topic)),
                "full": texts.too_many_follows.format(count=MOST_TOPICS),
            }
            await self._desk.say(reader, said[outcome])

    async def unfollow(self, update: Update, _: Context) -> None:
        """Leave a topic."""
        topic = words_after_command(update.effective_message)
        reader = await self._desk.admit(update, topic)
        if reader is None:
            return
        if not topic:
            await self._desk.say(reader, reader.texts.unfollow_usage)
            return
        left = await asyncio.to_thread(self._desk.subscriptions.unfollow, reader.chat_id, topic)
        said = reader.texts.not_following if left is None else reader.texts.unfollowed
        await self._desk.say(reader, said.format(topic=unlinked(left or topic)))

    async def following(self, update: Update, _: Context) -> None:
        """List what the chat follows."""
        reader = await self._desk.admit(update)
        if reader is None:
            return
        topics = await asyncio.to_thread(self._desk.subscriptions.topics, reader.chat_id)
        if not topics:
            await self._desk.say(reader, reader.texts.follows_nothing)
            return
        chat = await self._chat(reader)
        head = reader.texts.follows.format(hour=_hour(chat), zone=chat.zone)
        await self._desk.say(reader, "\n".join([head, *(f"• {unlinked(topic)}" for topic in topics)]))

    async def digest(self, update: Update, _: Context) -> None:
        """Choose the hour of the digest, and its zone."""
        reader = await self._desk.admit(update)
        if reader is None:
            return
        texts = reader.texts
        chat = await self._chat(reader)
        asked, *rest = words_after_command(update.effective_message).split(" ", 1)
        asked_zone = rest[0] if rest else ""
        hour = _parsed_hour(asked)
        if hour is None:
            now = texts.digest_at.format(hour=_hour(chat), zone=chat.zone)
            await self._desk.say(reader, f"{now}\n{texts.digest_usage}")
            return
        zone = _zones().get(asked_zone.strip().replace(" ", "_").lower()) if asked_zone else chat.zone
        if zone is None:
            await self._desk.say(reader, texts.unknown_zone.format(zone=unlinked(asked_zone)))
            return
        await asyncio.to_thread(self._desk.chats.schedule, reader.chat_id, hour, zone, self._desk.clock())
        await self._desk.say(reader, texts.digest_at.format(hour=_clock_face(hour), zone=zone))

    async def _chat(self, reader: Reader) -> Chat:
        return await asyncio.to_thread(self._desk.chats.met, reader.chat_id, None, None, self._desk.clock())


def _parsed_hour(text: str) -> int | None:
    """Return an hour written as ``8``, ``08`` or ``8:00``, in any script's digits."""
    hour = text.removesuffix(":00").removesuffix(":٠٠")
    return int(hour) if hour.isdecimal() and len(hour) <= 2 and int(hour) < 24 else None


def _hour(chat: Chat) -> str:
    return _clock_face(chat.digest_hour)


def _clock_face(hour: int) -> str:
    return f"{hour}:00"


@cache
def _zones() -> dict[str, str]:
    return {zone.lower(): zone for zone in available_timezones()}
