"""Answers over public data: the sentence cited first, and what is answered though its evidence is not there.

Each question is put to one of the five archives of two languages (each archive gets every fifth), with ARCD
as distractors: once as it is, once with its paragraph taken away, and where a near miss was made of it, once
with what was swapped. Every second one is put to an archive of its own language too, also among ARCD, and
every second one of ARCD to ARCD. What is measured on is fitted on nothing: the weights come from other sets.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.evaluation.measures import bootstrap
from rag.answering.evidence import Evidence, Weigher, shipped_weights
from rag.answering.ranking import by_reading, likeliest_first
from rag.questions import read_question
from rag.reading.reader import shipped_reader
from rag.text import clean_body
from rag.types import Question
from tests.evals.measures import Figure
from tests.evals.shared_data import LANGUAGES, SharedData
from tests.evals.trials import Bench, OnProgress, Paragraph, Trial, bench_here

SWAPS = Path(__file__).parent / "shared_swaps.jsonl"
ONE_LANGUAGE = ("xquad ar", "xquad en", "arcd")
_ONE_LANGUAGE_EVERY = 2
REFUSED = 0.1
"""The share of questions with evidence that may be refused where the other errors are read off."""
_ASKED_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Swap:
    """What makes a near miss of a question: ``words`` maps a language to what is replaced, and by what."""

    place: str
    question: int
    kind: str
    words: Mapping[str, tuple[str, str]]

    def of(self, text: str, lang: str) -> str:
        """Return the near miss that is made of ``text``; raises ValueError where there is nothing to swap."""
        old, new = self.words[lang]
        if text.count(old) != 1:
            raise ValueError(f"{self.place}, question {self.question}: {old!r} is not once in {text!r}")
        return text.replace(old, new)


@dataclass(frozen=True, slots=True)
class Asking:
    """One archive and the part of the questions that it is asked: each ``every``-th from ``first`` on."""

    trial: Trial
    swaps: tuple[Swap, ...]
    first: int
    every: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question brought; ranks are 0 where the right paragraph was not found.

    ``likely`` is the probability that the archive answers it, ``without`` the same without its paragraph,
    ``near`` that of its near miss, where one was made (of the kind ``swapped``).
    """

    archive: str
    source: str
    question_lang: str
    evidence_lang: str
    found_at: int
    shown_at: int
    first_is_right: bool
    likely: float
    without: float
    near: float | None
    swapped: str | None


def read_swaps(path: Path = SWAPS) -> tuple[Swap, ...]:
    """Read the swaps that make near misses."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(
        Swap(
            f"xquad-{row['entry']}-{row['number']}",
            int(row["question"]),
            str(row["swap"]),
            {lang: (str(row[lang]["from"]), str(row[lang]["to"])) for lang in LANGUAGES},
        )
        for row in rows
    )


def askings(data: SharedData, swaps: Sequence[Swap], every: int = 1) -> dict[str, Asking]:
    """Return what each archive is asked; with ``every`` > 1 a part of it."""
    names = list(data.assignments)
    return {
        name: Asking(data.two_language(name), tuple(swaps), at, len(names) * every)
        for at, name in enumerate(names)
    }


def askings_in_one_language(data: SharedData, swaps: Sequence[Swap], every: int = 1) -> dict[str, Asking]:
    """Return what is asked of archives of one language, and of ARCD; with ``every`` > 1 a part of it."""
    trials = [Trial(f"xquad {lang}", (*data.xquad[lang], *data.arcd), data.xquad[lang]) for lang in LANGUAGES]
    trials.append(Trial("arcd", data.arcd, data.arcd))
    step = _ONE_LANGUAGE_EVERY * every
    return {trial.name: Asking(trial, tuple(swaps), 0, step) for trial in trials}


def answer_all(asking: Asking) -> list[Outcome]:
    """Put an archive's questions to it, in a process of `Bench.spread`."""
    bench = bench_here()
    weights = shipped_weights(bench.model.name)
    weigher = Weigher(bench.model, bench.calibration, weights, shipped_reader())
    held_at = {one.place: one for one in asking.trial.held}
    swaps = {(swap.place, swap.question): swap for swap in asking.swaps}
    numbered = [(one, number) for one in asking.trial.asked for number in range(len(one.questions))]
    outcomes = []
    with bench.searching(asking.trial) as retriever:
        for one, number in numbered[asking.first :: asking.every]:
            right = held_at[one.place]
            question = _read(one, one.questions[number])
            found = retriever.search(question)
            evidence = weigher.weigh(question, found)
            others = tuple(p for p in found.passages if p.chunk.article.id != right.id)
            without = weights.answers(
                weigher.weigh(question, replace(found, passages=others)) if others else []
            )
            swap = swaps.get((one.place, number))
            near = None
            if swap is not None:
                near_miss = _read(one, swap.of(one.questions[number], one.lang))
                near = weights.answers(weigher.weigh(near_miss, retriever.search(near_miss)))
            shown = likeliest_first(evidence, weights)
            answers = right.answers[number]
            outcomes.append(
                Outcome(
                    asking.trial.name,
                    one.source,
                    one.lang,
                    right.lang,
                    _place_of(right, (p.chunk.article.id for p in found.passages)),
                    _place_of(right, (p.chunk.article.id for p in by_reading(found.passages, shown))),
                    _is_right(shown[0], right, answers) if shown else False,
                    weights.answers(evidence),
                    without,
                    near,
                    swap.kind if swap else None,
                )
            )
    return outcomes


