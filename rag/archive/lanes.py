"""The vectors of one lane in memory, at one instant of the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.archive.catalog import LaneChanges
from rag.archive.windows import Days, days_of
from rag.types import Hit, TimeWindow, Vector

_FEW = 0.15
"""Below this share of a lane, taking vectors out of it is quicker than comparing with all of them."""

Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LaneVectors:
    """The visible chunks of a lane, in the order of their rows.

    ``buffer`` holds the centred vectors, shape ``(capacity, dimension)``, of which the first ``len(rows)``
    are this instant's: a later instant is written behind them, so that an article more does not copy a lane.
    ``seen`` is the newest row there was, all beyond are new.
    """

    changes: LaneChanges
    seen: int
    rows: Ordinals
    ids: NDArray[np.object_]
    days: Days
    buffer: Vector

    @property
    def vectors(self) -> Vector:
        """The centred vectors, shape ``(n, dimension)``."""
        return self.buffer[: len(self.rows)]

    def search(self, query: Vector, k: int, window: TimeWindow | None = None) -> list[Hit]:
        """Return the ``k`` nearest chunks by cosine, best first, older before newer where they tie."""
        places = np.flatnonzero(self.days.within(window))
        if len(places) < len(self.rows) * _FEW:
            scores = self.vectors[places] @ query
        else:
            scores = (self.vectors @ query)[places]
        nearest = np.arange(len(places))
        if len(places) > k:
            worst = np.partition(scores, len(places) - k)[len(places) - k]
            nearest = np.flatnonzero(scores >= worst)
        order = nearest[np.argsort(-scores[nearest], kind="stable")][:k]
        return [Hit(str(self.ids[places[at]]), float(scores[at])) for at in order]

    def without(self, gone: NDArray[np.bool_]) -> LaneVectors:
        """Return the lane without the chunks marked in ``gone``."""
        if not gone.any():
            return self
        keep = ~gone
        return replace(
            self,
            rows=self.rows[keep],
            ids=self.ids[keep],
            days=self.days.only(keep),
            buffer=self.vectors[keep],
        )

    def extended(self, later: LaneVectors) -> LaneVectors:
        """Return the lane with ``later`` behind it; each instant may be extended once only."""
        count, total = len(self.rows), len(self.rows) + len(later.rows)
        buffer = self.buffer
        if total > len(buffer):
            buffer = np.empty((total + total // 4, buffer.shape[1]), dtype=np.float32)
            buffer[:count] = self.vectors
        buffer[count:total] = later.vectors
        return replace(
            self,
            seen=later.seen,
            rows=np.concatenate([self.rows, later.rows]),
            ids=np.concatenate([self.ids, later.ids]),
            days=self.days.followed_by(later.days),
            buffer=buffer,
        )


def lane_vectors(
    changes: LaneChanges,
    rows: Sequence[int],
    ids: Sequence[str],
    days: Sequence[tuple[int | None, int | None]],
    vectors: Vector,
) -> LaneVectors:
    """Return a lane of chunks with their centred ``vectors`` and the days of their articles, if known."""
    return LaneVectors(
        changes=changes,
        seen=rows[-1] if rows else 0,
        rows=np.array(rows, dtype=np.int64),
        ids=np.array(ids, dtype=object),
        days=days_of(days),
        buffer=vectors,
    )
