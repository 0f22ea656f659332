"""The sandbox over HTTP: the Bot API under ``/bot<token>/``, the people's side under ``/sandbox/``."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox import people
from bot.sandbox.control import control_routes
from bot.sandbox.methods import METHODS, check_params
from bot.sandbox.rules import ApiError, bad_request
from bot.sandbox.state import (
    BLOCKED,
    DROPPED,
    ERROR_500,
    FLOOD,
    LOST,
    MIGRATED,
    STALLED,
    Fault,
    Town,
)

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{8,}")
_UPLOAD = 60_000_000


class Sandbox:
    """A running sandbox, with the people's side as methods; for one event loop.

    ``refusals`` holds every call the server refused for being wrong (not the faults that were asked for):
    a test ends by asserting that it is empty.
    """

    def __init__(self, town: Town, url: str) -> None:
        self.town = town
        self.url = url

    @property
    def refusals(self) -> list[str]:
        """What the bot did that Telegram would not have taken."""
        return self.town.refusals

    async def say(
        self,
        chat: int,
        text: str,
        *,
        user: int | None = None,
        lang: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Write into a chat (a private one where no ``user`` is named) and return the update's id."""
        return await people.say(self.town, chat, user or chat, text, lang=lang, reply_to=reply_to)

    async def upload(
        self,
        chat: int,
        name: str,
        data: bytes,
        *,
        user: int | None = None,
        caption: str = "",
        lang: str | None = None,
    ) -> int:
        """Send a document into a chat and return the update's id."""
        return await people.upload(self.town, chat, user or chat, name, data, caption=caption, lang=lang)

    async def press(self, chat: int, message_id: int, button: str, *, user: int | None = None) -> int:
        """Press a button of a message and return the update's id."""
        return await people.press(self.town, chat, user or chat, message_id, button)

    async def block(
        self, chat: int, *, blocked: bool = True, user: int | None = None, told: bool = True
    ) -> int:
        """Block the bot, or let it back in."""
        return await people.block(self.town, chat, user or chat, blocked=blocked, told=told)

    async def redeliver(self, update_id: int) -> None:
        """Hand an update over a second time."""
        self.town.redeliver(update_id)
        await self.town.announce()

    def fail(self, fault: Fault) -> None:
        """Let the next calls it names run into ``fault``."""
        self.town.faults.append(fault)

    def messages(self, chat: int) -> list[dict[str, Any]]:
        """Return what the bot has written into a chat, as it stands now, oldest first."""
        held = self.town.chats.get(chat)
        bot_id = self.town.bot()["id"]
        return [m for m in held.messages.values() if m["from"]["id"] == bot_id] if held else []

    async def wait_for(self, condition: Callable[[], bool], within: float = 10.0) -> None:
        """Wait until ``condition`` holds; ``TimeoutError`` with the transcript after ``within`` seconds."""
        try:
            async with self.town.changed:
                await asyncio.wait_for(self.town.changed.wait_for(condition), within)
        except TimeoutError:
            raise TimeoutError(f"waited {within} s in vain; so far:\n{self.town.as_text()}") from None

    async def reply(self, chat: int, containing: str, within: float = 10.0) -> dict[str, Any]:
        """Wait for a message of the bot in ``chat`` that holds ``containing``, and return the newest such."""

        def matching() -> list[dict[str, Any]]:
            return [message for message in self.messages(chat) if containing in message["text"]]

        await self.wait_for(lambda: bool(matching()), within)
        return matching()[-1]


@asynccontextmanager
async def open_sandbox(port: int = 0) -> AsyncIterator[Sandbox]:
    """Serve a fresh sandbox on 127.0.0.1; with port 0 on any free one."""
    town = Town()
    runner = web.AppRunner(build_server(town), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        bound = runner.addresses[0][1]
        yield Sandbox(town, f"http://127.0.0.1:{bound}")
    finally:
        await runner.cleanup()


def build_server(town: Town) -> web.Application:
    """Wire the routes around ``town``."""
    server = web.Application(client_max_size=_UPLOAD)

    async def call(request: web.Request) -> web.StreamResponse:
        return await _call(town, request)

    async def download(request: web.Request) -> web.StreamResponse:
        found = town.files.get(request.match_info["file_id"])
        if found is None or not _TOKEN.fullmatch(request.match_info["token"]):
            raise web.HTTPNotFound
        return web.Response(body=found[1], content_type="application/octet-stream")

    server.router.add_route("*", "/bot{token:[^/]*}/{method}", call)
    server.router.add_get("/file/bot{token:[^/]*}/documents/{file_id}", download)
    server.add_routes(control_routes(town))
    return server


async def _call(town: Town, request: web.Request) -> web.StreamResponse:
    method = request.match_info["method"]
    params: dict[str, Any] = {}
    try:
        if not _TOKEN.fullmatch(request.match_info["token"]):
            raise ApiError(401, "Unauthorized")
        if method not in METHODS:
            raise ApiError(404, f"Not Found: method {method} is not used by this bot")
        params = await _params(request)
        check_params(method, params)
        result = await _perform(town, request, method, params)
    except ApiError as error:
        if error.code in (400, 401, 404) and "parameters" not in error.as_json():
            _note_refusal(town, method, error)
        await town.announce()
        return web.json_response(error.as_json(), status=error.code)
    if method != "getUpdates":
        await town.announce()
    return web.json_response({"ok": True, "result": result})


def _note_refusal(town: Town, method: str, error: ApiError) -> None:
    # An edit that changes nothing is a success to every caller: seen, but no fault of the bot.
    level = logging.INFO if "not modified" in error.description else logging.ERROR
    _log.log(level, "refused %s: %s", method, error.description)
    if level == logging.ERROR:
        town.refusals.append(f"{method}: {error.description}")
    town.record(who="server", what=f"refuses {method}: {error.description}", text="")


async def _perform(town: Town, request: web.Request, method: str, params: dict[str, Any]) -> Any:
    chat = int(params["chat_id"]) if "chat_id" in params else None
    fault = town.fault(method, chat)
    if fault is None:
        return await METHODS[method][0](town, params)
    town.record(chat=chat, who="server", what=f"fails {method}: {fault.kind}", text="")
    if fault.kind == FLOOD:
        raise ApiError(
            429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
        )
    if fault.kind == BLOCKED:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if fault.kind == ERROR_500:
        raise ApiError(500, "Internal Server Error")
    if fault.kind == MIGRATED:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=fault.migrate_to,
        )
    if fault.kind in (LOST, STALLED):
        await METHODS[method][0](town, params)
        await town.announce()
    if fault.kind == STALLED:
        await asyncio.Event().wait()
    if fault.kind in (LOST, DROPPED) and request.transport is not None:
        request.transport.abort()
    raise ApiError(500, "Internal Server Error")


_PLAIN = {"text", "description", "language_code", "file_id", "callback_query_id"}


async def _params(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    fields = dict(request.query) | {
        name: value for name, value in (await request.post()).items() if isinstance(value, str)
    }
    params: dict[str, Any] = {}
    for name, value in fields.items():
        try:
            params[name] = str(value) if name in _PLAIN else json.loads(str(value))
        except ValueError as error:
            raise bad_request(f"can't parse {name}") from error
    return params
