"""A language model behind an OpenAI-compatible endpoint, asked through LlamaIndex and always done in time.

LlamaIndex's ``OpenAI`` speaks to OpenAI itself, its ``OpenAILike`` to every other endpoint. Requests run on
an event loop of their own, since only there a request that has begun can be given up at a given moment.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rag.errors import (
    ModelError,
    ModelInvalidError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnavailableError,
)

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

T = TypeVar("T")

_OPENAI: Final = "https://api.openai.com/v1"
_CONNECT_SECONDS: Final = 5.0
_PAUSE: Final = 0.5
_TRIED_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_FORMAT_REFUSED: Final = frozenset({400, 422})


@dataclass(frozen=True, slots=True)
class Message:
    """One turn: ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and what the endpoint says that it cost; ``None`` where it does not say."""

    text: str
    input_tokens: int | None
    output_tokens: int | None


class EndpointModel:
    """One model of one endpoint. Thread-safe; close it when done.

    ``seconds`` is how long a question may take in all, ``most_output`` how many tokens a reply may have.
    Nothing heavy is imported before the first question.
    """

    def __init__(
        self, name: str, base_url: str | None, api_key: str | None, *, seconds: float, most_output: int
    ) -> None:
        self.name = name
        self.seconds = seconds
        self.most_output = most_output
        self._base_url = base_url
        self._api_key = api_key
        self._takes_schema = True
        self._opening = threading.Lock()
        self._loop: _LoopThread | None = None
        self._connections: Any = None

    def close(self) -> None:
        """Give up what is still being asked, and close the connections."""
        with self._opening:
            if self._loop is not None:
                self._loop.close(self._connections.aclose())
                self._loop = None

    def deadline(self) -> float:
        """Return the moment, on the monotonic clock, at which a question that begins now has to end."""
        return time.monotonic() + self.seconds

    def complete(
        self, messages: Sequence[Message], deadline: float, response_format: dict[str, Any] | None = None
    ) -> Reply:
        """Return the model's reply to ``messages``, before ``deadline``.

        An endpoint that is overloaded or fails is asked once more where time is left, and one that refuses
        ``response_format`` is asked without. Raises `ModelError`.
        """
        with self._opening:
            if self._loop is None:
                self._loop = _LoopThread()
            llm, loop = self._llm, self._loop
        try:
            return loop.run(self._complete(llm, messages, deadline, response_format))
        except concurrent.futures.CancelledError as error:
            raise ModelUnavailableError(self.name, "the model was closed meanwhile") from error

    async def _complete(
        self, llm: LLM, messages: Sequence[Message], deadline: float, response_format: dict[str, Any] | None
    ) -> Reply:
        from llama_index.core.llms import ChatMessage

        turns = [ChatMessage(role=message.role, content=message.text) for message in messages]
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                return await self._asked_twice_at_most(llm, turns, deadline, response_format)
        except TimeoutError as error:
            raise ModelTimeoutError(self.name, "the model did not answer in time") from error

    async def _asked_twice_at_most(
        self, llm: LLM, turns: list[ChatMessage], deadline: float, response_format: dict[str, Any] | None
    ) -> Reply:
        import openai

        try:
            return await self._asked(llm, turns, response_format)
        except ModelUnavailableError as error:
            cause = error.__cause__
            if isinstance(cause, openai.APIStatusError):
                pause = _pause_before_retry(cause)
            elif isinstance(cause, openai.APIConnectionError):
                pause = _PAUSE
            else:
                raise
            if pause is None or time.monotonic() + pause >= deadline:
                raise
        await asyncio.sleep(pause)
        return await self._asked(llm, turns, response_format)

    async def _asked(
        self, llm: LLM, turns: list[ChatMessage], response_format: dict[str, Any] | None
    ) -> Reply:
        import openai

        if response_format is not None and self._takes_schema:
            try:
                return await self._request(llm, turns, {"response_format": response_format})
            except ModelUnavailableError as error:
                cause = error.__cause__
                if not isinstance(cause, openai.APIStatusError) or cause.status_code not in _FORMAT_REFUSED:
                    raise
            reply = await self._request(llm, turns, {})
            self._takes_schema = False
            return reply
        return await self._request(llm, turns, {})

    async def _request(self, llm: LLM, turns: list[ChatMessage], options: dict[str, Any]) -> Reply:
        import httpx
        import openai

        timeout = httpx.Timeout(self.seconds, connect=min(_CONNECT_SECONDS, self.seconds))
        try:
            answered = await llm.achat(turns, timeout=timeout, **options)
            return _reply(self.name, answered.raw)
        except openai.APITimeoutError as error:
            if isinstance(error.__cause__, httpx.ConnectTimeout):
                raise ModelUnavailableError(self.name, "the model's endpoint cannot be reached") from error
            raise ModelTimeoutError(self.name, "the model did not answer in time") from error
        except openai.APIResponseValidationError as error:
            raise ModelInvalidError(self.name, "the model answered in the wrong shape") from error
        except openai.APIError as error:
            reason = f"the model's endpoint failed ({type(error).__name__})"
            raise ModelUnavailableError(self.name, reason) from error
        except ModelError:
            raise
        except httpx.InvalidURL as error:
            raise ModelUnavailableError(self.name, "the model's endpoint is no URL") from error
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ModelInvalidError(self.name, "the model answered in the wrong shape") from error

    @cached_property
    def _llm(self) -> LLM:
        from openai import DefaultAsyncHttpxClient

        # Ours, since LlamaIndex has no way to close the one that it would make.
        self._connections = DefaultAsyncHttpxClient()
        # The endpoint and some key are always named: LlamaIndex would look for them in the environment.
        named: dict[str, Any] = {
            "model": self.name,
            "api_base": self._base_url or _OPENAI,
            "api_key": self._api_key or "none",
            "max_retries": 0,
            "timeout": self.seconds,
            "async_http_client": self._connections,
        }
        if self._base_url is None and (known := self._open_openai(named)) is not None:
            return known
        from llama_index.llms.openai_like import OpenAILike

        if self._base_url is None:  # newer than this LlamaIndex: as OpenAI's newest models want it
            named |= {"temperature": 1.0, "additional_kwargs": {"max_completion_tokens": self.most_output}}
        else:
            named |= {"temperature": 0.0, "max_tokens": self.most_output}
        llm: LLM = OpenAILike(is_chat_model=True, **named)
        return llm

    def _open_openai(self, named: dict[str, Any]) -> LLM | None:
        """Return LlamaIndex's own OpenAI model, or ``None`` for a name that it does not know."""
        from llama_index.llms.openai import OpenAI

        try:
            llm = OpenAI(temperature=0.0, max_tokens=self.most_output, **named)
        except ValueError as error:
            raise ModelUnavailableError(self.name, "is no model for chats") from error
        try:
            is_for_chats = llm.metadata.is_chat_model
        except ValueError:
            return None
        if not is_for_chats:
            raise ModelUnavailableError(self.name, "is no model for chats")
        return llm


