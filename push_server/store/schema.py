"""Tables as they are today. ``migrations`` leads there from those of every earlier version.

Keys are natural and types are plain, so that the tables are the same in PostgreSQL. Moments
are seconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

subscriptions = Table(
    "subscriptions",
    metadata,
    # SHA-256 of the endpoint: names a phone in the ledger without keeping its address there.
    Column("recipient", Text, primary_key=True),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Index("subscriptions_seen", "seen_at"),
)

topics = Table(
    "subscription_topics",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("recipient", Text, ForeignKey("subscriptions.recipient", ondelete="CASCADE"), primary_key=True),
    Index("subscription_topics_recipient", "recipient"),
)

announcements = Table(
    "announcements",
    metadata,
    Column("key", Text, primary_key=True),  # "noon:2026-11-23"
    Column("audience", Text),  # a topic; NULL for a message to one recipient
    Column("payload", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("announcement", Text, ForeignKey("announcements.key", ondelete="CASCADE"), primary_key=True),
    # No foreign key: who leaves and comes back the same day must not get it twice.
    Column("recipient", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("reason", Text),
    Index("deliveries_open", "state", "next_at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Float, nullable=False),
    Column("revoked_at", Float),
)

queue_reports = Table(
    "queue_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("serving", Text),
    Column("observed_at", Float, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("token", Text, nullable=False),
    Index("queue_reports_latest", "kind", "observed_at", "id"),
)

unfound = Table(
    "unfound",
    metadata,
    # What was typed and how often; who typed it, and the hour, nobody can tell.
    Column("query", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
)
