"""Backing up, restoring and mending an archive as its operator does, from the command line."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from rag.archive.archive import open_archive
from tests.commandline import Siyaq
from tests.unit.archive.stories import calibration, embedded

_QUESTIONS = (
    "كم سنة سُجن مدير جمارك ميناء لونارة السابق؟",
    "Who won the Ostrel Marathon?",
    "من فاز بجائزة نوبل للآداب؟",
)


@contextmanager
def _running(siyaq: Siyaq, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    root = Path(__file__).resolve().parents[2]
    environment = {
        **os.environ,
        "SIYAQ_ARCHIVE__DIR": str(siyaq.archive),
        "PYTHONPATH": str(root),
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "bot.cli", *arguments]
    with subprocess.Popen(
        command, cwd=siyaq.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        yield process


def _count(siyaq: Siyaq) -> int:
    with closing(sqlite3.connect(siyaq.archive / "catalog.sqlite")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)


def _answers(siyaq: Siyaq) -> list[dict[str, Any]]:
    batch = siyaq.folder / "questions.jsonl"
    lines = [json.dumps({"id": f"q{n}", "question": text}) for n, text in enumerate(_QUESTIONS)]
    batch.write_text("\n".join(lines), encoding="utf-8")
    finished = siyaq("ask", "--batch", str(batch), "--now", "2026-03-20")
    assert finished.returncode == 0, finished.stderr
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    for answer in answers:
        del answer["timings_ms"]
    return answers


def _json(finished: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert finished.stdout, finished.stderr
    value: dict[str, Any] = json.loads(finished.stdout)
    return value


@pytest.mark.slow
def test_backed_up_during_ingest_deleted_and_restored(siyaq: Siyaq, root: Path) -> None:
    samples = (root / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    samples = samples[15:18] + samples[33:40]  # what the questions are about, among others
    early, late = siyaq.folder / "early.jsonl", siyaq.folder / "late.jsonl"
    early.write_text("\n".join(samples), encoding="utf-8")
    weather = "It will be {n} degrees in the valley of Tarrin on day {n}.\n" * 12
    more = [
        {"id": f"w{n}", "title": f"Weather report {n}", "lang": "en", "text": weather.replace("{n}", str(n))}
        for n in range(150)
    ]
    late.write_text("\n".join(map(json.dumps, more)), encoding="utf-8")
    assert siyaq.ingest(early)[0] == 0
    before, held = _answers(siyaq), siyaq.held()
    assert [answer["status"] for answer in before] == ["answered", "answered", "insufficient"]

    file = siyaq.folder / "backup.siyaq"
    with _running(siyaq, "ingest", str(late)) as ingest:
        while _count(siyaq) <= len(held) + 4:
            assert ingest.poll() is None
        made = _json(siyaq("backup", "--json", str(file)))
        assert ingest.poll() is None, "the ingest was over before the backup was"
        assert len(held) < made["articles"] < len(held) + 150
        refused = siyaq("restore", "--force", str(file))
        assert refused.returncode == 1
        assert "another process has the archive open" in refused.stderr
        ingest.kill()

    shutil.rmtree(siyaq.archive)
    restored = _json(siyaq("restore", "--json", str(file)))
    assert restored["articles"] == made["articles"]
    assert (restored["aside"], restored["index"]) == (None, "built")
    after = siyaq.held()
    assert held < after
    assert len(after) == made["articles"]
    # Without the weather, which stands in the rankings behind, everything is as it was: ids, quotes, offsets
    # and every figure.
    assert siyaq("remove", *sorted(after - held)).returncode == 0
    assert _answers(siyaq) == before


@pytest.fixture
def one_article(siyaq: Siyaq) -> Siyaq:
    """An archive with one article."""
    page = siyaq.folder / "page.jsonl"
    text = "The lighthouse of Cape Orn was lit again on Friday after nine years."
    page.write_text(json.dumps({"id": "orn", "title": "Lighthouse lit", "lang": "en", "text": text}))
    assert siyaq.ingest(page)[0] == 0
    return siyaq


def test_a_backup_says_what_it_holds_and_overwrites_nothing(one_article: Siyaq) -> None:
    file = one_article.folder / "b.siyaq"
    finished = one_article("backup", str(file))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith(f"1 articles are in {file} (")
    again = one_article("backup", str(file))
    assert again.returncode == 1
    assert again.stdout == ""
    assert f"siyaq: {file}: exists already; --force replaces it" in again.stderr
    assert one_article("backup", "--force", str(file)).returncode == 0
    shown = one_article("restore", "--force", str(file))
    assert shown.returncode == 0
    assert f"1 articles are in {one_article.archive}, restored from {file}" in shown.stdout
    assert f"The archive that was there is in {one_article.archive}/before-restore-" in shown.stdout
    assert "kept: " in one_article("doctor").stdout


def test_an_archive_made_with_another_model_is_restored_all_the_same(siyaq: Siyaq, tmp_path: Path) -> None:
    with open_archive(tmp_path / "other", calibration=calibration()) as archive:
        archive.add(embedded("a1"))
    file = tmp_path / "b.siyaq"
    made = siyaq("backup", str(file), SIYAQ_ARCHIVE__DIR=str(tmp_path / "other"))
    assert made.returncode == 0
    finished = siyaq("restore", "--json", str(file))
    assert finished.returncode == 0
    assert "siyaq reindex" in _json(finished)["index"]
    assert siyaq("reindex").returncode == 0
    siyaq.checks_out()


def test_doctor_mends_says_so_and_stands_back(one_article: Siyaq) -> None:
    with closing(sqlite3.connect(one_article.archive / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM chunk_data")
        connection.commit()
    (one_article.archive / "index-77").mkdir()
    found = one_article("doctor")
    assert found.returncode == 1
    assert "problem: " in found.stdout
    with open_archive(one_article.archive, calibration=calibration()):
        finished = one_article("doctor", "--repair")
        assert finished.returncode == 1
        assert "another process has the archive open: stop it first; nothing was repaired" in finished.stderr
    assert (one_article.archive / "index-77").exists()
    finished = one_article("doctor", "--repair")
    assert finished.returncode == 0, finished.stdout
    assert "repaired: embedded 1 articles anew" in finished.stdout
    assert "repaired: cleared away index-77" in finished.stdout
    again = one_article("doctor", "--repair", "--json")
    assert (again.returncode, _json(again)["repaired"]) == (0, [])
    assert "There was nothing to repair." in one_article("doctor", "--repair").stdout
    asked = _json(one_article("ask", "--json", "When was the lighthouse of Cape Orn lit again?"))
    assert asked["claims"][0]["citations"][0]["article_id"] == "orn"


def test_a_damaged_catalog_is_named_with_what_to_do(one_article: Siyaq) -> None:
    file = one_article.folder / "b.siyaq"
    assert one_article("backup", str(file)).returncode == 0
    catalog = one_article.archive / "catalog.sqlite"
    os.truncate(catalog, catalog.stat().st_size // 3)
    for arguments in (["doctor"], ["doctor", "--repair"], ["backup", "--force", str(file)]):
        finished = one_article(*arguments)
        assert finished.returncode == 1
        assert "Traceback" not in finished.stderr
        assert "the catalog is damaged" in finished.stderr
    finished = one_article("doctor", "--json")
    assert finished.returncode == 1
    report = _json(finished)
    assert (report["ok"], report["archive"]) == (False, None)
    assert "siyaq restore FILE --force" in report["problems"][0]
    assert one_article("restore", "--force", str(file)).returncode == 0
    one_article.checks_out()
    assert one_article.held() == {"orn"}
