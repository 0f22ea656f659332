"""A question's days as a condition on articles, the same for every index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.archive.schema import articles
from rag.types import TimeWindow

_UNDATED_FROM, _UNDATED_TO = 1 << 30, -1
"""Days that lie in no window."""


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


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day, as ordinals, on which the articles of some chunks may have been published."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]

    def within(self, window: TimeWindow | None) -> NDArray[np.bool_]:
        """Tell of each chunk what `in_window` asks of its article."""
        inside = np.ones(len(self.first), dtype=bool)
        if window is not None and window.end is not None:
            inside &= self.first <= window.end.toordinal()
        if window is not None and window.start is not None:
            inside &= self.last >= window.start.toordinal()
        return inside

    def only(self, keep: NDArray[np.bool_]) -> Days:
        """Return the days of the chunks marked in ``keep``."""
        return Days(self.first[keep], self.last[keep])

    def followed_by(self, later: Days) -> Days:
        """Return these days and ``later`` behind them."""
        return Days(np.concatenate([self.first, later.first]), np.concatenate([self.last, later.last]))


def days_of(days: Sequence[tuple[int | None, int | None]]) -> Days:
    """Return the days of chunks, given as the catalog holds them: both ``None`` where they are not known."""
    return Days(
        np.array([_UNDATED_FROM if first is None else first for first, _ in days], dtype=np.int32),
        np.array([_UNDATED_TO if last is None else last for _, last in days], dtype=np.int32),
    )
