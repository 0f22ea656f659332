"""The vectors of one lane in memory, at one instant of the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.archive.catalog import LaneChanges
from rag.types import Hit, TimeWindow, Vector

_UNDATED_FROM, _UNDATED_TO = 1 << 30, -1
"""Days that lie in no window."""

Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LaneVectors:
    """The visible chunks of a lane, in the order of their rows.

    ``buffer`` holds the centred vectors, shape ``(capacity, dimension)``, of which the first ``len(rows)``
    are this instant's: a later instant is written behind them, so that an article more does not copy a lane.
    ``first_days`` and ``last_days`` are ordinals; ``seen`` is the newest row there was, all beyond are new.
    """

    changes: LaneChanges
    seen: int
    rows: Ordinals
    ids: NDArray[np.object_]
    first_days: Ordinals
    last_days: Ordinals
    buffer: Vector

    @property
    def vectors(self) -> Vector:
        """The centred vectors, shape ``(n, dimension)``."""
        return self.buffer[: len(self.rows)]

    def search(self, query: Vector, k: int, window: TimeWindow | None = None) -> list[Hit]:
        """Return the ``k`` nearest chunks by cosine, best first, older before newer where they tie."""
        scores = self.vectors @ query
        places = self._places(window)
        if len(places) > k:
            worst = np.partition(scores[places], len(places) - k)[len(places) - k]
            places = places[scores[places] >= worst]
        order = places[np.argsort(-scores[places], kind="stable")][:k]
        return [Hit(str(self.ids[place]), float(scores[place])) for place in order]

    def without(self, gone: NDArray[np.bool_]) -> LaneVectors:
        """Return the lane without the chunks marked in ``gone``."""
        if not gone.any():
            return self
        keep = ~gone
        return replace(
            self,
            rows=self.rows[keep],
            ids=self.ids[keep],
            first_days=self.first_days[keep],
            last_days=self.last_days[keep],
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
            first_days=np.concatenate([self.first_days, later.first_days]),
            last_days=np.concatenate([self.last_days, later.last_days]),
            buffer=buffer,
        )

    def _places(self, window: TimeWindow | None) -> Ordinals:
        inside = np.ones(len(self.rows), dtype=bool)
        if window is not None and window.end is not None:
            inside &= self.first_days <= window.end.toordinal()
        if window is not None and window.start is not None:
            inside &= self.last_days >= window.start.toordinal()
        return np.flatnonzero(inside)


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
        first_days=np.array([_UNDATED_FROM if first is None else first for first, _ in days], dtype=np.int64),
        last_days=np.array([_UNDATED_TO if last is None else last for _, last in days], dtype=np.int64),
        buffer=vectors,
    )
