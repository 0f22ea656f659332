"""The gold questions put to the whole program: is the sentence that answers among the quotes?

The samples are ingested into an archive of their own, and every question is asked as a reader would ask it.
The frozen half is for the test of the floors and is never tuned on: it is read only where it is named.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bot.evaluation.asking import OnProgress, Outcome, Quote, ask_all, settle
from bot.evaluation.figures import report_on
from bot.evaluation.measures import Ranks, Share, share
from bot.evaluation.questions import EvalQuestion, read_questions
from bot.newsroom import open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.archive.archive import open_archive
from rag.errors import UnknownArticleError

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "samples" / "articles.jsonl", ROOT / "samples" / "pages")
HALVES = ("dev", "frozen")
ANSWERABLE = ("same", "time", "cross")
INGESTED_AT = dt.datetime(2026, 3, 20, 8, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion(EvalQuestion):
    """A question of one half of the gold files."""

    half: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldOutcome(Outcome):
    """What became of a question of one half."""

    half: str


def gold_file(half: str) -> Path:
    """Return the file of one half of the questions."""
    return ROOT / "tests" / "evals" / "gold" / f"{half}.jsonl"


def read_gold(half: str) -> list[GoldQuestion]:
    """Read one half of the questions."""
    return [GoldQuestion(**_fields(one), half=half) for one in read_questions(gold_file(half))]


def ask_gold(questions: Sequence[GoldQuestion], directory: Path, tell: OnProgress) -> list[GoldOutcome]:
    """Ingest the samples into an archive in ``directory`` and put the questions to it."""
    settings = Settings(
        archive=ArchivePlace(dir=directory), embedding=Embedding(threads=min(4, os.cpu_count() or 1))
    )
    with open_newsroom(settings) as newsroom:
        report = newsroom.ingest(
            SAMPLES, now=INGESTED_AT, on_progress=lambda at: tell(f"{at.stage} samples", at.done, at.total)
        )
        if report.refused:
            raise ValueError(f"{report.refused[0].ref}: {report.refused[0].reason}")
        judged_by = settle(questions, newsroom.archive.articles())
        outcomes = ask_all(newsroom, questions, judged_by, tell)
    halves = {question.id: question.half for question in questions}
    return [GoldOutcome(**_fields(one), half=halves[one.id]) for one in outcomes]


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def altered_quotes(quotes: Iterable[Quote], directory: Path) -> list[Quote]:
    """Return the quotes that differ from ``body[start:end]``, bodies read anew from the archive."""
    with open_archive(directory, calibration=None, role="guest") as archive:

        def is_verbatim(quote: Quote) -> bool:
            try:
                body = archive.article(quote.article_id).body
            except UnknownArticleError:
                return False
            inside = 0 <= quote.start < quote.end <= len(body)
            return inside and body[quote.start : quote.end] == quote.text

        return [quote for quote in quotes if not is_verbatim(quote)]


def bars(outcomes: Sequence[GoldOutcome]) -> dict[str, Share]:
    """Return the shares that have floors; a refused question has no right sentence among its quotes."""

    def of(*kinds: str) -> list[GoldOutcome]:
        return [one for one in outcomes if one.kind in kinds]

    return {
        "same language: right sentence among the quotes": share(one.found for one in of("same", "time")),
        "other language: right sentence among the quotes": share(one.found for one in of("cross")),
        "unanswerable: refused": share(one.refused for one in of("unanswerable")),
        "near miss: refused": share(one.refused for one in of("near_miss")),
        "answerable: refused": share(one.refused for one in of(*ANSWERABLE)),
    }


def further_figures(outcomes: Sequence[GoldOutcome]) -> dict[str, float]:
    """Return what ``siyaq eval`` tells of the same outcomes and has floors of its own."""
    report = report_on(outcomes, math.nan)
    retrieval = {row.evidence: row.figures for row in report.retrieval if row.lang == "all"}
    sentences = report.sentences[0].figures
    found = {
        "same language: R@5": retrieval["same"]["R@5"].value,
        "other language: R@5": retrieval["other"]["R@5"].value,
        "MRR@10": retrieval["all"]["MRR@10"].value,
        "first cited sentence right": sentences["first cited sentence right"].value,
        "citation precision": report.citations["citation precision"].value,
        "expected calibration error": report.calibration["any cited sentence right"].error.value,
    }
    return {name: math.nan if value is None else value for name, value in found.items()}


def to_json(outcomes: Sequence[GoldOutcome]) -> str:
    """Write outcomes for another process."""
    return json.dumps([asdict(one) for one in outcomes], ensure_ascii=False)


def from_json(text: str) -> list[GoldOutcome]:
    """Read what `to_json` wrote."""
    return [_outcome(row) for row in json.loads(text)]


def _outcome(row: dict[str, Any]) -> GoldOutcome:
    lists = {name: tuple(row[name]) for name in ("right", "claims", "article_ids")}
    quotes = tuple(Quote(**quote) for quote in row["quotes"])
    ranks = Ranks(tuple(row["ranks"]["found"]), row["ranks"]["wanted"])
    return GoldOutcome(**row | lists | {"quotes": quotes, "ranks": ranks})
