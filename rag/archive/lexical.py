"""Full text over our own search terms: one SQLite FTS5 table a lane, ranked by BM25.

The only module that speaks one dialect of SQL. FTS5 keeps the postings; the ranking is ours, because
FTS5's own gives no weight to a term that stands in half of the chunks, which in a small archive most do.
A term is always a bound value compared with ``=``: nothing a user writes can become query syntax.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.archive.schema import chunk_data, chunks
from rag.types import LANES, Hit, TimeWindow

if TYPE_CHECKING:
    from rag.archive.visible import Ordinals, VisibleChunks

K1 = 1.2
B = 0.75
MAX_TERMS = 128
"""Distinct terms of one query that are looked up."""
_ROWS = 500

# The command column of an FTS5 table carries the table's own name.
_WORDS = {
    lane: sa.table(f"words_{lane}", *map(sa.column, (f"words_{lane}", "rowid", "terms"))) for lane in LANES
}
_SIZES = {lane: sa.table(f"words_{lane}_docsize", sa.column("id", sa.Integer)) for lane in LANES}
_TERMS = {lane: sa.table(f"words_{lane}_terms", *map(sa.column, ("term", "doc", "cnt"))) for lane in LANES}
_PLACES = {lane: sa.table(f"words_{lane}_places", *map(sa.column, ("term", "doc"))) for lane in LANES}
_FREQUENCIES = {
    lane: sa.select(table.c.term, table.c.doc).where(table.c.term.in_(sa.bindparam("wanted", expanding=True)))
    for lane, table in _TERMS.items()
}
# A frequent term has tens of thousands of places: as one string they come several times quicker than as rows.
_PLACES_OF = {
    lane: sa.select(sa.func.group_concat(table.c.doc)).where(table.c.term == sa.bindparam("wanted"))
    for lane, table in _PLACES.items()
}


def term_line(terms: Iterable[str]) -> tuple[str, ...]:
    """Return ``terms`` as they are stored: lower case, without anything that FTS5 would split at."""
    kept = (term.lower() if term.isalnum() else _bare(term.lower()) for term in terms)
    return tuple(term for term in kept if term)


def _bare(term: str) -> str:
    return "".join(c for c in term if c.isalnum() or not (c.isascii() or c.isspace()))


def write_words(connection: sa.Connection, lane: str, rows: Sequence[tuple[int, str]]) -> None:
    """Index ``rows`` of (chunk row, terms joined by spaces)."""
    if rows:
        values = [{"rowid": row, "terms": terms} for row, terms in rows]
        connection.execute(_WORDS[lane].insert(), values)


def erase_words(connection: sa.Connection, lane: str, rows: Sequence[tuple[int, str]]) -> None:
    """Take ``rows`` out again; the terms must be those they were written with."""
    if rows:
        values = [{f"words_{lane}": "delete", "rowid": row, "terms": terms} for row, terms in rows]
        connection.execute(_WORDS[lane].insert(), values)


def rebuild_words(connection: sa.Connection, lane: str, model: str) -> None:
    """Index the lane anew from the terms that the catalog holds with the chunks of ``model``."""
    connection.execute(_WORDS[lane].insert(), {f"words_{lane}": "delete-all"})
    source = (
        sa.select(chunk_data.c.row, chunk_data.c.terms)
        .join(chunks, chunks.c.row == chunk_data.c.row)
        .where(chunks.c.lane == lane, chunks.c.model == model)
        .order_by(chunks.c.row)
    )
    connection.execute(_WORDS[lane].insert().from_select(["rowid", "terms"], source))


def indexed_rows(connection: sa.Connection, lane: str) -> set[int]:
    """Return the chunk rows that the lane's index holds."""
    return set(connection.scalars(indexed_rows_of(lane)))


def indexed_rows_of(lane: str) -> sa.Select[tuple[int]]:
    """Select the chunk rows that the lane's index holds."""
    return sa.select(_SIZES[lane].c.id)


def indexed_words(connection: sa.Connection, lane: str) -> int:
    """Return how many words the lane's index holds, read from end to end; raises where it is damaged."""
    return connection.scalar(sa.select(sa.func.sum(_TERMS[lane].c.cnt))) or 0


def document_frequencies(connection: sa.Connection, lane: str, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many chunks of the lane each of ``terms`` stands."""
    stored = {term: "".join(term_line([term])) for term in terms}
    found: dict[str, int] = dict(
        connection.execute(_FREQUENCIES[lane], {"wanted": [one for one in stored.values() if one]}).all()
    )
    return {term: int(found.get(one, 0)) for term, one in stored.items()}


def rank(
    connection: sa.Connection,
    visible: VisibleChunks,
    terms: Sequence[str],
    k: int,
    window: TimeWindow | None,
) -> list[Hit]:
    """Return the ``k`` best chunks of ``visible`` by BM25 (k1 1.2, b .75), best first, older first in a tie.

    The weight of a term is ``ln(1 + (N - n + .5) / (n + .5))``, always above zero; a term asked twice
    counts twice.
    """
    size = len(visible)
    if not size or k <= 0:
        return []
    lengths = K1 * (1 - B + B * visible.words / max(visible.mean_words, 1.0))
    scores = np.zeros(size)
    asked_for = dict(Counter(term_line(terms)).most_common(MAX_TERMS))
    frequencies = document_frequencies(connection, visible.lane, asked_for)
    for term, asked in asked_for.items():
        n = frequencies[term]
        if not n:
            continue
        rows, times = _postings(connection, visible.lane, term)
        weight = asked * math.log(1 + (max(size, n) - n + 0.5) / (n + 0.5))
        places, shown = visible.places_of(rows)
        places, times = places[shown], times[shown]
        scores[places] += weight * times * (K1 + 1) / (times + lengths[places])
    best = _best(np.where(visible.days.within(window), scores, 0.0), k)
    ids = _ids_of(connection, visible.rows[best])
    return [Hit(ids[row], float(scores[at])) for at in best if (row := int(visible.rows[at])) in ids]


def _postings(connection: sa.Connection, lane: str, term: str) -> tuple[Ordinals, Ordinals]:
    """Return the rows of the chunks that ``term`` stands in, and how often it does in each."""
    joined = connection.scalar(_PLACES_OF[lane], {"wanted": term})
    if not joined:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rows, times = np.unique(np.fromstring(joined, dtype=np.int64, sep=","), return_counts=True)
    return rows, times.astype(np.int64)


def _best(scores: NDArray[np.float64], k: int) -> Ordinals:
    """Return where the ``k`` highest of ``scores`` are, best first; none that is zero."""
    met = np.flatnonzero(scores > 0)
    if len(met) > k:
        met = met[scores[met] >= np.partition(scores[met], len(met) - k)[len(met) - k]]
    return met[np.argsort(-scores[met], kind="stable")][:k]


def _ids_of(connection: sa.Connection, rows: Ordinals) -> dict[int, str]:
    """Return the ids of the chunks of ``rows``, by row."""
    found: dict[int, str] = {}
    for begin in range(0, len(rows), _ROWS):
        wanted = chunks.c.row.in_(rows[begin : begin + _ROWS].tolist())
        found.update(connection.execute(sa.select(chunks.c.row, chunks.c.id).where(wanted)).all())
    return found
