"""What the commands share: how they start, print JSON, read an instant and show progress."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["INSTANT", "Instant", "json_option", "print_json", "progress_bars", "spinner", "start"]

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


class Instant(click.ParamType[datetime]):
    """An RFC 3339 instant with a zone, or a day, which stands for its first moment in UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the aware ``datetime`` that ``value`` writes."""
        if isinstance(value, datetime):
            return value
        try:
            return read_instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


INSTANT = Instant()


def read_instant(text: str) -> datetime:
    """Return the instant that ``text`` writes; ``ValueError`` with a reason where it writes none."""
    example = "such as 2026-03-20T09:00:00Z or 2026-03-20"
    try:
        if len(text) == len("2026-03-20"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not an instant, {example}") from None
    if instant.tzinfo is None:
        raise ValueError(f"'{text}' has no zone; write it {example}")
    return instant


def start() -> Settings:
    """Load the settings and set up the log; what every command does first."""
    from bot.log import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings)
    return settings


def print_json(value: Any, *, one_line: bool = False) -> None:
    """Print ``value`` as JSON with its letters as they are."""
    # Surrogates that stand alone cannot be written as UTF-8; as escapes they are still the same JSON.
    text = json.dumps(value, ensure_ascii=False, indent=None if one_line else 2)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


@contextmanager
def spinner(first: str) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the stage of a question, ``first`` until then, on a terminal only."""
    from rich.console import Console

    with Console(stderr=True).status(first) as status:
        yield lambda stage: status.update(stage)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows ``(stage, done, total)`` as one bar a stage, on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield show
