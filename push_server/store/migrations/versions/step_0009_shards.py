"""The work of sending in shares that several nodes take, and what nodes have to agree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    shards = op.create_table(
        "shards",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text),
        sa.Column("held_at", sa.Float),
        sa.Column("serial", sa.Integer, nullable=False, server_default="0"),
        sa.Column("fanned_out_at", sa.Float, nullable=False, server_default="0"),
    )
    op.bulk_insert(shards, [{"name": name} for name in "0123456789abcdef"])
    op.create_table(
        "releases",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("first_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "agreed",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # One node sends where the database is a file, and looks at all shards at once.
        open_ = sa.text("state IN ('pending', 'sending')")
        shard = sa.text("substr(person, 1, 1)")
        op.create_index(
            "deliveries_shard", "deliveries", [shard, "state", "priority", "next_at"], postgresql_where=open_
        )
        op.create_index("wishes_shard", "wishes", ["topic", shard])
