"""The bot as an operator runs it: the real command, the real model, on the local Bot API."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import Sandbox, open_sandbox
from tests.e2e.telegram_bench import ARTICLES, READER, TOKEN, write_lines

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = {
    "id": "library-ar",
    "title": "مكتبة رمانة تختار مديرة جديدة",
    "outlet": "صحيفة المرفأ",
    "lang": "ar",
    "published": "2026-03-19",
    "text": "عينت بلدية رمانة الباحثة هدى السمان مديرة لمكتبة رمانة. وتضم المكتبة أربعين ألف كتاب.",
}


def _environment(folder: Path, url: str, token: str = TOKEN) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIYAQ_")}
    return kept | {
        "SIYAQ_TELEGRAM__TOKEN": token,
        "SIYAQ_TELEGRAM__API_URL": url,
        "SIYAQ_ARCHIVE__DIR": str(folder / "archive"),
        "SIYAQ_LOG__LEVEL": "debug",
        "OMP_NUM_THREADS": "2",
        "PYTHONPATH": str(ROOT),
    }


@asynccontextmanager
async def _command(
    folder: Path, env: dict[str, str], *words: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", *words, cwd=folder, env=env, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def _ingested(folder: Path, env: dict[str, str], path: Path) -> None:
    async with _command(folder, env, "ingest", "--json", str(path)) as process:
        assert await asyncio.wait_for(process.wait(), 60) == 0, (folder / "ingest.log").read_text()


async def _found(sandbox: Sandbox, chat: int, text: str, title: str) -> None:
    """Ask, and wait for a reply that names the article: how well it is answered is measured elsewhere."""
    await sandbox.say(chat, text)
    await sandbox.reply(chat, title, within=30)


async def test_what_another_process_ingests_is_answered_without_a_restart(tmp_path: Path) -> None:
    async with open_sandbox() as sandbox:
        env = _environment(tmp_path, sandbox.url)
        async with _command(tmp_path, env, "bot") as bot:
            await sandbox.say(READER, "/start", lang="ar")
            await sandbox.reply(READER, "أهلا بك", within=60)
            await _ingested(tmp_path, env, write_lines(tmp_path / "seed.jsonl", ARTICLES))
            await _found(sandbox, READER, "كم يبلغ طول جسر الوادي؟", ARTICLES[0]["title"])
            await _ingested(tmp_path, env, write_lines(tmp_path / "more.jsonl", [LIBRARY]))
            await _found(sandbox, READER + 1, "من عينت بلدية رمانة مديرة للمكتبة؟", LIBRARY["title"])
            bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(bot.wait(), 30) == 0
        assert sandbox.refusals == []
    logged = (tmp_path / "bot.log").read_text()
    assert "listening" in logged
    assert "Traceback" not in logged
    assert TOKEN.partition(":")[2] not in logged


async def test_a_refused_token_ends_in_one_line_that_does_not_show_it(tmp_path: Path) -> None:
    async with open_sandbox() as sandbox:
        env = _environment(tmp_path, sandbox.url, token="99:short")  # noqa: S106  refused on purpose
        async with _command(tmp_path, env, "bot") as bot:
            assert await asyncio.wait_for(bot.wait(), 60) == 2
    logged = (tmp_path / "bot.log").read_text()
    assert "SIYAQ_TELEGRAM__TOKEN" in logged
    assert "Traceback" not in logged
    assert "99:short" not in logged


async def test_a_bot_waits_for_a_server_that_is_not_there_and_ends_when_told(tmp_path: Path) -> None:
    env = _environment(tmp_path, "http://127.0.0.1:9")
    log = tmp_path / "bot.log"
    async with _command(tmp_path, env, "bot") as bot, asyncio.timeout(60):
        while "trying again" not in (log.read_text() if log.exists() else ""):
            assert bot.returncode is None, log.read_text()
            await asyncio.sleep(0.1)
        bot.send_signal(signal.SIGTERM)
        assert await bot.wait() == 0
    assert TOKEN not in log.read_text()
    assert json.dumps(TOKEN) not in log.read_text()
