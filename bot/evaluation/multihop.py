"""MultiHop-RAG (Tang and Yang 2024): English news of 2023, and questions that need several articles each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from bot.evaluation.squad import read_model
from rag.errors import UnreadableError
from rag.text import clean_body, sentences

__all__ = ["multihop_rows"]

_WITHOUT_EVIDENCE = "null_query"


class _News(BaseModel):
    title: str
    body: str
    url: str
    author: str | None = None
    source: str | None = None
    published_at: dt.datetime


class _Corpus(RootModel[tuple[_News, ...]]):
    pass


class _Evidence(BaseModel):
    title: str = ""
    url: str = ""
    fact: str = ""


class _Asked(BaseModel):
    query: str
    answer: str
    question_type: str
    evidence_list: tuple[_Evidence, ...] = ()


class _Queries(RootModel[tuple[_Asked, ...]]):
    pass


def multihop_rows(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the articles and the questions of the data set in ``folder``, as rows of JSON lines.

    The answers of a question are the sentences of its facts as they stand in the articles: its own short
    answer (often "Yes") stands in none, and is kept as ``expected``. Asked the day after the newest article.
    """
    corpus = read_model(_Corpus, folder / "corpus.json").root
    queries_file = folder / "MultiHopRAG.json"
    queries = read_model(_Queries, queries_file).root
    if not corpus:
        raise UnreadableError(str(folder / "corpus.json"), "there is no article in it")
    id_of: dict[str, str] = {}
    bodies: dict[str, str] = {}
    articles = []
    for number, news in enumerate(corpus, 1):
        if news.url in id_of:
            continue
        # A second article of one title is found by its URL only.
        article_id = id_of[news.url] = f"multihop-{number:04}"
        id_of.setdefault(news.title, article_id)
        bodies[article_id] = clean_body(news.body)
        articles.append(_article(article_id, news))
    asked_at = max(_aware(news.published_at) for news in corpus) + dt.timedelta(days=1)
    questions = []
    for number, asked in enumerate(queries, 1):
        ids = _ids(asked.evidence_list, id_of, f"{queries_file}: {number}")
        questions.append(_question(number, asked, ids, bodies, asked_at))
    return articles, questions


def _article(article_id: str, news: _News) -> dict[str, Any]:
    return {
        "id": article_id,
        "title": news.title,
        "lang": "en",
        "outlet": news.source,
        "url": news.url,
        "author": news.author,
        "published": _aware(news.published_at).isoformat(),
        "text": news.body,
    }


def _ids(evidence: Sequence[_Evidence], id_of: dict[str, str], where: str) -> list[str]:
    ids = []
    for one in evidence:
        found = id_of.get(one.url) or id_of.get(one.title)
        if found is None:
            raise UnreadableError(where, f"the corpus has no article '{one.url or one.title}'")
        ids.append(found)
    return list(dict.fromkeys(ids))


def _question(
    number: int, asked: _Asked, ids: list[str], bodies: dict[str, str], asked_at: dt.datetime
) -> dict[str, Any]:
    answerable = asked.question_type != _WITHOUT_EVIDENCE
    facts = [clean_body(one.fact) for one in asked.evidence_list] if answerable else []
    told = [span.of(fact) for fact in facts for span in sentences(fact)]
    answers = [one for one in told if any(one in bodies[held] for held in ids)]
    return {
        "id": f"multihop-q{number:04}",
        "question": asked.query,
        "lang": "en",
        "kind": asked.question_type,
        "article_ids": ids if answerable else [],
        "answers": list(dict.fromkeys(answers)),
        "answerable": answerable,
        "asked_at": asked_at.isoformat(),
        "expected": asked.answer,
    }


def _aware(instant: dt.datetime) -> dt.datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
