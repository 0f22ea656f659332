"""Siyaq's search with LlamaIndex's face: a retriever that its engines and evaluators can use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.answering.evidence import Weigher
from rag.answering.ranking import by_reading, likeliest_first
from rag.questions import read_question
from rag.retrieval import Retriever
from rag.types import Passage, utc_now


class SiyaqRetriever(BaseRetriever):
    """Finds passages in both languages for a question in either, as nodes of LlamaIndex.

    A node's text is the passage word for word; its metadata say which article it is of and where it stands
    there (``start``, ``end``: code points into the body). With a ``weigher``, what was found is read with the
    question in mind, which costs some tenths of a second and orders it better. Raises
    `rag.errors.UsageError` where nothing is asked.
    """

    def __init__(
        self,
        retriever: Retriever,
        *,
        most: int = 5,
        weigher: Weigher | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._search = retriever
        self._most = most
        self._weigher = weigher
        self._clock = clock

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = read_question(query_bundle.query_str, now=self._clock())
        found = self._search.search(question, window=question.window)
        passages = found.passages
        if self._weigher is not None:
            evidence = self._weigher.weigh(question, found)
            passages = by_reading(passages, likeliest_first(evidence, self._weigher.weights))
        return [node_of(passage) for passage in passages[: self._most]]


def node_of(passage: Passage) -> NodeWithScore:
    """Return a passage as a node; the score is the ranking's own."""
    chunk = passage.chunk
    article = chunk.article
    metadata: dict[str, Any] = {
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.date if article.published else None,
        "lang": article.lang,
        "start": chunk.start,
        "end": chunk.end,
    }
    node = TextNode(id_=chunk.id, text=chunk.text, metadata=metadata)
    return NodeWithScore(node=node, score=passage.score)
