"""Dense search by comparing with every vector: exact, without an index, the second reader of the catalog."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.archive.catalog import Catalog, get_meta, lane_changes
from rag.archive.encoding import unpack_vectors
from rag.archive.schema import articles, chunk_data, chunks
from rag.archive.windows import in_window
from rag.calibration import Calibration
from rag.errors import ModelMismatchError
from rag.types import Hit, TimeWindow, Vector

CACHE_BYTES = 256 << 20
"""Bytes of vectors kept in memory over all lanes; a larger lane is read in pages for each search."""
PAGE = 2048
"""Chunks read from the catalog at a time."""
_UNDATED_FROM, _UNDATED_TO = 1 << 30, -1
"""Days that lie in no window."""


@dataclass(frozen=True, slots=True)
class LaneVectors:
    """The visible chunks of a lane at one instant, in the order of their rows.

    ``vectors`` is centred, shape ``(n, dimension)``; ``first_days`` and ``last_days`` are ordinals ``(n,)``.
    ``seen`` is the newest row that was ever looked at: rows beyond it are new.
    """

    changes: int
    seen: int
    rows: NDArray[np.int64]
    ids: NDArray[np.object_]
    vectors: Vector
    first_days: NDArray[np.int64]
    last_days: NDArray[np.int64]

    def search(self, query: Vector, k: int, window: TimeWindow | None) -> list[Hit]:
        """Return the ``k`` nearest chunks by cosine, best first, older before newer where they tie."""
        scores = self.vectors @ query
        places = np.arange(len(scores))
        if window is not None:
            inside = np.ones(len(scores), dtype=bool)
            if window.end is not None:
                inside &= self.first_days <= window.end.toordinal()
            if window.start is not None:
                inside &= self.last_days >= window.start.toordinal()
            places = np.flatnonzero(inside)
        if len(places) > k:
            best = np.argpartition(-scores[places], k - 1)[:k]
            # All that tie with the last place, so that which of them is returned does not depend on chance.
            places = places[scores[places] >= scores[places][best].min()]
        order = places[np.argsort(-scores[places], kind="stable")][:k]
        return [Hit(str(self.ids[place]), float(scores[place])) for place in order]


class ExactSearch:
    """Searches the catalog's vectors, keeping the matrix of a lane in memory and current."""

    def __init__(self, catalog: Catalog, calibration: Calibration, cache_bytes: int = CACHE_BYTES) -> None:
        self._catalog = catalog
        self._calibration = calibration
        self._cache_bytes = cache_bytes
        self._cached: dict[str, LaneVectors] = {}
        self._refreshing = threading.Lock()

    def search(self, lane: str, query: Vector, k: int, window: TimeWindow | None) -> list[Hit]:
        """Return the ``k`` chunks of ``lane`` nearest to ``query`` (centred, unit length)."""
        if k <= 0:
            return []
        current = self._current(lane)
        if current is not None:
            return current.search(query, k, window)
        return self._search_in_pages(lane, query, k, window)

    def score(self, connection: sa.Connection, lane: str, ids: list[str], query: Vector) -> list[Hit]:
        """Return the cosine of each visible chunk among ``ids``, in no order."""
        hits: list[Hit] = []
        for begin in range(0, len(ids), PAGE // 4):
            wanted = chunks.c.id.in_(ids[begin : begin + PAGE // 4])
            found = connection.execute(self._statement(lane).where(wanted)).all()
            if found:
                scores = self._centred(lane, found) @ query
                hits += [Hit(row.id, float(score)) for row, score in zip(found, scores, strict=True)]
        return hits

    def _current(self, lane: str) -> LaneVectors | None:
        """Return the lane's vectors as of now, or ``None`` where they are too many to be kept."""
        with self._catalog.reading() as connection:
            self._require_model(connection)
            changes = lane_changes(connection, lane)
            held = self._cached.get(lane)
            if held is not None and held.changes == changes:
                return held
            with self._refreshing:
                held = self._cached.get(lane)
                # Another thread may have read a later instant than this one sees.
                if held is not None and held.changes >= changes:
                    return held
                return self._refresh(connection, lane, changes, held)

    def _refresh(
        self, connection: sa.Connection, lane: str, changes: int, held: LaneVectors | None
    ) -> LaneVectors | None:
        visible = np.array(connection.scalars(self._visible(lane)).all(), dtype=np.int64)
        others = sum(kept.vectors.nbytes for name, kept in self._cached.items() if name != lane)
        if others + len(visible) * self._calibration.dimension * 4 > self._cache_bytes:
            self._cached.pop(lane, None)
            return None
        parts = [] if held is None else [_kept(held, visible)]
        parts += [
            _lane_vectors(found, self._centred(lane, found))
            for found in self._pages(connection, lane, held.seen if held else 0, [])
        ]
        fresh = _joined(parts, changes, self._calibration.dimension)
        self._cached[lane] = fresh
        return fresh

    def _search_in_pages(self, lane: str, query: Vector, k: int, window: TimeWindow | None) -> list[Hit]:
        best: list[Hit] = []
        with self._catalog.reading() as connection:
            for found in self._pages(connection, lane, 0, in_window(window)):
                page = _lane_vectors(found, self._centred(lane, found))
                best += page.search(query, k, None)
                best = sorted(best, key=lambda hit: -hit.score)[:k]
        return best

    def _require_model(self, connection: sa.Connection) -> None:
        active = get_meta(connection, "model")
        if active is not None and active != self._calibration.model:
            reason = f"its vectors are of {active}, the settings name {self._calibration.model}"
            raise ModelMismatchError(str(self._catalog.directory), f"{reason}; run siyaq reindex")

    def _pages(
        self, connection: sa.Connection, lane: str, after: int, conditions: list[sa.ColumnElement[bool]]
    ) -> Iterator[list[sa.Row[Any]]]:
        statement = self._statement(lane).where(*conditions).order_by(chunks.c.row).limit(PAGE)
        while found := connection.execute(statement.where(chunks.c.row > after)).all():
            yield list(found)
            after = found[-1].row

    def _statement(self, lane: str) -> sa.Select[Any]:
        return (
            sa.select(
                chunks.c.row,
                chunks.c.id,
                articles.c.published_from,
                articles.c.published_to,
                chunk_data.c.vector,
            )
            .join(articles, articles.c.id == chunks.c.article_id)
            .join(chunk_data, chunk_data.c.row == chunks.c.row)
            .where(*self._in_lane(lane))
        )

    def _visible(self, lane: str) -> sa.Select[tuple[int]]:
        return (
            sa.select(chunks.c.row)
            .join(articles, articles.c.id == chunks.c.article_id)
            .where(*self._in_lane(lane))
            .order_by(chunks.c.row)
        )

    def _in_lane(self, lane: str) -> tuple[sa.ColumnElement[bool], ...]:
        model = self._calibration.model
        return (chunks.c.lane == lane, chunks.c.model == model, articles.c.status == "active")

    def _centred(self, lane: str, found: Sequence[sa.Row[Any]]) -> Vector:
        raw = unpack_vectors([row.vector for row in found], self._calibration.dimension)
        return self._calibration.center_passages(lane, raw)


def _lane_vectors(found: list[sa.Row[Any]], vectors: Vector) -> LaneVectors:
    first = [_UNDATED_FROM if row.published_from is None else row.published_from for row in found]
    last = [_UNDATED_TO if row.published_to is None else row.published_to for row in found]
    return LaneVectors(
        changes=0,
        seen=found[-1].row,
        rows=np.array([row.row for row in found], dtype=np.int64),
        ids=np.array([row.id for row in found], dtype=object),
        vectors=vectors,
        first_days=np.array(first, dtype=np.int64),
        last_days=np.array(last, dtype=np.int64),
    )


def _kept(held: LaneVectors, visible: NDArray[np.int64]) -> LaneVectors:
    """Return ``held`` without the rows that are no longer visible."""
    keep = np.isin(held.rows, visible, assume_unique=True)
    if keep.all():
        return held
    return LaneVectors(
        held.changes,
        held.seen,
        held.rows[keep],
        held.ids[keep],
        held.vectors[keep],
        held.first_days[keep],
        held.last_days[keep],
    )


def _joined(parts: list[LaneVectors], changes: int, dimension: int) -> LaneVectors:
    if len(parts) == 1:
        return replace(parts[0], changes=changes)
    days = np.zeros(0, dtype=np.int64)
    empty = LaneVectors(
        0, 0, days, np.zeros(0, dtype=object), np.zeros((0, dimension), dtype=np.float32), days, days
    )
    parts = parts or [empty]
    return LaneVectors(
        changes,
        max(part.seen for part in parts),
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.first_days for part in parts]),
        np.concatenate([part.last_days for part in parts]),
    )
