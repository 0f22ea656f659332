"""How updates are worked through: at once, but each person's in order, and none twice."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.alerts.chats import Chats
from rag.errors import SiyaqError

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 256
_MOST_WAITING: Final = 20
Key = tuple[int, int]


class FairProcessor(BaseUpdateProcessor):
    """Handles updates concurrently, with one lock a person and chat, and drops redelivered ones.

    The lock is not the chat's alone: in a group, one reader's slow question would hold the others. A pressed
    button waits for nobody. An update is marked as handled when its handlers are through, so that one cut off
    by a crash is handled when Telegram brings it again; all that handlers do may be done twice.
    """

    def __init__(self, chats: Chats, clock: Callable[[], datetime]) -> None:
        super().__init__(_AT_ONCE)
        self._chats = chats
        self._clock = clock
        self._in_hand: set[int] = set()
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[Key] = Counter()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its turn comes, unless it was handled before."""
        if not isinstance(update, Update):
            await coroutine
            return
        number, key = update.update_id, _key(update)
        if number in self._in_hand or await self._was_handled(number):
            _discard(coroutine)
            return
        if key is not None and self._waiting[key] >= _MOST_WAITING:
            _log.warning("a reader sends faster than can be answered: an update is dropped")
            _discard(coroutine)
            return
        self._in_hand.add(number)
        try:
            await self._in_turn(key, coroutine)
            await self._mark_handled(number)
        finally:
            self._in_hand.discard(number)

    async def _in_turn(self, key: Key | None, coroutine: Awaitable[Any]) -> None:
        if key is None:
            await coroutine
            return
        lock = self._locks.get(key) or self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] += 1
        try:
            async with lock:
                await coroutine
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    async def _was_handled(self, number: int) -> bool:
        try:
            return await asyncio.to_thread(self._chats.was_handled, number)
        except SiyaqError as error:  # better handled twice than not at all
            _log.warning("the catalog could not be asked about an update: %s", error)
            return False

    async def _mark_handled(self, number: int) -> None:
        try:
            await asyncio.to_thread(self._chats.mark_handled, number, self._clock())
        except SiyaqError as error:
            _log.warning("an update could not be marked as handled: %s", error)


def _key(update: Update) -> Key | None:
    if update.callback_query is not None or update.effective_chat is None:
        return None
    user = update.effective_user
    return update.effective_chat.id, user.id if user is not None else 0


def _discard(coroutine: Awaitable[Any]) -> None:
    if inspect.iscoroutine(coroutine):
        coroutine.close()