def _read(one: Paragraph, text: str) -> Question:
    return replace(read_question(text, now=_ASKED_AT, lang=one.lang), window=None)


def _place_of(right: Paragraph, ids: Iterable[str]) -> int:
    ranked = list(dict.fromkeys(ids))
    return ranked.index(right.id) + 1 if right.id in ranked else 0


def _is_right(evidence: Evidence, right: Paragraph, answers: Sequence[str]) -> bool:
    # Answers are cleaned as the bodies were: of two spaces the archive keeps one.
    return evidence.place[0] == right.id and any(clean_body(answer) in evidence.text for answer in answers)


def evaluate_answers(
    data: SharedData, bench: Bench, console: Console, tell: OnProgress, every: int = 1
) -> dict[str, float]:
    """Ask all archives of ``data``, print the table, and return the means by name."""
    swaps = read_swaps()
    double, single = askings(data, swaps, every), askings_in_one_language(data, swaps, every)
    bench.embed([asking.trial for asking in (*double.values(), *single.values())], tell)
    found = bench.spread("answering", answer_all, double | single, tell)
    threshold = shipped_weights(bench.model.name).threshold
    outcomes = [one for name in double for one in found[name]]
    figures = figures_of(outcomes, threshold)
    title = f"Answers in the archive of two languages ({len(outcomes)} questions, a part to each assignment)"
    console.print(answers_table(figures, LANGUAGES, title))
    asked = sum(len(found[name]) for name in single)
    alone = {key: one for name in single for key, one in figures_among(name, found[name], threshold).items()}
    console.print(
        answers_table(alone, ONE_LANGUAGE, f"Answers in one language, among ARCD ({asked} questions)")
    )
    return {name: one.mean for name, one in (figures | alone).items()}


def figures_of(outcomes: Sequence[Outcome], threshold: float) -> dict[str, Figure]:
    """Return every figure of the answers by name, such as ``ar other first sentence right``.

    What is read off at `REFUSED` is read where that share of a language's questions with evidence is refused;
    the rest at ``threshold``, the one that ships.
    """
    figures: dict[str, Figure] = {}
    for lang in LANGUAGES:
        own = [one for one in outcomes if one.question_lang == lang]
        parts = {
            "all": own,
            "same": [one for one in own if one.evidence_lang == lang],
            "other": [one for one in own if one.evidence_lang != lang],
        }
        for part, among in parts.items():
            figures |= _of_ranks(f"{lang} {part}", among, threshold)
        figures |= _of_refusals(lang, own, threshold)
    return figures


def figures_among(name: str, outcomes: Sequence[Outcome], threshold: float) -> dict[str, Figure]:
    """Return the same figures of one archive, by names such as ``arcd R@1 as shown``."""
    return _of_ranks(name, outcomes, threshold) | _of_refusals(name, outcomes, threshold)


def _of_ranks(name: str, outcomes: Sequence[Outcome], threshold: float) -> dict[str, Figure]:
    return {
        f"{name} R@1 as shown": _figure(outcomes, lambda one: one.shown_at == 1),
        f"{name} R@5 as shown": _figure(outcomes, lambda one: 1 <= one.shown_at <= 5),
        f"{name} first sentence right": _figure(
            outcomes, lambda one: one.first_is_right and one.likely >= threshold
        ),
        f"{name} first sentence right, none refused": _figure(outcomes, lambda one: one.first_is_right),
    }


def _of_refusals(name: str, outcomes: Sequence[Outcome], threshold: float) -> dict[str, Figure]:
    near = [one for one in outcomes if one.near is not None]
    at = float(np.quantile([one.likely for one in outcomes], REFUSED))
    figures = {
        f"{name} refused with evidence": _figure(outcomes, lambda one: one.likely < threshold),
        f"{name} answered without evidence": _figure(outcomes, lambda one: one.without >= threshold),
        f"{name} answered without evidence, at 10 % refused": _figure(
            outcomes, lambda one: one.without >= at
        ),
    }
    if near:
        figures |= {
            f"{name} near misses answered": _figure(near, lambda one: (one.near or 0.0) >= threshold),
            f"{name} near misses answered, at 10 % refused": _figure(
                near, lambda one: (one.near or 0.0) >= at
            ),
        }
    return figures


def _figure(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> Figure:
    """Return the mean over the archives of the share that ``holds``, with an interval over the sources."""
    archives = {name: row for row, name in enumerate(dict.fromkeys(one.archive for one in outcomes))}
    sources = {name: column for column, name in enumerate(dict.fromkeys(one.source for one in outcomes))}
    sums = np.zeros((len(archives), len(sources)))
    counts = np.zeros_like(sums)
    for one in outcomes:
        place = archives[one.archive], sources[one.source]
        sums[place] += holds(one)
        counts[place] += 1
    means = sums.sum(axis=1) / counts.sum(axis=1)
    return Figure(tuple(float(mean) for mean in means), bootstrap(sums, counts))


def answers_table(figures: Mapping[str, Figure], columns: Sequence[str], title: str) -> Table:
    """Return the figures as a table, a row each, those of ``columns`` beside each other."""
    table = Table("", *columns, title=title, title_justify="left", title_style="bold")
    rows = (
        name.removeprefix(column).strip() for column in columns for name in figures if name.startswith(column)
    )
    for row in dict.fromkeys(rows):
        cells = []
        for column in columns:
            one = figures.get(f"{column} {row}")
            cells.append(f"{one.mean:.3f} \\[{one.interval.low:.3f} {one.interval.high:.3f}]" if one else "-")
        table.add_row(row, *cells)
    return table
