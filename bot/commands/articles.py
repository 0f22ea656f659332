"""``siyaq articles``: list what the archive holds."""

from __future__ import annotations

import click

from bot.commands.frame import json_option, print_json, start


@click.command("articles", short_help="List the articles of the archive.")
@json_option
def command(as_json: bool) -> None:
    """List the articles of the archive, the newest ingested last.

    \b
    Example:
      siyaq articles --json
    """
    settings = start()
    from bot.commands.readable import article_line
    from rag.archive.archive import open_archive

    with open_archive(settings.archive.dir, calibration=None, role="guest") as archive:
        articles = archive.articles()
    if as_json:
        print_json([article.as_json(body=False) for article in articles])
        return
    for article in articles:
        click.echo(article_line(article))
    click.echo(f"{len(articles)} articles", err=True)
