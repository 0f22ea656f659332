"""What ``siyaq eval`` and ``siyaq fit`` share: questions asked of an archive, or of one made for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.commands.frame import progress_bars

if TYPE_CHECKING:
    from bot.evaluation.asking import Outcome
    from bot.evaluation.questions import WrongLinesError
    from bot.newsroom import Newsroom
    from bot.settings import Settings

__all__ = ["Asked", "articles_option", "asked_of", "say_faults"]

_MOST_NAMED = 20

articles_option = click.option(
    "--articles",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Ask an archive made for this of these articles: JSON lines, or a folder of what ingest takes.",
)


@dataclass(frozen=True)
class Asked:
    """What became of the questions, the archive that was asked, and how many articles it could not take."""

    newsroom: Newsroom
    outcomes: list[Outcome]
    data: dict[str, str]
    refused: int


@contextmanager
def asked_of(settings: Settings, file: Path, articles: Path | None, now: datetime | None) -> Iterator[Asked]:
    """Ask the questions of ``file`` of the configured archive, or of one made of ``articles``.

    Raises `bot.evaluation.questions.WrongLinesError` before anything is embedded where a line is wrong, and
    before anything is asked where an article is unknown.
    """
    from bot.evaluation.asking import ask_all, settle
    from bot.evaluation.fingerprints import archive_fingerprint, fingerprint
    from bot.evaluation.questions import read_questions
    from bot.newsroom import open_newsroom

    questions = read_questions(file, now)
    with (
        TemporaryDirectory(prefix="siyaq-") as folder,
        open_newsroom(settings, Path(folder) if articles else None) as newsroom,
    ):
        refused = _take_in(newsroom, articles) if articles else 0
        held = newsroom.archive.articles()
        judged_by = settle(questions, held, str(file))
        with progress_bars() as show:
            outcomes = ask_all(newsroom, questions, judged_by, show)
        data = {"questions": fingerprint([file]), "archive": archive_fingerprint(held)}
        yield Asked(newsroom, outcomes, data, refused)


def say_faults(error: WrongLinesError) -> int:
    """Say on standard error what is wrong, a line for each fault of a file, and return the exit code."""
    for fault in error.faults[:_MOST_NAMED]:
        click.echo(f"siyaq: {error.file}:{fault.line}: {fault.what}", err=True)
    if len(error.faults) > _MOST_NAMED:
        click.echo(f"siyaq: {error.file}: and {len(error.faults) - _MOST_NAMED} more", err=True)
    return 1


def _take_in(newsroom: Newsroom, articles: Path) -> int:
    """Ingest and return how many were refused, each named on standard error."""
    from bot.commands.ingest import ingest_with_bars

    report = ingest_with_bars(newsroom, (articles,))
    for refusal in report.refused:
        click.echo(f"siyaq: {refusal.ref}: {refusal.reason}", err=True)
    return len(report.refused)
