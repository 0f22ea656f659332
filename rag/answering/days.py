"""The days a question is about, the sentences that are about them, and the days that a quote tells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from rag.dates import find_dates
from rag.types import Answer, Article, EventDay, Passage, Question, Span, TimeWindow

# News of a day is still printed on the next.
_PRINTED_LATER = timedelta(days=1)
_LEADS_IN = r"(?:(?<!\w)(?:in|on|at|of|since|from|during|between|في|منذ|خلال|يوم|من|بين)\s+)*"
_FEWEST_WORDS = 2


def printed_in(window: TimeWindow) -> TimeWindow:
    """Return the days on which news of ``window`` is printed."""
    return replace(window, end=window.end + _PRINTED_LATER if window.end else None)


def is_printed_in(article: Article, window: TimeWindow) -> bool:
    """Tell whether an article was printed when news of ``window`` is."""
    day = article.published
    return day is not None and _overlap(day.first_day, day.last_day, printed_in(window))


def is_within(passage: Passage, span: Span, window: TimeWindow) -> bool:
    """Tell whether a sentence is of the window: printed in it, or beside days of it.

    Days that are coarser than the window do not count: "this year" is not the day that is asked about.
    """
    article = passage.chunk.article
    if is_printed_in(article, window):
        return True
    spans = passage.chunk.sentences
    at = spans.index(span)
    around = article.body[spans[max(0, at - 1)].start : spans[min(len(spans) - 1, at + 1)].end]
    return any(
        _overlap(one.first, one.last, window)
        and (one.precision == "day" or _fits(one.last - one.first, window))
        for one in find_dates(around, published=day_of(article))
    )


def day_of(article: Article) -> date | None:
    """Return the day on which an article was published, where that day is known."""
    day = article.published
    return day.first_day if day is not None and day.first_day == day.last_day else None


def event_days(article: Article, span: Span) -> tuple[EventDay, ...]:
    """Return what a quote tells relative to its day of publication ("on Sunday"), resolved; nothing else.

    Complete dates need no telling, and where the day of publication is not known nothing can be told.
    """
    quote, published = span.of(article.body), day_of(article)
    if published is None:
        return ()
    complete = {(one.start, one.end) for one in find_dates(quote, published=None)}
    return tuple(
        EventDay(quote[one.start : one.end], one.first, one.last, one.precision, one.approximate)
        for one in find_dates(quote, published=published)
        if (one.start, one.end) not in complete
    )


def with_event_days(answer: Answer) -> Answer:
    """Return an answer with the days of its quotes resolved."""
    claims = tuple(
        replace(
            claim,
            citations=tuple(
                replace(one, days=event_days(one.article, Span(one.start, one.end)))
                for one in claim.citations
            ),
        )
        for claim in answer.claims
    )
    return replace(answer, claims=claims)


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


def _fits(length: timedelta, window: TimeWindow) -> bool:
    return window.start is None or window.end is None or length <= window.end - window.start


def _overlap(first: date, last: date, window: TimeWindow) -> bool:
    return (window.end is None or first <= window.end) and (window.start is None or last >= window.start)
