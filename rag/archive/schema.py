"""The catalog's tables as SQLAlchemy sees them; the migrations make them, a test holds the two together."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""``model``, ``dimension``, ``index`` (its folder), ``next_chunk_row``, ``added.LANE``, ``erased.LANE``."""

articles = Table(
    "articles",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("outlet", Text),
    Column("url", Text),
    Column("author", Text),
    Column("published_date", Text),
    Column("published_precision", Text),
    Column("published_raw", Text),
    Column("published_source", Text),
    Column("published_from", Integer),
    Column("published_to", Integer),
    Column("ingested_at", Text, nullable=False),
    Column("story_id", Text),
    Column("origin_kind", Text, nullable=False),
    Column("origin_ref", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("status IN ('active', 'removed')", name="ck_articles_status"),
    Index("ix_articles_story_id", "story_id"),
    Index("ix_articles_status", "status"),
    sqlite_autoincrement=True,
)
"""The current version of each article; days are ordinals. A removed one keeps its row, not its body."""

IS_ACTIVE = articles.c.status != "removed"
"""Whether an article may be shown.

Not the other way round: asked for what equals "active", SQLite goes through all of them by the index on the
status to find the few that are asked for by their ids.
"""

versions = Table(
    "versions",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("published_date", Text),
    Column("ingested_at", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""What an article said before it changed."""

chunks = Table(
    "chunks",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article_id", Text, ForeignKey("articles.id"), nullable=False),
    Column("model", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("sentences", LargeBinary, nullable=False),
    Index("ix_chunks_article_id", "article_id"),
    Index("ix_chunks_lane", "lane", "model", "row", "article_id", "words"),
    sqlite_autoincrement=True,
)
"""Rows are never updated: a changed chunk is a new row, so that ``row`` names one content for ever."""

chunk_data = Table(
    "chunk_data",
    metadata,
    Column("row", Integer, ForeignKey("chunks.row"), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("sentence_vectors", LargeBinary, nullable=False),
    Column("terms", Text, nullable=False),
)
"""What a chunk weighs: its vector (float32), its sentences' vectors (int8) and its search terms."""

index_changes = Table(
    "index_changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("chunk_id", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("action", Text, nullable=False),
    CheckConstraint("action IN ('upsert', 'delete')", name="ck_index_changes_action"),
    sqlite_autoincrement=True,
)
"""What the vector index has yet to apply, in order; a row goes only after the index has taken it."""
