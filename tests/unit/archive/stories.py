"""Small articles with vectors, made without an embedding model: the same words give the same vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from rag.calibration import Calibration
from rag.types import (
    LANES,
    Article,
    Chunk,
    EmbeddedArticle,
    Origin,
    Precision,
    Published,
    Span,
    Vector,
    lane_of,
)

DIMENSION = 16
MODEL = "tiny"


def unit(vectors: Vector) -> Vector:
    """Return ``vectors`` at unit length."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


def vector_of(text: str, dimension: int = DIMENSION) -> Vector:
    """Return the vector of ``text``: any, but always the same."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return unit(np.random.default_rng(seed).normal(size=dimension).astype(np.float32))


def calibration(model: str = MODEL, dimension: int = DIMENSION, salt: str = "") -> Calibration:
    """Return a calibration with a mean for each language, different for each ``salt``."""
    means = {
        (kind, lane): 0.3 * vector_of(f"{kind} {lane} {salt}", dimension)
        for kind in ("passage", "sentence", "question", "word")
        for lane in LANES
    }
    return Calibration(model, means, {}, {}, {}, {})


def embedded(
    article_id: str,
    sentences: Sequence[str] = ("The harbour of Port Sella opened.", "Two ships came in."),
    *,
    lang: str = "en",
    published: str | None = None,
    precision: Precision = Precision.DAY,
    model: str = MODEL,
    dimension: int = DIMENSION,
    outlet: str | None = "Harbour Post",
) -> EmbeddedArticle:
    """Return an article of one chunk for each sentence, as it comes out of the embedding."""
    body = "\n".join(sentences)
    chunks: list[Chunk] = []
    begin = 0
    for number, sentence in enumerate(sentences):
        end = begin + len(sentence)
        half = begin + max(1, len(sentence) // 2)
        chunks.append(Chunk(number, begin, end, sentence, (Span(begin, half), Span(half, end))))
        begin = end + 1
    article = Article(
        id=article_id,
        title=f"Title of {article_id}",
        lang=lang,
        body=body,
        outlet=outlet,
        published=Published(published, precision, published, "given") if published else None,
        ingested_at="2026-03-09T08:00:00+00:00",
        origin=Origin("file", f"{article_id}.txt"),
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
    )
    spans = [span.of(body) for chunk in chunks for span in chunk.sentences]
    return EmbeddedArticle(
        article=article,
        chunks=tuple(chunks),
        chunk_vectors=np.stack([vector_of(f"{model} {s}", dimension) for s in sentences]),
        sentence_vectors=np.stack([vector_of(f"{model} {s}", dimension) for s in spans]),
        terms=tuple(tuple(sentence.lower().rstrip(".").split()) for sentence in sentences),
        model=model,
    )


def query_for(story: EmbeddedArticle, number: int = 0, means: Calibration | None = None) -> Vector:
    """Return the query that one chunk of ``story`` answers best: its own centred vector."""
    lane = lane_of(story.article.lang)
    return (means or calibration()).center_passages(lane, story.chunk_vectors)[number]
