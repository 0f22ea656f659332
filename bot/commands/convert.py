"""``siyaq convert``: make questions and articles of a public data set."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("convert", short_help="Make questions of a public data set.")
@click.argument("data", type=click.Choice(["xquad", "arcd", "multihop-rag"]))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where articles.jsonl and questions.jsonl are written.",
)
@click.option("--one-language", is_flag=True, help="Hold each paragraph of xquad in one language only.")
def command(data: str, folder: Path, out: Path, one_language: bool) -> None:
    """Write the data set DATA, as its authors publish it in FOLDER, for siyaq eval.

    xquad needs xquad.ar*.json and xquad.en*.json, arcd any arcd*.json, multihop-rag corpus.json and
    MultiHopRAG.json. Nothing is fetched.

    \b
    Example:
      siyaq convert xquad data/xquad --one-language --out xquad
      siyaq eval xquad/questions.jsonl --articles xquad/articles.jsonl
    """
    from bot.evaluation.converting import convert

    for file in convert(data, folder, out, one_language=one_language):
        with file.open(encoding="utf-8") as lines:
            click.echo(f"{file}: {sum(1 for _ in lines)} lines")
