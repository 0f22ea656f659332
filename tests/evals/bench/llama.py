"""LlamaIndex's own parts over the same articles and embedding, as they come: the way most would build it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.embedding import SiyaqEmbedding
from rag.retrieval import MOST_PASSAGES

MODES = {
    "LlamaIndex fusion, by rank": FUSION_MODES.RECIPROCAL_RANK,
    "LlamaIndex fusion, by score": FUSION_MODES.RELATIVE_SCORE,
}
VECTOR = "LlamaIndex vector index"


def splitter() -> SentenceSplitter:
    """Return its splitter with its own sizes.

    Sentences are told apart by a full stop and a space: its tokenizer refuses to load where the environment
    is made of hard links, as uv makes them.
    """
    return SentenceSplitter(chunking_tokenizer_fn=lambda text: text.replace(". ", ".\0").split("\0"))


def documents_of(articles: Sequence[Mapping[str, Any]]) -> list[Document]:
    """Return articles with ``id``, ``title`` and ``text`` as documents, the title above the text."""
    return [
        Document(id_=one["id"], text=f"{one['title']}\n{one['text']}" if one["title"] else one["text"])
        for one in articles
    ]


def open_store(directory: Path) -> ChromaVectorStore:
    """Return a new vector store in ``directory``, its collection as Chroma makes one."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(directory), settings=Settings(anonymized_telemetry=False))
    return ChromaVectorStore(chroma_collection=client.create_collection("articles", embedding_function=None))


def ingest_documents(articles: Sequence[Mapping[str, Any]], model: SiyaqEmbedding) -> float:
    """Run its pipeline over articles into a new store, and return the seconds it took."""
    documents = documents_of(articles)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = open_store(Path(folder))
        begun = time.perf_counter()
        IngestionPipeline(transformations=[splitter(), model], vector_store=store).run(documents=documents)
        return time.perf_counter() - begun


def retrievers(nodes: Sequence[BaseNode], directory: Path, model: SiyaqEmbedding) -> dict[str, Any]:
    """Index ``nodes`` and return its retrievers over them, by name; nodes with a vector are not embedded."""
    index = VectorStoreIndex(
        list(nodes),
        storage_context=StorageContext.from_defaults(vector_store=open_store(directory)),
        embed_model=model,
    )
    by_vector = index.as_retriever(similarity_top_k=MOST_PASSAGES)
    # Without the vectors, which it has no use for and would keep.
    bare = [node.model_copy(update={"embedding": None}) for node in nodes]
    by_words = BM25Retriever.from_defaults(nodes=bare, similarity_top_k=min(MOST_PASSAGES, len(bare)))
    fused = {
        name: QueryFusionRetriever(
            [by_vector, by_words],
            llm=MockLLM(),  # never asked: one query, the question itself
            mode=mode,
            similarity_top_k=MOST_PASSAGES,
            num_queries=1,
            use_async=False,
        )
        for name, mode in MODES.items()
    }
    return {VECTOR: by_vector, **fused}


def articles_found(retriever: Any, text: str) -> list[str]:
    """Return the ids of the documents of what ``retriever`` finds, best first, with repeats."""
    return [str(found.node.ref_doc_id) for found in retriever.retrieve(text)]
