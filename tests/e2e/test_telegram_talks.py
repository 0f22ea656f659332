"""Follow-ups in Telegram, end to end: understood, said so, kept apart in groups, and forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from bot.alerts.tables import turns
from bot.sandbox import open_sandbox
from tests.e2e.telegram_bench import GROUP, OTHER, READER, Bench, open_bench

FIRST = "When will the harbour of Tellin close?"


def _kept(bench: Bench) -> int:
    with bench.newsroom.archive.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(turns)) or 0


async def test_a_follow_up_is_answered_and_says_how_it_was_understood(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, FIRST)
        first = await bench.sandbox.reply(READER, "Sources")
        assert "Understood as" not in first["text"]
        await bench.sandbox.say(READER, "and who said so?")
        message = await bench.sandbox.reply(READER, "Understood as")
        assert "Who said so? (the harbour of Tellin close)" in message["text"]
        assert "The Tellin Courier" in message["text"]
        assert bench.sandbox.refusals == []


async def test_an_arabic_follow_up_says_it_in_arabic(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "متى افتتح محافظ رمانة جسر الوادي؟")
        await bench.sandbox.reply(READER, "المصادر")
        await bench.sandbox.say(READER, "ومين قال هيك؟")
        message = await bench.sandbox.reply(READER, "فُهم السؤال:")
        assert "مين قال هيك؟ (افتتح محافظ رمانة جسر الوادي)" in message["text"]
        assert bench.sandbox.refusals == []


async def test_a_new_question_is_left_alone(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, FIRST)
        await bench.sandbox.reply(READER, "Sources")
        await bench.sandbox.say(READER, "متى افتتح محافظ رمانة جسر الوادي؟")
        message = await bench.sandbox.reply(READER, "المصادر")
        assert "فُهم السؤال" not in message["text"]


async def test_a_follow_up_outlives_a_restart_but_not_its_time(tmp_path: Path) -> None:
    async with open_sandbox() as sandbox:
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            await sandbox.say(READER, FIRST)
            await sandbox.reply(READER, "Sources")
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            await sandbox.say(READER, "and who said so?")
            await sandbox.reply(READER, "Understood as")
            bench.clock.forward(hours=13)
            await sandbox.say(READER, "and who said so?")
            await sandbox.reply(READER, "I find nothing in the archive")
        assert sandbox.refusals == []


async def test_in_a_group_one_readers_follow_up_never_takes_anothers_question(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        sandbox = bench.sandbox
        await sandbox.say(GROUP, f"/ask {FIRST}", user=READER)
        answer = await sandbox.reply(GROUP, "The Tellin Courier")
        await sandbox.say(GROUP, "/ask and who said so?", user=OTHER)
        await sandbox.reply(GROUP, "I find nothing in the archive")
        # Replying to an answer takes it up, whoever asked.
        await sandbox.say(GROUP, "and who said so?", user=OTHER, reply_to=answer["message_id"])
        message = await sandbox.reply(GROUP, "Understood as")
        assert message["reply_to_message"]["from"]["id"] == OTHER
        assert "harbour of Tellin" in message["text"]
        assert sandbox.refusals == []


async def test_forget_deletes_the_turns_at_once_and_says_so(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, FIRST)
        await bench.sandbox.reply(READER, "Sources")
        await bench.sandbox.say(OTHER, FIRST)
        await bench.sandbox.reply(OTHER, "Sources")
        # A turn is kept after its answer is sent, which nothing in the chat tells of.
        async with asyncio.timeout(10):
            while _kept(bench) < 2:  # noqa: ASYNC110  the catalog has no event to wait for
                await asyncio.sleep(0.02)
        await bench.sandbox.say(READER, "/forget")
        await bench.sandbox.reply(READER, "I have deleted your earlier questions")
        assert _kept(bench) == 1
        await bench.sandbox.say(READER, "and who said so?")
        await bench.sandbox.reply(READER, "I find nothing in the archive")
        await bench.sandbox.say(OTHER, "/forget", lang="ar")
        await bench.sandbox.say(READER, "/help")
        await bench.sandbox.reply(READER, "/forget")
        assert bench.sandbox.refusals == []


async def test_no_turns_are_kept_where_the_operator_wants_none(tmp_path: Path) -> None:
    async with open_bench(tmp_path, SIYAQ_CONVERSATION__TURNS="0") as bench:
        await bench.sandbox.say(READER, FIRST)
        await bench.sandbox.reply(READER, "Sources")
        answered = len(bench.sandbox.messages(READER))
        await bench.sandbox.say(READER, "and who said so?")
        await bench.sandbox.wait_for(lambda: len(bench.sandbox.messages(READER)) > answered)
        assert not [one for one in bench.sandbox.messages(READER) if "Understood as" in one["text"]]
        assert _kept(bench) == 0
