"""``siyaq ask``: answer questions from the archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.commands.frame import INSTANT, json_option, print_json, spinner, start

if TYPE_CHECKING:
    from bot.commands.batch import BatchQuestion
    from bot.newsroom import Newsroom


@click.command("ask", short_help="Answer a question from the archive.")
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(), metavar="FILE", help="Answer JSON lines; - is standard input.")
@click.option("--now", type=INSTANT, help="Ask as if it were INSTANT.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The question's language, if not as it looks.")
@json_option
def command(
    question: str | None, batch: str | None, now: datetime | None, lang: str | None, as_json: bool
) -> int:
    """Answer QUESTION with quotes from the archive, or say that it does not hold the answer.

    Where a model is set (SIYAQ_MODEL__NAME), it writes the answer, each statement over the quote it rests on.

    With --batch each line of FILE is {"id", "question"} and, optional, "asked_at" and "lang"; each line
    printed is one answer, in the same order.

    \b
    Example:
      siyaq ask "متى فُتح الجسر؟"
      siyaq ask --json --now 2026-03-20T09:00:00Z "When did the bridge open?"
      siyaq ask --batch questions.jsonl > answers.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError("give either a QUESTION or --batch FILE")
    if question is not None and not _is_text(question):
        raise click.UsageError("the question is empty or not UTF-8 text")
    settings = start()
    from bot.newsroom import open_newsroom

    with open_newsroom(settings) as newsroom:
        if batch is not None:
            return _answer_all(newsroom, batch, now, lang)
        _answer_one(newsroom, str(question), now, lang, as_json)
    return 0


def _answer_one(
    newsroom: Newsroom, question: str, now: datetime | None, lang: str | None, as_json: bool
) -> None:
    from bot.commands.readable import answer_page
    from rag.types import utc_now

    with spinner("opening the archive") as say:
        answer = newsroom.ask(question, now=now or utc_now(), lang=lang, on_stage=say)
    if as_json:
        print_json(answer.as_json())
    else:
        click.echo(answer_page(answer))


def _answer_all(newsroom: Newsroom, batch: str, now: datetime | None, lang: str | None) -> int:
    from bot.commands.batch import read_batch
    from rag.errors import SiyaqError

    code = 0
    for line in read_batch(batch):
        try:
            print_json(_answer_line(newsroom, line.read(), now, lang), one_line=True)
        except SiyaqError as error:
            click.echo(f"siyaq: {batch}:{line.number}: {error.reason}", err=True)
            code = 1
    return code


def _answer_line(
    newsroom: Newsroom, asked: BatchQuestion, now: datetime | None, lang: str | None
) -> dict[str, Any]:
    from rag.types import utc_now

    return newsroom.ask(
        asked.question,
        now=asked.asked_at or now or utc_now(),
        lang=asked.lang or lang,
        question_id=asked.id,
    ).as_json()


def _is_text(question: str) -> bool:
    try:
        question.encode("utf-8")
    except UnicodeEncodeError:  # bytes of another encoding come as lone surrogates
        return False
    return bool(question.strip())
