"""An archive filled with invented articles by its own `add`, and an index by its own `sync`."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from rag.archive.archive import Archive, open_archive
from rag.calibration import Calibration
from tests.evals.bench.invented import invented_articles
from tests.evals.trials import OnProgress

_TOLD_EVERY = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling an archive took, in seconds, and what it holds; no seconds where it was full already."""

    articles: int
    chunks: int
    adding: float
    indexing: float


def fill(directory: Path, chunks: int, calibration: Calibration, tell: OnProgress) -> Filled:
    """Bring the archive in ``directory`` to ``chunks`` invented chunks, its index up to date.

    What an earlier run has filled is left as it is; one that was interrupted is gone on with.
    """
    with open_archive(directory, calibration=calibration) as archive:
        _fear_no_power_cut(archive)
        held = sum(archive.lane_sizes().values())
        adding = indexing = 0.0
        passed = 0
        for number, article in enumerate(invented_articles(chunks, calibration) if held < chunks else ()):
            passed += len(article.chunks)
            if passed > held:
                begun = time.perf_counter()
                archive.add(article)
                adding += time.perf_counter() - begun
            if number % _TOLD_EVERY == 0:
                tell("adding invented articles", passed, chunks)
        tell("adding invented articles", chunks, chunks)
        tell("building the index", 0, 1)
        begun = time.perf_counter()
        if archive.sync():
            indexing = time.perf_counter() - begun
        tell("building the index", 1, 1)
        report = archive.check()
        if report.problems or report.pending:
            raise RuntimeError(f"the archive is not in order: {report.problems}, {report.pending} pending")
        return Filled(report.articles, report.chunks, adding, indexing)


def _fear_no_power_cut(archive: Archive) -> None:
    """Let commits return before the disk has them: here they are many, and can be made again."""

    @sa.event.listens_for(archive.engine, "connect")
    def prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    archive.engine.dispose()
