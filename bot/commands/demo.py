"""``siyaq demo``: ingest the samples and answer a handful of questions about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from bot.commands.frame import start
from bot.commands.ingest import ingest_with_bars, show_report

if TYPE_CHECKING:
    from bot.newsroom import Newsroom

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
"""The clock of the samples: their newest article is of the day before."""


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    """A question of the demo, what it shows and how it must end."""

    shows: str
    text: str
    status: Literal["answered", "insufficient"] = "answered"


QUESTIONS = (
    DemoQuestion("Arabic, answered from Arabic articles", "كم سنة سُجن مدير جمارك ميناء لونارة السابق؟"),
    DemoQuestion("English, answered from English articles", "Who won the Ostrel Marathon?"),
    DemoQuestion("Arabic, answered from an English article", "كم عدد طلاب جامعة لونارة؟"),
    DemoQuestion(
        "English, answered from an Arabic article",
        "From which grade will coding be taught in Sahrun's schools?",
    ),
    DemoQuestion("not in the archive", "من فاز بجائزة نوبل للآداب؟", "insufficient"),
)


@click.command("demo", short_help="Try it on the samples.")
@click.option(
    "--samples",
    type=click.Path(exists=True, path_type=Path),
    default=Path("samples"),
    show_default=True,
    help="The folder of the samples.",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="The folder of the demo's own archive.",
)
def command(samples: Path, archive: Path) -> int:
    """Ingest the samples and answer questions about them, at a fixed clock.

    \b
    Example:
      siyaq demo
    """
    settings = start()
    settings = settings.model_copy(update={"archive": settings.archive.model_copy(update={"dir": archive})})
    from bot.newsroom import open_newsroom

    with open_newsroom(settings) as newsroom:
        click.echo(f"Ingesting {samples} into {archive}")
        report = ingest_with_bars(newsroom, (samples / "articles.jsonl", samples / "pages"))
        show_report(report)
        click.echo(f"The clock stands at {NOW:%Y-%m-%d %H:%M} UTC.")
        as_shown = [_show(newsroom, question) for question in QUESTIONS]
    return 1 if report.refused or not all(as_shown) else 0


def _show(newsroom: Newsroom, question: DemoQuestion) -> bool:
    """Ask and print; false, with a line that says so, where it ends otherwise than it must."""
    from bot.commands.readable import answer_page

    answer = newsroom.ask(question.text, now=NOW)
    click.echo(f"\n{click.style(f'── {question.shows} ', dim=True)}")
    click.echo(f"{click.style(question.text, bold=True, fg='cyan')}\n")
    click.echo(answer_page(answer))
    if answer.status != question.status:
        click.echo(f"siyaq: this should have been {question.status}", err=True)
    return answer.status == question.status
