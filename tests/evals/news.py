"""The news set put to the whole program: 156 dated articles of a month, told by outlets that copy, update
and disagree.

All articles are in one archive. The questions are split by story into a half that may be looked at and a
frozen one, which is read only where it is named.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.evaluation.asking import Outcome, Setting, is_right, outcome_of, settle
from bot.evaluation.measures import Estimate, Share, estimate, share
from bot.evaluation.questions import EvalQuestion, read_questions
from bot.newsroom import Newsroom, open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.copies import are_copies
from rag.types import Answer, Article
from tests.evals.trials import OnProgress

ROOT = Path(__file__).parent / "news"
PARTS = ("a", "b", "c")
ARTICLES = tuple(ROOT / f"articles-{part}.jsonl" for part in PARTS)
EVENTS = tuple(ROOT / f"events-{part}.json" for part in PARTS)
INGESTED_AT = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
ANSWERABLE = ("same", "other", "time", "latest", "disagreement", "agreement")

Windows = tuple[tuple[str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question's answer is to show beside a right sentence.

    ``windows`` are the readings of its days, empty where it names none. ``sides`` are the articles and
    answers of the sides of a disagreement of ``status``, both empty where there is none.
    """

    story: str
    windows: Windows
    status: str
    sides: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class NewsOutcome:
    """What became of a question.

    ``shown`` are the statuses of the disagreements shown; ``both`` tells whether each side that is expected
    is quoted; ``twice`` whether one agency's sentence is quoted from two outlets.
    """

    outcome: Outcome
    expected: Expected
    window_right: bool
    shown: tuple[str, ...]
    both: bool
    twice: bool


def question_files(half: str) -> list[Path]:
    """Return the files of one half of the questions."""
    return [ROOT / f"questions-{part}-{half}.jsonl" for part in PARTS]


def read_news(half: str, every: int = 1) -> list[tuple[EvalQuestion, Expected]]:
    """Read each ``every``-th question of one half, with what its answer is to show."""
    asked: list[tuple[EvalQuestion, Expected]] = []
    for path in question_files(half):
        asked += read_file(path)
    return asked[::every]


def read_file(path: Path) -> list[tuple[EvalQuestion, Expected]]:
    """Read the questions of one file, with what their answers are to show."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return list(zip(read_questions(path), map(_expected, rows), strict=True))


def _expected(row: Mapping[str, Any]) -> Expected:
    windows = tuple((one["from"], one["to"]) for one in row.get("windows") or ())
    disagreement = row.get("disagreement") or {"status": "", "sides": []}
    sides = tuple((tuple(side["article_ids"]), side["answer"]) for side in disagreement["sides"])
    return Expected(row.get("story") or row["id"], windows, disagreement["status"], sides)


def write_share(questions: Sequence[tuple[EvalQuestion, Expected]], every: int, path: Path) -> Path:
    """Write the articles of the stories asked about to ``path``, and each ``every``-th of the others."""
    wanted = {name for question, _ in questions for name in question.article_ids}
    stories = {expected.story for _, expected in questions}
    for events in EVENTS:
        told = json.loads(events.read_text(encoding="utf-8"))["stories"]
        wanted.update(name for story, ids in told.items() if story in stories for name in ids)
    lines = [line for file in ARTICLES for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [line for line in lines if json.loads(line)["id"] in wanted]
    others = [line for line in lines if json.loads(line)["id"] not in wanted]
    path.write_text("\n".join([*asked, *others[::every]]) + "\n", encoding="utf-8")
    return path


def ask_news(
    questions: Sequence[tuple[EvalQuestion, Expected]],
    directory: Path,
    tell: OnProgress,
    files: Sequence[Path] = ARTICLES,
) -> tuple[list[NewsOutcome], list[Article]]:
    """Ingest ``files`` into an archive in ``directory``, put the questions to it, and return both."""
    settings = Settings(
        archive=ArchivePlace(dir=directory), embedding=Embedding(threads=min(4, os.cpu_count() or 1))
    )
    with open_newsroom(settings) as newsroom:
        report = newsroom.ingest(
            files, now=INGESTED_AT, on_progress=lambda at: tell(f"{at.stage} news", at.done, at.total)
        )
        if report.refused:
            raise ValueError(f"{report.refused[0].ref}: {report.refused[0].reason}")
        articles = newsroom.archive.articles()
        judged_by = settle([question for question, _ in questions], articles)
        outcomes = []
        for number, (question, expected) in enumerate(questions, 1):
            outcomes.append(_ask(newsroom, question, expected, judged_by[question.id]))
            tell("asking about the news", number, len(questions))
    return outcomes, articles


def _ask(newsroom: Newsroom, question: EvalQuestion, expected: Expected, setting: Setting) -> NewsOutcome:
    answer = newsroom.ask(question.text, now=question.asked_at, lang=question.lang, question_id=question.id)
    outcome = outcome_of(question, setting, answer, sum(answer.timings_ms.values()))
    window = answer.question.window.as_json() if answer.question.window else {"from": None, "to": None}
    return NewsOutcome(
        outcome,
        expected,
        (window["from"], window["to"]) in expected.windows,
        tuple(one.status for one in answer.disagreement),
        all(any(is_right(quote, ids, [said]) for quote in outcome.quotes) for ids, said in expected.sides),
        _quotes_twice(answer),
    )


def _quotes_twice(answer: Answer) -> bool:
    """Tell whether a sentence is quoted from two outlets, one of which copies the other."""
    for one, other in itertools.combinations(answer.citations, 2):
        words = [set(citation.quote.split()) for citation in (one, other)]
        alike = 2 * len(words[0] & words[1]) > len(words[0] | words[1])
        if alike and one.article.outlet != other.article.outlet and are_copies(one.article, other.article):
            return True
    return False


def figures(outcomes: Sequence[NewsOutcome]) -> dict[str, Estimate]:
    """Return the figures that have bars, with intervals by bootstrap over stories."""

    def mean(of: Iterable[tuple[bool, NewsOutcome]]) -> Estimate:
        counted = list(of)
        return estimate([float(hit) for hit, _ in counted], [one.expected.story for _, one in counted])

    answerable = [one for one in outcomes if one.outcome.answerable]
    same = [one for one in answerable if one.outcome.evidence_lang == one.outcome.lang]
    other = [one for one in answerable if one.outcome.evidence_lang != one.outcome.lang]
    opposed = [one for one in outcomes if one.expected.status]
    return {
        "same language: right sentence among the quotes": mean((one.outcome.found, one) for one in same),
        "other language: right sentence among the quotes": mean((one.outcome.found, one) for one in other),
        "days named: window right": mean(
            (one.window_right, one) for one in outcomes if one.outcome.kind == "time"
        ),
        "disagreement: shown, both sides quoted": mean(
            (one.expected.status in one.shown and one.both, one) for one in opposed
        ),
        "no disagreement: one shown": mean(
            (bool(one.shown), one) for one in outcomes if not one.expected.status
        ),
        "copies: quoted twice": mean((one.twice, one) for one in outcomes),
        "answerable: refused": mean((one.outcome.refused, one) for one in answerable),
        "near miss: refused": mean(
            (one.outcome.refused, one) for one in outcomes if one.outcome.kind == "near_miss"
        ),
        "unanswerable: refused": mean(
            (one.outcome.refused, one) for one in outcomes if one.outcome.kind == "unanswerable"
        ),
    }


def story_figures(articles: Sequence[Article]) -> dict[str, float]:
    """Return how well the archive's stories are the events: of pairs of articles, those rightly together."""
    of_event: dict[str, str] = {}
    copies: set[frozenset[str]] = set()
    for path in EVENTS:
        events = json.loads(path.read_text(encoding="utf-8"))
        of_event |= {name: f"{path.name} {slug}" for slug, ids in events["stories"].items() for name in ids}
        copies |= {frozenset(pair) for pair in events["copies"]}
    together, right, wanted, told, copied = 0, 0, 0, 0, 0
    for one, other in itertools.combinations(articles, 2):
        joined = one.story_id is not None and one.story_id == other.story_id
        event = of_event[one.id] == of_event[other.id]
        together, right, wanted = together + joined, right + (joined and event), wanted + event
        is_copy = frozenset((one.id, other.id)) in copies
        told, copied = told + (are_copies(one, other) and is_copy), copied + are_copies(one, other)
    return {
        "stories: pairs rightly together": right / together,
        "stories: pairs found": right / wanted,
        "copies: rightly told": told / copied,
        "copies: found": told / len(copies),
    }


