"""Alembic's doorway: the program hands over its open connection in a transaction."""

from alembic import context

from coachdesk.region.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
