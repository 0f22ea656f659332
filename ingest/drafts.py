"""A draft is what an extractor found on a page; finished, it is an article with its id and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from ingest.urls import canonical_url
from rag.errors import EmptyError, TooLargeError
from rag.text import clean_body, clean_line, content_hash, detect_language
from rag.types import Article, Origin, Published

MAX_CHARACTERS = 200_000
"""The longest body taken; the longest news stories on record are a fifth of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of one article as found, uncleaned; ``ref`` names the input for a report."""

    ref: str
    title: str
    body: str
    id: str | None = None
    lang: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: Published | None = None


def finish(draft: Draft, *, origin: Origin, now: datetime) -> Article:
    """Clean a draft and give it its id, language and content hash.

    Raises EmptyError where no word is left, TooLargeError beyond `MAX_CHARACTERS`.
    """
    if len(draft.body) > 2 * MAX_CHARACTERS:
        raise TooLargeError(draft.ref, _too_long(len(draft.body)))
    body = clean_body(draft.body)
    title = clean_line(draft.title)
    if len(body) > MAX_CHARACTERS:
        raise TooLargeError(draft.ref, _too_long(len(body)))
    if not any(letter.isalnum() for letter in body):
        raise EmptyError(draft.ref, "there is no text in it")
    # A name has one line: what follows would be read as the answer that it stands in.
    outlet = clean_body(draft.outlet or "").partition("\n")[0] or None
    url = (draft.url or "").strip() or None
    return Article(
        id=draft.id or article_id(url=url, outlet=outlet, title=title, body=body),
        title=title,
        lang=draft.lang or detect_language(f"{title}\n{body}"),
        body=body,
        outlet=outlet,
        url=url,
        author=clean_line(draft.author or "") or None,
        published=draft.published,
        ingested_at=now.isoformat(),
        origin=origin,
        content_hash=content_hash(title, body),
    )


def article_id(*, url: str | None, outlet: str | None, title: str, body: str) -> str:
    """Return ``a_`` and 16 hex digits: over the canonical URL, or without one over outlet, title and body."""
    key = canonical_url(url) if url else None
    return "a_" + hashlib.sha256((key or "\n".join((outlet or "", title, body))).encode()).hexdigest()[:16]


def _too_long(characters: int) -> str:
    return f"{characters:,} characters, more than the {MAX_CHARACTERS:,} an article may have"
