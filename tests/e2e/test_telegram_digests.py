"""Following and the daily digest, end to end, by a clock that the test moves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import LOST, Fault, open_sandbox
from tests.e2e.telegram_bench import OTHER, READER, Bench, Clock, open_bench, write_lines

WHEAT = {
    "id": "wheat-2",
    "title": "القمح يستقر في سوق سنابل",
    "outlet": "صحيفة المرفأ",
    "url": "https://marfa.example/wheat",
    "lang": "ar",
    "published": "2026-03-20",
    "text": "استقر القمح في سوق سنابل اليوم عند 310 دنانير للطن. وقال التجار إن الطلب ضعيف.",
}
HARBOUR = {
    "id": "harbour-2",
    "title": "Dredger arrives in Tellin harbour",
    "outlet": "The Tellin Courier",
    "lang": "en",
    "published": "2026-03-20",
    "text": "A dredger arrived in the harbour of Tellin on Friday. It stays for a month.",
}


async def _bring(bench: Bench, folder: Path, *articles: dict[str, str]) -> None:
    file = write_lines(folder / f"{articles[0]['id']}.jsonl", articles)
    await asyncio.to_thread(bench.newsroom.ingest, [file], now=bench.clock())


async def test_the_digest_comes_once_at_its_hour_with_what_is_new(tmp_path: Path) -> None:
    async with open_bench(tmp_path, SIYAQ_ALERTS__ZONE="Asia/Riyadh") as bench:
        bench.clock.forward(hours=9)  # 18:00 UTC; the seed is older than what a follower is told
        await bench.sandbox.say(READER, "/follow أسعار القمح")
        followed = await bench.sandbox.reply(READER, "تتابع الآن")
        assert "8:00" in followed["text"]
        assert "Asia/Riyadh" in followed["text"]
        bench.clock.forward(hours=1)
        await _bring(bench, tmp_path, WHEAT)
        bench.clock.now = datetime(2026, 3, 21, 4, 59, tzinfo=UTC)
        assert await bench.tick() == {}
        bench.clock.forward(minutes=1)
        assert await bench.tick() == {"sent": 1}
        digest = await bench.sandbox.reply(READER, "موجز 21 مارس 2026")
        assert "استقر القمح في سوق سنابل اليوم عند 310 دنانير للطن." in digest["text"]
        assert "1. " in digest["text"]
        assert "20 مارس 2026" in digest["text"]
        bench.clock.forward(minutes=1)
        assert await bench.tick() == {}
        bench.clock.forward(days=1)
        assert await bench.tick() == {}, "nothing new: quiet"
        assert bench.sandbox.refusals == []


async def test_each_chat_has_its_own_hour_zone_and_language(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        bench.clock.forward(hours=9)
        await bench.sandbox.say(READER, "/follow القمح")
        await bench.sandbox.reply(READER, "تتابع الآن")
        await bench.sandbox.say(OTHER, "/follow harbour of Tellin", lang="en")
        await bench.sandbox.reply(OTHER, "You now follow")
        await bench.sandbox.say(OTHER, "/digest 7 america/new_york", lang="en")
        await bench.sandbox.reply(OTHER, "every day at 7:00 (")
        await _bring(bench, tmp_path, WHEAT, HARBOUR)
        bench.clock.now = datetime(2026, 3, 21, 8, 0, tzinfo=UTC)
        assert await bench.tick() == {"sent": 1}
        bench.clock.now = datetime(2026, 3, 21, 11, 0, tzinfo=UTC)
        assert await bench.tick() == {"sent": 1}
        digest = await bench.sandbox.reply(OTHER, "Digest of")
        assert "A dredger arrived in the harbour of Tellin on Friday." in digest["text"]
        assert bench.sandbox.refusals == []


async def test_following_can_be_listed_and_ended(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "/follow القمح")
        await bench.sandbox.reply(READER, "تتابع الآن")
        await bench.sandbox.say(READER, "/follow القَمح")
        await bench.sandbox.reply(READER, "من قبل")
        await bench.sandbox.say(READER, "/following", lang="ar")
        listed = await bench.sandbox.reply(READER, "ما تتابعه")
        assert "القمح" in listed["text"]
        await bench.sandbox.say(READER, "/unfollow القمح")
        await bench.sandbox.reply(READER, "لم تعد تتابع")
        await bench.sandbox.say(READER, "/following", lang="ar")
        await bench.sandbox.reply(READER, "لا تتابع شيئا")
        await bench.sandbox.say(READER, "/digest 25", lang="en")
        await bench.sandbox.reply(READER, "from 0 to 23")
        await bench.sandbox.say(READER, "/digest 8 Atlantis", lang="en")
        await bench.sandbox.reply(READER, "I do not know this zone")
        assert bench.sandbox.refusals == []


async def test_a_digest_of_unknown_fate_is_not_sent_again_but_its_news_are(tmp_path: Path) -> None:
    clock = Clock()
    clock.forward(hours=9)
    async with open_sandbox() as sandbox:
        async with open_bench(tmp_path, sandbox=sandbox, clock=clock) as bench:
            await sandbox.say(READER, "/follow القمح")
            await sandbox.reply(READER, "تتابع الآن")
            clock.forward(minutes=1)
            await _bring(bench, tmp_path, WHEAT)
            clock.now = datetime(2026, 3, 21, 8, 0, tzinfo=UTC)
            sandbox.fail(Fault(LOST, "sendMessage", READER))
            assert await bench.tick() == {"unknown": 1}
            assert await bench.tick() == {}
        async with open_bench(tmp_path, sandbox=sandbox, clock=clock) as bench:
            clock.forward(minutes=1)
            assert await bench.tick() == {}
            clock.forward(days=1)
            assert await bench.tick() == {"sent": 1}
            digest = await sandbox.reply(READER, "قد لا يكون الموجز السابق وصلك")
            assert "استقر القمح" in digest["text"]
        assert sandbox.refusals == []


async def test_an_article_removed_after_its_digest_was_queued_is_not_told(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        bench.clock.forward(hours=9)
        await bench.sandbox.say(READER, "/follow القمح")
        await bench.sandbox.reply(READER, "تتابع الآن")
        bench.clock.forward(minutes=1)
        await _bring(bench, tmp_path, WHEAT)
        bench.clock.now = datetime(2026, 3, 21, 8, 0, tzinfo=UTC)
        assert bench.bot.digests.queue_due(bench.clock()) == 1
        bench.newsroom.remove("wheat-2")
        await bench.tick()
        assert not any("استقر" in message["text"] for message in bench.sandbox.messages(READER))
