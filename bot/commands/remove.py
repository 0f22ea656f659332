"""``siyaq remove``: take articles out of the archive."""

from __future__ import annotations

import click

from bot.commands.frame import start


@click.command("remove", short_help="Remove articles.")
@click.argument("article_ids", nargs=-1, required=True, metavar="ID...")
def command(article_ids: tuple[str, ...]) -> int:
    """Remove articles; no answer rests on them from that moment on.

    An id that the archive does not hold is said so, and the code is then 1.

    \b
    Example:
      siyaq remove a_0123456789abcdef
    """
    settings = start()
    from rag.archive.archive import open_archive
    from rag.errors import UnknownArticleError

    code = 0
    with open_archive(settings.archive.dir, calibration=None, role="guest") as archive:
        for article_id in article_ids:
            try:
                archive.remove(article_id)
            except UnknownArticleError as error:
                click.echo(f"siyaq: {error}", err=True)
                code = 1
            else:
                click.echo(f"removed {article_id}")
    return code
