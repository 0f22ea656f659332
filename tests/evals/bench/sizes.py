"""How large the bench is run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything is made and asked; the defaults take some minutes on two cores.

    ``chunks`` are invented for the archive, ``articles`` for the ingest, of which ``embedded`` are embedded
    for real; ``questions`` are put to the large archive. ``whole_data`` asks every question of the first
    assignment of the public data, instead of each third.
    """

    chunks: int = 6_000
    articles: int = 200
    embedded: int = 12
    questions: int = 40
    whole_data: bool = False
    data: Path | None = None
    archive: Path | None = None


FULL = Sizes(chunks=100_000, articles=2_000, embedded=30, questions=100, whole_data=True)
