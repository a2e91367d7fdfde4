"""Who is told is a person; the endpoint is a property that changes. The ledger knows what each was told.

Whoever had a subscription becomes a person of the same name, so that the ledger stays right.
"""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("secret", sa.Text),
        sa.Column("endpoint_digest", sa.Text, unique=True),
        sa.Column("endpoint", sa.Text),
        sa.Column("p256dh", sa.Text),
        sa.Column("auth", sa.Text),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "wishes",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_table(
        "timetables",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("spans", sa.Text, nullable=False),
    )
    # A subscription was named after the digest of its endpoint.
    op.execute(
        "INSERT INTO people (id, endpoint_digest, endpoint, p256dh, auth, created_at, seen_at)"
        " SELECT recipient, recipient, endpoint, p256dh, auth, created_at, seen_at FROM subscriptions"
    )
    op.execute("INSERT INTO wishes (topic, person) SELECT topic, recipient FROM subscription_topics")
    op.drop_table("subscription_topics")
    op.drop_table("subscriptions")
    op.create_index("wishes_person", "wishes", ["person"])

    op.drop_index("deliveries_open", "deliveries")
    op.alter_column("deliveries", "recipient", new_column_name="person")
    op.add_column("deliveries", sa.Column("priority", sa.Integer, nullable=False, server_default="1"))
    op.add_column("deliveries", sa.Column("told", sa.Text))
    op.add_column("deliveries", sa.Column("maybe", sa.Text))
    op.create_index("deliveries_open", "deliveries", ["state", "priority", "next_at"])
    op.create_index("deliveries_person", "deliveries", ["person"])
    for name, kind, default in (
        ("tag", sa.Text, ""),
        ("serial", sa.Integer, "0"),
        ("facts", sa.Text, ""),
        ("correction", sa.Text, ""),
        ("corrects_until", sa.Float, "0"),
        ("priority", sa.Integer, "1"),
    ):
        op.add_column("announcements", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_index("announcements_tag", "announcements", ["tag", "serial"])
    _facts()


def _facts() -> None:
    """What the announcements there are have said, and to whom."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT key, payload FROM announcements ORDER BY created_at, key")).all()
    for serial, (key, payload) in enumerate(rows, 1):
        said = json.loads(payload)
        hours = re.search(r"\d\d:\d\d–\d\d:\d\d", said["title"])
        facts = hours[0] if said["kind"] == "noon" and hours else ""
        connection.execute(
            sa.text("UPDATE announcements SET tag = :tag, serial = :serial, facts = :facts WHERE key = :key"),
            {"tag": said["tag"], "serial": serial, "facts": facts, "key": key},
        )
    connection.execute(
        sa.text(
            "UPDATE deliveries SET told = (SELECT facts FROM announcements WHERE key = announcement)"
            " WHERE state = 'sent'"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE deliveries SET maybe = (SELECT facts FROM announcements WHERE key = announcement)"
            " WHERE state = 'sending' OR reason = 'interrupted' AND state <> 'sent'"
        )
    )
    # A noon service called off had its correction in an announcement of its own.
    called_off = sa.text("SELECT key FROM announcements WHERE key LIKE 'noon-off:%'")
    for (key,) in connection.execute(called_off).all():
        names = {"correction": key, "noon": key.replace("noon-off:", "noon:")}
        connection.execute(
            sa.text(
                "UPDATE deliveries SET told = 'off', state = 'sent' WHERE announcement = :noon AND person IN"
                " (SELECT person FROM deliveries WHERE announcement = :correction AND state = 'sent')"
            ),
            names,
        )
        # Those who were still to be corrected: they have been told that it takes place.
        connection.execute(
            sa.text(
                "UPDATE deliveries SET state = 'pending', priority = 0, told = (SELECT facts FROM announcements"
                " WHERE key = :noon) WHERE announcement = :noon AND person IN (SELECT person FROM deliveries"
                " WHERE announcement = :correction AND state IN ('pending', 'sending'))"
            ),
            names,
        )
        connection.execute(
            sa.text(
                "UPDATE announcements SET facts = 'off', corrects_until = (SELECT expires_at FROM announcements"
                " WHERE key = :correction), correction = (SELECT payload FROM announcements WHERE key = :correction)"
                " WHERE key = :noon AND EXISTS (SELECT 1 FROM announcements AS over WHERE over.key = :noon"
                " AND over.expires_at < (SELECT expires_at FROM announcements WHERE key = :correction))"
            ),
            names,
        )
        connection.execute(sa.text("DELETE FROM deliveries WHERE announcement = :correction"), names)
        connection.execute(sa.text("DELETE FROM announcements WHERE key = :correction"), names)
