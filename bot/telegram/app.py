"""The composition of the bot: the library's Application with our limiter, processor and handlers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.alerts.chats import Chats
from bot.alerts.digests import Digests
from bot.alerts.subscriptions import Subscriptions
from bot.settings import Settings
from bot.telegram.answers import Answers
from bot.telegram.briefs import Briefs
from bot.telegram.desk import Context, Desk, Pace
from bot.telegram.follows import Follows
from bot.telegram.forgetting import Forgetting
from bot.telegram.ingest import Ingest
from bot.telegram.language import Language
from bot.telegram.limiter import PoliteLimiter
from bot.telegram.membership import Membership
from bot.telegram.posting import Posting
from bot.telegram.processing import FairProcessor
from bot.telegram.questions import Questions
from bot.telegram.sending import Courier
from bot.telegram.sources import Sources
from bot.telegram.turns import Turns
from bot.telegram.welcome import Welcome
from rag.errors import SettingsError

if TYPE_CHECKING:
    from bot.newsroom import Newsroom

_log = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
_QUESTIONS_AT_ONCE: Final = 8
_Application = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is composed but does not run yet."""

    application: _Application
    desk: Desk
    digests: Digests
    posting: Posting


@contextmanager
def open_bot(
    newsroom: Newsroom, settings: Settings, *, clock: Callable[[], datetime], pace: Pace | None = None
) -> Iterator[Bot]:
    """Compose the bot around ``newsroom``; its threads end with the context, after the work in hand.

    Raises ``SettingsError`` where there is no token.
    """
    pace = pace or Pace()
    engine = newsroom.archive.engine
    chats = Chats(engine, digest_hour=settings.alerts.digest_hour, zone=settings.alerts.zone)
    limiter = PoliteLimiter(pace.limits)
    application = _built(settings, limiter, FairProcessor(chats, clock), pace)
    with (
        ThreadPoolExecutor(_QUESTIONS_AT_ONCE, "question") as questions,
        ThreadPoolExecutor(1, "ingest") as ingests,
    ):
        desk = Desk(
            newsroom=newsroom,
            settings=settings,
            chats=chats,
            subscriptions=Subscriptions(engine),
            answers=Answers(engine),
            turns=Turns(engine, most=settings.conversation.turns, hours=settings.conversation.hours),
            courier=Courier(application.bot, chats),
            limiter=limiter,
            clock=clock,
            questions=questions,
            ingests=ingests,
            pace=pace,
        )
        _add_handlers(application, desk)
        yield Bot(application, desk, Digests(engine, newsroom.news_on), Posting(desk))


def _built(settings: Settings, limiter: PoliteLimiter, processor: FairProcessor, pace: Pace) -> _Application:
    telegram = settings.telegram
    if telegram.token is None:
        raise SettingsError("SIYAQ_TELEGRAM__TOKEN", "is needed to run the bot")
    builder = (
        ApplicationBuilder()
        .token(telegram.token.get_secret_value())
        .rate_limiter(limiter)
        .concurrent_updates(processor)
        .job_queue(None)
        .read_timeout(pace.read_timeout)
        .get_updates_read_timeout(pace.poll_timeout + 10)
    )
    if telegram.api_url:
        builder = builder.base_url(f"{telegram.api_url}/bot").base_file_url(f"{telegram.api_url}/file/bot")
    return builder.build()


def _add_handlers(application: _Application, desk: Desk) -> None:
    welcome = Welcome(desk)
    subjects = (welcome, Ingest(desk), Follows(desk), Language(desk), Forgetting(desk), Membership(desk))
    for subject in (*subjects, Briefs(desk), Sources(desk), Questions(desk)):
        application.add_handlers(subject.handlers())
    application.add_handlers(welcome.last_handlers())

    async def apologise(update: object, context: Context) -> None:
        await _apologise(desk, update, context)

    application.add_error_handler(apologise)


async def _apologise(desk: Desk, update: object, context: Context) -> None:
    """Log what went wrong, and tell the reader that something did."""
    _log.error("an update was not handled", exc_info=context.error)
    if isinstance(context.error, TelegramError) or not isinstance(update, Update):
        return
    reader = await desk.admit(update)
    if reader is not None:
        await desk.say(reader, reader.texts.failed)
