"""Dates in Arabic and English news: a page's date line, expressions in prose, the days of a question.

Nothing is guessed: what cannot be resolved is not returned.
"""

from __future__ import annotations

from rag.dates.dateline import read_dateline, read_timestamp
from rag.dates.latest import asks_for_latest
from rag.dates.prose import find_dates
from rag.dates.ranges import DatedSpan
from rag.dates.windows import resolve_window

__all__ = ["DatedSpan", "asks_for_latest", "find_dates", "read_dateline", "read_timestamp", "resolve_window"]
