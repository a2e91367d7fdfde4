"""Subscriptions, announcements and who got them, machine tokens, reports of the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("p256dh", sa.Text, nullable=False),
        sa.Column("auth", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "subscription_topics",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column(
            "recipient", sa.Text, sa.ForeignKey("subscriptions.recipient", ondelete="CASCADE"), primary_key=True
        ),
    )
    op.create_index("subscription_topics_recipient", "subscription_topics", ["recipient"])
    op.create_table(
        "announcements",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("audience", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("urgency", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("announcement", sa.Text, sa.ForeignKey("announcements.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Float, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("deliveries_open", "deliveries", ["state", "next_at"])
    op.create_table(
        "tokens",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("revoked_at", sa.Float),
    )
    op.create_table(
        "queue_reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("serving", sa.Text),
        sa.Column("observed_at", sa.Float, nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
    )
    op.create_index("queue_reports_latest", "queue_reports", ["kind", "observed_at", "id"])
