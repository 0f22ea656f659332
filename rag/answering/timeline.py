"""A timeline for whoever asks what happened with something: the news of one story, from the oldest to the
newest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.answering.days import is_printed_in
from rag.answering.evidence import Evidence
from rag.answering.extractive import frame_of
from rag.answering.features import FEATURES
from rag.archive.archive import Archive
from rag.copies import are_copies, prints
from rag.dates.written import written_date
from rag.retrieval import Found
from rag.text import search_fold
from rag.types import Article, Citation, Claim, Question, Span, TimeWindow

MOST_LINES = 8
_OF_STORY = 60
_FEWEST = 2
"""Dated articles that make a timeline; one is an answer like any other."""
_ON_TOPIC = 2.0
"""Standardised score of a passage below which a story is about something else."""
_NAMED = 0.5
"""How well each name of the question is to be met in the story's article."""
_ASKS = re.compile(
    r"\b(?:what (?:has |have |had )?happened|timeline|chronology|sequence of events|how did .{2,80} "
    r"(?:unfold|develop|evolve|come about))\b|"
    r"\b(?:ماذا|ما الذي|ما اللي|شو|ايش|وش|شنو|ايه|اي) (?:اللي |الي |هو اللي )?(?:حدث|حصل|جري|صار|صاير|وقع)\b|"
    r"\b(?:تسلسل|التسلسل الزمني|الجدول الزمني|كيف تطور|كيف تطورت|مجريات|تطورات)\b"
)


def asks_what_happened(question: Question) -> bool:
    """Tell whether a question asks for the course of something."""
    return bool(_ASKS.search(" ".join(search_fold(question.text).split())))


def timeline(
    question: Question, archive: Archive, found: Found, evidence: Sequence[Evidence]
) -> tuple[Claim, ...]:
    """Return the dated lines of the story that a question is about, the oldest first; none where there is
    none.

    ``evidence`` is weighed, of any day. Copies are one line, undated articles none.
    """
    story = _story_asked_for(found, evidence)
    if story is None:
        return ()
    articles = archive.articles_of_story(story, _OF_STORY)
    chosen = _spread(_once(_dated(articles, question.window)))
    if len(chosen) < _FEWEST:
        return ()
    return tuple(
        _line(number, article, _lead(archive, article), articles, question.lang)
        for number, article in enumerate(chosen, 1)
    )


def _story_asked_for(found: Found, evidence: Sequence[Evidence]) -> str | None:
    """Return the story of the best passage whose article meets every name of the question."""
    named = FEATURES.index("least_name_met_around")
    for passage in sorted(found.passages, key=lambda one: -one.score):
        if passage.score < _ON_TOPIC:
            return None
        article = passage.chunk.article
        of_it = [one.features[named] for one in evidence if one.place[0] == article.id and len(one.features)]
        if article.story_id is not None and of_it and max(of_it) >= _NAMED:
            return article.story_id
    return None


def _dated(articles: Sequence[Article], window: TimeWindow | None) -> list[Article]:
    dated = [
        one
        for one in articles
        if one.published is not None and (window is None or is_printed_in(one, window))
    ]
    return sorted(dated, key=_when)


def _when(article: Article) -> tuple[str, str]:
    published = article.published
    return (published.first_day.isoformat(), published.date) if published else ("", "")


def _once(articles: Sequence[Article]) -> list[Article]:
    """Return ``articles`` without copies of earlier ones."""
    kept: list[Article] = []
    for article in articles:
        if not any(are_copies(article, other) and article.outlet != other.outlet for other in kept):
            kept.append(article)
    return kept


def _spread(articles: Sequence[Article]) -> list[Article]:
    """Return at most `MOST_LINES` of ``articles``: the first, the last, and others at even steps between."""
    if len(articles) <= MOST_LINES:
        return list(articles)
    step = (len(articles) - 1) / (MOST_LINES - 1)
    return [articles[round(number * step)] for number in range(MOST_LINES)]


def _lead(archive: Archive, article: Article) -> Span:
    return archive.chunks_of([article.id])[0].sentences[0]


def _line(
    number: int, article: Article, lead: Span, others: Sequence[Article], lang: Literal["ar", "en"]
) -> Claim:
    citation = Citation(number, article, lead.start, lead.end)
    also_in = tuple(
        other
        for other in others
        if other.outlet
        and other.outlet != article.outlet
        and prints(other, citation.quote)
        and are_copies(article, other)
    )
    day = written_date(article.published.date, lang) if article.published else ""
    said = frame_of(citation, lang, also_in)
    return Claim(
        f"{day}، {said}" if lang == "ar" else f"{day}, {said[0].lower()}{said[1:]}", (citation,), also_in
    )
