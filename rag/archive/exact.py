"""Dense search by comparing with every vector: exact, without an index, the second reader of the catalog."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import sqlalchemy as sa

from rag.archive.catalog import Catalog, LaneChanges, get_meta, model_and_changes
from rag.archive.encoding import unpack_vectors
from rag.archive.lanes import LaneVectors, lane_vectors
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks
from rag.archive.windows import in_window
from rag.calibration import Calibration
from rag.errors import ModelMismatchError
from rag.types import Hit, TimeWindow, Vector

CACHE_BYTES = 512 << 20
"""Bytes of vectors kept in memory over all lanes; a larger lane is read in pages for each search.

Some 140,000 chunks of the default model's.
"""
PAGE = 2048
"""Chunks read from the catalog at a time."""
_IDS = 500


class ExactSearch:
    """Searches the catalog's vectors, keeping the matrix of a lane in memory and current."""

    def __init__(self, catalog: Catalog, calibration: Calibration, cache_bytes: int = CACHE_BYTES) -> None:
        self._catalog = catalog
        self._calibration = calibration
        self._cache_bytes = cache_bytes
        self._cached: dict[str, LaneVectors] = {}
        self._refreshing = threading.Lock()

    def search(self, lane: str, query: Vector, k: int, window: TimeWindow | None) -> list[Hit]:
        """Return the ``k`` chunks of ``lane`` nearest to ``query`` (centred, unit length).

        Raises `ModelMismatchError` when the catalog's vectors are not of the calibration's model.
        """
        if k <= 0:
            return []
        current = self._current(lane)
        if current is not None:
            return current.search(query, k, window)
        return self._search_in_pages(lane, query, k, window)

    def score(
        self,
        connection: sa.Connection,
        lane: str,
        ids: list[str],
        query: Vector,
        window: TimeWindow | None = None,
    ) -> list[Hit]:
        """Return the cosine of each visible chunk among ``ids``, of ``window`` if given, in no order."""
        hits: list[Hit] = []
        for begin in range(0, len(ids), _IDS):
            wanted = chunks.c.id.in_(ids[begin : begin + _IDS])
            found = connection.execute(self._statement(lane).where(wanted)).all()
            if found:
                hits += self._lane(lane, found).search(query, len(found), window)
        return hits

    def _current(self, lane: str) -> LaneVectors | None:
        """Return the lane's vectors as of now, or ``None`` where they are too many to be kept."""
        with self._catalog.reading() as connection:
            model, changes = model_and_changes(connection, lane)
            self._require(model)
            held = self._cached.get(lane)
            if held is not None and held.changes == changes:
                return held
            with self._refreshing:
                held = self._cached.get(lane)
                # Another thread may have read it meanwhile, or a later instant than this one sees.
                if held is not None and held.changes.reached(changes):
                    return held
                fresh = self._refresh(connection, lane, changes, held)
                if fresh is None:
                    self._cached.pop(lane, None)
                else:
                    self._cached[lane] = fresh
                return fresh

    def _refresh(
        self, connection: sa.Connection, lane: str, changes: LaneChanges, held: LaneVectors | None
    ) -> LaneVectors | None:
        others = sum(kept.buffer.nbytes for name, kept in self._cached.items() if name != lane)
        most = (self._cache_bytes - others) // (4 * self._calibration.dimension)
        if held is None:
            if (connection.scalar(self._visible(lane, sa.func.count())) or 0) > most:
                return None
            held = self._lane(lane, [])
        elif held.changes.erased != changes.erased:
            visible = connection.scalars(self._visible(lane, chunks.c.row)).all()
            held = held.without(~np.isin(held.rows, np.array(visible, dtype=np.int64), assume_unique=True))
        # Rows are numbered in the order in which they are committed: whatever is new has a higher one.
        for found in self._pages(connection, lane, held.seen, []):
            held = held.extended(self._lane(lane, found))
            if len(held.rows) > most:
                return None
        return replace(held, changes=changes)

    def _search_in_pages(self, lane: str, query: Vector, k: int, window: TimeWindow | None) -> list[Hit]:
        best: list[Hit] = []
        with self._catalog.reading() as connection:
            self._require(get_meta(connection, "model"))
            for found in self._pages(connection, lane, 0, in_window(window)):
                best += self._lane(lane, found).search(query, k)
                best = sorted(best, key=lambda hit: -hit.score)[:k]
        return best

    def _require(self, active: str | None) -> None:
        if active is not None and active != self._calibration.model:
            reason = f"its vectors are of {active}, the settings name {self._calibration.model}"
            raise ModelMismatchError(str(self._catalog.directory), f"{reason}; run siyaq reindex")

    def _pages(
        self, connection: sa.Connection, lane: str, after: int, conditions: list[sa.ColumnElement[bool]]
    ) -> Iterator[Sequence[sa.Row[Any]]]:
        statement = self._statement(lane).where(*conditions).order_by(chunks.c.row).limit(PAGE)
        while found := connection.execute(statement.where(chunks.c.row > after)).all():
            yield found
            after = found[-1].row

    def _statement(self, lane: str) -> sa.Select[Any]:
        columns = (
            chunks.c.row,
            chunks.c.id,
            articles.c.published_from,
            articles.c.published_to,
            chunk_data.c.vector,
        )
        return self._visible(lane, *columns).join(chunk_data, chunk_data.c.row == chunks.c.row)

    def _visible(self, lane: str, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        return (
            sa.select(*columns)
            .select_from(chunks)
            .join(articles, articles.c.id == chunks.c.article_id)
            .where(
                chunks.c.lane == lane,
                chunks.c.model == self._calibration.model,
                IS_ACTIVE,
            )
        )

    def _lane(self, lane: str, found: Sequence[sa.Row[Any]]) -> LaneVectors:
        raw = unpack_vectors([row.vector for row in found], self._calibration.dimension)
        return lane_vectors(
            LaneChanges(0, 0),
            [row.row for row in found],
            [row.id for row in found],
            [(row.published_from, row.published_to) for row in found],
            self._calibration.center_passages(lane, raw),
        )
