"""``siyaq bot``: run the Telegram bot."""

from __future__ import annotations

import click

from bot.commands.frame import start


@click.command("bot", short_help="Run the Telegram bot.")
def command() -> None:
    """Run the Telegram bot until it is told to stop.

    It needs SIYAQ_TELEGRAM__TOKEN. Articles may be ingested beside it, from another terminal.

    \b
    Example:
      SIYAQ_TELEGRAM__TOKEN=123:abc SIYAQ_TELEGRAM__ADMINS=1 siyaq bot
    """
    settings = start()
    from rag.errors import SettingsError

    if settings.telegram.token is None:
        raise SettingsError("SIYAQ_TELEGRAM__TOKEN", "is needed to run the bot; @BotFather gives one")
    from bot.newsroom import open_newsroom
    from bot.telegram.run import run_bot

    with open_newsroom(settings) as newsroom:
        run_bot(newsroom, settings)
