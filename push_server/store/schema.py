"""Tables, and the numbered steps by which a database of an older version reaches them.

Keys are natural and types are plain, so that the tables are the same in PostgreSQL. Moments
are seconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Float, ForeignKey, Index, Integer, MetaData, Table, Text, inspect, text

from ..errors import StartupError

metadata = MetaData()

version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

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

STEPS: dict[int, tuple[str, ...]] = {
    1: (
        """CREATE TABLE subscriptions (recipient TEXT NOT NULL PRIMARY KEY, endpoint TEXT NOT NULL,
           p256dh TEXT NOT NULL, auth TEXT NOT NULL, created_at FLOAT NOT NULL, seen_at FLOAT NOT NULL)""",
        "CREATE INDEX subscriptions_seen ON subscriptions (seen_at)",
        """CREATE TABLE subscription_topics (topic TEXT NOT NULL,
           recipient TEXT NOT NULL REFERENCES subscriptions (recipient) ON DELETE CASCADE,
           PRIMARY KEY (topic, recipient))""",
        "CREATE INDEX subscription_topics_recipient ON subscription_topics (recipient)",
        """CREATE TABLE announcements (key TEXT NOT NULL PRIMARY KEY, audience TEXT, payload TEXT NOT NULL,
           urgency TEXT NOT NULL, created_at FLOAT NOT NULL, expires_at FLOAT NOT NULL)""",
        """CREATE TABLE deliveries (announcement TEXT NOT NULL REFERENCES announcements (key) ON DELETE CASCADE,
           recipient TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at FLOAT NOT NULL,
           changed_at FLOAT NOT NULL, reason TEXT, PRIMARY KEY (announcement, recipient))""",
        "CREATE INDEX deliveries_open ON deliveries (state, next_at)",
        """CREATE TABLE tokens (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
           created_at FLOAT NOT NULL, revoked_at FLOAT)""",
        """CREATE TABLE queue_reports (id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, waiting INTEGER NOT NULL,
           serving TEXT, observed_at FLOAT NOT NULL, received_at FLOAT NOT NULL, token TEXT NOT NULL)""",
        "CREATE INDEX queue_reports_latest ON queue_reports (kind, observed_at, id)",
    ),
    2: (
        """CREATE TABLE unfound (query TEXT NOT NULL PRIMARY KEY, times INTEGER NOT NULL,
           first_day TEXT NOT NULL, last_day TEXT NOT NULL)""",
    ),
}
"""Step n leads from version n-1 to n. Published steps are never changed, only added to."""

NEWEST = max(STEPS)


def migrate(connection: Connection) -> None:
    """Bring the database to ``NEWEST``, all steps in the caller's transaction.

    Raises ``StartupError`` for a database that is newer than this program.
    """
    if not inspect(connection).has_table(version.name):
        connection.execute(text("CREATE TABLE schema_version (version INTEGER NOT NULL)"))
        connection.execute(version.insert().values(version=0))
    found = connection.execute(version.select()).scalar_one()
    if found > NEWEST:
        raise StartupError(f"数据库是更新版本的程序写的（{found} 版，本程序只认到 {NEWEST} 版）— 请升级程序")
    for number in range(found + 1, NEWEST + 1):
        for statement in STEPS[number]:
            connection.execute(text(statement))
        connection.execute(version.update().values(version=number))
