"""Signs of life of the sender, for whoever asks in another process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.Float),
        sa.Column("error", sa.Text),
        sa.Column("error_at", sa.Float),
    )
