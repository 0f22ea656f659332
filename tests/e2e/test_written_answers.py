"""The command and the bot with a model that writes, as an operator sets them up."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import Siyaq
from tests.writing_model import KEY, ExpectedClaim, WritingModel, serve_writing_model

_QUESTION = "How much did the repairs of the old stone bridge of Qasr Wadi cost?"
_IN_ARABIC = "كم بلغت كلفة ترميم جسر قصر وادي الحجري القديم؟"
_CLAIM = "The repairs cost 4.2 million dinars, Samia Doukkal said."
_QUOTE = "The repairs took nineteen months and cost 4.2 million dinars, engineer Samia Doukkal said."
_TRANSLATION = "استغرقت الإصلاحات تسعة عشر شهراً وكلفت 4.2 ملايين دينار، كما قالت المهندسة سامية الدكالي."
_EXPECTED = {
    _QUESTION: ExpectedClaim(_CLAIM, ("4.2 million",)),
    _IN_ARABIC: ExpectedClaim("كلفت الإصلاحات 4.2 ملايين دينار.", ("4.2 million",), _TRANSLATION),
}


@pytest.fixture(scope="module")
def model() -> Iterator[WritingModel]:
    with serve_writing_model(_EXPECTED) as served:
        yield served


@pytest.fixture
def bridge(siyaq: Siyaq) -> Siyaq:
    """The command over an archive with one article."""
    article = {
        "id": "bridge",
        "title": "Old stone bridge of Qasr Wadi reopens",
        "lang": "en",
        "outlet": "Valley Gazette",
        "published": "2026-03-08",
        "text": f"The old stone bridge of Qasr Wadi reopened on Sunday after repairs.\n{_QUOTE}",
    }
    path = siyaq.folder / "articles.jsonl"
    path.write_text(json.dumps(article) + "\n", encoding="utf-8")
    assert siyaq.ingest(path)[0] == 0
    return siyaq


def _settings(model: WritingModel, name: str = "honest", **more: str) -> dict[str, str]:
    named = {"NAME": name, "BASE_URL": model.url, "API_KEY": KEY, **more}
    return {f"SIYAQ_MODEL__{setting}": value for setting, value in named.items()}


def _asked(siyaq: Siyaq, question: str, **settings: str) -> tuple[dict[str, Any], str]:
    finished = siyaq("ask", "--json", "--now", "2026-03-20T09:00:00Z", question, **settings)
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr
    assert KEY not in finished.stdout + finished.stderr
    answer: dict[str, Any] = json.loads(finished.stdout)
    return answer, finished.stderr


def test_an_answer_is_written_and_counted(bridge: Siyaq, model: WritingModel) -> None:
    settings = _settings(model, DAILY_TOKENS="5000", INPUT_PRICE="2", OUTPUT_PRICE="10", DAILY_COST="3")
    answer, _ = _asked(bridge, _QUESTION, **settings)
    assert (answer["status"], answer["answerer"], answer["degraded"]) == ("answered", "generative", None)
    assert answer["claims"][0]["text"] == _CLAIM
    (citation,) = answer["claims"][0]["citations"]
    assert (citation["quote"], citation["translation"]) == (_QUOTE, None)
    told = json.loads(bridge("doctor", "--json", **settings).stdout)["model"]
    assert told["today"] == {"requests": 1, "input_tokens": 1000, "output_tokens": 100, "cost": 0.003}
    shown = bridge("doctor", **settings).stdout
    assert "1 requests, 1100 of 5000 tokens, cost 0.0030 of 3.0" in shown
    assert KEY not in shown
    # Two more would fit by what they cost, and none fits by what it may cost.
    assert (
        _asked(bridge, _QUESTION, **settings | {"SIYAQ_MODEL__DAILY_TOKENS": "1200"})[0]["degraded"]
        == "budget"
    )


def test_a_page_shows_a_translation_as_the_machines(bridge: Siyaq, model: WritingModel) -> None:
    page = bridge("ask", "--now", "2026-03-20T09:00:00Z", _IN_ARABIC, **_settings(model)).stdout
    lines = [re.sub("[\u200f\u2068\u2069]", "", line).strip() for line in page.splitlines()]
    assert f"ترجمة آلية: {_TRANSLATION}" in lines
    assert _QUOTE in page
    assert "ترجمة" not in page[page.index(_QUOTE) : page.index(_QUOTE) + len(_QUOTE)]


def test_an_endpoint_that_refuses_the_key_leaves_quotes(bridge: Siyaq, model: WritingModel) -> None:
    answer, log = _asked(bridge, _QUESTION, **_settings(model, "status-401", SECONDS="20"))
    assert (answer["answerer"], answer["degraded"]) == ("extractive", "model_unavailable")
    assert answer["claims"][0]["citations"][0]["quote"] == _QUOTE
    assert "AuthenticationError" in log
    assert (
        bridge("ask", _QUESTION, **_settings(model, "status-401"))
        .stdout.rstrip()
        .endswith("Quotes only: the model that writes cannot be reached now.")
    )


def test_nothing_is_asked_of_a_model_when_the_archive_does_not_answer(
    bridge: Siyaq, model: WritingModel
) -> None:
    before = len(model.requests)
    answer, _ = _asked(bridge, "What is the capital of Australia?", **_settings(model))
    assert (answer["status"], answer["degraded"]) == ("insufficient", None)
    assert len(model.requests) == before


def test_without_a_model_nothing_of_it_is_loaded(bridge: Siyaq, root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.newsroom import open_newsroom\n"
        "from bot.settings import load_settings; from rag.types import utc_now\n"
        f"settings = load_settings({{'SIYAQ_ARCHIVE__DIR': {str(bridge.archive)!r}}}, None)\n"
        "with open_newsroom(settings) as room:\n"
        f"    answer = room.ask({_QUESTION!r}, now=utc_now())\n"
        "assert answer.answerer == 'extractive' and answer.degraded is None\n"
        "print([n for n in sys.modules if n.startswith(('openai', 'llama_index.llms.'))])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "[]"
