"""The days a question is about, and the sentences that are about them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from rag.dates import find_dates
from rag.types import Article, Passage, Question, Span, TimeWindow

# News of a day is still printed on the next.
_PRINTED_LATER = timedelta(days=1)
_LEADS_IN = r"(?:(?<!\w)(?:in|on|at|of|since|from|during|في|منذ|خلال|يوم|من)\s+)*"
_FEWEST_WORDS = 2


def printed_in(window: TimeWindow) -> TimeWindow:
    """Return the days on which news of ``window`` is printed."""
    return replace(window, end=window.end + _PRINTED_LATER if window.end else None)


def is_printed_in(article: Article, window: TimeWindow) -> bool:
    """Tell whether an article was printed when news of ``window`` is."""
    day = article.published
    return day is not None and _overlap(day.first_day, day.last_day, printed_in(window))


def is_within(passage: Passage, span: Span, window: TimeWindow) -> bool:
    """Tell whether a sentence is of the window: printed in it, or beside a day in it."""
    article = passage.chunk.article
    if is_printed_in(article, window):
        return True
    spans = passage.chunk.sentences
    at = spans.index(span)
    around = article.body[spans[max(0, at - 1)].start : spans[min(len(spans) - 1, at + 1)].end]
    told = find_dates(around, published=article.published.first_day if article.published else None)
    return any(_overlap(one.first, one.last, window) for one in told)


def asked_of(question: Question, article: Article) -> str:
    """Return what is asked of one article: without the day, where it was printed on it.

    News seldom repeats its own date, and whoever looks for it there in vain takes the question for another.
    """
    window = question.window
    if window is None or not window.phrase or not is_printed_in(article, window):
        return question.text
    shorter = re.sub(_LEADS_IN + re.escape(window.phrase), " ", question.text, flags=re.IGNORECASE)
    shorter = re.sub(r"\s+(?=[?؟.,،]|$)", "", " ".join(shorter.split()))
    return shorter if len(re.findall(r"\w+", shorter)) > _FEWEST_WORDS else question.text


def _overlap(first: date, last: date, window: TimeWindow) -> bool:
    return (window.end is None or first <= window.end) and (window.start is None or last >= window.start)
