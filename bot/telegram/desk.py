"""What every handler works with, and who is writing to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import CallbackContext

from bot.alerts.chats import Chats
from bot.alerts.subscriptions import Subscriptions
from bot.settings import Settings
from bot.telegram.answers import Answers
from bot.telegram.limiter import Limits, PoliteLimiter
from bot.telegram.rendering import plain_messages
from bot.telegram.sending import Courier
from bot.telegram.texts import TEXTS, Lang, Texts, lang_of
from bot.telegram.turns import Turns
from rag.text import clean_line, detect_language

if TYPE_CHECKING:
    from bot.newsroom import Newsroom

Context = CallbackContext[Any, Any, Any, Any]
"""What the library hands to every handler; its typed stores are not used."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast things go; tests go faster. Seconds."""

    status_after: float = 0.7
    """An answer faster than this comes without a *searching…* before it."""
    stage_every: float = 1.5
    progress_every: float = 3.0
    read_timeout: float = 20.0
    poll_timeout: float = 20.0
    limits: Limits = Limits()  # noqa: RUF009  frozen


@dataclass(frozen=True, slots=True)
class Reader:
    """Who writes, where, and in which language to answer; ``user_id`` is ``None`` for the anonymous."""

    chat_id: int
    user_id: int | None
    lang: Lang
    chosen: Lang | None
    message_id: int
    in_group: bool

    @property
    def texts(self) -> Texts:
        """The bot's words in the reader's language."""
        return TEXTS[self.lang]

    @property
    def reply_to(self) -> int | None:
        """The message to reply to: in a group, where others write in between, the reader's own."""
        return self.message_id if self.in_group else None


@dataclass(frozen=True, slots=True)
class Desk:
    """The newsroom and everything around it, as composed by ``bot.telegram.app``."""

    newsroom: Newsroom
    settings: Settings
    chats: Chats
    subscriptions: Subscriptions
    answers: Answers
    turns: Turns
    courier: Courier
    limiter: PoliteLimiter
    clock: Callable[[], datetime]
    questions: Executor
    """Where questions are searched: several at once."""
    ingests: Executor
    """Where articles are taken in: one ingest after the other."""
    pace: Pace

    def is_admin(self, user_id: int | None) -> bool:
        """Say whether a person may bring articles in."""
        return user_id is not None and user_id in self.settings.telegram.admins

    async def admit(self, update: Update, words: str = "") -> Reader | None:
        """Return who wrote; ``None``, after a polite word, for a stranger to a closed bot.

        ``words`` is what the reader wrote without the command: its language is theirs, unless they chose one.
        """
        if update.effective_chat is None:
            return None
        user = update.effective_user
        if update.message is not None and update.message.sender_chat is not None:
            user = None  # of the anonymous Telegram names one account, the same for all of them
        written = lang_of(detect_language(words)) if words.strip() else None
        client = lang_of(user.language_code) if user else None
        chat_id = update.effective_chat.id
        chat = await asyncio.to_thread(self.chats.met, chat_id, written, client, self.clock())
        chosen = lang_of(chat.lang)
        reader = Reader(
            chat_id=chat_id,
            user_id=user.id if user else None,
            lang=chosen or written or client or lang_of(chat.seen_lang) or "en",
            chosen=chosen,
            message_id=_message_id(update),
            in_group=update.effective_chat.type != "private",
        )
        if self.settings.telegram.access == "admins" and not self.is_admin(reader.user_id):
            await self.say(reader, reader.texts.not_for_you)
            return None
        return reader

    async def say(self, reader: Reader, text: str) -> None:
        """Tell the reader something in the bot's own words."""
        await self.courier.send(reader.chat_id, plain_messages(text, reader.lang), reply_to=reader.reply_to)


def _message_id(update: Update) -> int:
    """Return the message an update is about; a button may hang below one that is too old to be read."""
    query = update.callback_query
    message = query.message if query is not None else update.effective_message
    return message.message_id if message is not None else 0


def words_after_command(message: TelegramMessage | None) -> str:
    """Return what stands after the command of a message or caption, in one line."""
    text = (message.text or message.caption or "") if message else ""
    return clean_line(" ".join(text.split()[1:]))
