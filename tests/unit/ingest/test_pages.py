"""Whole pages beside what is to be read from them; the same for the real ones, where they are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.drafts import Draft, finish
from ingest.extraction.files import extract
from rag.types import Article, Origin

_PAGES = Path(__file__).parent / "pages"
_NOW = datetime(2023, 8, 28, 12, tzinfo=UTC)
_FLOOR = 0.97
"""Words of the body, F1, on each of the real Arabic pages."""


def articles_of(page: Path) -> list[Article]:
    drafts = list(extract(page.name, page.read_bytes()))
    assert all(isinstance(draft, Draft) for draft in drafts)
    return [
        finish(draft, origin=Origin("file", page.name), now=_NOW)
        for draft in drafts
        if isinstance(draft, Draft)
    ]


def as_expected(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "lang": article.lang,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": article.published.as_json() if article.published else None,
        "body": article.body.split("\n"),
    }


@pytest.mark.parametrize(
    "page",
    sorted(path for path in _PAGES.iterdir() if path.suffix in (".txt", ".html")),
    ids=lambda path: path.name,
)
def test_page(page: Path) -> None:
    expected = json.loads(page.with_suffix(".expected.json").read_text("utf-8"))
    assert [as_expected(article) for article in articles_of(page)] == expected


def test_articles_of_one_page_are_different_articles() -> None:
    ids = [article.id for page in _PAGES.glob("*.txt") for article in articles_of(page)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"a_[0-9a-f]{16}", article_id) for article_id in ids)


def test_the_shared_page(shared: Path) -> None:
    expected = json.loads((shared / "data/seed/expected.json").read_text("utf-8"))
    page = shared / "data/seed" / expected["file"]
    lines = page.read_text("utf-8").split("\n")
    articles = articles_of(page)
    assert len(articles) == len(expected["articles"])
    for article, wanted in zip(articles, expected["articles"], strict=True):
        assert article.title == wanted["title"] == lines[wanted["title_line"] - 1]
        assert article.lang == wanted["lang"]
        assert article.body.split("\n") == [lines[number - 1].strip() for number in wanted["body_lines"]]
        assert article.outlet == (wanted["outlet"]["name"] if wanted["outlet"] else None)
        assert (article.author, article.url) == (wanted["author"], wanted["url"])
        if wanted["published"] is None:
            assert article.published is None
        else:
            assert article.published is not None
            shape = article.published.as_json()
            assert {key: shape[key] for key in ("raw", "date", "precision")} == {
                key: wanted["published"][key] for key in ("raw", "date", "precision")
            }


def test_the_shared_arabic_pages(shared: Path) -> None:
    folder = shared / "data/arabic-pages"
    for wanted in json.loads((folder / "manifest.json").read_text("utf-8")):
        article = articles_of(folder / wanted["file"])[0]
        score = _f1(article.body, wanted["body"])
        print(f"{wanted['id']}: body F1 {score:.3f}")
        assert article.title == wanted["title"]
        assert article.published is not None
        assert article.published.first_day.isoformat() == wanted["date"]
        assert (article.author or "") == wanted["author"]
        assert score >= _FLOOR


def _f1(found: str, wanted: str) -> float:
    ours, theirs = Counter(re.findall(r"\w+", found)), Counter(re.findall(r"\w+", wanted))
    shared_words = (ours & theirs).total()
    return 2 * shared_words / (ours.total() + theirs.total())
