"""Running the bot: poll, tick, and end cleanly when told to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.settings import Settings
from bot.telegram.app import ALLOWED_UPDATES, Bot, open_bot
from bot.telegram.desk import Pace
from bot.telegram.welcome import introduce
from rag.errors import SettingsError, SiyaqError
from rag.types import utc_now

if TYPE_CHECKING:
    from bot.newsroom import Newsroom

_log = logging.getLogger(__name__)
_LONGEST_PAUSE: Final = 30.0
_STORIES_A_TICK: Final = 50
"""Articles from before there were stories that are given theirs at a time, a second's work."""


def run_bot(
    newsroom: Newsroom,
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    pace: Pace | None = None,
) -> None:
    """Run the bot until SIGTERM or SIGINT; what is in hand is finished first.

    Raises ``SettingsError`` where there is no token or the server refuses it.
    """
    newsroom.archive.start_syncing()
    asyncio.run(_run(newsroom, settings, clock, pace))


async def _run(
    newsroom: Newsroom, settings: Settings, clock: Callable[[], datetime], pace: Pace | None
) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    with open_bot(newsroom, settings, clock=clock, pace=pace) as bot:
        if not await _connected(bot, stopped):
            return
        async with running(bot, tick_seconds=settings.alerts.tick_seconds):
            _log.info("the bot is listening")
            await stopped.wait()
            _log.info("stopping, after what is in hand")


async def _connected(bot: Bot, stopped: asyncio.Event) -> bool:
    """Wait for the Bot API server to answer; ``False`` when told to stop before it did."""
    pause = 1.0
    while not stopped.is_set():
        try:
            await bot.application.initialize()
        except InvalidToken:
            # The library's message holds the token: nothing of it may be shown.
            raise SettingsError("SIYAQ_TELEGRAM__TOKEN", "the Bot API server refuses it") from None
        except NetworkError as error:
            _log.warning("the Bot API server does not answer, trying again in %.0f s: %s", pause, error)
        else:
            return True
        await _within(pause, stopped)
        pause = min(pause * 2, _LONGEST_PAUSE)
    return False


@asynccontextmanager
async def running(bot: Bot, *, tick_seconds: float) -> AsyncIterator[None]:
    """Poll and tick as long as the context lasts; for a bot whose application is initialised."""
    application = bot.application
    assert application.updater is not None, "it was built with one"  # noqa: S101  for the type checker
    unknown = await asyncio.to_thread(bot.digests.recover)
    if unknown:
        _log.warning("%d digests were cut off while they were sent; the next ones repeat them", unknown)
    await application.start()
    stopped = asyncio.Event()
    ticking = asyncio.create_task(_tick_until(stopped, bot, tick_seconds))
    introducing = asyncio.create_task(introduce(application.bot))
    try:
        await application.updater.start_polling(
            timeout=timedelta(seconds=bot.desk.pace.poll_timeout),
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_polling_failed,
        )
        yield
    finally:
        bot.digests.halt()
        stopped.set()
        introducing.cancel()
        # A tick is not cancelled: a digest cut off while it is sent would be one nobody knows about.
        await asyncio.gather(ticking, introducing, return_exceptions=True)
        if application.updater.running:
            await application.updater.stop()
        await application.stop()
        await application.shutdown()


async def _tick_until(stopped: asyncio.Event, bot: Bot, seconds: float) -> None:
    while not stopped.is_set():
        try:
            await asyncio.to_thread(bot.desk.turns.expire, bot.desk.clock())
            await bot.digests.tick(bot.desk.clock(), bot.posting.send)
            await asyncio.to_thread(bot.desk.newsroom.give_stories, _STORIES_A_TICK)
        except SiyaqError:
            _log.exception("a tick failed; the next one takes up what it left")
        await _within(seconds, stopped)


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Wait for ``event``, but not longer than ``seconds``."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.error("another process polls with this token: stop one of the two")
    else:
        _log.warning("polling failed, trying again: %s", error)
