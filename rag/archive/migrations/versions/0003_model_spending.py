"""What the writing model has cost, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the account; days are ``YYYY-MM-DD`` in UTC."""
    op.create_table(
        "model_spending",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cost_micros", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the account."""
    op.drop_table("model_spending")
