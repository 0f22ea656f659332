"""LlamaIndex's retrievers over the same large set of invented chunks and the same vectors."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
from rich.table import Table

from rag.embedding import SiyaqEmbedding
from tests.evals.bench.invented import invented_articles, invented_questions
from tests.evals.bench.llama import retrievers
from tests.evals.bench.models import open_model
from tests.evals.bench.parts import Part, Stopwatch, below, disk_bytes, peak_bytes, progress, resident_bytes
from tests.evals.bench.sizes import Sizes
from tests.evals.trials import OnProgress

_PASSES = 2


def measure(sizes: Sizes, directory: Path) -> Part:
    """Index the invented chunks in ``directory`` and ask them, in a process that has done nothing else."""
    embedder, _ = open_model()
    before = resident_bytes()
    with progress() as tell:
        nodes = _nodes(sizes.chunks, tell)
        tell("LlamaIndex indexes", 0, 1)
        begun = time.perf_counter()
        asked = retrievers(nodes, directory, embedder)
        filled = time.perf_counter() - begun
        tell("LlamaIndex indexes", 1, 1)
        count = len(nodes)
        del nodes
        watch = _ask(asked, sizes.questions, embedder, tell)
    return Part(
        figures={"chunks": count, "questions": sizes.questions},
        machine={
            "indexing_seconds": filled,
            "index_bytes": disk_bytes(directory),
            "resident_before_bytes": before,
            "resident_bytes": resident_bytes(),
            "peak_bytes": peak_bytes(),
        },
        times=watch.times,
    )


def _nodes(chunks: int, tell: OnProgress) -> list[TextNode]:
    _, calibration = open_model()
    nodes: list[TextNode] = []
    for article in invented_articles(chunks, calibration):
        source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.article.id)}
        nodes += [
            TextNode(
                id_=f"{article.article.id}-{chunk.number}",
                text=chunk.text,
                embedding=vector.tolist(),
                relationships=source,
            )
            for chunk, vector in zip(article.chunks, article.chunk_vectors, strict=True)
        ]
        if len(nodes) % 300 == 0:
            tell("making LlamaIndex nodes", len(nodes), chunks)
    tell("making LlamaIndex nodes", len(nodes), chunks)
    return nodes


def _ask(asked: dict[str, Any], count: int, embedder: SiyaqEmbedding, tell: OnProgress) -> Stopwatch:
    questions = invented_questions(count)
    watch = Stopwatch()
    for turn in range(_PASSES + 1):
        watch = Stopwatch() if turn <= 1 else watch  # the first round only warms up
        for number, question in enumerate(questions):
            for name, retriever in asked.items():
                watch.time(name, retriever.retrieve, question.text)
            tell("asking LlamaIndex", turn * len(questions) + number + 1, (_PASSES + 1) * len(questions))
    return watch


def table(part: Part, siyaq: Part) -> Table:
    """Return the times beside those of Siyaq's own archive."""
    title = f"Beside LlamaIndex at {part.figures['chunks']:,.0f} chunks, warm: milliseconds a question"
    shown = Table("", title=title, title_justify="left")
    for heading in ("median", "95 % below", "filled in, s", "memory added, MB", "disk, MB"):
        shown.add_column(heading, justify="right")
    ours, theirs = siyaq.machine, part.machine
    added = (one["resident_bytes"] - one["resident_before_bytes"] for one in (ours, theirs))
    own, other = (f"{count / 1e6:.0f}" for count in added)
    spent = siyaq.times["retrieval"]
    shown.add_row(
        "Siyaq",
        f"{median(spent):.1f}",
        f"{below(spent):.1f}",
        _seconds(ours["adding_seconds"] + ours["indexing_seconds"]),
        own,
        f"{(ours['catalog_bytes'] + ours['index_bytes']) / 1e6:.0f}",
    )
    for name, spent in part.times.items():
        shown.add_row(name, f"{median(spent):.1f}", f"{below(spent):.1f}", "", "", "")
    disk = f"{theirs['index_bytes'] / 1e6:.0f}"
    shown.add_row("LlamaIndex, all of it", "", "", f"{theirs['indexing_seconds']:.0f}", other, disk)
    return shown


def _seconds(spent: float) -> str:
    return f"{spent:.0f}" if spent else "kept"
