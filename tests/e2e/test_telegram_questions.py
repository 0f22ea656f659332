"""Questions in Telegram, end to end: the real application against the local Bot API."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox import open_sandbox
from tests.e2e.telegram_bench import GROUP, OTHER, READER, open_bench


async def test_an_arabic_question_is_answered_with_quotes_and_sources(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "متى افتتح محافظ رمانة جسر الوادي؟")
        message = await bench.sandbox.reply(READER, "المصادر")
        quote = "افتتح محافظ رمانة جسر الوادي صباح الثلاثاء بعد أعمال دامت ثلاثة أعوام."
        assert quote in message["text"]
        assert "ورد في صحيفة المرفأ" in message["text"]
        assert "18 مارس 2026" in message["text"]
        kinds = {entity["type"] for entity in message["entities"]}
        assert {"blockquote", "text_link", "bold"} <= kinds
        assert bench.sandbox.refusals == []


async def test_an_english_question_is_answered_in_english(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "When will the harbour of Tellin close?")
        message = await bench.sandbox.reply(READER, "Sources")
        assert "According to The Tellin Courier:" in message["text"]
        assert "[1]" in message["text"]
        assert "17 March 2026" in message["text"]
        assert bench.sandbox.refusals == []


async def test_a_source_in_the_other_language_says_so(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "متى سيغلق الميناء الكبير harbour Tellin؟")
        message = await bench.sandbox.reply(READER, "المصادر")
        assert "المصدر بالإنجليزية:" in message["text"]
        assert bench.sandbox.refusals == []


async def test_what_the_archive_does_not_hold_is_said_with_what_it_holds(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "من فاز ببطولة الشطرنج؟")
        message = await bench.sandbox.reply(READER, "لا أجد في الأرشيف")
        assert "أقرب ما في الأرشيف:" in message["text"]
        assert "reply_markup" not in message
        assert bench.sandbox.refusals == []


async def test_the_sources_button_opens_each_quote_in_its_paragraph(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "كم بلغت كلفته وطول الجسر؟")
        answer = await bench.sandbox.reply(READER, "المصادر")
        await bench.sandbox.press(READER, answer["message_id"], "المصادر")
        card = await bench.sandbox.reply(READER, "افتح المقال")
        assert "وأضاف أن شركة Nordbau نفذت 60% من الأعمال." in card["text"]
        bold = next(entity for entity in card["entities"] if entity["type"] == "bold")
        raw = card["text"].encode("utf-16-le")
        quoted = raw[bold["offset"] * 2 : (bold["offset"] + bold["length"]) * 2].decode("utf-16-le")
        assert quoted == "وقال المهندس سليم الراوي إن طول الجسر 840 مترا وإن كلفته بلغت 12 مليون دينار."
        assert bench.sandbox.refusals == []


async def test_the_sources_button_works_after_a_restart_and_respects_removal(tmp_path: Path) -> None:
    async with open_sandbox() as sandbox:
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            await sandbox.say(READER, "كم بلغت كلفته وطول الجسر؟")
            answer = await sandbox.reply(READER, "المصادر")
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            await sandbox.press(READER, answer["message_id"], "المصادر")
            await sandbox.reply(READER, "افتح المقال")
            bench.newsroom.remove("bridge-ar")
            await sandbox.press(READER, answer["message_id"], "المصادر")
            card = await sandbox.reply(READER, "سحب هذا المقال")
            assert "840" not in card["text"]
        assert sandbox.refusals == []


async def test_a_slow_question_shows_its_stages_and_holds_nobody_else(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "slow: when will the harbour of Tellin close?")
        await bench.sandbox.reply(READER, "Reading what I found")
        await bench.sandbox.say(OTHER, "When will the harbour of Tellin close?")
        await bench.sandbox.reply(OTHER, "Sources")
        assert not any("Sources" in message["text"] for message in bench.sandbox.messages(READER))
        bench.newsroom.gate.set()
        await bench.sandbox.reply(READER, "Sources")
        assert len(bench.sandbox.messages(READER)) == 1
        assert bench.sandbox.refusals == []


async def test_in_a_group_one_readers_slow_question_does_not_hold_another(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(GROUP, "/ask slow: when will the harbour of Tellin close?", user=READER)
        await bench.sandbox.reply(GROUP, "Reading what I found")
        await bench.sandbox.say(GROUP, "/ask When will the harbour of Tellin close?", user=OTHER)
        message = await bench.sandbox.reply(GROUP, "Sources")
        assert message["reply_to_message"]["from"]["id"] == OTHER
        bench.newsroom.gate.set()
        assert bench.sandbox.refusals == []


async def test_in_a_group_only_questions_to_the_bot_are_answered(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(GROUP, "When will the harbour of Tellin close?", user=READER)
        await bench.sandbox.say(GROUP, "/ask متى افتتح محافظ رمانة جسر الوادي؟", user=READER)
        answer = await bench.sandbox.reply(GROUP, "المصادر")
        await bench.sandbox.say(
            GROUP, "When will the harbour close?", user=OTHER, reply_to=answer["message_id"]
        )
        await bench.sandbox.reply(GROUP, "The Tellin Courier")
        assert bench.newsroom.asked == ["متى افتتح محافظ رمانة جسر الوادي؟", "When will the harbour close?"]


async def test_a_redelivered_update_is_handled_once_even_after_a_restart(tmp_path: Path) -> None:
    async with open_sandbox() as sandbox:
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            update = await sandbox.say(READER, "When will the harbour of Tellin close?")
            await sandbox.reply(READER, "Sources")
            await sandbox.redeliver(update)
            await sandbox.say(OTHER, "/help")
            await sandbox.reply(OTHER, "private chat")
            assert len(bench.newsroom.asked) == 1
        async with open_bench(tmp_path, sandbox=sandbox) as bench:
            await sandbox.redeliver(update)
            await sandbox.say(READER, "/help")
            await sandbox.reply(READER, "private chat")
            assert bench.newsroom.asked == []
        assert sandbox.refusals == []


async def test_a_fault_in_the_newsroom_ends_in_an_apology_not_in_silence(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "burst")
        await bench.sandbox.reply(READER, "I could not finish this")
        await bench.sandbox.say(READER, "When will the harbour of Tellin close?")
        await bench.sandbox.reply(READER, "Sources")


async def test_a_chosen_language_is_kept_over_that_of_the_question(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "/language", lang="en")
        offer = await bench.sandbox.reply(READER, "In which language")
        await bench.sandbox.press(READER, offer["message_id"], "العربية")
        await bench.sandbox.reply(READER, "سأرد عليك بالعربية")
        await bench.sandbox.say(READER, "When will the harbour of Tellin close?")
        await bench.sandbox.reply(READER, "المصدر بالإنجليزية:")
        assert bench.sandbox.refusals == []


async def test_start_and_help_speak_the_readers_language_and_name_their_id(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        await bench.sandbox.say(READER, "/start", lang="ar")
        message = await bench.sandbox.reply(READER, "أهلا بك")
        assert str(READER) in message["text"]
        await bench.sandbox.say(OTHER, "/nonsense", lang="en-GB")
        await bench.sandbox.reply(OTHER, "In a private chat, just write your question")
        await bench.sandbox.wait_for(lambda: len(bench.sandbox.town.descriptions) == 2)
        assert set(bench.sandbox.town.commands) == {"default::", "default::ar"}
        assert bench.sandbox.refusals == []


async def test_a_bot_for_administrators_refuses_others_politely(tmp_path: Path) -> None:
    async with open_bench(tmp_path, SIYAQ_TELEGRAM__ACCESS="admins") as bench:
        await bench.sandbox.say(READER, "When will the harbour of Tellin close?")
        await bench.sandbox.reply(READER, "for its administrators only")
        assert bench.newsroom.asked == []
