"""The last turns of each reader in each chat, so that a follow-up is understood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; it refers to no article by key, so that removal stays free."""
    op.create_table(
        "turns",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("answer_ids", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("cited", sa.Text),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_turns"),
    )
    op.create_index("ix_turns_asked_at", "turns", ["asked_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("turns")
