"""The right article among the first, Siyaq beside LlamaIndex: the same articles, questions and embedding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.table import Table

from rag.embedding import SiyaqEmbedding
from tests.evals.bench.llama import articles_found, documents_of, retrievers, splitter
from tests.evals.bench.models import RememberingAll, open_model
from tests.evals.bench.parts import Part, progress
from tests.evals.measures import MEASURES, Asked, rank_of
from tests.evals.shared_data import LANGUAGES, read_shared
from tests.evals.trials import Bench, OnProgress, Trial

SIYAQ = "Siyaq"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked, and the articles of which each is right."""

    text: str
    lang: str
    right: frozenset[str]
    evidence_lang: str
    source: str

    def asked(self, system: str, ranked: Sequence[str]) -> Asked:
        """Return what became of it in a ranking of articles, best first, with repeats."""
        ranks = [rank for one in self.right if (rank := rank_of(one, ranked)) is not None]
        return Asked(system, self.source, self.lang, self.evidence_lang, min(ranks, default=None))


def measure_shared(folder: Path, whole: bool) -> Part:
    """Measure on the first assignment of the public data; a third of it unless ``whole``."""
    remembering = RememberingAll(open_model()[0])
    data = read_shared(folder)
    trial = data.two_language(next(iter(data.assignments))) if whole else data.short()
    bench = Bench(remembering)
    with progress() as tell:
        bench.embed([trial], tell)
        tell("asking Siyaq", 0, 1)
        ours = bench.run(trial)
        tell("asking Siyaq", 1, 1)
        articles = [{"id": one.id, "title": "", "text": one.text} for one in trial.held]
        theirs = ask_llama(articles, _wanted(trial), remembering, tell)
    return part_of({SIYAQ: ours, **theirs}, len(articles))


def _wanted(trial: Trial) -> list[Wanted]:
    held_at = {one.place: one for one in trial.held}
    return [
        Wanted(question.text, question.lang, frozenset({right.id}), right.lang, asked.source)
        for asked, question in trial.questions()
        if (right := held_at[asked.place])
    ]


def ask_llama(
    articles: Sequence[Mapping[str, Any]], wanted: Sequence[Wanted], model: SiyaqEmbedding, tell: OnProgress
) -> dict[str, list[Asked]]:
    """Put the questions to LlamaIndex's retrievers over ``articles`` (``id``, ``title``, ``text``)."""
    nodes = splitter().get_nodes_from_documents(documents_of(articles))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tell("LlamaIndex indexes the articles", 0, 1)
        asked = retrievers(nodes, Path(folder), model)
        tell("LlamaIndex indexes the articles", 1, 1)
        results: dict[str, list[Asked]] = {name: [] for name in asked}
        for number, one in enumerate(wanted, 1):
            for name, retriever in asked.items():
                results[name].append(one.asked(name, articles_found(retriever, one.text)))
            tell("asking LlamaIndex the questions", number, len(wanted))
    return results


def part_of(results: Mapping[str, Sequence[Asked]], articles: int) -> Part:
    """Return the mean of each measure for each system, question language and language of the evidence."""
    figures: dict[str, float] = {"articles": articles}
    for system, asked in results.items():
        for lang in LANGUAGES:
            for part in ("same", "other"):
                ranks = [
                    one.rank
                    for one in asked
                    if one.question_lang == lang and (one.evidence_lang == lang) == (part == "same")
                ]
                figures[f"{lang} {part} questions"] = len(ranks)
                for name, measure in MEASURES.items() if ranks else ():
                    mean = float(np.mean([measure(rank) for rank in ranks]))
                    figures[f"{system}: {lang} {part} {name}"] = round(mean, 4)
    return Part(figures=figures)


def table(part: Part, name: str) -> Table:
    """Return a row for each system; in a cell the measures one after the other."""
    figures = part.figures
    title = f"Quality on {name}, {figures['articles']:.0f} articles: {', '.join(MEASURES)}"
    shown = Table("", title=title, title_justify="left")
    columns = [(lang, part) for lang in LANGUAGES for part in ("same", "other")]
    for lang, evidence in columns:
        count = figures[f"{lang} {evidence} questions"]
        shown.add_column(f"asked {lang},\n{evidence} language\n({count:.0f} questions)", no_wrap=True)
    for system in dict.fromkeys(key.partition(": ")[0] for key in figures if ": " in key):
        cells = []
        for lang, evidence in columns:
            means = [figures.get(f"{system}: {lang} {evidence} {name}") for name in MEASURES]
            cells.append("  ".join("-" if mean is None else f"{mean:.3f}" for mean in means))
        shown.add_row(system, *cells)
    return shown
