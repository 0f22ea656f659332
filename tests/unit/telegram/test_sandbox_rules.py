"""The sandbox refuses what Telegram refuses: a bench that lets all through proves nothing."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.sandbox import open_sandbox
from bot.sandbox.rules import ApiError, check_commands, check_keyboard, check_text, clean

TOKEN = "1:abcdefgh"  # noqa: S105  of no account


def _entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_lengths_are_counted_in_utf16_units() -> None:
    assert check_text("🌾" * 2048, []) == "🌾" * 2048
    with pytest.raises(ApiError, match="too long"):
        check_text("🌾" * 2048 + "a", [])


@pytest.mark.parametrize("text", ["", "  \n ", "\u200f\u2068\u2069", "\u202a"])
def test_what_shows_nothing_is_empty(text: str) -> None:
    with pytest.raises(ApiError, match="empty"):
        check_text(text, [])


@pytest.mark.parametrize(
    "entities",
    [
        [_entity("bold", 0, 6)],
        [_entity("bold", 1, 1)],
        [_entity("bold", -1, 2)],
        [_entity("bold", 0, 0)],
        [_entity("bold", 0, 3), _entity("italic", 2, 3)],
        [_entity("blockquote", 0, 5), _entity("blockquote", 2, 1)],
        [_entity("code", 0, 4), _entity("bold", 2, 1)],
        [_entity("h1", 0, 3)],
        [_entity("text_link", 0, 3, url="javascript:alert(1)")],
        [_entity("text_link", 0, 3, url="https://a b")],
        [_entity("bold", 0, 3)] * 101,
    ],
)
def test_wrong_entities_are_refused(entities: list[dict[str, Any]]) -> None:
    with pytest.raises(ApiError):
        check_text("🌾abc", entities)


def test_right_entities_are_taken() -> None:
    nested = [_entity("blockquote", 0, 5), _entity("bold", 2, 2), _entity("underline", 2, 2)]
    assert check_text("🌾abc", nested) == "🌾abc"


def test_text_is_cleaned_as_telegram_does() -> None:
    assert clean("\u202bنص\u202c") == "نص"
    assert clean("\u200fنص\u2068a\u2069") == "\u200fنص\u2068a\u2069"
    assert clean("\u200f\u200fنص") == "\u200c\u200fنص"
    assert clean(" a\x07b\r\n") == "a b"


def test_keyboards_and_commands() -> None:
    check_keyboard({"inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}]]})
    with pytest.raises(ApiError):
        check_keyboard({"inline_keyboard": [[{"text": "a", "callback_data": "ع" * 33}]]})
    with pytest.raises(ApiError):
        check_keyboard({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]})
    with pytest.raises(ApiError):
        check_commands([{"command": "Ask", "description": "d"}])


async def test_methods_and_parameters_that_the_bot_does_not_use_are_refused_loudly() -> None:
    async with open_sandbox() as sandbox, aiohttp.ClientSession() as client:
        await sandbox.say(7, "hello")
        url = f"{sandbox.url}/bot{TOKEN}"
        cases = [
            ("sendPhoto", {"chat_id": 7}, 404),
            ("sendMessage", {"chat_id": 7, "text": "<b>x</b>", "parse_mode": "HTML"}, 400),
            ("sendMessage", {"chat_id": 8, "text": "x"}, 400),
            ("editMessageText", {"chat_id": 7, "message_id": 99, "text": "x"}, 400),
            ("answerCallbackQuery", {"callback_query_id": "0"}, 400),
        ]
        for method, body, status in cases:
            async with client.post(f"{url}/{method}", json=body) as response:
                assert response.status == status
                assert (await response.json())["ok"] is False
        assert len(sandbox.refusals) == len(cases)
        async with client.post(f"{sandbox.url}/botnonsense/getMe") as response:
            assert response.status == 401


async def test_the_peoples_side_over_http() -> None:
    async with open_sandbox() as sandbox, aiohttp.ClientSession() as client:
        people = f"{sandbox.url}/sandbox"
        async with client.post(
            f"{people}/message", json={"chat": 7, "user": 7, "text": "/ask x"}
        ) as response:
            assert (await response.json())["update_id"] > 0
        async with client.get(f"{sandbox.url}/bot{TOKEN}/getUpdates", params={"timeout": "1"}) as response:
            update = (await response.json())["result"][0]
        assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]
        sent = {"chat_id": 7, "text": "answer"}
        async with client.post(f"{sandbox.url}/bot{TOKEN}/sendMessage", json=sent) as response:
            assert response.status == 200
        async with client.get(f"{people}/messages", params={"chat": 7, "after": 1, "wait": 5}) as response:
            assert [event["text"] for event in await response.json()] == ["answer"]
        async with client.get(f"{people}/transcript.txt") as response:
            assert "bot sends\n    answer" in await response.text()
        async with client.post(f"{people}/message", json={"chat": 7}) as response:
            assert response.status == 400
