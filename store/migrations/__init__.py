"""The history of the tables, one file a step, run by Alembic when a database is opened."""
