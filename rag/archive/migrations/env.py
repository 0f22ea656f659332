"""What Alembic runs for each step: the connection is handed over by `rag.archive.migrating`."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
# The caller holds one transaction around all steps, so that a kill leaves the old schema whole.
context.configure(connection=connection, target_metadata=None, transaction_per_migration=False)
context.run_migrations()
