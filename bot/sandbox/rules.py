"""What Telegram checks in a message before it takes it.

The counting is written here a second time on purpose: a renderer must not be judged by its own ruler.
Every refusal is an ``ApiError`` with Telegram's code and, where it is known, its wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

MESSAGE_UNITS: Final = 4096
ENTITIES: Final = 100
CALLBACK_BYTES: Final = 64
CALLBACK_ANSWER: Final = 200
BUTTONS: Final = 100
BUTTONS_A_ROW: Final = 8
COMMANDS: Final = 100
DESCRIPTION: Final = 512

ENTITY_TYPES: Final = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
    "text_link",
}
_LEAVES: Final = {"code", "pre"}
_QUOTES: Final = {"blockquote", "expandable_blockquote"}
_STRIPPED = re.compile("[\u2028-\u202e]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARK_RUN = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060-\u206f\ufeff]*")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class ApiError(Exception):
    """A refusal as the Bot API gives it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Return the body of the response."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Return a 400 as Telegram words it."""
    return ApiError(400, f"Bad Request: {reason}")


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units."""
    return sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


def clean(text: str) -> str:
    """Return ``text`` as Telegram would show it: some characters are dropped, some altered."""
    text = _STRIPPED.sub("", text.replace("\r", ""))
    text = _CONTROLS.sub(" ", text)
    text = _MARK_RUN.sub(lambda run: "\u200c" * len(run.group()), text)
    return text.strip()


def check_text(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """Return the cleaned text of a message, or raise ``ApiError`` for what Telegram would refuse."""
    shown = clean(text)
    if _INVISIBLE.fullmatch(shown):
        raise bad_request("message text is empty")
    if units(shown) > MESSAGE_UNITS:
        raise bad_request("message is too long")
    if len(entities) > ENTITIES:
        raise bad_request("too many entities")
    check_entities(text, entities)
    return shown


def check_entities(text: str, entities: Sequence[Mapping[str, Any]]) -> None:
    """Raise ``ApiError`` unless every entity lies inside ``text``, on whole letters, properly nested."""
    starts = _boundaries(text)
    spans: list[tuple[int, int, str]] = []
    for entity in entities:
        kind = entity.get("type")
        if kind not in ENTITY_TYPES:
            raise bad_request(f"unsupported entity type {kind!r}")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
            raise bad_request(f"entity {kind} has a wrong offset or length")
        if offset not in starts or offset + length not in starts:
            raise bad_request(f"entity {kind} ends outside the text or inside a UTF-16 symbol")
        if kind == "text_link":
            _check_url(str(entity.get("url", "")))
        spans.append((offset, offset + length, str(kind)))
    _check_nesting(spans)


def _boundaries(text: str) -> set[int]:
    position, found = 0, {0}
    for letter in text:
        position += 2 if ord(letter) > 0xFFFF else 1
        found.add(position)
    return found


def _check_nesting(spans: list[tuple[int, int, str]]) -> None:
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    for number, (start, end, kind) in enumerate(ordered):
        for other_start, other_end, other in ordered[number + 1 :]:
            if other_start >= end:
                break
            if other_end > end:
                raise bad_request(f"entities {kind} and {other} overlap")
            same = (start, end) == (other_start, other_end)
            if kind == other:
                raise bad_request(f"entity {kind} inside itself")
            if kind in _LEAVES or (same and other in _LEAVES):
                raise bad_request(f"entity {kind} can hold no other")
            if kind in _QUOTES and other in _QUOTES:
                raise bad_request("a quotation inside a quotation")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise bad_request(f"wrong URL {url!r}") from error
    if parts.scheme not in {"http", "https", "tg"} or not parts.netloc or re.search(r"\s", url):
        raise bad_request(f"wrong URL {url!r}")


def check_keyboard(markup: Mapping[str, Any]) -> None:
    """Raise ``ApiError`` unless ``markup`` is an inline keyboard within Telegram's limits."""
    if set(markup) != {"inline_keyboard"}:
        raise bad_request("only inline keyboards are known here")
    rows = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > BUTTONS_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise bad_request("text buttons are unallowed in the inline keyboard")
        actions = set(button) - {"text"}
        if actions == {"callback_data"}:
            if not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        elif actions == {"url"}:
            _check_url(str(button["url"]))
        else:
            raise bad_request(f"button with unknown actions {sorted(actions)}")


def check_commands(commands: Sequence[Mapping[str, Any]]) -> None:
    """Raise ``ApiError`` unless ``commands`` may be registered."""
    if len(commands) > COMMANDS:
        raise bad_request("too many commands")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad_request(f"BOT_COMMAND_INVALID {command.get('command')!r}")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
