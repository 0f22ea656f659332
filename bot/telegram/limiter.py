"""Telegram's sending limits, kept chat by chat, answers first.

A bucket for each chat (private: about one message a second; group: 20 a minute), one for all (30 a second).
A 429 pauses the chat that got it and no other. What waits is served by lane, then in the order it came.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

Result = bool | dict[str, Any] | list[dict[str, Any]]


class Lane(IntEnum):
    """Who goes first; the value is handed to the library as ``rate_limit_args`` and must not be zero."""

    ANSWER = 1
    STAGE = 2
    DIGEST = 3


_PATIENCE: Final = {Lane.ANSWER: 120.0, Lane.STAGE: 0.0, Lane.DIGEST: 30.0}
"""Seconds for which a call waits out 429s before it gives up; a stage that comes late is worth nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second, and how many may go at once after a quiet time."""

    all_rate: float = 30.0
    all_burst: float = 30.0
    private_rate: float = 1.0
    private_burst: float = 4.0
    group_rate: float = 1 / 3
    group_burst: float = 5.0


@dataclass(slots=True)
class _Bucket:
    rate: float
    burst: float
    level: float
    filled_at: float
    closed_until: float = 0.0

    def ready_at(self, now: float) -> float:
        """Return when the next message may go: ``now`` or later."""
        self._fill(now)
        lack = max(0.0, 1.0 - self.level) / self.rate
        # A wait of a rounding error would be slept again and again.
        return max(now + (lack if lack > 1e-9 else 0.0), self.closed_until)

    def take(self, now: float) -> None:
        """Count a message."""
        self._fill(now)
        self.level -= 1.0

    def is_idle(self, now: float) -> bool:
        """Say whether forgetting the bucket would change nothing."""
        return self.level + (now - self.filled_at) * self.rate >= self.burst and self.closed_until <= now

    def _fill(self, now: float) -> None:
        self.level = min(self.burst, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now


@dataclass(order=True, slots=True)
class Ticket:
    """A call that waits for its turn."""

    lane: Lane
    number: int
    chat: int = field(compare=False)


class Queue:
    """The order in which waiting calls may go; pure: it is told the time and never sleeps."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = _Bucket(limits.all_rate, limits.all_burst, limits.all_burst, 0.0)
        self._chats: dict[int, _Bucket] = {}
        self._waiting: list[Ticket] = []
        self._numbers = itertools.count()

    def join(self, chat: int, lane: Lane) -> Ticket:
        """Return a place in the queue."""
        ticket = Ticket(lane, next(self._numbers), chat)
        self._waiting.append(ticket)
        self._waiting.sort()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up a place; one that was granted is gone already."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)

    def close(self, chat: int, until: float) -> None:
        """Let nothing into ``chat`` before ``until``."""
        bucket = self._bucket(chat, until)
        bucket.closed_until = max(bucket.closed_until, until)

    def is_free(self, chat: int, now: float) -> bool:
        """Say whether a message into ``chat`` would go at once."""
        bucket = self._chats.get(chat)
        return bucket is None or bucket.ready_at(now) <= now

    def grant(self, now: float) -> tuple[list[Ticket], float | None]:
        """Return the calls that go now, and when to ask again (``None``: nothing waits)."""
        granted: list[Ticket] = []
        again: list[float] = []
        for ticket in list(self._waiting):
            bucket = self._bucket(ticket.chat, now)
            at = max(bucket.ready_at(now), self._all.ready_at(now))
            if at > now:
                again.append(at)
                continue
            bucket.take(now)
            self._all.take(now)
            self._waiting.remove(ticket)
            granted.append(ticket)
        if len(self._chats) > 1000:
            self._chats = {chat: b for chat, b in self._chats.items() if not b.is_idle(now)}
        return granted, min(again, default=None)

    def _bucket(self, chat: int, now: float) -> _Bucket:
        if chat not in self._chats:
            limits = self._limits
            group = chat < 0
            rate = limits.group_rate if group else limits.private_rate
            burst = limits.group_burst if group else limits.private_burst
            self._chats[chat] = _Bucket(rate, burst, burst, now)
        return self._chats[chat]


class PoliteLimiter(BaseRateLimiter[Lane]):
    """The queue at work in the library's only place for it; calls without a chat go straight through."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._queue = Queue(limits or Limits())
        self._turns: dict[int, asyncio.Event] = {}
        self._alarm: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Stop waiting."""
        if self._alarm is not None:
            self._alarm.cancel()

    def is_free(self, chat: int) -> bool:
        """Say whether a message into ``chat`` would go at once; asked before one that can be left out."""
        return self._queue.is_free(chat, asyncio.get_running_loop().time())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Result:
        """Make the call when its turn comes; a 429 is waited out as long as its lane has patience."""
        lane = rate_limit_args or Lane.ANSWER
        chat = data.get("chat_id")
        patience = _PATIENCE[lane]
        while True:
            if isinstance(chat, int):
                await self._turn(chat, lane)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds_of(error)
                if isinstance(chat, int):
                    self._queue.close(chat, asyncio.get_running_loop().time() + wait)
                patience -= wait
                if patience < 0:
                    raise
                if not isinstance(chat, int):
                    await asyncio.sleep(wait)

    async def _turn(self, chat: int, lane: Lane) -> None:
        ticket = self._queue.join(chat, lane)
        turn = self._turns[ticket.number] = asyncio.Event()
        self._serve()
        try:
            await turn.wait()
        finally:
            self._queue.leave(ticket)
            self._turns.pop(ticket.number, None)

    def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        granted, again = self._queue.grant(loop.time())
        for ticket in granted:
            self._turns[ticket.number].set()
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = loop.call_at(again, self._serve) if again is not None else None


def seconds_of(error: RetryAfter) -> float:
    """Return the wait that a 429 asks for, whichever of its two types the library is set to use."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
