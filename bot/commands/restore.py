"""``siyaq restore``: make a backup the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.frame import json_option, print_json, progress_bars, start

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command("restore", short_help="Make a backup the archive.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Move an archive that is there aside.")
@json_option
def command(file: Path, force: bool, as_json: bool) -> int:
    """Make the backup FILE the archive, in the folder that the settings name; then build its index.

    FILE is checked first, and brought to this version's schema. Nothing is changed while another process
    has the archive open. What --force moves aside stays until you delete it.

    \b
    Example:
      siyaq restore backups/2026-03-20.siyaq
    """
    settings = start()
    from rag.archive.restoring import restore
    from rag.types import utc_now

    directory = settings.archive.dir
    with progress_bars() as show:
        done = restore(file, directory, now=utc_now(), overwrite=force, on_progress=show)
    problem = _build_index(settings)
    if as_json:
        print_json(
            {
                "archive": str(directory),
                "articles": done.holds.articles,
                "removed": done.holds.removed,
                "chunks": done.holds.chunks,
                "schema": done.holds.schema,
                "model": done.holds.model,
                "aside": str(done.aside) if done.aside else None,
                "index": problem or "built",
            }
        )
        return 0
    click.echo(f"{done.holds.articles} articles are in {directory}, restored from {file}")
    if done.aside:
        click.echo(f"The archive that was there is in {done.aside}")
    if problem:
        click.echo(f"siyaq: the index is not built yet: {problem}", err=True)
    return 0


def _build_index(settings: Settings) -> str | None:
    """Build the index of what was restored; return why it was not, where that is for later."""
    from bot.newsroom import open_newsroom
    from rag.errors import SiyaqError

    try:
        with open_newsroom(settings) as newsroom:
            newsroom.archive.sync()
            problems = newsroom.archive.check().problems
    except SiyaqError as error:
        return str(error)
    return problems[0] if problems else None
