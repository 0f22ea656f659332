"""``siyaq backup``: copy the archive into one file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.frame import json_option, print_json, progress_bars, start


@click.command("backup", short_help="Copy the archive into one file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@json_option
def command(file: Path, force: bool, as_json: bool) -> int:
    """Copy the archive into FILE as it is at this instant, also beside a running bot or ingest.

    FILE holds articles, chats and follows; the index is not in it and is built anew from it. It appears
    only when it is complete and checked. Keep it as private as the archive.

    \b
    Example:
      siyaq backup backups/2026-03-20.siyaq
    """
    settings = start()
    from rag.archive.backup import back_up

    with progress_bars() as show:
        made = back_up(settings.archive.dir, file, overwrite=force, on_progress=show)
    if as_json:
        held = {"articles": made.holds.articles, "removed": made.holds.removed, "chunks": made.holds.chunks}
        about = {"schema": made.holds.schema, "model": made.holds.model, **held}
        print_json({"file": str(made.file), "bytes": made.size, **about})
    else:
        size = f"{made.size / 1e6:.1f} MB, schema {made.holds.schema}"
        click.echo(f"{made.holds.articles} articles are in {made.file} ({size}), checked")
    return 0
