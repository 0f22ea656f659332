"""Sending and editing, with everything Telegram may answer taken care of; nothing here raises for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.alerts.chats import Chats
from bot.alerts.outbox import Delivery, Outcome
from bot.telegram.drafting import Message
from bot.telegram.failures import delivery_of
from bot.telegram.limiter import Lane

_log = logging.getLogger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_ATTEMPTS: Final = 3
_FIRST_PAUSE: Final = 0.5


class Courier:
    """Carries messages to chats: pauses those that are gone, follows those that moved."""

    def __init__(self, bot: ExtBot[Lane], chats: Chats) -> None:
        self._bot = bot
        self._chats = chats

    async def send(
        self,
        chat_id: int,
        messages: Sequence[Message],
        *,
        lane: Lane = Lane.ANSWER,
        keyboard: InlineKeyboardMarkup | None = None,
        reply_to: int | None = None,
    ) -> Delivery:
        """Send ``messages`` in order, the keyboard under the last; stop at the first that does not arrive.

        A message whose outcome is unknown is not sent again.
        """
        sent: list[int] = []
        moved = False
        for number, message in enumerate(messages):
            last = number == len(messages) - 1
            for attempt in range(_ATTEMPTS):
                try:
                    taken = await self._bot.send_message(
                        chat_id,
                        message.text,
                        entities=message.entities,
                        link_preview_options=_NO_PREVIEW,
                        reply_markup=keyboard if last else None,
                        reply_parameters=_reply(reply_to if number == 0 else None),
                        rate_limit_args=lane,
                    )
                except ChatMigrated as error:
                    if moved:
                        return Delivery(Outcome.REFUSED, tuple(sent), reason="moved twice")
                    await self.move(chat_id, error.new_chat_id)
                    chat_id, moved = error.new_chat_id, True
                except TelegramError as error:
                    delivery = delivery_of(error)
                    if delivery.outcome is not Outcome.NOT_SENT or attempt == _ATTEMPTS - 1:
                        return await self._given_up(chat_id, delivery, tuple(sent), error)
                    await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
                else:
                    sent.append(taken.message_id)
                    break
        return Delivery(Outcome.SENT, tuple(sent))

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        message: Message,
        *,
        lane: Lane = Lane.ANSWER,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> Delivery:
        """Put ``message`` in the place of one sent before; safe to repeat, so it is, except for a stage."""
        attempts = 1 if lane is Lane.STAGE else _ATTEMPTS
        delivery = Delivery(Outcome.NOT_SENT)
        for attempt in range(attempts):
            try:
                await self._bot.edit_message_text(
                    message.text,
                    chat_id,
                    message_id,
                    entities=message.entities,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard,
                    rate_limit_args=lane,
                )
            except TelegramError as error:
                delivery = delivery_of(error)
                if delivery.outcome not in (Outcome.NOT_SENT, Outcome.UNKNOWN) or attempt == attempts - 1:
                    return await self._given_up(chat_id, delivery, (message_id,), error)
                await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
            else:
                return Delivery(Outcome.SENT, (message_id,))
        return delivery

    async def answer_button(self, query_id: str) -> None:
        """Stop the clock on a pressed button; one that was pressed long ago has none."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            _log.info("a button was not answered: %s", type(error).__name__)

    async def move(self, old: int, new: int) -> None:
        """Hand a group's rows to the supergroup it became."""
        await asyncio.to_thread(self._chats.move, old, new)

    async def _given_up(
        self, chat_id: int, delivery: Delivery, sent: tuple[int, ...], error: TelegramError
    ) -> Delivery:
        if delivery.outcome is Outcome.SENT:
            return Delivery(Outcome.SENT, sent)
        if delivery.outcome is Outcome.GONE:
            await asyncio.to_thread(self._chats.pause, chat_id)
            _log.info("a chat cannot be reached and is paused")
        else:
            # The text is not logged: what a reader asks is theirs.
            _log.warning("a message did not arrive (%s): %s", delivery.outcome, error)
        return Delivery(delivery.outcome, sent, delivery.retry_after, delivery.reason)


def _reply(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None