def kinds_table(outcomes: Sequence[NewsOutcome], half: str) -> Table:
    """Return a row for each kind and language that was asked."""
    table = Table("kind", "question", title=f"News, {half} half", title_justify="left")
    for heading in ("asked", "right among quotes", "first quote right", "refused", "disagreement shown"):
        table.add_column(heading, justify="right")
    for kind in (*ANSWERABLE, "near_miss", "unanswerable"):
        for lang in ("ar", "en"):
            asked = [one for one in outcomes if (one.outcome.kind, one.outcome.lang) == (kind, lang)]
            if asked:
                table.add_row(kind, lang, *_cells(asked))
    return table


def _cells(asked: Sequence[NewsOutcome]) -> list[str]:
    counted: list[Share] = [
        share(one.outcome.found for one in asked),
        share(one.outcome.found_first for one in asked),
        share(one.outcome.refused for one in asked),
        share(bool(one.shown) for one in asked),
    ]
    return [str(len(asked)), *(str(one.hits) for one in counted)]


def figures_table(found: Mapping[str, Estimate]) -> Table:
    """Return the figures that have bars."""
    table = Table("figure", title="95 % intervals by bootstrap over stories", title_justify="left")
    for heading in ("of", "value", "interval"):
        table.add_column(heading, justify="right")
    for name, one in found.items():
        between = f"{one.interval.low:.3f}-{one.interval.high:.3f}" if one.interval else "-"
        table.add_row(name, str(one.count), f"{one.value:.3f}" if one.value is not None else "-", between)
    return table


def went_wrong(outcomes: Sequence[NewsOutcome]) -> str:
    """Return the ids of the questions that went wrong, by what did (r: refused)."""

    def named(wrong: Iterable[NewsOutcome]) -> str:
        ids = (one.outcome.id + ("r" if one.outcome.refused else "") for one in wrong)
        return " ".join(ids) or "none"

    return "\n".join(
        (
            "no right sentence: "
            + named(one for one in outcomes if one.outcome.answerable and not one.outcome.found),
            "window: "
            + named(one for one in outcomes if one.outcome.kind == "time" and not one.window_right),
            "disagreement not shown: "
            + named(
                one
                for one in outcomes
                if one.expected.status and not (one.expected.status in one.shown and one.both)
            ),
            "disagreement shown: " + named(one for one in outcomes if one.shown and not one.expected.status),
            "not refused: "
            + named(one for one in outcomes if not one.outcome.answerable and not one.outcome.refused),
        )
    )
