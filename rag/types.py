"""The values that flow through Siyaq: frozen, without I/O.

Offsets are Unicode code points, half-open, into an article's ``body``. Times are RFC 3339
strings with a zone where they are stored and aware ``datetime`` objects where they are computed with.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Shape ``(dimension,)`` for one text, ``(n, dimension)`` for several; unit length."""

LANES = ("ar", "en", "other")
"""The lanes of a search; an article in any other language lives in ``other``."""


def lane_of(lang: str) -> str:
    """Return the lane that holds articles of language ``lang`` (an ISO 639-1 code)."""
    return lang if lang in LANES else "other"


class Precision(StrEnum):
    """How much of a publication date is known."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, how precisely that is known and where it was read.

    ``date`` is an RFC 3339 instant, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, by ``precision``.
    ``source`` is ``dateline``, ``meta``, ``jsonld``, ``feed`` or ``given``.
    """

    date: str
    precision: Precision
    raw: str
    source: str

    def as_json(self) -> dict[str, str]:
        """Return the shape of the article contract."""
        return {"date": self.date, "precision": str(self.precision), "raw": self.raw, "from": self.source}

    @property
    def first_day(self) -> dt.date:
        """The first calendar day the date may stand for, in its own zone."""
        text = self.date[:10]
        parts = [int(part) for part in text.split("-")]
        return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)

    @property
    def last_day(self) -> dt.date:
        """The last calendar day the date may stand for, in its own zone."""
        first = self.first_day
        if self.precision is Precision.YEAR:
            return dt.date(first.year, 12, 31)
        if self.precision is Precision.MONTH:
            following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return following - dt.timedelta(days=1)
        return first

    @property
    def instant(self) -> dt.datetime | None:
        """The moment, in UTC; noon where only the day is known, ``None`` where not even that is."""
        if self.precision is Precision.INSTANT:
            return dt.datetime.fromisoformat(self.date).astimezone(dt.UTC)
        if self.precision is Precision.DAY:
            return dt.datetime.combine(self.first_day, dt.time(12), tzinfo=dt.UTC)
        return None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from: ``kind`` is ``file``, ``page``, ``feed`` or ``upload``."""

    kind: str
    ref: str


# --- Articles, and what they are cut into ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One news story as published, its body cleaned once and never after."""

    id: str
    title: str
    lang: str
    body: str
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: Published | None = None
    ingested_at: str = ""
    story_id: str | None = None
    origin: Origin = field(default_factory=lambda: Origin("file", ""))
    status: Literal["active", "removed"] = "active"
    content_hash: str = ""

    def as_json(self, *, body: bool) -> dict[str, Any]:
        """Return the shape of the article contract, with the body where ``body`` is set."""
        shape: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "lang": self.lang,
            "outlet": self.outlet,
            "url": self.url,
            "author": self.author,
            "published": self.published.as_json() if self.published else None,
            "ingested_at": self.ingested_at,
            "story_id": self.story_id,
            "origin": {"kind": self.origin.kind, "ref": self.origin.ref},
            "status": self.status,
        }
        if body:
            shape["body"] = self.body
        return shape


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what the span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one article; ``text == body[start:end]``.

    ``sentences`` are spans into the body, in order, each inside the chunk.
    """

    number: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EmbeddedArticle:
    """An article with everything that the archive stores for it in one transaction.

    ``chunk_vectors`` has shape ``(chunks, dimension)``; ``sentence_vectors`` one row for each sentence of
    each chunk, in order. ``terms`` are the search terms of each chunk (title included), ``model`` the name
    of the embedding model.
    """

    article: Article
    chunks: tuple[Chunk, ...]
    chunk_vectors: Vector
    sentence_vectors: Vector
    terms: tuple[tuple[str, ...], ...]
    model: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of one index's ranking; ``score`` is higher for better, in the index's own unit."""

    chunk_id: str
    score: float


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as the catalog holds it, with what a second look at it needs."""

    id: str
    article: Article
    number: int
    start: int
    end: int
    sentences: tuple[Span, ...]
    sentence_vectors: Vector
    vector: Vector

    @property
    def text(self) -> str:
        """The chunk's words, read from its article."""
        return self.article.body[self.start : self.end]


