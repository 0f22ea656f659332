"""A conversation in the terminal, a turn a line."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandline import Siyaq

_BRIDGE = {
    "id": "bridge",
    "title": "Old stone bridge of Qasr Wadi reopens",
    "lang": "en",
    "outlet": "Valley Gazette",
    "published": "2026-03-08",
    "text": "The old stone bridge of Qasr Wadi reopened on Sunday after repairs.\n"
    "The repairs took nineteen months and cost 4.2 million dinars, engineer Samia Doukkal said.",
}
_NOW = ("--now", "2026-03-20T09:00:00Z")


@pytest.fixture
def bridge(siyaq: Siyaq) -> Siyaq:
    """An archive with one article."""
    path = siyaq.folder / "articles.jsonl"
    path.write_text(json.dumps(_BRIDGE) + "\n", encoding="utf-8")
    siyaq.ingest(path)
    return siyaq


def test_turns_are_answered_line_by_line_and_followed_up(bridge: Siyaq) -> None:
    lines = "How much did the repairs of the bridge of Qasr Wadi cost?\n\nand how long did they take?\n؟!\n"
    lines += "وكم كلفت؟\n/forget\nand why?\n"
    finished = bridge("chat", "--json", *_NOW, typed=lines)
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [
        "How much did the repairs of the bridge of Qasr Wadi cost?",
        "and how long did they take?",
        "وكم كلفت؟",
        "and why?",
    ]
    understood = [answer["understood"] for answer in answers]
    assert understood[0] is understood[3] is None
    assert understood[1] == "How long did they take? (the repairs of the bridge of Qasr Wadi cost)"
    assert "nineteen months" in answers[1]["claims"][0]["citations"][0]["quote"]
    assert answers[2]["language"] == "ar"
    assert "Qasr Wadi" in understood[2]
    assert finished.stderr.count("\n") == 1
    assert "nothing to answer" in finished.stderr
    assert finished.returncode == 1, "one turn asked nothing"


def test_a_page_says_how_a_follow_up_was_understood(bridge: Siyaq) -> None:
    lines = "How much did the repairs of the bridge of Qasr Wadi cost?\nand who said so?\n"
    finished = bridge("chat", *_NOW, typed=lines)
    assert finished.returncode == 0, finished.stderr
    assert "Understood as: Who said so? (the repairs of the bridge of Qasr Wadi cost)" in finished.stdout
    assert finished.stdout.count("Understood as") == 1
    assert finished.stdout.count("Samia Doukkal") >= 2


def test_no_turns_are_kept_where_the_settings_say_none(bridge: Siyaq) -> None:
    lines = "How much did the repairs of the bridge of Qasr Wadi cost?\nand who said so?\n"
    finished = bridge("chat", "--json", *_NOW, typed=lines, SIYAQ_CONVERSATION__TURNS="0")
    assert [json.loads(line)["understood"] for line in finished.stdout.splitlines()] == [None, None]


def test_in_a_terminal_there_is_a_prompt_and_an_end(bridge: Siyaq) -> None:
    root = Path(__file__).resolve().parents[2]
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "SIYAQ_ARCHIVE__DIR": str(bridge.archive),
        "PYTHONPATH": str(root),
        "TERM": "dumb",
        "NO_COLOR": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "chat", *_NOW],
        cwd=bridge.folder,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        os.close(theirs)
        os.write(ours, b"How much did the repairs of the bridge of Qasr Wadi cost?\n")
        os.write(ours, b"\x04")
        out, errors = running.communicate(timeout=120)
    os.close(ours)
    assert running.returncode == 0, errors
    assert "4.2 million dinars" in out.decode()
