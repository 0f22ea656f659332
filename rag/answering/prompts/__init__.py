"""What a model is told, one file a language, and how the passages are put before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.answering.orders import is_order, is_plain_name
from rag.types import Article, Passage, Question, StoredChunk

_FOLDER = Path(__file__).parent


def instructions(lang: str, most: int) -> str:
    """Return the rules of an answer in ``lang`` with at most ``most`` claims."""
    return _template(lang).format(most=most)


def repair_request(lang: str, fault: str) -> str:
    """Return what is said to a model whose answer has the wrong shape; ``fault`` says where."""
    return _template(f"{lang}-repair").format(fault=fault)


def completion_instructions(lang: str) -> str:
    """Return the rules by which a follow-up in ``lang`` is made a question that stands for itself."""
    return _template(f"{lang}-turn").format()


def turns_material(turn: str, history: Sequence[Mapping[str, str]]) -> str:
    """Return a turn and the turns before it as one JSON object, data as everything in `material`."""
    shape = {"before": [dict(one) for one in history], "turn": turn}
    return json.dumps(shape, ensure_ascii=False, indent=1)


def material(question: Question, passages: Sequence[Passage]) -> str:
    """Return the question and the passages as one JSON object, the passages of an article in its order.

    In JSON no text can end the string it stands in: an article stays data, whatever is written in it. What
    speaks to a machine is left out.
    """
    shape: dict[str, Any] = {
        "question": question.spoken or question.text,
        "asked_at": question.asked_at.isoformat(),
        "passages": [
            _shape(article, passage)
            for article, group in _by_article(passages)
            for passage in sorted(group, key=lambda one: one.chunk.start)
        ],
    }
    if question.window is not None:
        shape["about_days"] = question.window.as_json()
    return json.dumps(shape, ensure_ascii=False, indent=1)


def _shape(article: Article, passage: Passage) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title if is_plain_name(article.title) else None,
        "outlet": article.outlet if article.outlet and is_plain_name(article.outlet) else None,
        "date": article.published.date if article.published else None,
        "language": article.lang,
        "text": _told(article, passage.chunk),
    }


def _told(article: Article, chunk: StoredChunk) -> str:
    """Return a chunk's words without the sentences that order a machine about."""
    orders = [span for span in chunk.sentences if is_order(span.of(article.body))]
    text, at = "", chunk.start
    for span in orders:
        text += article.body[at : span.start]
        at = span.end
    return (text + article.body[at : chunk.end]).strip()


def _by_article(passages: Sequence[Passage]) -> list[tuple[Article, list[Passage]]]:
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.chunk.article.id, []).append(passage)
    return [(group[0].chunk.article, group) for group in groups.values()]


@lru_cache(maxsize=8)
def _template(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()
