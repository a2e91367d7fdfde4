"""Wishes have a subject and settings; people have hours in which they want quiet.

Whoever wanted news of the noon service was also told of closed days: that is a wish of its own now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "wishes_with_subject",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("threshold", sa.Integer),
        sa.Column("lead", sa.Integer),
        sa.Column("weekdays", sa.Text),
        sa.Column("on_date", sa.Text),
    )
    op.execute("INSERT INTO wishes_with_subject (topic, subject, person) SELECT topic, '', person FROM wishes")
    op.execute(
        "INSERT INTO wishes_with_subject (topic, subject, person) SELECT 'hours', '', person FROM wishes"
        " WHERE topic = 'noon'"
    )
    op.drop_table("wishes")
    op.rename_table("wishes_with_subject", "wishes")
    op.create_index("wishes_person", "wishes", ["person"])
    op.create_index("wishes_date", "wishes", ["topic", "on_date"])

    op.create_table(
        "queue_watches",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("threshold", sa.Integer, primary_key=True),
        sa.Column("armed", sa.Integer, nullable=False),
        sa.Column("told_at", sa.Float),
    )

    op.create_table(
        "notices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("preset", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("publish_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("day", sa.Text),
        sa.Column("hours", sa.Text),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_at", sa.Float),
        sa.Column("cancelled_by", sa.Text),
        sa.Column("cancelled_at", sa.Float),
        sa.Column("corrects", sa.Text),
        sa.Column("request_key", sa.Text),
    )
    op.create_index("notices_request", "notices", ["created_by", "request_key"], unique=True)
    op.create_index("notices_end", "notices", ["expires_at"])
    op.add_column("tokens", sa.Column("role", sa.Text, nullable=False, server_default="machine"))

    for name in ("quiet_from", "quiet_to"):
        op.add_column("people", sa.Column(name, sa.Integer))
    op.add_column("people", sa.Column("vapid", sa.Text))
    for name in ("paused_until", "reached_at"):
        op.add_column("people", sa.Column(name, sa.Float))

    for name, kind in (("subject", sa.Text), ("threshold", sa.Integer), ("begins_at", sa.Float), ("lead", sa.Integer)):
        op.add_column("announcements", sa.Column(name, kind))
    op.add_column("announcements", sa.Column("weekday", sa.Integer))
    op.add_column("announcements", sa.Column("quiet", sa.Text, nullable=False, server_default="waits"))
    op.add_column("announcements", sa.Column("shown", sa.Integer, nullable=False, server_default="0"))
    # What stands about closed days is for the new wish; else those who have it are told it again.
    op.execute("UPDATE announcements SET audience = 'hours' WHERE audience = 'noon' AND key LIKE 'closure:%'")
