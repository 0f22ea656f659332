"""Retrieval in a large archive of invented articles, beside its raw parts; its memory and disk."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from statistics import mean, median

from rich.table import Table

from rag.archive.archive import Archive, open_archive
from rag.calibration import Calibration
from rag.embedding import SiyaqEmbedding
from rag.retrieval import CANDIDATES, Retriever
from rag.text import repair
from rag.types import Question, TimeWindow, Vector
from tests.evals.bench.filling import fill
from tests.evals.bench.invented import DAYS, FIRST_DAY, LANGUAGES, invented_questions
from tests.evals.bench.models import open_model
from tests.evals.bench.parts import Part, Stopwatch, below, disk_bytes, peak_bytes, progress, resident_bytes
from tests.evals.bench.raw import RawParts, open_raw_parts, terms_of
from tests.evals.bench.sizes import Sizes

BAR = 1.5
"""What retrieval may take, as a multiple of its raw parts together."""
RAW = ("raw: question embedded", *(f"raw: Chroma, lane {lane}" for lane in LANGUAGES), "raw: full text")
_PASSES = 2
# Alone on the machine, all of this computes: what waits in it waits for others.
_UNDISTURBED = 0.85
_DISTURBED = (
    "Other processes had the processor for a part of the time: what takes longer is interrupted more often."
)


def windows() -> dict[str, TimeWindow | None]:
    """Return the windows that are asked with, by the name of the row."""
    middle = FIRST_DAY + timedelta(days=DAYS // 2)
    return {
        "retrieval": None,
        "retrieval, within a month": TimeWindow(middle, middle + timedelta(days=30)),
        "retrieval, within a year": TimeWindow(middle, middle + timedelta(days=364)),
    }


def measure(sizes: Sizes, directory: Path) -> Part:
    """Fill the archive in ``directory`` and ask it, in a process that has done nothing else."""
    embedder, calibration = open_model()
    with progress() as tell:
        filled = fill(directory, sizes.chunks, calibration, tell)
        questions = invented_questions(sizes.questions)
        before = resident_bytes()
        with open_archive(directory, calibration=calibration) as archive:
            archive.check()  # opens the index
            asking = _Asking(Retriever(archive, embedder, calibration), embedder, calibration)
            asking.ask_cold(questions[0])
            begun, busy = time.perf_counter(), time.process_time()
            with open_raw_parts(directory, LANGUAGES) as raw:
                for turn in range(_PASSES + 1):
                    for number, question in enumerate(questions, turn * len(questions) + 1):
                        asking.ask(question, raw, only_to_warm_up=turn == 0)
                        tell("asking the archive", number, (_PASSES + 1) * len(questions))
            busy = (time.process_time() - busy) / (time.perf_counter() - begun)
            after = resident_bytes()
            found = mean(_agreement(archive, asking.vector_of(question)) for question in questions)
    return Part(
        figures={
            "chunks": filled.chunks,
            "articles": filled.articles,
            "questions": len(questions),
            "index agrees with exact search": round(found, 2),
        },
        machine={
            "catalog_bytes": disk_bytes(directory / "catalog.sqlite"),
            "index_bytes": sum(map(disk_bytes, directory.glob("index-*"))),
            "resident_before_bytes": before,
            "resident_bytes": after,
            "peak_bytes": peak_bytes(),
            "adding_seconds": filled.adding,
            "indexing_seconds": filled.indexing,
            "processor_share": busy,
        }
        | {f"{name}: ratio": ratio for name, ratio in ratios(asking.watch.times).items()},
        times=asking.watch.times,
    )


class _Asking:
    """Asks one thing after the other for each question: what else the machine does falls on all alike."""

    def __init__(self, retriever: Retriever, embedder: SiyaqEmbedding, calibration: Calibration) -> None:
        self.watch = Stopwatch()
        self._retriever = retriever
        self._embedder = embedder
        self._calibration = calibration

    def vector_of(self, question: Question) -> Vector:
        """Return the question's vector without its language's mean."""
        raw = self._embedder.embed_questions([repair(question.text)])[0]
        return self._calibration.center_questions(question.lang, raw)

    def ask_cold(self, question: Question) -> None:
        """Time the first question within a window: the index and what is known of each chunk are read."""
        *_, widest = windows().values()
        self.watch.time("the very first, within a year", self._retriever.search, question, window=widest)

    def ask(self, question: Question, raw: RawParts, *, only_to_warm_up: bool) -> None:
        """Time the raw parts of a question, then its retrieval in each window."""
        watch = Stopwatch() if only_to_warm_up else self.watch
        vector = watch.time("raw: question embedded", self.vector_of, question)
        for lane in LANGUAGES:
            watch.time(f"raw: Chroma, lane {lane}", raw.nearest, lane, vector)
        watch.time("raw: full text", raw.by_words, question.lang, terms_of(question))
        for name, window in windows().items():
            watch.time(name, self._retriever.search, question, window=window)


def ratios(times: Mapping[str, tuple[float, ...]]) -> dict[str, float]:
    """Return how many times its raw parts together each kind of retrieval takes, by medians."""
    together = sum(median(times[name]) for name in RAW)
    return {name: median(times[name]) / together for name in windows()}


def _agreement(archive: Archive, vector: Vector) -> float:
    """Return the share of the nearest chunks by exact search that the index finds too, over the lanes."""
    shares = []
    for lane in LANGUAGES:
        exact = {hit.chunk_id for hit in archive.dense(lane, vector, CANDIDATES, exact=True)}
        found = {hit.chunk_id for hit in archive.dense(lane, vector, CANDIDATES)}
        shares.append(len(exact & found) / max(1, len(exact)))
    return mean(shares)


def times_table(part: Part) -> Table:
    """Return the times, and the ratio that the bar is for."""
    figures = part.figures
    table = Table(
        "",
        title=f"Retrieval at {figures['chunks']:,.0f} chunks, warm: milliseconds",
        title_justify="left",
        caption=_DISTURBED if part.machine["processor_share"] < _UNDISTURBED else None,
        caption_justify="left",
    )
    for heading in ("median", "95 % below", f"times the raw parts (at most {BAR})"):
        table.add_column(heading, justify="right")
    found = ratios(part.times)
    for name, spent in part.times.items():
        ratio = f"{found[name]:.2f}" if name in found else ""
        table.add_row(name, f"{median(spent):.1f}", f"{below(spent):.1f}", ratio)
    table.add_section()
    table.add_row("the raw parts together", f"{sum(median(part.times[name]) for name in RAW):.1f}", "", "")
    return table


def size_table(part: Part) -> Table:
    """Return memory and disk, and both for a thousand articles."""
    articles, machine = part.figures["articles"], part.machine
    title = f"Memory and disk of {articles:,.0f} articles in {part.figures['chunks']:,.0f} chunks"
    table = Table("", title=title, title_justify="left")
    table.add_column("MB", justify="right")
    table.add_column("MB per 1,000 articles", justify="right")
    rows = {
        "disk: catalog (text, vectors, words)": machine["catalog_bytes"],
        "disk: index": machine["index_bytes"],
        "memory: what opening and asking it added": machine["resident_bytes"]
        - machine["resident_before_bytes"],
    }
    for name, count in rows.items():
        table.add_row(name, f"{count / 1e6:.0f}", f"{count / 1e3 / articles:.2f}")
    table.add_row("memory: the whole process", f"{machine['resident_bytes'] / 1e6:.0f}", "")
    table.add_row("memory: the most it ever held", f"{machine['peak_bytes'] / 1e6:.0f}", "")
    return table
