"""The Bot API methods that the bot uses, and no other.

Each takes the call's parameters, decoded, and returns the ``result`` of the response or raises ``ApiError``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.sandbox.rules import (
    CALLBACK_ANSWER,
    DESCRIPTION,
    ApiError,
    bad_request,
    check_commands,
    check_keyboard,
    check_text,
)
from bot.sandbox.state import Chat, Town

Params = Mapping[str, Any]
Method = Callable[[Town, Params], Awaitable[Any]]


async def get_me(town: Town, _: Params) -> Any:
    """Return the bot itself."""
    return town.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(town: Town, params: Params) -> Any:
    """Return waiting updates, or wait up to ``timeout`` seconds for the first."""
    offset, timeout = int(params.get("offset", 0)), float(params.get("timeout", 0))
    if "allowed_updates" in params:
        town.allowed = list(params["allowed_updates"]) or None
    town.confirm(offset)
    deadline = time.monotonic() + timeout
    async with town.changed:
        while not (town.updates or town.again) and (left := deadline - time.monotonic()) > 0:
            try:
                await asyncio.wait_for(town.changed.wait(), left)
            except TimeoutError:
                break
    # A redelivered update was confirmed before: it is given once more whatever the offset says, and alone,
    # since the caller takes the last id of a batch for its next offset.
    if town.again:
        return [town.again.pop(0)]
    return town.updates[: int(params.get("limit", 100))]


async def delete_webhook(town: Town, params: Params) -> Any:
    """Take note that updates are polled for."""
    if params.get("drop_pending_updates"):
        town.updates.clear()
    return True


async def send_message(town: Town, params: Params) -> Any:
    """Put the bot's message into a chat."""
    chat = _open_chat(town, params)
    text, content = _content(params)
    reply = params.get("reply_parameters")
    if reply:
        replied = chat.messages.get(int(reply["message_id"]))
        if replied is not None:
            content["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    message = town.new_message(chat, town.bot(), text=text, **content)
    _record(town, chat, "sends", message, params)
    return message


async def edit_message_text(town: Town, params: Params) -> Any:
    """Change one of the bot's own messages."""
    chat = _open_chat(town, params)
    message = chat.messages.get(int(params.get("message_id", 0)))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != town.bot()["id"]:
        raise bad_request("message can't be edited")
    text, content = _content(params)
    now = {"text": text} | content
    before = {key: message[key] for key in ("text", "entities", "reply_markup") if key in message}
    if now == before:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    for key in before:
        del message[key]
    message.update(now, edit_date=int(time.time()))
    _record(town, chat, "edits", message, params)
    return message


async def answer_callback_query(town: Town, params: Params) -> Any:
    """Stop the clock on a pressed button."""
    query = town.queries.pop(str(params.get("callback_query_id")), None)
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(str(params.get("text", ""))) > CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    town.record(
        chat=query["message"]["chat"]["id"],
        who="bot",
        what="answers the button",
        text=str(params.get("text", "")),
    )
    return True


async def set_my_commands(town: Town, params: Params) -> Any:
    """Register the commands of a language and scope."""
    check_commands(params.get("commands", []))
    scope = params.get("scope") or {"type": "default"}
    name = f"{scope['type']}:{scope.get('chat_id', '')}:{params.get('language_code', '')}"
    if scope["type"] == "chat" and int(scope["chat_id"]) not in town.chats:
        raise bad_request("chat not found")
    town.commands[name] = list(params.get("commands", []))
    return True


async def set_my_description(town: Town, params: Params) -> Any:
    """Register what an empty chat shows, for a language."""
    if len(str(params.get("description", ""))) > DESCRIPTION:
        raise bad_request("description is too long")
    town.descriptions[str(params.get("language_code", ""))] = str(params.get("description", ""))
    return True


async def get_file(town: Town, params: Params) -> Any:
    """Tell where a document can be downloaded."""
    file_id = str(params.get("file_id"))
    if file_id not in town.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    _, content = town.files[file_id]
    if len(content) > 20_000_000:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_size": len(content),
        "file_path": f"documents/{file_id}",
    }


_SENT: Final = {"text", "entities", "reply_markup", "link_preview_options"}
METHODS: Final[dict[str, tuple[Method, set[str]]]] = {
    "getMe": (get_me, set()),
    "getUpdates": (get_updates, {"offset", "limit", "timeout", "allowed_updates"}),
    "deleteWebhook": (delete_webhook, {"drop_pending_updates"}),
    "sendMessage": (send_message, _SENT | {"chat_id", "reply_parameters", "disable_notification"}),
    "editMessageText": (edit_message_text, _SENT | {"chat_id", "message_id"}),
    "answerCallbackQuery": (answer_callback_query, {"callback_query_id", "text", "show_alert"}),
    "setMyCommands": (set_my_commands, {"commands", "scope", "language_code"}),
    "setMyDescription": (set_my_description, {"description", "language_code"}),
    "getFile": (get_file, {"file_id"}),
}
"""Method name -> what it does, and the parameters it may be given."""


def check_params(method: str, params: Params) -> None:
    """Raise ``ApiError`` for a parameter that the bot has no business to use."""
    unknown = sorted(set(params) - METHODS[method][1])
    if unknown:
        raise bad_request(f"{method} is not used with {', '.join(unknown)} here")


def _open_chat(town: Town, params: Params) -> Chat:
    chat = town.chats.get(int(params.get("chat_id", 0)))
    if chat is None:
        raise bad_request("chat not found")
    if chat.blocked:
        what = "blocked by the user" if chat.kind == "private" else "kicked from the group chat"
        raise ApiError(403, f"Forbidden: bot was {what}")
    return chat


def _content(params: Params) -> tuple[str, dict[str, Any]]:
    entities = params.get("entities", [])
    text = check_text(str(params.get("text", "")), entities)
    content: dict[str, Any] = {}
    if entities:
        content["entities"] = entities
    if params.get("reply_markup"):
        check_keyboard(params["reply_markup"])
        if params["reply_markup"]["inline_keyboard"]:
            content["reply_markup"] = params["reply_markup"]
    return text, content


def _record(town: Town, chat: Chat, what: str, message: dict[str, Any], params: Params) -> None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    altered = message["text"] != params["text"]
    if altered:
        town.refusals.append(f"text altered: {params['text']!r}")
    town.record(
        chat=chat.id,
        who="bot",
        what=what,
        message_id=message["message_id"],
        text=message["text"],
        entities=message.get("entities", []),
        buttons=[button["text"] for row in rows for button in row],
        altered=altered,
    )
