"""The log of what the vector index has yet to apply, and the catalog as that index should be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag.archive.catalog import log_changes
from rag.archive.encoding import unpack_vectors
from rag.archive.schema import IS_ACTIVE, articles, chunk_data, chunks, index_changes
from rag.archive.windows import in_window
from rag.calibration import Calibration
from rag.types import TimeWindow, Vector

_IDS = 500
"""Ids in one statement."""
# Made once: a search waits for it.
_VISIBLE = (
    sa.select(chunks.c.id)
    .join(articles, articles.c.id == chunks.c.article_id)
    .where(
        chunks.c.id.in_(sa.bindparam("wanted", expanding=True)),
        chunks.c.model == sa.bindparam("model"),
        IS_ACTIVE,
    )
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of the log, and what is left to do for them: the last word on each id counts."""

    seqs: list[int]
    upserts: list[str]
    deletes: dict[str, list[str]]


def next_batch(connection: sa.Connection, size: int) -> Batch:
    """Return the oldest ``size`` entries."""
    entries = connection.execute(sa.select(index_changes).order_by(index_changes.c.seq).limit(size)).all()
    last = {entry.chunk_id: entry for entry in entries}
    deletes: dict[str, list[str]] = {}
    for entry in last.values():
        if entry.action == "delete":
            deletes.setdefault(entry.lane, []).append(entry.chunk_id)
    upserts = [entry.chunk_id for entry in last.values() if entry.action == "upsert"]
    return Batch([entry.seq for entry in entries], upserts, deletes)


def drop(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Take applied entries out of the log."""
    connection.execute(index_changes.delete().where(index_changes.c.seq.in_(seqs)))


def drop_up_to(connection: sa.Connection, seq: int) -> None:
    """Take out every entry up to ``seq``: an index built since then has them all."""
    connection.execute(index_changes.delete().where(index_changes.c.seq <= seq))


def log_deletes(connection: sa.Connection, lane: str, ids: list[str]) -> None:
    """Note ids that the index holds and the catalog does not know; ids that came meanwhile are left."""
    known = {
        chunk_id
        for begin in range(0, len(ids), _IDS)
        for chunk_id in connection.scalars(
            sa.select(chunks.c.id).where(chunks.c.id.in_(ids[begin : begin + _IDS]))
        )
    }
    if strays := [chunk_id for chunk_id in ids if chunk_id not in known]:
        log_changes(connection, lane, strays, "delete")


def newest_seq(connection: sa.Connection) -> int:
    """Return the number of the newest entry, 0 where there is none."""
    return connection.scalar(sa.select(sa.func.max(index_changes.c.seq))) or 0


def count(connection: sa.Connection) -> int:
    """Return how many entries wait."""
    return connection.scalar(sa.select(sa.func.count()).select_from(index_changes)) or 0


def actions_in(connection: sa.Connection, lane: str, limit: int | None, after: int = 0) -> dict[str, str]:
    """Return the last action on each id of ``lane`` that waits, of at most ``limit`` entries."""
    statement = (
        sa.select(index_changes.c.chunk_id, index_changes.c.action)
        .where(index_changes.c.lane == lane, index_changes.c.seq > after)
        .order_by(index_changes.c.seq)
        .limit(limit)
    )
    return {entry.chunk_id: entry.action for entry in connection.execute(statement)}


def count_chunks(connection: sa.Connection, model: str) -> int:
    """Return how many chunks of ``model`` the catalog holds."""
    return connection.scalar(sa.select(sa.func.count()).where(chunks.c.model == model)) or 0


def lane_ids(connection: sa.Connection, model: str, lane: str) -> set[str]:
    """Return the ids that the index should hold of ``lane`` once nothing waits."""
    statement = sa.select(chunks.c.id).where(chunks.c.lane == lane, chunks.c.model == model)
    return set(connection.scalars(statement))


def visible_ids(
    connection: sa.Connection, model: str, ids: Sequence[str], window: TimeWindow | None = None
) -> set[str]:
    """Return those of ``ids`` that are chunks of an active article, published in ``window`` if given."""
    statement = _VISIBLE.where(*in_window(window))
    visible: set[str] = set()
    for begin in range(0, len(ids), _IDS):
        asked = {"wanted": ids[begin : begin + _IDS], "model": model}
        visible.update(connection.scalars(statement, asked))
    return visible


def chunk_page(connection: sa.Connection, model: str, after: int, size: int) -> Sequence[sa.Row[Any]]:
    """Return the next ``size`` chunks beyond row ``after`` as (row, id, lane, vector)."""
    statement = (
        _vectors().where(chunks.c.model == model, chunks.c.row > after).order_by(chunks.c.row).limit(size)
    )
    return connection.execute(statement).all()


def vectors_of(
    connection: sa.Connection, ids: Collection[str], calibration: Calibration
) -> dict[str, tuple[list[str], Vector]]:
    """Return, for each lane, the ids of ``ids`` that the catalog still holds, and their centred vectors."""
    wanted = list(ids)
    found: list[sa.Row[Any]] = []
    for begin in range(0, len(wanted), _IDS):
        statement = _vectors().where(chunks.c.id.in_(wanted[begin : begin + _IDS]))
        found += connection.execute(statement.where(chunks.c.model == calibration.model)).all()
    return centred(found, calibration)


def centred(rows: Sequence[sa.Row[Any]], calibration: Calibration) -> dict[str, tuple[list[str], Vector]]:
    """Return the vectors of ``rows`` as the index holds them, by lane."""
    by_lane: dict[str, list[sa.Row[Any]]] = {}
    for row in rows:
        by_lane.setdefault(row.lane, []).append(row)
    return {
        lane: (
            [row.id for row in held],
            calibration.center_passages(
                lane, unpack_vectors([row.vector for row in held], calibration.dimension)
            ),
        )
        for lane, held in by_lane.items()
    }


def _vectors() -> sa.Select[Any]:
    return sa.select(chunks.c.row, chunks.c.id, chunks.c.lane, chunk_data.c.vector).join(
        chunk_data, chunk_data.c.row == chunks.c.row
    )
