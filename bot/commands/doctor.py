"""``siyaq doctor``: check the archive, say what is set, and put right what can be."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import click

from bot.commands.frame import json_option, print_json, start

if TYPE_CHECKING:
    from bot.settings import Model, Settings
    from rag.answering.spending import Spent
    from rag.archive.archive import ArchiveReport
    from rag.archive.repairing import Repair


@click.command("doctor", short_help="Check the archive, and mend it with --repair.")
@click.option("--repair", is_flag=True, help="Put right what can be put right, and say what was done.")
@json_option
def command(repair: bool, as_json: bool) -> int:
    """Check the archive against its index and show the settings, without secrets.

    The code is 1 where something is wrong. It may run beside the bot; with --repair it does nothing then,
    and says so. --repair never takes an accepted article out; a damaged catalog takes a backup to mend.

    \b
    Example:
      siyaq doctor --json
      siyaq doctor --repair
    """
    settings = start()
    from rag.errors import ArchiveError

    done: list[Repair] = []
    try:
        report, spent, turns = _examined(settings, done if repair else None)
    except ArchiveError as error:
        if not as_json:
            raise
        findings = {"ok": False, "problems": [str(error)], "archive": None, "model": None, "turns": None}
    else:
        findings = {**_archive(report), "model": _model(settings.model, spent), "turns": turns}
    if repair:
        findings["repaired"] = [{"what": one.what, "count": one.count, "line": one.line} for one in done]
    findings |= _surroundings(settings)
    if as_json:
        print_json(findings)
    else:
        _show(findings)
    return 0 if findings["ok"] else 1


def _examined(settings: Settings, repairs: list[Repair] | None) -> tuple[ArchiveReport, Spent | None, int]:
    """Return the report on the archive, what a model has cost today, and how many turns of chats are kept.

    What can be put right is put right before, where ``repairs`` is a list.
    """
    from bot.newsroom import open_newsroom
    from bot.telegram.turns import Turns
    from rag.types import utc_now

    with open_newsroom(settings) as newsroom:
        if repairs is not None:
            repairs += newsroom.repair()
        # Alone on the archive, nobody else brings the index up to date, or mends it.
        newsroom.archive.sync()
        report = newsroom.archive.check()
        kept = settings.conversation
        turns = Turns(newsroom.archive.engine, most=kept.turns, hours=kept.hours)
        turns.expire(utc_now())  # where no bot runs nobody else does
        return report, newsroom.spent(utc_now()), turns.count()


def _archive(report: ArchiveReport) -> dict[str, Any]:
    return {
        "ok": not report.problems,
        "problems": list(report.problems),
        "archive": {
            "model": report.model,
            "articles": report.articles,
            "removed": report.removed,
            "chunks": report.chunks,
            "pending": report.pending,
            "owner": report.owner,
            "index_ok": report.index_ok,
            "kept": [str(path) for path in report.kept],
        },
    }


def _model(named: Model, spent: Spent | None) -> dict[str, Any] | None:
    """Return what the model that writes has cost today (UTC); ``None`` where answers are quotes."""
    if spent is None:
        return None
    return {
        "name": named.name,
        "endpoint": named.base_url or "OpenAI",
        "today": {
            "requests": spent.requests,
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "cost": spent.cost_micros / 1e6,
        },
        "daily_tokens": named.daily_tokens or None,
        "daily_cost": named.daily_cost,
    }


def _surroundings(settings: Settings) -> dict[str, Any]:
    """Return versions and settings; a ``SecretStr`` writes itself as stars, and is shown as *set* here."""
    from pydantic import SecretStr

    shown: dict[str, Any] = {}
    for section_name, section in settings:
        for name, value in section:
            hidden = "set" if isinstance(value, SecretStr) else value
            shown[f"{section_name}.{name}"] = _plain(hidden)
    return {
        "siyaq": version("siyaq"),
        "python": platform.python_version(),
        "settings": shown,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _show(findings: dict[str, Any]) -> None:
    click.echo(f"siyaq {findings['siyaq']} on Python {findings['python']}")
    archive = {**findings["archive"]}
    for path in archive.pop("kept"):
        click.echo(f"  kept: {path} (yours to delete)")
    for name, value in archive.items():
        if value is not None:
            click.echo(f"  {name}: {value}")
    if findings["turns"]:
        click.echo(f"  turns of chats kept: {findings['turns']}")
    if findings["model"] is not None:
        _show_model(findings["model"])
    for name, value in findings["settings"].items():
        if value not in (None, []):
            click.echo(f"  {name} = {value}")
    for one in findings.get("repaired", []):
        click.echo(f"repaired: {one['line']}")
    if findings.get("repaired") == []:
        click.echo("There was nothing to repair.")
    for problem in findings["problems"]:
        click.echo(f"problem: {problem}")
    click.echo("The archive checks out." if findings["ok"] else "The archive needs attention.")


def _show_model(model: dict[str, Any]) -> None:
    today = model["today"]
    tokens = today["input_tokens"] + today["output_tokens"]
    of_tokens = f" of {model['daily_tokens']}" if model["daily_tokens"] else ""
    of_cost = f" of {model['daily_cost']}" if model["daily_cost"] is not None else ""
    click.echo(f"  model: {model['name']} ({model['endpoint']})")
    click.echo(
        f"  model today (UTC): {today['requests']} requests, {tokens}{of_tokens} tokens, "
        f"cost {today['cost']:.4f}{of_cost}"
    )
