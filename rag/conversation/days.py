"""The days of a question that is taken up on another day: *yesterday* becomes the date it was."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rag.dates import find_dates, resolve_window
from rag.text import search_fold

_PREPOSITION: Final = re.compile(
    r"(?<!\w)(?:on|in|since|until|till|before|after|of|by|from|to|the|[وف]?(?:في|منذ|من|حتي|قبل|بعد|الي|يوم))\s*$"
)


def dated(question: str, asked_on: date, today: date) -> str:
    """Return ``question``, asked on one day, so that it means the same when it is read on ``today``."""
    window = resolve_window(question, asked_on=asked_on)
    if window is None or asked_on == today or window == resolve_window(question, asked_on=today):
        return question
    pieces = []
    end = 0
    for span in find_dates(question, published=asked_on, now_like=True):
        pieces.append(question[end : span.start])
        pieces.append(_written(question, span.start, span.end, span.first, span.last))
        end = span.end
    return "".join([*pieces, question[end:]])


def _written(question: str, start: int, end: int, first: date, last: date) -> str:
    words = question[start:end]
    is_led = bool(_PREPOSITION.search(search_fold(question[:start])))
    is_arabic = bool(re.search(r"[\u0620-\u064a]", words))
    if first == last:
        return first.isoformat() if is_arabic or is_led else f"on {first.isoformat()}"
    if is_led:
        return words
    return f"بين {first} و{last}" if is_arabic else f"between {first} and {last}"
