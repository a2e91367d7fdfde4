"""What Alembic runs at every upgrade: the missing steps, over the connection it was given."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
