"""``siyaq fit``: fit the refusal threshold on questions of one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.frame import INSTANT, json_option, print_json, start
from bot.commands.measuring import articles_option, asked_of, say_faults

if TYPE_CHECKING:
    from bot.commands.measuring import Asked

_RATES = {
    "refused_with_evidence": "refused with evidence",
    "answered_without_evidence": "answered without evidence",
    "answered_near_miss": "near misses answered",
}


@click.command("fit", short_help="Fit when to refuse, on questions of your own.")
@click.argument("questions", type=click.Path(path_type=Path))
@articles_option
@click.option(
    "--refuse",
    type=click.FloatRange(0, 0.5),
    default=0.1,
    show_default=True,
    metavar="SHARE",
    help="The share of questions with evidence that may be refused.",
)
@json_option
@click.option("--now", type=INSTANT, help="When questions without asked_at are asked.")
def command(
    questions: Path, articles: Path | None, refuse: float, as_json: bool, now: datetime | None
) -> int:
    """Fit the refusal threshold on QUESTIONS, as siyaq eval reads them, and keep it beside the archive.

    It is used from the next start on, with the embedding model that it was fitted for. The error rates to
    expect are by cross-validation over articles. Measure afterwards on other questions than these.

    \b
    Example:
      siyaq fit tuning.jsonl
      siyaq fit tuning.jsonl --articles articles.jsonl --refuse 0.05
    """
    settings = start()
    from bot.evaluation.questions import WrongLinesError

    try:
        with asked_of(settings, questions, articles, now) as asked:
            found = _fit(asked, refuse)
    except WrongLinesError as error:
        return say_faults(error)
    if as_json:
        print_json(found)
    else:
        _show(found)
    if settings.answers.refusal_threshold is not None:
        click.echo("siyaq: SIYAQ_ANSWERS__REFUSAL_THRESHOLD is set, and is used instead", err=True)
    return 1 if asked.refused else 0


def _fit(asked: Asked, refuse: float) -> dict[str, Any]:
    from bot.evaluation.fitting import fit_threshold

    newsroom = asked.newsroom
    fit = fit_threshold(asked.outcomes, refuse)
    file = newsroom.keep_threshold(fit.threshold, asked.data["questions"])
    before = round(newsroom.refusal_threshold, 4)
    return {"model": newsroom.archive.model, "before": before, **fit.as_json(), "file": str(file)}


def _show(found: dict[str, Any]) -> None:
    click.echo(f"threshold for {found['model']}: {found['threshold']:.3f}, until now {found['before']:.3f}")
    click.echo("To expect on other articles, by cross-validation:")
    for name, words in _RATES.items():
        rate = found[name]
        if rate["value"] is None:
            click.echo(f"  {words}: not known, no such question was asked")
            continue
        interval = f" ({rate['low']:.3f}-{rate['high']:.3f})" if rate["low"] is not None else ""
        click.echo(f"  {words}: {rate['value']:.3f}{interval} of {rate['of']}")
    click.echo(f"kept in {found['file']}")
