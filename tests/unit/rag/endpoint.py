"""An OpenAI-compatible embedding endpoint on this machine, well and badly behaved by the model's name."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from aiohttp import web

DIMENSION = 96
KEY = "sk-of-the-tests-only"


def vector_of(text: str) -> list[float]:
    """Return a vector by the words of ``text``: texts that share words are alike."""
    total = np.full(DIMENSION, 0.05)
    for word in text.lower().split():
        total += _vector_of_word(word)
    return [float(x) for x in total]


@lru_cache(maxsize=10_000)
def _vector_of_word(word: str) -> Any:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=DIMENSION)


def _embeddings(model: str, texts: list[str]) -> list[Any]:
    rows: list[Any] = [vector_of(text) for text in texts]
    if model == "uneven":
        rows[0] = rows[0][:-1]
    elif model == "one-short":
        rows.pop()
    elif model == "not-finite":
        rows[0] = [float("nan"), *rows[0][1:]]
    elif model == "words":
        rows[0] = ["one", "two"]
    elif model == "nulls":
        rows[0] = None
    return rows


BAD_BODIES = {
    "page": web.Response(text="<html>Welcome</html>", content_type="text/html"),
    "cut": web.Response(text='{"data": [', content_type="application/json"),
    "no-data": web.Response(text="{}", content_type="application/json"),
    "list": web.Response(text="[1, 2]", content_type="application/json"),
}
BAD_ROWS = ("uneven", "one-short", "not-finite", "words", "nulls")


@dataclass
class Endpoint:
    """What a test sees of the endpoint; ``requests`` are the bodies that came, in order."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as the model's name says; any other name is a good one."""
        asked = await request.json()
        self.requests.append(asked)
        model, texts = asked["model"], asked["input"]
        if model.startswith("status-"):
            message = {"error": {"message": "not for you"}}
            return web.json_response(message, status=int(model.removeprefix("status-")))
        if model == "silent":
            await self.closing.wait()
        if model in BAD_BODIES:
            bad = BAD_BODIES[model]
            return web.Response(text=bad.text, content_type=bad.content_type)
        if any(not text for text in texts):
            return web.json_response({"error": {"message": "'input' cannot be empty"}}, status=400)
        data = [
            {"object": "embedding", "index": at, "embedding": row}
            for at, row in enumerate(_embeddings(model, texts))
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return web.json_response({"object": "list", "data": data, "model": model, "usage": usage})


@contextmanager
def serve() -> Iterator[Endpoint]:
    """Serve an `Endpoint` on a free port from a thread of its own."""
    endpoint, ready = Endpoint(), threading.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/v1/embeddings", endpoint.answer)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        endpoint.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        ready.set()
        await endpoint.closing.wait()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        assert ready.wait(10), "the endpoint did not start"
        yield endpoint
    finally:
        loop.call_soon_threadsafe(endpoint.closing.set)
        thread.join()
        loop.close()
