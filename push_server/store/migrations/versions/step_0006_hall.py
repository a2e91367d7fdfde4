"""The hall: the log of its days, its windows, and what is kept of days that are over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "hall_events",
        sa.Column("serial", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("ticket", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("matter", sa.Text),
        sa.Column("prechecked", sa.Integer, nullable=False),
        sa.Column("window", sa.Text),
        sa.Column("until", sa.Float),
        sa.Column("corrects", sa.Text),
        sa.Column("demo", sa.Integer, nullable=False),
    )
    op.create_index("hall_events_day", "hall_events", ["day", "serial"])
    op.create_table(
        "hall_windows",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("demo", sa.Integer, nullable=False),
    )
    op.create_table(
        "hall_days",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("key", sa.Text),
        sa.Column("events", sa.Integer, nullable=False, server_default="0"),
        sa.Column("thinned_at", sa.Float),
    )
    op.create_table(
        "hall_visits",
        sa.Column("serial", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("matter", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("taken_at", sa.Float, nullable=False),
        sa.Column("called_at", sa.Float),
        sa.Column("ended_at", sa.Float),
        sa.Column("implied", sa.Integer, nullable=False),
        sa.Column("window", sa.Text),
        sa.Column("demo", sa.Integer, nullable=False),
    )
    op.create_index("hall_visits_day", "hall_visits", ["day"])
