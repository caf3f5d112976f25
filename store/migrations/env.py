"""Alembic's entry: runs the steps on the connection that `store.database` opened and locked."""

from alembic import context

from store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
