"""Written answers over the samples: an honest model's claims are kept, and a misbehaving one's are not shown.

The models are played by a real endpoint on this machine (`tests.writing_model`). The honest one says, of each
question of the development half that the gate lets through, what ``gold/claims.jsonl`` expects of it; the
others do to those claims what models do. Every claim that is shown is looked at by this file's own rules.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

from bot.newsroom import Newsroom, open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.answering.evidence import Evidence
from rag.answering.extractive import frame
from rag.answering.generative import write_answer
from rag.answering.model import EndpointModel
from rag.answering.spending import Limits, Spending
from rag.answering.writer import Writer
from rag.questions import read_question
from rag.text import repair
from rag.types import Answer, utc_now
from tests.evals.gold_questions import ANSWERABLE, INGESTED_AT, ROOT, SAMPLES, GoldQuestion, OnProgress
from tests.evals.measures import Share, share
from tests.writing_model import (
    INVALID,
    KEY,
    TIMELESS,
    UNAVAILABLE,
    UNVERIFIED,
    ExpectedClaim,
    WritingModel,
    serve_writing_model,
)

CLAIMS = ROOT / "tests" / "evals" / "gold" / "claims.jsonl"
KEPT = "an honest model: expected claims kept"
"""The figure that has a floor."""
EXPECTED_ENDS: Mapping[str, str] = {
    **dict.fromkeys(UNVERIFIED, "unverified"),
    **dict.fromkeys(INVALID, "model_invalid"),
    **dict.fromkeys(UNAVAILABLE, "model_unavailable"),
    **dict.fromkeys(TIMELESS, "model_timeout"),
    "no-budget": "budget",
}
"""What each misbehaviour has to end as, by the answer's contract."""
_NO_TIME = 1.5


@dataclass(frozen=True, slots=True)
class Quoted:
    """A question that the gate lets through, as it is answered without a model."""

    gold: GoldQuestion
    answer: Answer
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one question with one model."""

    question_id: str
    kind: str
    answer: Answer
    expected: str

    @property
    def is_kept(self) -> bool:
        """Whether the expected claim is shown in its own words."""
        return self.answer.answerer == "generative" and self.expected in {c.text for c in self.answer.claims}

    @property
    def is_quoted_instead(self) -> bool:
        """Whether a quote stands in the place of the expected claim."""
        return self.answer.answerer == "generative" and not self.is_kept


@dataclass
class WrittenRun:
    """What became of everything."""

    refused: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    honest: list[Written] = field(default_factory=list)
    misbehaving: dict[str, list[Written]] = field(default_factory=dict)

    @property
    def kept(self) -> Share:
        """The share of the expected claims that are shown in their own words."""
        return share(one.is_kept for one in self.honest)

    def ends(self, model: str) -> Counter[str]:
        """Count how the questions of a misbehaving model ended."""
        return Counter(str(one.answer.degraded) for one in self.misbehaving[model])

    def faults(self) -> list[str]:
        """Return every claim that may not be shown, and every end that is not the contract's."""
        found = [
            f"{one.question_id}: {fault}"
            for one in (*self.honest, *(w for written in self.misbehaving.values() for w in written))
            for fault in unfounded(one.answer)
        ]
        for model, written in self.misbehaving.items():
            found += [
                f"{one.question_id}, {model}: ended as {one.answer.answerer}, {one.answer.degraded}"
                for one in written
                if (one.answer.status, one.answer.answerer, one.answer.degraded)
                != ("answered", "extractive", EXPECTED_ENDS[model])
            ]
        return found


def read_claims() -> dict[str, ExpectedClaim]:
    """Return the expected claims by the id of their question."""
    rows = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: ExpectedClaim(row["text"], tuple(row["quotes"]), row["translation"]) for row in rows}


def evaluate_written(
    questions: Sequence[GoldQuestion], few: Sequence[str], directory: Path, tell: OnProgress
) -> WrittenRun:
    """Ingest the samples, ask the honest model all ``questions`` with an answer, the others ``few``."""
    claims = read_claims()
    answerable = [question for question in questions if question.kind in ANSWERABLE]
    run = WrittenRun()
    settings = Settings(
        archive=ArchivePlace(dir=directory), embedding=Embedding(threads=min(4, os.cpu_count() or 1))
    )
    by_text = {question.text: claims[question.id] for question in answerable}
    with open_newsroom(settings) as newsroom, serve_writing_model(by_text) as model:
        newsroom.ingest(SAMPLES, now=INGESTED_AT)
        quoted = []
        for number, question in enumerate(answerable, 1):
            one = _quote(newsroom, question)
            if one.answer.status == "insufficient":
                run.refused.append(question.id)
            else:
                quoted.append(one)
            tell("quoting", number, len(answerable))
        _ask(run, newsroom, model, quoted, few, claims, tell)
    return run


