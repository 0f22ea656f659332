"""The people's side of the sandbox over HTTP, for a chat page or a script.

``POST /sandbox/message`` ``{chat, user, text, lang?, reply_to?}`` · ``POST /sandbox/document`` (multipart:
chat, user, caption, file) · ``POST /sandbox/press`` ``{chat, user, message_id, button}`` · ``POST
/sandbox/block`` ``{chat, user, blocked}`` · ``POST /sandbox/fault`` (the fields of ``Fault``) · ``POST
/sandbox/redeliver`` ``{update_id}`` · ``GET /sandbox/messages?chat=&after=&wait=`` · ``GET
/sandbox/transcript.jsonl`` and ``.txt``.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.sandbox import people
from bot.sandbox.state import Fault, Town

_LONGEST_WAIT = 60.0


def control_routes(town: Town) -> list[web.RouteDef]:
    """Return the routes under ``/sandbox/``."""

    async def message(request: web.Request) -> web.Response:
        asked = await _body(request, "chat", "user", "text")
        update_id = await people.say(
            town,
            int(asked["chat"]),
            int(asked["user"]),
            str(asked["text"]),
            lang=asked.get("lang"),
            reply_to=asked.get("reply_to"),
        )
        return web.json_response({"update_id": update_id})

    async def document(request: web.Request) -> web.Response:
        fields = await request.post()
        part = fields.get("file")
        if not isinstance(part, web.FileField) or "chat" not in fields or "user" not in fields:
            raise web.HTTPBadRequest(text="chat, user and file are needed")
        update_id = await people.upload(
            town,
            int(str(fields["chat"])),
            int(str(fields["user"])),
            part.filename,
            part.file.read(),
            caption=str(fields.get("caption", "")),
        )
        return web.json_response({"update_id": update_id})

    async def press(request: web.Request) -> web.Response:
        asked = await _body(request, "chat", "user", "message_id", "button")
        try:
            update_id = await people.press(
                town, int(asked["chat"]), int(asked["user"]), int(asked["message_id"]), str(asked["button"])
            )
        except LookupError as error:
            raise web.HTTPNotFound(text=str(error)) from error
        return web.json_response({"update_id": update_id})

    async def block(request: web.Request) -> web.Response:
        asked = await _body(request, "chat", "user", "blocked")
        update_id = await people.block(
            town, int(asked["chat"]), int(asked["user"]), blocked=bool(asked["blocked"])
        )
        return web.json_response({"update_id": update_id})

    async def fault(request: web.Request) -> web.Response:
        try:
            town.faults.append(Fault(**await _body(request, "kind")))
        except TypeError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response({})

    async def redeliver(request: web.Request) -> web.Response:
        asked = await _body(request, "update_id")
        try:
            town.redeliver(int(asked["update_id"]))
        except KeyError as error:
            raise web.HTTPNotFound(text="no such update") from error
        await town.announce()
        return web.json_response({})

    async def messages(request: web.Request) -> web.Response:
        return await _messages(town, request)

    async def lines(_: web.Request) -> web.Response:
        return web.Response(text="\n".join(town.as_lines()), content_type="application/jsonl")

    async def text(_: web.Request) -> web.Response:
        return web.Response(text=town.as_text())

    return [
        web.post("/sandbox/message", message),
        web.post("/sandbox/document", document),
        web.post("/sandbox/press", press),
        web.post("/sandbox/block", block),
        web.post("/sandbox/fault", fault),
        web.post("/sandbox/redeliver", redeliver),
        web.get("/sandbox/messages", messages),
        web.get("/sandbox/transcript.jsonl", lines),
        web.get("/sandbox/transcript.txt", text),
    ]


async def _messages(town: Town, request: web.Request) -> web.Response:
    """Return the events of a chat after number ``after``, waiting up to ``wait`` seconds for the first."""
    chat = int(request.query["chat"])
    after, wait = int(request.query.get("after", 0)), float(request.query.get("wait", 0))

    def news() -> list[dict[str, Any]]:
        numbered = enumerate(town.transcript, start=1)
        return [event | {"n": n} for n, event in numbered if n > after and event.get("chat") == chat]

    if wait > 0:
        try:
            async with town.changed:
                await asyncio.wait_for(town.changed.wait_for(lambda: bool(news())), min(wait, _LONGEST_WAIT))
        except TimeoutError:
            return web.json_response([])
    return web.json_response(news())


async def _body(request: web.Request, *needed: str) -> dict[str, Any]:
    try:
        asked = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="a JSON object is needed") from error
    missing = [name for name in needed if not isinstance(asked, dict) or name not in asked]
    if missing:
        raise web.HTTPBadRequest(text=f"missing: {', '.join(missing)}")
    return dict(asked)
