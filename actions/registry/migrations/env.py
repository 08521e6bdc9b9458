"""Runs the migrations on the connection that `actions.registry.migrate` brings; it begins and ends the
transaction.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