# --- Questions, and what is found for them ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """The days a question is about, both included, in the asker's zone; ``None`` is open."""

    start: dt.date | None
    end: dt.date | None
    phrase: str = ""

    def as_json(self) -> dict[str, str | None]:
        """Return the ``window`` of the answer contract."""
        return {
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A self-contained question: what is asked, in which language, when, and about which days.

    ``latest`` says that it asks how things stand now: the newest of what answers is wanted.
    ``asked`` is what was typed, where that needed the conversation before it to be understood as ``text``;
    ``spoken`` is what was typed, where ``text`` only writes it as articles are written.
    """

    id: str
    text: str
    lang: Literal["ar", "en"]
    asked_at: dt.datetime
    window: TimeWindow | None = None
    latest: bool = False
    asked: str | None = None
    spoken: str | None = None

    @property
    def typed(self) -> str:
        """The question as its reader typed it."""
        return self.asked or self.spoken or self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as given to the answerer, with its score over all lanes."""

    chunk: StoredChunk
    score: float
    sentence_scores: tuple[float, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one row of the answer contract's ``passages``."""
        return {
            "article_id": self.chunk.article.id,
            "start": self.chunk.start,
            "end": self.chunk.end,
            "lang": self.chunk.article.lang,
            "score": round(self.score, 4),
        }


# --- Answers ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventDay:
    """Words of a quote that count from the day of publication, and the days that they come to, both included.

    ``precision`` is ``day``, ``week``, ``month``, ``season``, ``year`` or ``decade``; ``approximate`` days
    have soft edges.
    """

    text: str
    first: dt.date
    last: dt.date
    precision: str
    approximate: bool

    def as_json(self) -> dict[str, Any]:
        """Return one of the ``dates`` of a citation."""
        return {
            "text": self.text,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "precision": self.precision,
            "approximate": self.approximate,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands; ``quote == body[start:end]``, always.

    ``translation`` is a machine's, of a quote in another language than the reader's, where there is one.
    ``days`` are those that the quote tells relative to its publication ("on Sunday").
    """

    n: int
    article: Article
    start: int
    end: int
    translation: str | None = None
    days: tuple[EventDay, ...] = ()

    @property
    def quote(self) -> str:
        """The cited words, read from the article itself so that they cannot differ from it."""
        return self.article.body[self.start : self.end]

    def as_json(self) -> dict[str, Any]:
        """Return the citation of the answer contract."""
        article = self.article
        return {
            "n": self.n,
            "article_id": article.id,
            "story_id": article.story_id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published": article.published.as_json() if article.published else None,
            "lang": article.lang,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "translation": self.translation,
            "dates": [day.as_json() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with the citations it rests on.

    ``also_in`` are articles of other outlets that print the cited sentence too: copies, and no further
    sources.
    """

    text: str
    citations: tuple[Citation, ...]
    also_in: tuple[Article, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return one of the answer's ``claims``."""
        return {
            "text": self.text,
            "citations": [citation.as_json() for citation in self.citations],
            "also_in": [
                {
                    "article_id": article.id,
                    "outlet": article.outlet,
                    "published": article.published.as_json() if article.published else None,
                }
                for article in self.also_in
            ],
        }


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a disagreement says: ``value`` are words of its quote."""

    value: str
    quote: Citation


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Quotes that say different things of what was asked.

    *Updated*: one outlet says otherwise later, its newest side first. *Disputed*: independent outlets at
    one moment.
    """

    status: Literal["updated", "disputed"]
    sides: tuple[Side, ...]


FRESH_DAYS = 7
"""How old the newest article cited may be before an answer about how things stand now is called stale."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question brought: claims with citations, or an honest ``insufficient``.

    ``other_days`` says that the question names days and the archive answers it for none of them, but holds
    ``nearest`` from other days. ``not_mentioned`` are words of the question that the nearest article lacks.
    """

    question: Question
    status: Literal["answered", "insufficient"]
    answerer: Literal["extractive", "generative"]
    confidence: float
    claims: tuple[Claim, ...] = ()
    nearest: tuple[Article, ...] = ()
    not_mentioned: tuple[str, ...] = ()
    disagreement: tuple[Disagreement, ...] = ()
    passages: tuple[Passage, ...] = ()
    degraded: str | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    form: Literal["answer", "timeline", "brief"] = "answer"
    other_days: bool = False

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every claim, in the order a reader meets them."""
        return tuple(citation for claim in self.claims for citation in claim.citations)

    @property
    def as_of(self) -> str | None:
        """The publication date of the newest article cited, or ``None`` where none is dated."""
        dated = [c.article.published for c in self.citations if c.article.published]
        return max(dated, key=lambda published: published.first_day).date if dated else None

    @property
    def evidence_age_days(self) -> int | None:
        """How many days before the question the newest article cited was published, at most.

        Of a month or year of publication the first day counts; ``None`` where no article is dated.
        """
        dated = [c.article.published for c in self.citations if c.article.published]
        if not dated:
            return None
        return max(0, (self.question.asked_at.date() - max(one.first_day for one in dated)).days)

    @property
    def stale(self) -> bool:
        """Whether an answer about how things stand now rests on nothing of the last `FRESH_DAYS` days.

        An undated article is never new: an answer that rests on such alone is stale.
        """
        age = self.evidence_age_days
        return self.status == "answered" and self.question.latest and (age is None or age > FRESH_DAYS)

    def numbers_of(self, side: Side) -> tuple[int, ...]:
        """Return the numbers of the citations that quote a side of a disagreement."""
        place = (side.quote.article.id, side.quote.start, side.quote.end)
        found = (c.n for c in self.citations if (c.article.id, c.start, c.end) == place)
        return tuple(dict.fromkeys(found))

    def _side(self, side: Side) -> dict[str, Any]:
        article = side.quote.article
        return {
            "outlet": article.outlet,
            "published": article.published.as_json() if article.published else None,
            "value": side.value,
            "citations": list(self.numbers_of(side)),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the answer of the contract."""
        question = self.question
        return {
            "id": question.id,
            "question": question.typed,
            "understood": question.text if question.asked else None,
            "language": question.lang,
            "asked_at": question.asked_at.isoformat(),
            "status": self.status,
            "answerer": self.answerer,
            "form": self.form,
            "degraded": self.degraded,
            "confidence": round(self.confidence, 4),
            "window": question.window.as_json() if question.window else None,
            "claims": [claim.as_json() for claim in self.claims],
            "as_of": self.as_of,
            "evidence_age_days": self.evidence_age_days,
            "stale": self.stale,
            "disagreement": [
                {"status": one.status, "sides": [self._side(side) for side in one.sides]}
                for one in self.disagreement
            ],
            "nearest": [
                {
                    "article_id": article.id,
                    "title": article.title,
                    "outlet": article.outlet,
                    "url": article.url,
                    "published": article.published.as_json() if article.published else None,
                    "lang": article.lang,
                }
                for article in self.nearest
            ],
            "not_mentioned": list(self.not_mentioned),
            "other_days": self.other_days,
            "passages": [passage.as_json() for passage in self.passages],
            "timings_ms": {stage: round(ms, 1) for stage, ms in self.timings_ms.items()},
        }


def utc_now() -> dt.datetime:
    """Return this instant; called at the edges only, everything below takes ``now``."""
    return dt.datetime.now(dt.UTC)
