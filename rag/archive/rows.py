"""Articles and chunks as rows of the catalog, and back."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa

from rag.archive.encoding import pack_sentence_vectors, pack_spans, pack_vector
from rag.archive.lexical import term_line
from rag.types import Article, EmbeddedArticle, Origin, Precision, Published, lane_of


def chunk_id(article_id: str, model: str, number: int, text: str) -> str:
    """Return the id of a chunk: the same content of the same article by the same model has the same."""
    content = "\0".join((article_id, model, str(number), text))
    return "c_" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_values(article: Article) -> dict[str, Any]:
    """Return the columns of ``article``, its row number, version and status aside."""
    published = article.published
    return {
        "id": article.id,
        "lane": lane_of(article.lang),
        "lang": article.lang,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "published_date": published.date if published else None,
        "published_precision": str(published.precision) if published else None,
        "published_raw": published.raw if published else None,
        "published_source": published.source if published else None,
        "published_from": published.first_day.toordinal() if published else None,
        "published_to": published.last_day.toordinal() if published else None,
        "ingested_at": article.ingested_at,
        "story_id": article.story_id,
        "origin_kind": article.origin.kind,
        "origin_ref": article.origin.ref,
        "content_hash": article.content_hash,
        "title": article.title,
        "body": article.body,
    }


def article_of(row: sa.Row[Any]) -> Article:
    """Return the article that a row of ``articles`` holds."""
    published = None
    if row.published_date is not None:
        precision = Precision(row.published_precision)
        published = Published(row.published_date, precision, row.published_raw, row.published_source)
    return Article(
        id=row.id,
        title=row.title,
        lang=row.lang,
        body=row.body,
        outlet=row.outlet,
        url=row.url,
        author=row.author,
        published=published,
        ingested_at=row.ingested_at,
        story_id=row.story_id,
        origin=Origin(row.origin_kind, row.origin_ref),
        status=row.status,
        content_hash=row.content_hash,
    )


def chunk_rows(
    embedded: EmbeddedArticle, first_row: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of ``chunks`` and of ``chunk_data`` for an article, numbered from ``first_row``."""
    rows, data = [], []
    article = embedded.article
    sentences_before = 0
    for place, chunk in enumerate(embedded.chunks):
        row = first_row + place
        terms = term_line(embedded.terms[place])
        after = sentences_before + len(chunk.sentences)
        rows.append(
            {
                "row": row,
                "id": chunk_id(article.id, embedded.model, chunk.number, chunk.text),
                "article_id": article.id,
                "model": embedded.model,
                "lane": lane_of(article.lang),
                "number": chunk.number,
                "start": chunk.start,
                "end": chunk.end,
                "words": len(terms),
                "sentences": pack_spans(chunk.sentences),
            }
        )
        data.append(
            {
                "row": row,
                "vector": pack_vector(embedded.chunk_vectors[place]),
                "sentence_vectors": pack_sentence_vectors(embedded.sentence_vectors[sentences_before:after]),
                "terms": " ".join(terms),
            }
        )
        sentences_before = after
    return rows, data


def payload_bytes(embedded: EmbeddedArticle) -> int:
    """Return about how many bytes an article takes in the catalog, the full text included."""
    text = len(embedded.article.body.encode("utf-8", "surrogatepass"))
    vectors = embedded.chunk_vectors.size * 4 + embedded.sentence_vectors.size
    # The terms repeat the text about once, in the postings and again beside the chunk.
    return 3 * text + vectors + 512 * (1 + len(embedded.chunks))
