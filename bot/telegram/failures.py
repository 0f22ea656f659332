"""What each of the library's errors means for the one who sent: one table, tested against every class.

``BadRequest`` and ``TimedOut`` are ``NetworkError`` in the library, so a handler that repeats on
``NetworkError`` repeats a malformed message for ever and doubles a delivered one. Here the most specific
class wins, and only what certainly never left may be sent again.
"""

from __future__ import annotations

from typing import Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.alerts.outbox import Delivery, Outcome
from bot.telegram.limiter import seconds_of

MEANINGS: Final[dict[type[TelegramError], Outcome]] = {
    BadRequest: Outcome.REFUSED,
    ChatMigrated: Outcome.NOT_SENT,
    Conflict: Outcome.NOT_SENT,
    EndPointNotFound: Outcome.REFUSED,
    Forbidden: Outcome.GONE,
    InvalidToken: Outcome.REFUSED,
    NetworkError: Outcome.UNKNOWN,
    PassportDecryptionError: Outcome.REFUSED,
    RetryAfter: Outcome.LATER,
    TimedOut: Outcome.UNKNOWN,
    TelegramError: Outcome.UNKNOWN,
}
_NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_NOT_MODIFIED: Final = "message is not modified"
_GONE: Final = ("chat not found", "peer_id_invalid", "user is deactivated")


def delivery_of(error: TelegramError) -> Delivery:
    """Return what ``error`` says about the call that raised it."""
    if isinstance(error.__cause__, _NEVER_LEFT):
        return Delivery(Outcome.NOT_SENT, reason="no connection")
    if isinstance(error, BadRequest):
        message = error.message.lower()
        if _NOT_MODIFIED in message:
            return Delivery(Outcome.SENT)
        if any(gone in message for gone in _GONE):
            return Delivery(Outcome.GONE, reason=error.message)
    if isinstance(error, RetryAfter):
        return Delivery(Outcome.LATER, retry_after=seconds_of(error), reason="flood limit")
    return Delivery(MEANINGS[_nearest(type(error))], reason=type(error).__name__)


def _nearest(kind: type[TelegramError]) -> type[TelegramError]:
    return next(known for known in kind.__mro__ if known in MEANINGS)
