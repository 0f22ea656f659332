"""Who is in the sandbox: people, chats, messages, waiting updates, and what is to go wrong next."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.rules import units

BOT_ID: Final = 4_200_000_001
BOT_NAME: Final = "siyaq_sandbox_bot"

FLOOD: Final = "flood"
"""Answer 429 with ``retry_after``."""
BLOCKED: Final = "blocked"
"""Answer 403: the reader has blocked the bot."""
ERROR_500: Final = "500"
"""Answer 500 without doing anything."""
DROPPED: Final = "dropped"
"""Close the connection without doing anything."""
LOST: Final = "lost"
"""Do it, then close the connection: the caller cannot know."""
STALLED: Final = "stalled"
"""Do it, then never answer."""
MIGRATED: Final = "migrated"
"""Answer 400: the group was upgraded to ``migrate_to``."""


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next ``times`` calls of ``method`` (empty: any) in ``chat`` (None: any)."""

    kind: str
    method: str = ""
    chat: int | None = None
    times: int = 1
    retry_after: int = 1
    migrate_to: int = 0

    def meets(self, method: str, chat: int | None) -> bool:
        """Say whether a call of ``method`` in ``chat`` runs into this fault."""
        return self.times > 0 and self.method in ("", method) and self.chat in (None, chat)


@dataclass(slots=True)
class Chat:
    """A chat as the bot sees it, with the messages in it by number."""

    id: int
    kind: str
    title: str
    members: set[int] = field(default_factory=set)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's ``Chat``."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title}


class Town:
    """Everything the sandbox remembers; used from one event loop only."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, dict[str, Any]] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.queries: dict[str, dict[str, Any]] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.descriptions: dict[str, str] = {}
        self.updates: list[dict[str, Any]] = []
        self.again: list[dict[str, Any]] = []
        self.made: dict[int, dict[str, Any]] = {}
        self.allowed: list[str] | None = None
        self.faults: list[Fault] = []
        self.transcript: list[dict[str, Any]] = []
        self.refusals: list[str] = []
        self.changed = asyncio.Condition()
        self._numbers = itertools.count(1)
        # As Telegram's, they go on growing when the server is started anew: the bot remembers those it met.
        self._update_ids = itertools.count(int(time.time() * 50) % 2_000_000_000)

    def number(self) -> int:
        """Return a number not given before."""
        return next(self._numbers)

    @staticmethod
    def bot() -> dict[str, Any]:
        """Return the bot as a ``User``."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "Siyaq", "username": BOT_NAME}

    def user(self, user_id: int, lang: str | None = None) -> dict[str, Any]:
        """Return the ``User`` of this id, made on first sight; ``lang`` is the language of their client."""
        user = self.users.setdefault(
            user_id, {"id": user_id, "is_bot": False, "first_name": f"Reader {user_id}"}
        )
        if lang:
            user["language_code"] = lang
        return user

    def chat(self, chat_id: int, user_id: int) -> Chat:
        """Return the chat of this id, made on first sight: private where it carries the user's own id."""
        chat = self.chats.get(chat_id)
        if chat is None:
            kind = "private" if chat_id == user_id else "supergroup" if chat_id < -(10**12) else "group"
            chat = self.chats[chat_id] = Chat(chat_id, kind, f"{kind} {chat_id}")
        chat.members.add(user_id)
        return chat

    def new_message(self, chat: Chat, sender: dict[str, Any], **content: Any) -> dict[str, Any]:
        """Put a message into ``chat`` and return it."""
        message = {
            "message_id": self.number(),
            "date": int(time.time()),
            "chat": chat.as_json(),
            "from": sender,
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message

    def enqueue(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update for the bot and return its id; 0 where the bot did not ask for its kind."""
        if self.allowed is not None and kind not in self.allowed:
            return 0
        update_id = next(self._update_ids)
        self.updates.append({"update_id": update_id, kind: content})
        self.made[update_id] = self.updates[-1]
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Queue an update again under the same id, as Telegram does after a lost confirmation."""
        self.again.append(self.made[update_id])

    def confirm(self, offset: int) -> None:
        """Drop the updates below ``offset``."""
        self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def fault(self, method: str, chat: int | None) -> Fault | None:
        """Return the fault this call runs into and count it, or ``None``."""
        for fault in self.faults:
            if fault.meets(method, chat):
                fault.times -= 1
                return fault
        return None

    async def announce(self) -> None:
        """Wake everyone who waits for something to happen."""
        async with self.changed:
            self.changed.notify_all()

    def record(self, **event: Any) -> None:
        """Add a line to the transcript."""
        self.transcript.append({"at": round(time.time(), 3), **event})

    def as_lines(self) -> Iterator[str]:
        """Yield the transcript as JSON lines."""
        for event in self.transcript:
            yield json.dumps(event, ensure_ascii=False)

    def as_text(self) -> str:
        """Return the transcript for a person."""
        return "\n".join(_told(event) for event in self.transcript)


def _told(event: dict[str, Any]) -> str:
    head = f"[{event.get('chat', '-')}] {event['who']} {event['what']}"
    text = str(event.get("text", ""))
    buttons = event.get("buttons", [])
    lines = [head, *(f"    {line}" for line in text.split("\n") if text)]
    if buttons:
        lines.append("    " + " ".join(f"({label})" for label in buttons))
    if text and event["who"] == "bot":
        lines.append(f"    -- {units(text)} units")
    return "\n".join(lines)
