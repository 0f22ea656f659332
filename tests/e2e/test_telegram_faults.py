"""What Telegram does to a bot: floods, blocks, moved chats, lost connections; and what must not be logged."""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import Callable
from pathlib import Path

from bot.log import configure_logging
from bot.sandbox import BLOCKED, DROPPED, ERROR_500, FLOOD, LOST, MIGRATED, STALLED, Fault
from tests.e2e.telegram_bench import GROUP, OTHER, READER, TOKEN, Bench, open_bench, settings_for

QUESTION = "When will the harbour of Tellin close?"


async def test_a_flood_in_one_chat_holds_no_other(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        bench.sandbox.fail(Fault(FLOOD, "sendMessage", READER, retry_after=2))
        started = time.monotonic()
        await bench.sandbox.say(READER, QUESTION)
        await bench.sandbox.wait_for(lambda: "fails sendMessage: flood" in bench.sandbox.town.as_text())
        await bench.sandbox.say(OTHER, QUESTION)
        await bench.sandbox.reply(OTHER, "Sources")
        assert time.monotonic() - started < 2
        await bench.sandbox.reply(READER, "Sources")
        assert time.monotonic() - started >= 2
        assert bench.sandbox.refusals == []


async def test_a_chat_that_blocks_the_bot_is_paused_and_comes_back(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "/follow القمح")
        await bench.sandbox.reply(READER, "تتابع الآن")
        bench.sandbox.fail(Fault(BLOCKED, "sendMessage", READER))
        await bench.sandbox.say(READER, "/help")
        await _until(lambda: _state(bench) == "paused")
        await bench.sandbox.block(READER, blocked=False)
        await _until(lambda: _state(bench) == "active")
        await bench.sandbox.block(READER, blocked=True)
        await _until(lambda: _state(bench) == "paused")
        assert bench.bot.desk.subscriptions.topics(READER) == ["القمح"]


async def test_a_group_that_became_a_supergroup_keeps_what_it_follows(tmp_path: Path) -> None:
    new = -1_001_804_000_000
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(GROUP, "/follow wheat prices", user=READER)
        await bench.sandbox.reply(GROUP, "You now follow")
        bench.sandbox.town.chat(new, READER)
        bench.sandbox.fail(Fault(MIGRATED, "sendMessage", GROUP, times=100, migrate_to=new))
        await bench.sandbox.say(GROUP, "/following", user=READER, lang="en")
        await bench.sandbox.reply(new, "wheat prices")
        assert bench.bot.desk.subscriptions.topics(new) == ["wheat prices"]
        assert bench.bot.desk.subscriptions.topics(GROUP) == []


async def test_an_answer_whose_fate_is_unknown_is_not_doubled(tmp_path: Path) -> None:
    for kind in (LOST, STALLED):
        async with open_bench(tmp_path) as bench:
            bench.sandbox.fail(Fault(kind, "sendMessage", READER))
            await bench.sandbox.say(READER, "/help", lang="en")
            await bench.sandbox.reply(READER, "just write your question")
            await bench.sandbox.say(READER, QUESTION)
            await bench.sandbox.reply(READER, "Sources")
            helped = [m for m in bench.sandbox.messages(READER) if "just write" in m["text"]]
            assert len(helped) == 1


async def test_an_edit_is_repeated_since_that_does_no_harm(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "slow: " + QUESTION)
        await bench.sandbox.reply(READER, "Reading")
        bench.sandbox.fail(Fault(ERROR_500, "editMessageText", READER))
        bench.sandbox.fail(Fault(DROPPED, "editMessageText", READER))
        bench.newsroom.gate.set()
        await bench.sandbox.reply(READER, "Sources")
        assert len(bench.sandbox.messages(READER)) == 1


async def test_the_token_stands_in_no_line_of_the_log(tmp_path: Path) -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        async with open_bench(tmp_path) as bench:
            configure_logging(settings_for(bench.sandbox.url, tmp_path, SIYAQ_LOG__LEVEL="debug"), stream)
            bench.sandbox.fail(Fault(LOST, "sendMessage", READER))
            await bench.sandbox.say(READER, "/help", lang="en")
            await bench.sandbox.reply(READER, "just write")
            await bench.sandbox.say(READER, "burst")
            await bench.sandbox.reply(READER, "could not finish")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    logged = stream.getvalue()
    assert "telegram" in logged
    assert TOKEN not in logged
    assert TOKEN.partition(":")[2] not in logged


def _state(bench: Bench) -> str:
    chat = bench.chats.get(READER)
    return chat.state if chat else ""


async def _until(condition: Callable[[], bool]) -> None:
    """Wait for a row of the catalog, which rings no bell."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
