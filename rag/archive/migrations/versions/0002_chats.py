"""Chats: their settings, what they follow, what is to be sent to them, and what was handled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the bot's tables; none of them refers to an article by key, so that removal stays free."""
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("lang", sa.Text),
        sa.Column("seen_lang", sa.Text),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("digest_hour", sa.Integer, nullable=False),
        sa.Column("scheduled_at", sa.Text, nullable=False),
        sa.Column("told_until", sa.Text, nullable=False),
        sa.CheckConstraint("state IN ('active', 'paused')", name="ck_chats_state"),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name="ck_chats_digest_hour"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("followed_at", sa.Text, nullable=False),
        sa.UniqueConstraint("chat_id", "folded", name="uq_subscriptions"),
    )
    op.create_table(
        "outbox",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("message_ids", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.UniqueConstraint("chat_id", "day", name="uq_outbox"),
        sa.CheckConstraint(
            "state IN ('empty', 'queued', 'sending', 'sent', 'failed', 'unknown')", name="ck_outbox_state"
        ),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "not_before"])
    op.create_table(
        "answers",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("lang", sa.Text, nullable=False),
        sa.Column("citations", sa.Text, nullable=False),
        sa.Column("answered_at", sa.Text, nullable=False),
    )
    op.create_table(
        "updates_seen",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seen_at", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the bot's tables."""
    for table in ("updates_seen", "answers", "outbox", "subscriptions", "chats"):
        op.drop_table(table)
