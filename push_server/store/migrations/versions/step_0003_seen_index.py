"""The index that the very first databases, numbered 1 as well, were made without."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("subscriptions_seen", "subscriptions", ["seen_at"], if_not_exists=True)
