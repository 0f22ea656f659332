"""What the evaluations compute: ranks, recall, reciprocal rank, shares, and how sure each figure is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

_NORMAL_95 = 1.959964
_DRAWS = 2000
_SEED = 20260101

Measure = Callable[[int | None], float]
"""What one question is worth, from the rank of the right article (from 1; ``None`` where it is missing)."""


def rank_of(wanted: str, ranked: Iterable[str]) -> int | None:
    """Return the rank of ``wanted``, from 1, among the distinct names of ``ranked``; ``None`` without it."""
    for rank, name in enumerate(dict.fromkeys(ranked), 1):
        if name == wanted:
            return rank
    return None


def recall_at(depth: int) -> Measure:
    """Return the measure that is 1 where the right article is among the first ``depth``."""
    return lambda rank: float(rank is not None and rank <= depth)


def reciprocal_rank(within: int) -> Measure:
    """Return the measure that is 1 / rank, and 0 beyond ``within``."""
    return lambda rank: 1 / rank if rank is not None and rank <= within else 0.0


MEASURES: dict[str, Measure] = {"R@1": recall_at(1), "R@5": recall_at(5), "MRR@10": reciprocal_rank(10)}


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; not a number where there is nothing to share."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> Interval:
        """Wilson's 95 % interval, which stays inside 0 to 1 for few questions too."""
        if not self.total:
            return Interval(0.0, 1.0)
        square = _NORMAL_95**2 / self.total
        centre = (self.value + square / 2) / (1 + square)
        margin = math.sqrt(self.value * (1 - self.value) * square + square**2 / 4) / (1 + square)
        return Interval(max(0.0, centre - margin), min(1.0, centre + margin))


def share(hits: Iterable[bool]) -> Share:
    """Count how many of ``hits`` are true."""
    counted = list(hits)
    return Share(sum(counted), len(counted))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one archive: what it was about, and where the right article came."""

    archive: str
    source: str
    question_lang: str
    evidence_lang: str
    rank: int | None


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
        sums[at] += measure(one.rank)
        counts[at] += 1
    drawn = np.random.default_rng(_SEED).integers(len(sources), size=(_DRAWS, len(sources)))
    weights = np.stack([np.bincount(draw, minlength=len(sources)) for draw in drawn])
    with np.errstate(invalid="ignore"):  # a draw may leave an archive without a question
        resampled = np.nanmean((weights @ sums.T) / (weights @ counts.T), axis=1)
    low, high = np.nanpercentile(resampled, [2.5, 97.5])
    means = sums.sum(axis=1) / counts.sum(axis=1)
    return Figure(tuple(float(mean) for mean in means), Interval(float(low), float(high)))
