"""Figures over several archives; what one archive is measured by is the package's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.measures import (
    MEASURES,
    Interval,
    Measure,
    Ranks,
    Share,
    bootstrap,
    ranks_of,
    recall_at,
    reciprocal_rank,
    share,
)

__all__ = [
    "RETRIEVAL",
    "Asked",
    "Figure",
    "Interval",
    "Measure",
    "Ranks",
    "Share",
    "figure",
    "ranks_of",
    "recall_at",
    "reciprocal_rank",
    "share",
]

RETRIEVAL = {name: MEASURES[name] for name in ("R@1", "R@5", "MRR@10")}
"""What the tables of the public data show: each question has one right article there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one archive: what it was about, and where the right article came."""

    archive: str
    source: str
    question_lang: str
    evidence_lang: str
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one or several archives: the mean of their means, and how sure that is.

    ``deviation`` is the sample standard deviation of ``means``, 0 for one archive.
    """

    means: tuple[float, ...]
    interval: Interval

    @property
    def mean(self) -> float:
        """The mean over the archives."""
        return float(np.mean(self.means))

    @property
    def deviation(self) -> float:
        """The standard deviation over the archives."""
        return float(np.std(self.means, ddof=1)) if len(self.means) > 1 else 0.0


def figure(asked: Sequence[Asked], measure: Measure) -> Figure:
    """Return the mean of ``measure`` over the archives of ``asked``, with a bootstrap interval.

    What is drawn anew is the sources that paragraphs were taken from, each with all its questions in all
    archives: questions about one source are no independent evidence. Raises ValueError where none was asked.
    """
    if not asked:
        raise ValueError("nothing was asked")
    archives = {name: row for row, name in enumerate(dict.fromkeys(one.archive for one in asked))}
    sources = {name: column for column, name in enumerate(dict.fromkeys(one.source for one in asked))}
    sums = np.zeros((len(archives), len(sources)))
    counts = np.zeros_like(sums)
    for one in asked:
        at = archives[one.archive], sources[one.source]
        sums[at] += measure(one.ranks)
        counts[at] += 1
    means = sums.sum(axis=1) / counts.sum(axis=1)
    return Figure(tuple(float(mean) for mean in means), bootstrap(sums, counts))
