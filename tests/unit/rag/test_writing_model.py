"""Which of LlamaIndex's models is asked, and with what, for OpenAI itself and for other endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from rag.answering.model import EndpointModel, Message
from rag.errors import ModelUnavailableError
from tests.writing_model import KEY, serve_writing_model


@pytest.fixture
def opened() -> Iterator[Any]:
    with ExitStack() as stack:

        def opens(name: str, base_url: str | None = None, key: str | None = "k") -> EndpointModel:
            model = EndpointModel(name, base_url, key, seconds=5, most_output=200)
            stack.callback(model.close)
            return model

        yield opens


@pytest.fixture(autouse=True)
def _somebody_elses_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-elses")
    monkeypatch.setenv("OPENAI_API_BASE", "https://elsewhere.example/v1")


def test_openai_itself_is_asked_where_no_endpoint_is_named(opened: Any) -> None:
    llm = opened("gpt-4o-mini")._llm
    assert type(llm).__name__ == "OpenAI"
    assert (llm.api_base, llm.api_key, llm.max_retries) == ("https://api.openai.com/v1", "k", 0)
    assert llm._get_model_kwargs()["max_tokens"] == 200


def test_a_model_that_is_newer_than_the_library_is_asked_as_new_ones_want_it(opened: Any) -> None:
    llm = opened("gpt-99-omni")._llm
    assert type(llm).__name__ == "OpenAILike"
    assert llm.api_base == "https://api.openai.com/v1"
    asked = llm._get_model_kwargs()
    assert asked["max_completion_tokens"] == 200
    assert "max_tokens" not in asked


def test_a_model_that_does_not_chat_is_not_available(opened: Any) -> None:
    model = opened("gpt-3.5-turbo-instruct")
    with pytest.raises(ModelUnavailableError, match="no model for chats"):
        model.complete([Message("user", "{}")], model.deadline())


def test_another_endpoint_gets_its_own_key_and_no_other(opened: Any) -> None:
    with serve_writing_model() as served:
        model = opened("honest", served.url, KEY)
        turns = [Message("user", '{"question": "x", "passages": []}')]
        assert model.complete(turns, model.deadline()).text == '{"claims": []}'
        keyless = opened("honest", served.url, None)
        with pytest.raises(ModelUnavailableError, match="AuthenticationError"):
            keyless.complete(turns, keyless.deadline())
        (asked, _) = served.requests
    assert (asked["max_tokens"], asked["temperature"], asked["stream"]) == (200, 0.0, False)
