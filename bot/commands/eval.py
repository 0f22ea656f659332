"""``siyaq eval``: measure answers to questions whose answers are known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.frame import INSTANT, json_option, print_json, start
from bot.commands.measuring import articles_option, asked_of, say_faults

if TYPE_CHECKING:
    from bot.commands.measuring import Asked
    from bot.evaluation.figures import Report

_WIDTH = 120


@click.command("eval", short_help="Measure answers to questions with known answers.")
@click.argument("questions", type=click.Path(path_type=Path))
@articles_option
@json_option
@click.option(
    "--plots",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Draw refusal, calibration and recall into FOLDER. Needs siyaq[plots].",
)
@click.option("--format", "kind", type=click.Choice(["png", "svg"]), default="png", help="Of the plots.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", help="The language of the plots.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the JSON to FILE too.")
@click.option("--now", type=INSTANT, help="When questions without asked_at are asked.")
def command(
    questions: Path,
    articles: Path | None,
    as_json: bool,
    plots: Path | None,
    kind: str,
    lang: str,
    out: Path | None,
    now: datetime | None,
) -> int:
    """Ask the questions of QUESTIONS and print how good the answers are.

    Each line is {"id", "question", "lang", "article_ids", "answers", "answerable", "asked_at"} and, optional,
    "kind"; near misses are of the kind near_miss. A quote is right when it is of one of the articles and
    holds one of the answers, letter for letter. docs/evaluation.md says what each figure means.

    \b
    Example:
      siyaq eval questions.jsonl
      siyaq eval questions.jsonl --articles articles.jsonl --plots plots --lang ar
      siyaq eval questions.jsonl --json > report.json
    """
    settings = start()
    from bot.evaluation.questions import WrongLinesError

    if plots:
        from bot.evaluation.plots import require_matplotlib

        require_matplotlib()
    try:
        with asked_of(settings, questions, articles, now) as asked:
            report = _report(asked, as_json, out)
    except WrongLinesError as error:
        return say_faults(error)
    if plots:
        from bot.evaluation.plots import draw

        for file in draw(report, plots, lang, kind):
            click.echo(f"drawn: {file}", err=True)
    return 1 if asked.refused else 0


def _report(asked: Asked, as_json: bool, out: Path | None) -> Report:
    """Print the figures, warn of what they do not tell, and return them."""
    import json

    from bot.evaluation.figures import report_on
    from bot.evaluation.report import as_json as shape_of

    newsroom = asked.newsroom
    report = report_on(asked.outcomes, newsroom.refusal_threshold)
    shape = shape_of(report, asked.outcomes, asked.data)
    if as_json:
        print_json(shape)
    else:
        _show(report)
    if out:
        out.write_text(json.dumps(shape, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    not_judged = [one.id for one in asked.outcomes if one.answerable and not one.judged]
    if not_judged:
        named = ", ".join(not_judged[:10]) + (" …" if len(not_judged) > 10 else "")
        click.echo(f"siyaq: no answer stands in the articles of {named}: no sentence judged there", err=True)
    fitted = newsroom.fitted_threshold
    if fitted and fitted.questions == asked.data["questions"]:
        click.echo("siyaq: the threshold was fitted on these very questions: refusals flatter", err=True)
    return report


def _show(report: Report) -> None:
    import sys

    from rich.console import Console

    from bot.evaluation.report import tables

    counts = report.counts
    console = Console(file=sys.stdout, width=_WIDTH, highlight=False)
    console.print(
        f"{counts['questions']} questions: {counts['answerable']} with evidence, "
        f"{counts['without_evidence']} without, {counts['near_misses']} near misses; "
        f"intervals by bootstrap over {counts['groups']} groups of articles\n"
    )
    for table in tables(report):
        console.print(table)
        console.print()
