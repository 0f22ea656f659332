"""The command ``siyaq``: finds the command asked for, runs it and turns errors into one line and a code.

Exit codes: 0 done, 1 something was refused or failed, 2 wrong usage or settings, 130 interrupted. Nothing
heavy is imported here or at the top of a command's file, so that ``--help`` is quick.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click

from rag.errors import SiyaqError, UsageError

__all__ = ["main", "run", "siyaq"]

_COMMANDS = (
    "ingest",
    "ask",
    "brief",
    "chat",
    "articles",
    "show",
    "remove",
    "reindex",
    "doctor",
    "backup",
    "restore",
    "eval",
    "fit",
    "convert",
    "bot",
    "demo",
)


class _Commands(click.Group):
    """A group whose commands are imported one by one, as they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command ``cmd_name``; ``None`` where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"bot.commands.{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="siyaq", message="siyaq %(version)s")
def siyaq() -> None:
    """Answer questions about the news from an archive of articles, with verified quotes.

    \b
    Settings are SIYAQ_<SECTION>__<NAME>, in the environment or in .env; .env.example lists them.
    Exit codes: 0 done, 1 something was refused or failed, 2 wrong usage or settings.

    \b
    Example:
      siyaq ingest samples/
      siyaq ask "Who won the Ostrel Marathon?"
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run ``siyaq`` with ``arguments`` (the process's where ``None``) and return its exit code."""
    try:
        code: Any = siyaq.main(args=arguments, prog_name="siyaq", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SiyaqError as error:
        _say(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        _say(f"{error.filename or 'system'}: {(error.strerror or str(error)).lower()}")
        return 1
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the console script ``siyaq``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Arabic must come out whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())


def _say(line: str) -> None:
    one_line = " ".join(line.split())
    click.echo(f"siyaq: {one_line}", err=True)


if __name__ == "__main__":
    main()
