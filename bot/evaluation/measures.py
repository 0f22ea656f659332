"""What evaluations compute: recall, rank measures, shares, calibration, and how sure each figure is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NORMAL_95 = 1.959964
_DRAWS = 2000
_DRAWN_AT_ONCE = 100
_SEED = 20260101
_BINS = 10


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where the right articles of one question came: their ranks from 1, of ``wanted`` in all."""

    found: tuple[int, ...]
    wanted: int


def ranks_of(wanted: Collection[str], ranked: Iterable[str]) -> Ranks:
    """Return the ranks of ``wanted`` among the distinct names of ``ranked``."""
    names = dict.fromkeys(ranked)
    found = tuple(rank for rank, name in enumerate(names, 1) if name in wanted)
    return Ranks(found, len(set(wanted)))


Measure = Callable[[Ranks], float]
"""What one question is worth, from where its right articles came."""


def recall_at(depth: int) -> Measure:
    """Return the share of the right articles that are among the first ``depth``."""
    return lambda ranks: sum(rank <= depth for rank in ranks.found) / ranks.wanted


def hit_at(depth: int) -> Measure:
    """Return the measure that is 1 where some right article is among the first ``depth``."""
    return lambda ranks: float(any(rank <= depth for rank in ranks.found))


def reciprocal_rank(within: int) -> Measure:
    """Return the measure that is 1 / rank of the first right article, and 0 beyond ``within``."""
    return lambda ranks: max((1 / rank for rank in ranks.found if rank <= within), default=0.0)


def ndcg_at(depth: int) -> Measure:
    """Return the normalised discounted cumulative gain of the first ``depth``, each right article worth 1.

    Discounted by log2(rank + 1), as in Järvelin and Kekäläinen 2002.
    """

    def gain(ranks: Iterable[int]) -> float:
        return sum(1 / math.log2(rank + 1) for rank in ranks if rank <= depth)

    return lambda ranks: gain(ranks.found) / gain(range(1, ranks.wanted + 1))


MEASURES: dict[str, Measure] = {
    "R@1": recall_at(1),
    "R@5": recall_at(5),
    "R@10": recall_at(10),
    "hit@1": hit_at(1),
    "hit@5": hit_at(5),
    "MRR@10": reciprocal_rank(10),
    "nDCG@10": ndcg_at(10),
}


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
class Estimate:
    """The mean of ``count`` values (``None`` of none), and how sure it is, where that can be told."""

    value: float | None
    interval: Interval | None
    count: int

    def as_json(self) -> dict[str, float | int | None]:
        """Return the value with the ends of its interval, and of how many it is the mean."""
        ends = (self.interval.low, self.interval.high) if self.interval else (None, None)
        value, low, high = (None if one is None else round(one, 4) for one in (self.value, *ends))
        return {"value": value, "low": low, "high": high, "of": self.count}


def estimate(values: Sequence[float], groups: Sequence[str]) -> Estimate:
    """Return the mean of ``values``, with a 95 % interval by bootstrap over ``groups``, one for each value.

    Groups are drawn anew, each with all its values: questions about one article are no independent evidence.
    One group alone says nothing of another, and gives no interval.
    """
    if not values:
        return Estimate(None, None, 0)
    columns = {name: column for column, name in enumerate(dict.fromkeys(groups))}
    sums, counts = np.zeros((1, len(columns))), np.zeros((1, len(columns)))
    for value, group in zip(values, groups, strict=True):
        sums[0, columns[group]] += value
        counts[0, columns[group]] += 1
    interval = bootstrap(sums, counts) if len(columns) > 1 else None
    return Estimate(float(sums.sum() / counts.sum()), interval, len(values))


def bootstrap(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> Interval:
    """Return the 95 % interval of the mean of the rows' means, columns (groups) drawn with replacement.

    ``sums`` and ``counts`` ``(rows, groups)`` are of a row's values in a group. The draws are the same in
    every run.
    """
    resampled: list[Any] = []
    for times in _draws(sums.shape[1]):
        with np.errstate(invalid="ignore"):  # a draw may leave a row without a value
            resampled.append((times @ sums.T) / (times @ counts.T))
    means = np.concatenate(resampled)
    return _middle(np.nanmean(means[~np.isnan(means).all(axis=1)], axis=1))


def _draws(groups: int) -> Iterator[NDArray[np.int64]]:
    """Yield how often each group is drawn, ``(some draws, groups)``, until all draws are done."""
    random = np.random.default_rng(_SEED)
    for _ in range(_DRAWS // _DRAWN_AT_ONCE):
        drawn = random.integers(groups, size=(_DRAWN_AT_ONCE, groups))
        yield np.stack([np.bincount(draw, minlength=groups) for draw in drawn])


def _middle(values: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(values, [2.5, 97.5])
    return Interval(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence is in one stretch: how sure they were on average, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The expected calibration error and the bins it is made of."""

    error: Estimate
    bins: tuple[Bin, ...]


def calibration(confidences: Sequence[float], right: Sequence[bool], groups: Sequence[str]) -> Calibration:
    """Return how far confidence is from being right: in ten bins of one width, weighed by their answers.

    Expected calibration error as in Guo et al. 2017, its interval by bootstrap over ``groups``. Few answers
    in a bin raise it by chance, and a draw has fewer still: the interval lies rather high.
    """
    bins = []
    sure = np.asarray(confidences, dtype=np.float64)
    hits = np.asarray(right, dtype=np.float64)
    place = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    for number in range(_BINS):
        inside = place == number
        count = int(inside.sum())
        ends = number / _BINS, (number + 1) / _BINS
        if not count:
            bins.append(Bin(*ends, 0, None, None))
            continue
        mean, share_right = float(sure[inside].mean()), float(hits[inside].mean())
        bins.append(Bin(*ends, count, mean, share_right))
    return Calibration(_calibration_error(sure - hits, place, groups), tuple(bins))


def _calibration_error(
    over: NDArray[np.float64], place: NDArray[np.int64], groups: Sequence[str]
) -> Estimate:
    """Estimate the error from how much too sure each answer was, and from its bin and group."""
    if not len(over):
        return Estimate(None, None, 0)
    columns = {name: column for column, name in enumerate(dict.fromkeys(groups))}
    column = np.array([columns[group] for group in groups])
    sums, counts = np.zeros((len(columns), _BINS)), np.zeros(len(columns))
    np.add.at(sums, (column, place), over)
    np.add.at(counts, column, 1)
    # A bin's share of the answers times its distance is the sum of its differences over all answers.
    value = float(np.abs(sums.sum(axis=0)).sum() / len(over))
    if len(columns) == 1:
        return Estimate(value, None, len(over))
    drawn = [np.abs(times @ sums).sum(axis=1) / (times @ counts) for times in _draws(len(columns))]
    return Estimate(value, _middle(np.concatenate(drawn)), len(over))
