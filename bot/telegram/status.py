"""One message that says what is going on, edited a few times, then replaced by the outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from telegram import InlineKeyboardMarkup

from bot.alerts.outbox import Outcome
from bot.telegram.desk import Desk, Reader
from bot.telegram.drafting import Message
from bot.telegram.limiter import Lane
from bot.telegram.rendering import plain_messages

_log = logging.getLogger(__name__)


class Status:
    """A status message, as an async context; it appears ``after`` seconds unless all is done by then.

    ``show`` may be called as often as one likes: the message is edited at most once in ``every`` seconds and
    ``edits`` times in all, and never where the chat's limit would hold up the outcome.
    """

    def __init__(
        self, desk: Desk, reader: Reader, text: str, *, after: float, every: float, edits: int
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._text = text
        self._after = after
        self._every = every
        self._edits = edits
        self._message_id: int | None = None
        self._done = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Apologise in the place of the status where the work failed; the error ends here, in the log."""
        failed = isinstance(error, Exception)
        if failed:
            _log.error("a request failed", exc_info=error)
            await self.replace(plain_messages(self._reader.texts.failed, self._reader.lang))
        await self._settled()
        return failed

    def show(self, text: str) -> None:
        """Say something else from now on; call it on the event loop."""
        self._text = text

    async def replace(
        self, messages: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None
    ) -> tuple[int, ...]:
        """Put ``messages`` in the place of the status, or send them where it never appeared.

        Return the ids of those that arrived.
        """
        await self._settled()
        courier, chat_id = self._desk.courier, self._reader.chat_id
        first, rest = messages[0], messages[1:]
        arrived: tuple[int, ...] = ()
        if self._message_id is not None:
            below = None if rest else keyboard
            edited = await courier.edit(chat_id, self._message_id, first, keyboard=below)
            if edited.outcome is Outcome.SENT:
                messages, arrived = rest, (self._message_id,)
            elif edited.outcome is not Outcome.REFUSED:  # refused: the reader deleted the status message
                return ()
        if messages:
            sent = await courier.send(chat_id, messages, keyboard=keyboard, reply_to=self._reader.reply_to)
            arrived += sent.message_ids
        return arrived

    async def _settled(self) -> None:
        self._done.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        if await self._done_within(self._after):
            return
        shown = self._text
        courier, chat_id, lang = self._desk.courier, self._reader.chat_id, self._reader.lang
        sent = await courier.send(
            chat_id, plain_messages(shown, lang), lane=Lane.STAGE, reply_to=self._reader.reply_to
        )
        if sent.outcome is not Outcome.SENT:
            return
        self._message_id = sent.message_ids[0]
        while self._edits and not await self._done_within(self._every):
            if self._text != shown and self._desk.limiter.is_free(chat_id):
                shown = self._text
                self._edits -= 1
                message = plain_messages(shown, lang)[0]
                await courier.edit(chat_id, self._message_id, message, lane=Lane.STAGE)

    async def _done_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._done.wait()
        except TimeoutError:
            return False
        return True
