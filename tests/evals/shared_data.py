"""Retrieval over public data: XQuAD in four directions, ARCD, and the archive of two languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.evaluation import squad
from tests.evals.measures import RETRIEVAL, Asked, Figure, figure
from tests.evals.trials import Bench, OnProgress, Paragraph, Trial

LANGUAGES = ("ar", "en")
FILES = {
    "xquad-ar": "xquad/xquad.ar.dev.json",
    "xquad-en": "xquad/xquad.en.dev.json",
    "arcd": "arcd/arcd-train.json",
    "splits": "two-language/splits.json",
}
SHORT_EVERY = 3
"""The short form asks each third question, beside each third distractor."""

_HEADER = """\
Retrieval on public data: an archive of paragraphs, each an article without a title; R and MRR over articles.
The language means and backgrounds in use were fitted on rag/calibration/corpus.jsonl, which was written for
Siyaq and shares nothing with the data measured here. All of this is Wikipedia; news is harder.
In brackets: 95 % bootstrap interval over the source articles of the paragraphs."""


@dataclass(frozen=True, slots=True)
class SharedData:
    """The public data sets of a folder, and the assignments of paragraphs to languages, by name."""

    xquad: Mapping[str, tuple[Paragraph, ...]]
    arcd: tuple[Paragraph, ...]
    assignments: Mapping[str, Mapping[str, str]]

    def directions(self) -> Iterator[Trial]:
        """Yield XQuAD in four directions: ``xquad ar > en`` asks in Arabic what is held in English."""
        for asked in LANGUAGES:
            for held in LANGUAGES:
                yield Trial(f"xquad {asked} > {held}", self.xquad[held], self.xquad[asked])

    def arcd_trial(self) -> Trial:
        """Return ARCD's own questions over its own paragraphs."""
        return Trial("arcd ar > ar", self.arcd, self.arcd)

    def two_language(self, assignment: str) -> Trial:
        """Return every question in both languages over each paragraph in its one language, and ARCD."""
        lang_of = self.assignments[assignment]
        held = [one for lang in LANGUAGES for one in self.xquad[lang] if lang_of[_key(one)] == lang]
        asked = [one for lang in LANGUAGES for one in self.xquad[lang]]
        return Trial(f"assignment {assignment}", (*held, *self.arcd), tuple(asked))

    def short(self) -> Trial:
        """Return the short form of the first assignment: see `SHORT_EVERY`."""
        fewer = replace(self, arcd=self.arcd[::SHORT_EVERY])
        return replace(fewer.two_language(next(iter(self.assignments))), every=SHORT_EVERY)


def read_shared(folder: Path) -> SharedData:
    """Read the data sets below ``folder``; raises FileNotFoundError where one is missing."""
    return SharedData(
        {lang: tuple(read_paragraphs(folder / FILES[f"xquad-{lang}"], "xquad", lang)) for lang in LANGUAGES},
        tuple(read_paragraphs(folder / FILES["arcd"], "arcd", "ar")),
        json.loads((folder / FILES["splits"]).read_text(encoding="utf-8"))["splits"],
    )


def read_paragraphs(path: Path, name: str, lang: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a file in the shape of SQuAD, in its order."""
    for one in squad.read_paragraphs(path):
        place = f"{name}-{one.entry}-{one.number}"
        questions = tuple(asked.text for asked in one.questions)
        answers = tuple(asked.answers for asked in one.questions)
        yield Paragraph(f"{place}-{lang}", place, f"{name}-{one.entry}", lang, one.text, questions, answers)


def _key(paragraph: Paragraph) -> str:
    """Return the name of a paragraph in the assignments: article, paragraph."""
    return paragraph.place.partition("-")[2]


def two_language_figures(asked: list[Asked]) -> dict[str, Figure]:
    """Return each measure for each question language: over all, same-language and other-language evidence.

    The names are those of the floors: ``ar all R@5``.
    """
    figures = {}
    for lang in LANGUAGES:
        own = [one for one in asked if one.question_lang == lang]
        parts = {
            "all": own,
            "same": [one for one in own if one.evidence_lang == lang],
            "other": [one for one in own if one.evidence_lang != lang],
        }
        for part, among in parts.items():
            for name, measure in RETRIEVAL.items():
                figures[f"{lang} {part} {name}"] = figure(among, measure)
    return figures


def evaluate_shared(data: SharedData, bench: Bench, console: Console, tell: OnProgress) -> dict[str, float]:
    """Search all archives of ``data``, print the tables, and return the two-language means."""
    single = [*data.directions(), data.arcd_trial()]
    double = [data.two_language(name) for name in data.assignments]
    results = bench.run_all([*double, *single], tell)
    console.print(_HEADER, markup=False)
    console.print(_single_table([(trial, results[trial.name]) for trial in single]))
    figures = two_language_figures([one for trial in double for one in results[trial.name]])
    console.print(_two_language_table(figures, len(double)))
    return {name: one.mean for name, one in figures.items()}


def _single_table(results: list[tuple[Trial, list[Asked]]]) -> Table:
    table = _table("One language: question > archive", "articles", "questions")
    for trial, asked in results:
        cells = [_cell(figure(asked, measure)) for measure in RETRIEVAL.values()]
        table.add_row(trial.name, str(len(trial.held)), str(len(asked)), *cells)
    return table


def _two_language_table(figures: Mapping[str, Figure], assignments: int) -> Table:
    table = _table(
        f"Two languages in one archive, with ARCD: mean ± deviation of {assignments} assignments, range",
        "evidence",
    )
    for lang in LANGUAGES:
        for part in ("all", "same", "other"):
            cells = [_cell(figures[f"{lang} {part} {name}"]) for name in RETRIEVAL]
            table.add_row(f"question {lang}", part, *cells)
    return table


def _table(title: str, *counts: str) -> Table:
    table = Table("", *counts, *RETRIEVAL, title=title, title_justify="left", title_style="bold")
    for column in table.columns[len(counts) + 1 :]:
        column.justify, column.no_wrap = "right", True
    return table


def _cell(one: Figure) -> str:
    interval = f"\\[{one.interval.low:.3f} {one.interval.high:.3f}]"
    if len(one.means) == 1:
        return f"{one.mean:.3f} {interval}"
    return f"{one.mean:.3f} ±{one.deviation:.3f} {min(one.means):.3f}-{max(one.means):.3f}\n{interval}"
