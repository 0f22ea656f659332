"""The archive: articles with their versions, chunks with their vectors, full text, the index's change log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LANES = ("ar", "en", "other")


def upgrade() -> None:
    """Create every table of the archive."""
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    _create_articles()
    _create_chunks()
    op.create_table(
        "index_changes",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("chunk_id", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.CheckConstraint("action IN ('upsert', 'delete')", name="ck_index_changes_action"),
        sqlite_autoincrement=True,
    )
    for lane in LANES:
        _create_words(f"words_{lane}")


def downgrade() -> None:
    """Refuse: an archive is taken back from a backup, never by dropping tables."""
    raise NotImplementedError("an archive is taken back from a backup")


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("lang", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published_date", sa.Text),
        sa.Column("published_precision", sa.Text),
        sa.Column("published_raw", sa.Text),
        sa.Column("published_source", sa.Text),
        sa.Column("published_from", sa.Integer),
        sa.Column("published_to", sa.Integer),
        sa.Column("ingested_at", sa.Text, nullable=False),
        sa.Column("story_id", sa.Text),
        sa.Column("origin_kind", sa.Text, nullable=False),
        sa.Column("origin_ref", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.CheckConstraint("status IN ('active', 'removed')", name="ck_articles_status"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_story_id", "articles", ["story_id"])
    op.create_index("ix_articles_status", "articles", ["status"])
    op.create_table(
        "versions",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("published_date", sa.Text),
        sa.Column("ingested_at", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("sentences", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chunks_article_id", "chunks", ["article_id"])
    op.create_index("ix_chunks_lane", "chunks", ["lane", "model", "row", "article_id", "words"])
    # Apart from the chunks, so that going through the chunks does not read a vector for each.
    op.create_table(
        "chunk_data",
        sa.Column("row", sa.Integer, sa.ForeignKey("chunks.row"), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("sentence_vectors", sa.LargeBinary, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
    )


def _create_words(table: str) -> None:
    # Contentless: the terms stand in chunk_data once. The ascii tokenizer never splits or folds a letter
    # outside ASCII, and our terms hold no other separator than the space.
    op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(terms, content='', tokenize='ascii')")
    op.execute(f"CREATE VIRTUAL TABLE {table}_terms USING fts5vocab('{table}', 'row')")
    op.execute(f"CREATE VIRTUAL TABLE {table}_places USING fts5vocab('{table}', 'instance')")
