"""What people do in the sandbox's chats: write, send files, press buttons, block, come back."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.rules import units
from bot.sandbox.state import BOT_NAME, Chat, Town

_COMMAND = re.compile(rf"/[A-Za-z0-9_]{{1,32}}(?:@{BOT_NAME})?", re.ASCII)


async def say(
    town: Town, chat_id: int, user_id: int, text: str, *, lang: str | None = None, reply_to: int | None = None
) -> int:
    """Write ``text`` into a chat and return the id of the update the bot gets."""
    chat, content = _written(town, chat_id, user_id, text, "text", reply_to)
    return await _arrived(town, chat, town.user(user_id, lang), "writes", content)


async def upload(
    town: Town,
    chat_id: int,
    user_id: int,
    name: str,
    data: bytes,
    *,
    caption: str = "",
    lang: str | None = None,
) -> int:
    """Send a document into a chat and return the id of the update the bot gets."""
    chat, content = _written(town, chat_id, user_id, caption, "caption", None)
    file_id = f"file{town.number()}"
    town.files[file_id] = (name, data)
    content["document"] = {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_name": name,
        "file_size": len(data),
    }
    return await _arrived(town, chat, town.user(user_id, lang), "uploads", content)


async def press(town: Town, chat_id: int, user_id: int, message_id: int, button: str) -> int:
    """Press the button whose label holds ``button`` or whose data is that; ``LookupError`` without one."""
    message = town.chats[chat_id].messages[message_id]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    for choice in (choice for row in rows for choice in row):
        if button in choice["text"] or button == choice.get("callback_data"):
            data = choice["callback_data"]
            break
    else:
        raise LookupError(f"message {message_id} has no button {button!r}")
    query = {
        "id": str(town.number()),
        "from": town.user(user_id),
        "chat_instance": f"c{chat_id}",
        "data": data,
        "message": message,
    }
    town.queries[query["id"]] = query
    town.record(chat=chat_id, who=f"user {user_id}", what=f"presses {data}", text="")
    update_id = town.enqueue("callback_query", query)
    await town.announce()
    return update_id


async def block(town: Town, chat_id: int, user_id: int, *, blocked: bool, told: bool = True) -> int:
    """Block the bot or let it back in; ``told`` is whether the bot hears of it."""
    chat = town.chat(chat_id, user_id)
    chat.blocked = blocked
    gone: dict[str, Any] = {"user": town.bot(), "status": "kicked", "until_date": 0}
    here: dict[str, Any] = {"user": town.bot(), "status": "member"}
    change = {
        "chat": chat.as_json(),
        "from": town.user(user_id),
        "date": 0,
        "old_chat_member": here if blocked else gone,
        "new_chat_member": gone if blocked else here,
    }
    town.record(chat=chat_id, who=f"user {user_id}", what="blocks" if blocked else "unblocks", text="")
    update_id = town.enqueue("my_chat_member", change) if told else 0
    await town.announce()
    return update_id


def _written(
    town: Town, chat_id: int, user_id: int, text: str, kind: str, reply_to: int | None
) -> tuple[Chat, dict[str, Any]]:
    chat = town.chat(chat_id, user_id)
    content: dict[str, Any] = {kind: text} if text else {}
    command = _COMMAND.match(text)
    if command:
        entity = {"type": "bot_command", "offset": 0, "length": units(command.group())}
        content["entities" if kind == "text" else "caption_entities"] = [entity]
    if reply_to is not None:
        content["reply_to_message"] = chat.messages[reply_to]
    return chat, content


async def _arrived(town: Town, chat: Chat, sender: dict[str, Any], what: str, content: dict[str, Any]) -> int:
    message = town.new_message(chat, sender, **content)
    text = str(content.get("text") or content.get("caption") or "")
    town.record(
        chat=chat.id, who=f"user {sender['id']}", what=what, message_id=message["message_id"], text=text
    )
    update_id = town.enqueue("message", message)
    await town.announce()
    return update_id
