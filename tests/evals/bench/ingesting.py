"""What an ingest costs beside its embedding, for Siyaq and for LlamaIndex's own pipeline."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from ingest.pipeline import Progress, ingest_paths
from rag.archive.archive import INDEXED_LANE, open_archive
from rag.calibration import Calibration
from tests.evals.bench.invented import NOW, invented_lines
from tests.evals.bench.llama import ingest_documents
from tests.evals.bench.models import InstantEmbedding, TimedEmbedding, open_model
from tests.evals.bench.parts import Part, progress
from tests.evals.bench.sizes import Sizes
from tests.evals.trials import OnProgress

BAR = 0.15
"""What everything but embedding may take, as a share of the embedding."""
WORDS = 300


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds an article: in the embedding model, and in everything else."""

    embedding: float
    rest: float

    @property
    def share(self) -> float:
        """The rest as a share of the embedding."""
        return self.rest / self.embedding


def measure(sizes: Sizes) -> Part:
    """Ingest invented articles of about `WORDS` words.

    The rest is measured on all of them with a stand-in that embeds in no time, the embedding on the first.
    """
    model, calibration = open_model()
    lines = list(invented_lines(sizes.articles, WORDS))
    few = lines[: min(sizes.embedded, len(lines))]
    with progress() as tell:
        embedding = TimedEmbedding(model)
        embedded = _siyaq(few, embedding, calibration, "embedding", tell)
        rest = _siyaq(lines, InstantEmbedding(model), calibration, "everything else", tell)
        documents = [json.loads(line) for line in lines]
        timed = TimedEmbedding(model)
        tell("LlamaIndex's pipeline", 0, 2)
        theirs = ingest_documents(documents[: len(few)], timed)
        tell("LlamaIndex's pipeline", 1, 2)
        their_rest = ingest_documents(documents, InstantEmbedding(model))
        tell("LlamaIndex's pipeline", 2, 2)
    ours = Cost(embedding.seconds / len(few), rest / len(lines))
    other = Cost(timed.seconds / len(few), their_rest / len(lines))
    return Part(
        figures={"articles": len(lines), "embedded": len(few), "words": WORDS},
        machine={
            "siyaq.seconds_an_article": embedded / len(few),
            "siyaq.embedding_seconds_an_article": ours.embedding,
            "siyaq.rest_seconds_an_article": ours.rest,
            "siyaq.rest_share": ours.share,
            "llamaindex.seconds_an_article": theirs / len(few),
            "llamaindex.embedding_seconds_an_article": other.embedding,
            "llamaindex.rest_seconds_an_article": other.rest,
            "llamaindex.rest_share": other.share,
        },
    )


def table(part: Part) -> Table:
    """Return the costs side by side."""
    figures, machine = part.figures, part.machine
    shown = Table(
        "seconds an article",
        title=f"Ingest of {figures['articles']:,.0f} invented articles of {figures['words']:.0f} words",
        title_justify="left",
        caption=f"The embedding is timed on {figures['embedded']:.0f} of them, the rest on all, with a "
        "stand-in for the model that takes none.\nSiyaq embeds every sentence too, LlamaIndex only chunks.",
        caption_justify="left",
    )
    for heading in ("Siyaq", "LlamaIndex IngestionPipeline"):
        shown.add_column(heading, justify="right")
    rows = {
        f"all of it, on the {figures['embedded']:.0f}": "seconds_an_article",
        "embedding": "embedding_seconds_an_article",
        "everything else": "rest_seconds_an_article",
    }
    for name, key in rows.items():
        shown.add_row(name, f"{machine[f'siyaq.{key}']:.4f}", f"{machine[f'llamaindex.{key}']:.4f}")
    shares = (f"{machine[f'{who}.rest_share']:.1%}" for who in ("siyaq", "llamaindex"))
    shown.add_row(f"everything else to embedding (at most {BAR:.0%})", *shares)
    return shown


def _siyaq(
    lines: Sequence[str], model: TimedEmbedding, calibration: Calibration, stage: str, tell: OnProgress
) -> float:
    """Ingest JSON lines as ``siyaq ingest`` does, and return the seconds it took."""
    counted = itertools.count(1)

    def heard(at: Progress) -> None:
        if at.stage == "embedding":
            tell(f"ingesting: {stage}", next(counted), len(lines))

    with TemporaryDirectory() as folder:
        file = Path(folder) / "invented.jsonl"
        file.write_text("\n".join(lines), encoding="utf-8")
        with open_archive(Path(folder) / "archive", calibration=calibration) as archive:
            begun = time.perf_counter()
            report = ingest_paths([file], archive=archive, embedder=model, now=NOW, on_progress=heard)
            if max(archive.lane_sizes().values()) >= INDEXED_LANE:
                archive.sync()
            spent = time.perf_counter() - begun
    if len(report.added) != len(lines):
        raise RuntimeError(f"{len(report.added)} of {len(lines)} articles were added: {report.refused[:3]}")
    return spent
