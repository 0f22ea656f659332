"""Articles made ready for the archive: chunks, vectors of chunks and sentences, search terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.archive.archive import Archive
from rag.calibration import Calibration
from rag.chunking import chunk_body
from rag.embedding import SiyaqEmbedding
from rag.errors import UnknownArticleError
from rag.text import repair, search_terms
from rag.types import Article, EmbeddedArticle

_ARTICLES_AT_ONCE = 4


def embed_articles(articles: Sequence[Article], embedder: SiyaqEmbedding) -> Iterator[EmbeddedArticle]:
    """Yield each article with its chunks, vectors and terms, in order.

    A chunk is embedded and indexed together with its article's title, since a paragraph in the middle of
    an article seldom names what the article is about; sentences are embedded alone.
    """
    for at in range(0, len(articles), _ARTICLES_AT_ONCE):
        yield from _embed_together(articles[at : at + _ARTICLES_AT_ONCE], embedder)


def _embed_together(articles: Sequence[Article], embedder: SiyaqEmbedding) -> Iterator[EmbeddedArticle]:
    chunks_of = [chunk_body(article.body, embedder.count_tokens) for article in articles]
    titled = [
        repair(f"{article.title}\n{chunk.text}" if article.title else chunk.text)
        for article, chunks in zip(articles, chunks_of, strict=True)
        for chunk in chunks
    ]
    alone = [
        repair(sentence.of(article.body))
        for article, chunks in zip(articles, chunks_of, strict=True)
        for chunk in chunks
        for sentence in chunk.sentences
    ]
    vectors = embedder.embed_passages(titled + alone)
    chunk_at, sentence_at = 0, len(titled)
    for article, chunks in zip(articles, chunks_of, strict=True):
        sentences = sum(len(chunk.sentences) for chunk in chunks)
        yield EmbeddedArticle(
            article=article,
            chunks=chunks,
            chunk_vectors=vectors[chunk_at : chunk_at + len(chunks)],
            sentence_vectors=vectors[sentence_at : sentence_at + sentences],
            terms=tuple(search_terms(text) for text in titled[chunk_at : chunk_at + len(chunks)]),
            model=embedder.name,
        )
        chunk_at += len(chunks)
        sentence_at += sentences


def reindex_archive(
    archive: Archive,
    calibration: Calibration,
    embed: Callable[[Article], EmbeddedArticle],
    on_progress: Callable[[int, int], None] | None = None,
) -> int:
    """Have every article embedded anew, then switch to the model of ``calibration``; return how many were.

    Can be stopped at any moment and taken up again: what is staged stays staged, and the old vectors serve
    until the last.
    """
    done = 0
    # Articles may come and go meanwhile: what came is seen by the next round.
    while waiting := archive.to_reindex(calibration.model):
        for at, article_id in enumerate(waiting):
            if on_progress:
                on_progress(at, len(waiting))
            try:
                article = archive.article(article_id)
            except UnknownArticleError:
                continue
            archive.stage(embed(article))
            done += 1
    archive.activate(calibration.model, calibration)
    return done
