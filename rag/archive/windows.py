"""A question's days as a condition on articles, the same for every index."""

from __future__ import annotations

import sqlalchemy as sa

from rag.archive.schema import articles
from rag.types import TimeWindow


def in_window(window: TimeWindow | None) -> list[sa.ColumnElement[bool]]:
    """Return what an article must fulfil to have been published on a day of ``window``.

    An article of which only the month or year is known is in when one of its days is; an undated one
    is outside of every window, an entirely open one excepted.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    if window is not None and window.end is not None:
        conditions.append(articles.c.published_from <= window.end.toordinal())
    if window is not None and window.start is not None:
        conditions.append(articles.c.published_to >= window.start.toordinal())
    return conditions
