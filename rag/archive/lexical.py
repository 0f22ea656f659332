"""Full text over our own search terms: one SQLite FTS5 table a lane, ranked by BM25.

The only module that speaks one dialect of SQL. FTS5 keeps the postings; the ranking is ours, because
FTS5's own gives no weight to a term that stands in half of the chunks, which in a small archive most do.
A term is always a bound value compared with ``=``: nothing a user writes can become query syntax.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from rag.archive.schema import articles, chunk_data, chunks
from rag.archive.windows import in_window
from rag.types import LANES, Hit, TimeWindow

K1 = 1.2
B = 0.75
MAX_TERMS = 128
"""Distinct terms of one query that are looked up; SQLite joins at most 500 selects into one."""

# The command column of an FTS5 table carries the table's own name.
_WORDS = {
    lane: sa.table(f"words_{lane}", *map(sa.column, (f"words_{lane}", "rowid", "terms"))) for lane in LANES
}
_SIZES = {lane: sa.table(f"words_{lane}_docsize", sa.column("id", sa.Integer)) for lane in LANES}
_TERMS = {lane: sa.table(f"words_{lane}_terms", *map(sa.column, ("term", "doc", "cnt"))) for lane in LANES}
_PLACES = {lane: sa.table(f"words_{lane}_places", *map(sa.column, ("term", "doc"))) for lane in LANES}


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
    table = _TERMS[lane]
    statement = sa.select(table.c.doc).where(table.c.term == sa.bindparam("wanted"))
    found: dict[str, int] = {}
    for term in terms:
        stored = term_line([term])
        found[term] = int(connection.scalar(statement, {"wanted": stored[0]}) or 0) if stored else 0
    return found


def rank(
    connection: sa.Connection,
    lane: str,
    terms: Sequence[str],
    k: int,
    window: TimeWindow | None,
    *,
    size: int,
    mean_words: float,
) -> list[Hit]:
    """Return the ``k`` best chunks of the lane by BM25 (k1 1.2, b .75), best first.

    ``size`` and ``mean_words`` are the lane's number of chunks and their mean length in terms. The weight
    of a term is ``ln(1 + (N - n + .5) / (n + .5))``, always above zero; a term asked twice counts twice.
    """
    asked = dict(Counter(term_line(terms)).most_common(MAX_TERMS))
    frequencies = document_frequencies(connection, lane, asked)
    weights = {
        term: asked[term] * math.log(1 + (max(size, n) - n + 0.5) / (n + 0.5))
        for term, n in frequencies.items()
        if n
    }
    if not weights or k <= 0:
        return []
    postings = _postings(lane, weights)
    length = 1 - B + B * chunks.c.words / max(mean_words, 1.0)
    score = sa.func.sum(postings.c.weight * postings.c.tf * (K1 + 1) / (postings.c.tf + K1 * length))
    statement = (
        sa.select(chunks.c.id, score.label("score"))
        .join_from(postings, chunks, chunks.c.row == postings.c.doc)
        .join(articles, articles.c.id == chunks.c.article_id)
        .where(articles.c.status == "active", *in_window(window))
        .group_by(chunks.c.row)
        .order_by(sa.desc("score"), chunks.c.row)
        .limit(k)
    )
    return [Hit(chunk_id, float(found)) for chunk_id, found in connection.execute(statement)]


def _postings(lane: str, weights: Mapping[str, float]) -> sa.Subquery:
    """Return (doc, tf, weight) for each chunk that a term stands in, of every term of ``weights``."""
    places = _PLACES[lane]
    return sa.union_all(
        *(
            sa.select(places.c.doc, sa.func.count().label("tf"), sa.literal(weight).label("weight"))
            .where(places.c.term == term)
            .group_by(places.c.doc)
            for term, weight in weights.items()
        )
    ).subquery("postings")