def was_free(error: ModelError) -> bool:
    """Tell whether a request certainly cost nothing: it never arrived, or was refused."""
    import httpx
    import openai

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (openai.APIStatusError, httpx.ConnectError, httpx.ConnectTimeout)):
            return True
        cause = cause.__cause__
    return False


def _pause_before_retry(error: Any) -> float | None:
    """Return how many seconds to wait before asking again, or ``None`` where that would be of no use."""
    if error.status_code not in _TRIED_AGAIN:
        return None
    try:
        return max(_PAUSE, float(error.response.headers.get("retry-after", _PAUSE)))
    except ValueError:  # a date: too far away to wait for
        return None


def _reply(name: str, raw: Any) -> Reply:
    choice = raw.choices[0]
    if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
        raise ModelRefusedError(name, "the model refused to answer")
    text = choice.message.content or ""
    if not isinstance(text, str):
        raise TypeError("the content is no text")
    usage = getattr(raw, "usage", None)
    return Reply(text, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: Any, name: str) -> int | None:
    counted = getattr(usage, name, None)
    return counted if isinstance(counted, int) and counted > 0 else None


class _LoopThread:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="model", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work`` on the loop and wait for what comes of it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancel what still runs, do ``last`` and end the thread."""
        self.run(self._end(last))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @staticmethod
    async def _end(last: Coroutine[Any, Any, None]) -> None:
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await last
