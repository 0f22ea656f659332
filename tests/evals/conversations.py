"""Conversations held with the whole program: are follow-ups understood, and other turns left alone?

Each follow-up is asked three times: as it is understood after the turns before it; as somebody wrote it out
to stand for itself (what could be reached); and as it was typed, without the conversation (what is
to be gained). The frozen half is read only where it is named.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.evaluation.asking import OnProgress, Quote, is_right
from bot.newsroom import Newsroom, open_newsroom
from bot.settings import ArchivePlace, Embedding, Settings
from rag.conversation import Turn, turn_of
from rag.text import question_language
from rag.types import Answer
from tests.evals.gold_questions import INGESTED_AT, ROOT, SAMPLES
from tests.evals.measures import Share, share

RECOGNISED = "follow-ups: recognised"
ALONE = "new questions: left as they are"
FOUND = "follow-ups: right sentence among the quotes"
REFUSED = "follow-ups about nothing held: refused"
WRITTEN_OUT = "the same, as written out by hand"
TYPED = "the same, as typed"


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """A turn with what answers it; ``standalone`` is a follow-up as it would be asked by itself."""

    question: str
    follow_up: bool
    standalone: str | None
    article_ids: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """Turns in their order, all asked at one instant."""

    id: str
    asked_at: dt.datetime
    turns: tuple[TalkTurn, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer to a turn: whether the right sentence is among its quotes, and whether there are none."""

    found: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What became of a turn after the first; ``written_out`` and ``typed`` where those were asked."""

    talk_id: str
    lang: str
    turn: TalkTurn
    understood: str | None
    answer: Judged
    written_out: Judged | None = None
    typed: Judged | None = None


@dataclass
class TalkRun:
    """What became of every turn, and what it took to answer first turns, first and when asked again."""

    outcomes: list[TurnOutcome] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    again_ms: list[float] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)


def talks_file(half: str) -> Path:
    """Return the file of one half of the conversations."""
    return ROOT / "tests" / "evals" / "talks" / f"{half}.jsonl"


def read_talks(half: str) -> list[Talk]:
    """Read one half of the conversations."""
    rows = [json.loads(line) for line in talks_file(half).read_text(encoding="utf-8").splitlines()]
    return [
        Talk(row["id"], dt.datetime.fromisoformat(row["asked_at"]), tuple(map(_turn, row["turns"])))
        for row in rows
    ]


def _turn(row: dict[str, Any]) -> TalkTurn:
    lists = {name: tuple(row[name]) for name in ("article_ids", "answers")}
    return TalkTurn(row["question"], row["follow_up"], row["standalone"], **lists)


def ask_talks(talks: Sequence[Talk], directory: Path, tell: OnProgress, *, compared: bool) -> TalkRun:
    """Ingest the samples into an archive in ``directory`` and hold the conversations with it.

    Where ``compared``, follow-ups are also asked as written out and as typed.
    """
    settings = Settings(
        archive=ArchivePlace(dir=directory), embedding=Embedding(threads=min(4, os.cpu_count() or 1))
    )
    run = TalkRun()
    with open_newsroom(settings) as newsroom:
        newsroom.ingest(SAMPLES, now=INGESTED_AT)
        for number, talk in enumerate(talks, 1):
            _hold(newsroom, talk, run, compared=compared)
            tell("talking", number, len(talks))
    return run


def _hold(newsroom: Newsroom, talk: Talk, run: TalkRun, *, compared: bool) -> None:
    history: list[Turn] = []
    for turn in talk.turns:
        started = time.perf_counter()
        answer = _ask(newsroom, talk, turn, turn.question, history)
        spent = time.perf_counter() - started
        if history:
            run.outcomes.append(_outcome(newsroom, talk, turn, answer, compared=compared))
        else:
            started = time.perf_counter()
            again = _ask(newsroom, talk, turn, turn.question, history)
            run.first_ms.append(spent * 1e3)
            run.again_ms.append((time.perf_counter() - started) * 1e3)
            if again.claims != answer.claims:
                run.altered.append(talk.id)
        history.append(turn_of(answer))


def _ask(newsroom: Newsroom, talk: Talk, turn: TalkTurn, text: str, history: Sequence[Turn] = ()) -> Answer:
    return newsroom.ask(text, now=talk.asked_at, lang=question_language(turn.question), history=history)


def _outcome(
    newsroom: Newsroom, talk: Talk, turn: TalkTurn, answer: Answer, *, compared: bool
) -> TurnOutcome:
    outcome = TurnOutcome(
        talk.id,
        question_language(turn.question),
        turn,
        answer.question.text if answer.question.asked else None,
        _judged(answer, turn),
    )
    if not compared or turn.standalone is None:
        return outcome
    written_out = _judged(_ask(newsroom, talk, turn, turn.standalone), turn)
    return replace(
        outcome, written_out=written_out, typed=_judged(_ask(newsroom, talk, turn, turn.question), turn)
    )


def _judged(answer: Answer, turn: TalkTurn) -> Judged:
    quotes = [Quote(one.article.id, one.start, one.end, one.quote) for one in answer.citations]
    return Judged(
        any(is_right(quote, turn.article_ids, turn.answers) for quote in quotes),
        answer.status == "insufficient",
    )


def shares(outcomes: Sequence[TurnOutcome]) -> dict[str, Share]:
    """Return the shares that have floors, and what the third is to be compared with."""
    follow_ups = [one for one in outcomes if one.turn.follow_up]
    answered = [one for one in follow_ups if one.turn.answers]
    unheld = [one for one in follow_ups if not one.turn.answers]
    found = {
        RECOGNISED: share(one.understood is not None for one in follow_ups),
        ALONE: share(one.understood is None for one in outcomes if not one.turn.follow_up),
        FOUND: share(one.answer.found for one in answered),
        WRITTEN_OUT: share(one.written_out.found for one in answered if one.written_out),
        TYPED: share(one.typed.found for one in answered if one.typed),
        REFUSED: share(one.answer.refused for one in unheld),
        f"{REFUSED}, as written out by hand": share(
            one.written_out.refused for one in unheld if one.written_out
        ),
    }
    return {name: one for name, one in found.items() if one.total}


def figures(outcomes: Sequence[TurnOutcome]) -> dict[str, float]:
    """Return what is held against floors."""
    return {
        name: one.value
        for name, one in shares(outcomes).items()
        if name in (RECOGNISED, ALONE, FOUND, REFUSED)
    }


def talks_table(outcomes: Sequence[TurnOutcome], half: str) -> Table:
    """Return the shares with Wilson's intervals, of all turns and of each language."""
    table = Table("share", title=f"Conversations, {half} half, 95 % Wilson intervals", title_justify="left")
    for heading in ("of", "value", "interval", "ar", "en"):
        table.add_column(heading, justify="right")
    by_lang = {lang: shares([one for one in outcomes if one.lang == lang]) for lang in ("ar", "en")}
    for name, one in shares(outcomes).items():
        parts = [by_lang[lang].get(name, share([])) for lang in ("ar", "en")]
        interval = f"{one.interval.low:.3f}-{one.interval.high:.3f}"
        counts = [f"{part.hits}/{part.total}" for part in parts]
        table.add_row(name, f"{one.hits}/{one.total}", f"{one.value:.3f}", interval, *counts)
    return table


def times_line(run: TalkRun) -> str:
    """Return what it took to answer first turns, and the same turns again."""
    first, again = statistics.median(run.first_ms), statistics.median(run.again_ms)
    return f"A question {first:.0f} ms (median of {len(run.first_ms)}), the same again {again:.1f} ms."


def went_wrong(outcomes: Sequence[TurnOutcome]) -> str:
    """Return the turns that were taken for what they are not, and follow-ups without the right sentence."""
    lines = []
    for one in outcomes:
        fault = ""
        if (one.understood is not None) != one.turn.follow_up:
            fault = "not recognised" if one.turn.follow_up else "not left alone"
        elif one.turn.answers and one.turn.follow_up and not one.answer.found:
            fault = "refused" if one.answer.refused else "another sentence"
        if fault:
            lines.append(f"{one.talk_id}, {fault}: {one.turn.question} -> {one.understood or '-'}")
    return "\n".join(lines) or "nothing"
