"""``siyaq chat``: a conversation in the terminal, a turn a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from bot.commands.frame import INSTANT, json_option, print_json, spinner, start

if TYPE_CHECKING:
    from bot.newsroom import Newsroom
    from rag.conversation import Turn
    from rag.types import Answer

_FORGET = "/forget"
_PROMPT = "? "


@click.command("chat", short_help="Ask in turns, and follow up.")
@click.option("--now", type=INSTANT, help="Ask as if it were INSTANT.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The turns' language, if not as they look.")
@json_option
def command(now: datetime | None, lang: str | None, as_json: bool) -> int:
    """Answer the questions of standard input, a line each; one may follow up on those before it.

    Where a follow-up is answered, a line says how it was understood ("understood" in JSON, of which there is
    one object a line). /forget drops the turns so far; they are kept for this conversation only, as many and
    as long as SIYAQ_CONVERSATION__* say. The end of the input (Ctrl-D) ends it.

    \b
    Example:
      siyaq chat
      printf 'Who won the Ostrel Marathon?\\nand in what time?\\n' | siyaq chat --json
    """
    settings = start()
    from bot.newsroom import open_newsroom
    from rag.errors import UsageError

    code = 0
    with open_newsroom(settings) as newsroom:
        conversation = _Conversation(newsroom, now, lang)
        for line in _lines():
            try:
                answer = conversation.answer(line)
            except (UsageError, UnicodeDecodeError) as error:
                reason = error.reason if isinstance(error, UsageError) else "is not UTF-8 text"
                click.echo(f"siyaq: {reason}", err=True)
                code = 1
                continue
            if answer is not None:
                _show(answer, as_json=as_json)
    return code


class _Conversation:
    """The turns so far, and what answers them."""

    def __init__(self, newsroom: Newsroom, now: datetime | None, lang: str | None) -> None:
        self._newsroom = newsroom
        self._now = now
        self._lang = lang
        self._turns: list[Turn] = []

    def answer(self, line: bytes) -> Answer | None:
        """Return the answer to a line; ``None`` for one that is blank or forgets."""
        from rag.conversation import turn_of
        from rag.types import utc_now

        text = line.decode("utf-8").strip()
        if text == _FORGET:
            self._turns.clear()
        if text in ("", _FORGET):
            return None
        now = self._now or utc_now()
        kept = self._newsroom.settings.conversation
        self._turns = [turn for turn in self._turns if now - turn.asked_at < timedelta(hours=kept.hours)]
        with spinner("searching") as say:
            answer = self._newsroom.ask(
                text, now=now, lang=self._lang, on_stage=say, history=tuple(self._turns)
            )
        self._turns = [*self._turns, turn_of(answer)][-kept.turns :] if kept.turns else []
        return answer


def _lines() -> Iterator[bytes]:
    """Yield the lines of standard input; on a terminal behind a prompt, and with its keys for editing."""
    if not sys.stdin.isatty():
        yield from sys.stdin.buffer
        return
    import readline  # noqa: F401  input() edits lines by it

    while True:
        try:
            yield input(_PROMPT).encode("utf-8", "surrogateescape")
        except EOFError:
            click.echo()
            return


def _show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print_json(answer.as_json(), one_line=True)
        return
    from bot.commands.readable import answer_page

    click.echo(f"{answer_page(answer)}\n")
