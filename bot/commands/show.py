"""``siyaq show``: print one article of the archive."""

from __future__ import annotations

import click

from bot.commands.frame import json_option, print_json, start


@click.command("show", short_help="Print one article.")
@click.argument("article_id", metavar="ID")
@json_option
def command(article_id: str, as_json: bool) -> None:
    """Print one article with its body.

    \b
    Example:
      siyaq show a_0123456789abcdef --json
    """
    settings = start()
    from bot.commands.readable import article_page
    from rag.archive.archive import open_archive

    with open_archive(settings.archive.dir, calibration=None, role="guest") as archive:
        article = archive.article(article_id)
    if as_json:
        print_json(article.as_json(body=True))
    else:
        click.echo(article_page(article))
