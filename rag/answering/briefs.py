"""A brief of a day or of a topic: a line for each story, with how many independent outlets tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Literal

from rag.archive.archive import Archive
from rag.copies import sources_of
from rag.types import Answer, Article, Citation, Claim, Precision, Question

MOST_LINES = 10
_COMPARED = 40
"""Articles of one story whose sources are told apart."""

Lang = Literal["ar", "en"]


def printed_on(articles: Iterable[Article], day: date, zone: tzinfo) -> list[Article]:
    """Return the articles published on ``day``: an instant counts in ``zone``, an undated article never."""
    return [article for article in articles if _day_of(article, zone) == day]


def brief(question: Question, archive: Archive, articles: Sequence[Article]) -> Answer:
    """Return a brief of ``articles``: a claim for each story, the one that most outlets tell first.

    A story's line is the lead of its newest article, in the reader's language where it has one. What is of
    no story is one of its own. Without articles the answer is ``insufficient``.
    """
    stories: Mapping[str, list[Article]] = defaultdict(list)
    for article in articles:
        stories[article.story_id or article.id].append(article)
    ranked = sorted(
        ((_sources(of_story), of_story) for of_story in stories.values()),
        key=lambda story: (-len(story[0]), -max(map(_ordinal, story[1])), story[1][0].id),
    )
    claims = tuple(
        _line(number, len(sources), of_story, archive, question.lang)
        for number, (sources, of_story) in enumerate(ranked[:MOST_LINES], 1)
    )
    status: Literal["answered", "insufficient"] = "answered" if claims else "insufficient"
    return Answer(question, status, "extractive", float(bool(claims)), claims, form="brief")


def _sources(articles: Sequence[Article]) -> list[list[Article]]:
    """Return the articles of each independent source, copies with what they copy."""
    compared = articles[:_COMPARED]
    numbers = sources_of(compared)
    groups: dict[int, list[Article]] = {}
    for article in compared:
        groups.setdefault(numbers[article.id], []).append(article)
    return list(groups.values())


def _line(
    number: int,
    sources: int,
    articles: Sequence[Article],
    archive: Archive,
    lang: Lang,
) -> Claim:
    newest = max(articles, key=lambda one: (one.lang == lang, _ordinal(one), _moment(one)))
    lead = archive.chunks_of([newest.id])[0].sentences[0]
    citation = Citation(number, newest, lead.start, lead.end)
    others = list(dict.fromkeys(one.outlet for one in articles if one.outlet and one.outlet != newest.outlet))
    also_in = tuple(next(one for one in articles if one.outlet == outlet) for outlet in others)
    return Claim(_frame(newest, others, sources, lang), (citation,), also_in)


def _frame(article: Article, others: Sequence[str], sources: int, lang: Lang) -> str:
    if lang == "ar":
        of = article.outlet or f"مقال بعنوان «{article.title}»"
        told = f"{of}، وكذلك {'، '.join(others)}" if others else of
        return f"ورد في {told} (مصادر مستقلة: {sources}):"
    of = article.outlet or f"an article titled “{article.title}”"
    told = f"{of}, also {', '.join(others)}" if others else of
    return f"According to {told} (independent sources: {sources}):"


def _day_of(article: Article, zone: tzinfo) -> date | None:
    published = article.published
    if published is None or published.precision not in (Precision.INSTANT, Precision.DAY):
        return None
    if published.precision is Precision.INSTANT:
        return datetime.fromisoformat(published.date).astimezone(zone).date()
    return published.first_day


def _ordinal(article: Article) -> int:
    return article.published.first_day.toordinal() if article.published else 0


def _moment(article: Article) -> str:
    return article.published.date if article.published else ""
