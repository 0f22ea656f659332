"""Every error class of the library has a meaning here; a new one fails the test."""

from __future__ import annotations

import httpx
import telegram.error
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.alerts.outbox import Outcome
from bot.telegram.failures import MEANINGS, delivery_of


def test_every_error_of_the_library_is_mapped_by_itself() -> None:
    classes = {
        kind
        for kind in vars(telegram.error).values()
        if isinstance(kind, type) and issubclass(kind, TelegramError)
    }
    assert classes == set(MEANINGS)


def test_what_may_have_arrived_is_unknown_and_what_never_left_is_not() -> None:
    assert delivery_of(TimedOut()).outcome is Outcome.UNKNOWN
    assert delivery_of(NetworkError("Bad Gateway")).outcome is Outcome.UNKNOWN
    for cause in (httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")):
        for error in (TimedOut(), NetworkError("httpx")):
            error.__cause__ = cause
            assert delivery_of(error).outcome is Outcome.NOT_SENT
    read = TimedOut()
    read.__cause__ = httpx.ReadTimeout("no answer")
    assert delivery_of(read).outcome is Outcome.UNKNOWN


def test_a_malformed_message_is_refused_though_the_library_calls_it_a_network_error() -> None:
    assert issubclass(BadRequest, NetworkError)
    assert delivery_of(BadRequest("Message is too long")).outcome is Outcome.REFUSED


def test_an_edit_that_changes_nothing_is_done() -> None:
    assert delivery_of(BadRequest("Message is not modified: …")).outcome is Outcome.SENT


def test_chats_that_are_gone_later_or_elsewhere() -> None:
    assert delivery_of(Forbidden("bot was blocked by the user")).outcome is Outcome.GONE
    assert delivery_of(BadRequest("Chat not found")).outcome is Outcome.GONE
    assert delivery_of(RetryAfter(7)).outcome is Outcome.LATER
    assert delivery_of(RetryAfter(7)).retry_after == 7
    assert delivery_of(ChatMigrated(-100)).outcome is Outcome.NOT_SENT
