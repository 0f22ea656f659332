"""``/ingest`` in Telegram, end to end: by administrators, by strangers, from where it is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.telegram.ingest import allowed_path
from tests.e2e.telegram_bench import ADMIN, GROUP, READER, open_bench, write_lines

FERRY = {
    "id": "ferry-en",
    "title": "Night ferry to Osmar",
    "outlet": "The Tellin Courier",
    "lang": "en",
    "text": "A night ferry to Osmar island starts on 1 May. It leaves at eleven.",
}
LINES = (json.dumps(FERRY) + "\n").encode()


async def test_an_administrator_brings_a_document_in_and_it_answers(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.upload(ADMIN, "ferry.jsonl", LINES, caption="/ingest", lang="en")
        report = await bench.sandbox.reply(ADMIN, "Done.")
        assert "Added: 1" in report["text"]
        await bench.sandbox.say(READER, "When does the night ferry to Osmar start?")
        answer = await bench.sandbox.reply(READER, "Sources")
        assert "A night ferry to Osmar island starts on 1 May." in answer["text"]
        assert bench.sandbox.refusals == []


async def test_a_document_can_be_brought_in_by_replying_to_it(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.upload(ADMIN, "ferry.jsonl", LINES, lang="ar")
        await bench.sandbox.reply(ADMIN, "أرسل ملفا مع الأمر")
        document = next(m for m in bench.sandbox.town.chats[ADMIN].messages.values() if "document" in m)
        await bench.sandbox.say(ADMIN, "/ingest", lang="ar", reply_to=document["message_id"])
        report = await bench.sandbox.reply(ADMIN, "انتهى الإدخال")
        assert "أضيف: 1" in report["text"]
        assert bench.sandbox.refusals == []


async def test_an_administrator_brings_a_path_in_and_reads_what_was_refused(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        write_lines(tmp_path / "inbox" / "march" / "ferry.jsonl", [FERRY])
        (tmp_path / "inbox" / "march" / "empty.jsonl").write_bytes(b"")
        await bench.sandbox.say(ADMIN, "/ingest march", lang="en")
        report = await bench.sandbox.reply(ADMIN, "Done.")
        assert "Added: 1" in report["text"]
        assert "Refused: 1" in report["text"]
        assert "empty.jsonl" in report["text"]
        assert str(tmp_path) not in report["text"]
        await bench.sandbox.say(ADMIN, f"/ingest {tmp_path / 'inbox' / 'march' / 'ferry.jsonl'}", lang="en")
        await bench.sandbox.reply(ADMIN, "Already held: 1")
        assert bench.sandbox.refusals == []


@pytest.mark.parametrize("asked", ["../seed.jsonl", "/etc/hostname", "nothing-here", "sly", "sly/seed.jsonl"])
async def test_a_path_outside_the_open_folders_is_refused(tmp_path: Path, asked: str) -> None:
    async with open_bench(tmp_path) as bench:
        (tmp_path / "inbox" / "sly").symlink_to(tmp_path)
        await bench.sandbox.say(ADMIN, f"/ingest {asked}", lang="en")
        await bench.sandbox.reply(ADMIN, "I cannot read from there")


async def test_strangers_and_the_anonymous_are_refused_politely(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.upload(READER, "ferry.jsonl", LINES, caption="/ingest", lang="ar")
        await bench.sandbox.reply(READER, "متاح للمشرفين فقط")
        await bench.sandbox.say(GROUP, "/ingest march", user=READER, lang="en")
        await bench.sandbox.reply(GROUP, "Only administrators")
        assert len(bench.newsroom.archive.articles()) == 3
        assert bench.sandbox.refusals == []


def test_a_folder_with_a_link_out_of_the_open_folders_is_refused(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    for folder in (inbox / "plain", inbox / "mixed", outside):
        folder.mkdir(parents=True)
    (outside / "secret.txt").write_text("not for the archive")
    (inbox / "plain" / "page.txt").write_text("a page")
    (inbox / "mixed" / "link.txt").symlink_to(outside / "secret.txt")
    assert allowed_path("plain", [inbox]) == inbox / "plain"
    assert allowed_path(str(inbox / "plain" / "page.txt"), [inbox]) == inbox / "plain" / "page.txt"
    assert allowed_path("mixed", [inbox]) is None
    assert allowed_path("mixed/link.txt", [inbox]) is None
    assert allowed_path("plain/../../outside/secret.txt", [inbox]) is None
    assert allowed_path("plain\0", [inbox]) is None
    assert allowed_path("plain", []) is None