def _quote(newsroom: Newsroom, gold: GoldQuestion) -> Quoted:
    question = read_question(gold.text, now=gold.asked_at, lang=gold.lang, question_id=gold.id)
    return Quoted(gold, *newsroom._answerer.quote(question, lambda stage: None))


def _ask(
    run: WrittenRun,
    newsroom: Newsroom,
    model: WritingModel,
    quoted: Sequence[Quoted],
    few: Sequence[str],
    claims: Mapping[str, ExpectedClaim],
    tell: OnProgress,
) -> None:
    with ExitStack() as stack:

        def ask(name: str, asked: Sequence[Quoted]) -> list[Written]:
            limits = Limits(daily_tokens=1 if name == "no-budget" else None)
            seconds = _NO_TIME if name in TIMELESS else 60.0
            named = EndpointModel(name, model.url, KEY, seconds=seconds, most_output=1500)
            stack.callback(named.close)
            writer = Writer(named, Spending(newsroom.archive.engine, name, limits), utc_now)
            return [
                Written(
                    one.gold.id,
                    one.gold.kind,
                    write_answer(one.answer, one.evidence, writer, 3, lambda stage: None),
                    claims[one.gold.id].text,
                )
                for one in asked
            ]

        for one in ask("honest", quoted):
            # An honest model that is not shown the sentence says nothing: that is the search's matter.
            if one.answer.degraded == "model_invalid":
                run.not_shown.append(one.question_id)
            else:
                run.honest.append(one)
        shown = {one.question_id for one in run.honest}
        some = [one for one in quoted if one.gold.id in few and one.gold.id in shown]
        with ThreadPoolExecutor(4) as threads:  # they mostly wait
            asked = zip(EXPECTED_ENDS, threads.map(lambda name: ask(name, some), EXPECTED_ENDS), strict=True)
            for number, (name, written) in enumerate(asked, 1):
                run.misbehaving[name] = written
                tell("misbehaving models", number, len(EXPECTED_ENDS))


def unfounded(answer: Answer) -> Iterable[str]:
    """Yield what is wrong with the claims shown, by rules that share nothing with the program's."""
    for claim in answer.claims:
        if not claim.citations:
            yield f"cites nothing: {claim.text}"
        quotes = ""
        for citation in claim.citations:
            held = answer_article(answer, citation.article.id)
            if held is None or held[citation.start : citation.end] != citation.quote or not citation.quote:
                yield f"the quote is not in its article: {citation.quote}"
            quotes += " " + citation.quote
        if any(claim.text == frame(citation.article, answer.question.lang) for citation in claim.citations):
            continue
        if _digits(claim.text) - _digits(quotes):
            yield f"numbers that are not in the quotes: {claim.text}"


def _digits(text: str) -> set[str]:
    """Return the runs of digits in ``text``, without the noughts of "thousand"."""
    return {run.rstrip("0") for run in re.findall(r"\d+", repair(text).replace(",", ""))}


def answer_article(answer: Answer, article_id: str) -> str | None:
    """Return the body of an article of the ranking, or ``None`` where it is not in it."""
    bodies = {passage.chunk.article.id: passage.chunk.article.body for passage in answer.passages}
    return bodies.get(article_id)


def honest_table(run: WrittenRun) -> Table:
    """Return what became of the expected claims, by kind of question."""
    table = Table("questions", title="Written by an honest model", title_justify="left")
    for heading in ("written", "claim kept", "quote instead", "left out", "with a translation"):
        table.add_column(heading, justify="right")
    for kind in (*ANSWERABLE, "all"):
        written = [one for one in run.honest if kind in (one.kind, "all")]
        kept, quotes = sum(one.is_kept for one in written), sum(one.is_quoted_instead for one in written)
        translated = sum(any(c.translation for c in one.answer.citations) for one in written)
        figures = (len(written), kept, quotes, len(written) - kept - quotes, translated)
        table.add_row(kind, *map(str, figures))
    return table


def misbehaving_table(run: WrittenRun) -> Table:
    """Return how the questions of each misbehaving model ended."""
    table = Table("model", title="Misbehaving models", title_justify="left")
    for heading in ("questions", "ended as", "has to be"):
        table.add_column(heading)
    for name, end in EXPECTED_ENDS.items():
        ends = ", ".join(f"{word} {count}" for word, count in run.ends(name).items())
        table.add_row(name, str(len(run.misbehaving[name])), ends, end)
    return table
