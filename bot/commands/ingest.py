"""``siyaq ingest``: bring pages, JSON lines and folders of them into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.frame import json_option, print_json, progress_bars, start

if TYPE_CHECKING:
    from bot.newsroom import Newsroom
    from ingest.pipeline import IngestReport


@click.command("ingest", short_help="Bring files and folders into the archive.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Bring text pages, HTML files, JSON lines or folders of them into the archive.

    What the archive holds already is left alone. One refused file stops no other; the code is then 1.

    \b
    Example:
      siyaq ingest samples/ page.html articles.jsonl
    """
    settings = start()
    from bot.newsroom import open_newsroom

    with open_newsroom(settings) as newsroom:
        try:
            report = ingest_with_bars(newsroom, paths)
        except KeyboardInterrupt:
            click.echo("siyaq: interrupted; what was taken in stays: run it again to go on", err=True)
            raise
    if as_json:
        print_json(report.as_json())
    else:
        show_report(report)
    return 1 if report.refused else 0


def ingest_with_bars(newsroom: Newsroom, paths: tuple[Path, ...]) -> IngestReport:
    """Ingest ``paths`` under progress bars on standard error."""
    from rag.types import utc_now

    with progress_bars() as show:
        return newsroom.ingest(
            paths, now=utc_now(), on_progress=lambda step: show(step.stage, step.done, step.total)
        )


def show_report(report: IngestReport) -> None:
    """Print the report's counts, and a line for each refusal."""
    counts = {"added": report.added, "changed": report.changed, "already held": report.held}
    parts = [f"{len(ids)} {what}" for what, ids in counts.items()]
    click.echo(", ".join([*parts, f"{len(report.refused)} refused"]))
    for refusal in report.refused:
        click.echo(f"refused {refusal.ref}: {refusal.reason}")
