"""The chunks that a lane shows, in memory: what a ranking by words and the statistics need of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.archive.catalog import LaneChanges, model_and_changes
from rag.archive.schema import IS_ACTIVE, articles, chunks
from rag.archive.windows import Days, days_of

Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VisibleChunks:
    """The chunks of ``lane`` that may be shown at one instant of the catalog, in the order of their rows.

    ``words`` are their lengths in search terms; ``seen`` is the newest row there was, all beyond are new.
    """

    lane: str
    model: str | None
    changes: LaneChanges
    seen: int
    rows: Ordinals
    words: Ordinals
    days: Days

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def mean_words(self) -> float:
        """How long a chunk is on average, 0 where there is none."""
        return float(self.words.mean()) if len(self.words) else 0.0

    def places_of(self, rows: Ordinals) -> tuple[Ordinals, NDArray[np.bool_]]:
        """Return where each of ``rows`` is among these, and whether it is there at all."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=bool)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return places, self.rows[places] == rows


class VisibleLanes:
    """The visible chunks of each lane, read again only where a lane has changed. Thread-safe."""

    def __init__(self) -> None:
        self._held: dict[str, VisibleChunks] = {}

    def held(self, lane: str) -> VisibleChunks | None:
        """Return the chunks of ``lane`` as they were last seen, ``None`` where nobody has looked yet."""
        return self._held.get(lane)

    def of(self, connection: sa.Connection, lane: str) -> VisibleChunks:
        """Return the chunks of ``lane`` as ``connection`` sees them, or a moment later."""
        model, changes = model_and_changes(connection, lane)
        held = self._held.get(lane)
        # Another thread may have seen a later instant than this one; what that one took out is out.
        if held is not None and held.model == model and held.changes.reached(changes):
            return held
        fresh = self._held[lane] = _read(connection, lane, model, changes, held)
        return fresh


def _read(
    connection: sa.Connection,
    lane: str,
    model: str | None,
    changes: LaneChanges,
    held: VisibleChunks | None,
) -> VisibleChunks:
    if held is None or held.model != model:
        held = _visible(lane, model, LaneChanges(0, 0), 0, [])
    elif held.changes.erased != changes.erased:
        rows = connection.scalars(_statement(lane, model, chunks.c.row)).all()
        keep = np.isin(held.rows, np.array(rows, dtype=np.int64), assume_unique=True)
        held = replace(held, rows=held.rows[keep], words=held.words[keep], days=held.days.only(keep))
    columns = (chunks.c.row, chunks.c.words, articles.c.published_from, articles.c.published_to)
    newer = _statement(lane, model, *columns).where(chunks.c.row > held.seen).order_by(chunks.c.row)
    later = _visible(lane, model, changes, held.seen, connection.execute(newer).all())
    return replace(
        later,
        rows=np.concatenate([held.rows, later.rows]),
        words=np.concatenate([held.words, later.words]),
        days=held.days.followed_by(later.days),
    )


def _statement(lane: str, model: str | None, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .join_from(chunks, articles, articles.c.id == chunks.c.article_id)
        .where(chunks.c.lane == lane, chunks.c.model == model, IS_ACTIVE)
    )


def _visible(
    lane: str, model: str | None, changes: LaneChanges, seen: int, found: Sequence[sa.Row[Any]]
) -> VisibleChunks:
    return VisibleChunks(
        lane=lane,
        model=model,
        changes=changes,
        seen=found[-1].row if found else seen,
        rows=np.array([row.row for row in found], dtype=np.int64),
        words=np.array([row.words for row in found], dtype=np.int64),
        days=days_of([(row.published_from, row.published_to) for row in found]),
    )
