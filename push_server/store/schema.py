"""Tables as they are today. ``migrations`` leads there from those of every earlier version.

Keys are natural and types are plain, so that the tables are the same in PostgreSQL. Moments
are seconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("secret", Text),  # SHA-256; NULL for a phone that knows no secret
    # Stays when the endpoint has gone, so that who comes back is recognised.
    Column("endpoint_digest", Text, unique=True),
    Column("endpoint", Text),  # NULL: cannot be reached
    Column("p256dh", Text),
    Column("auth", Text),
    Column("vapid", Text),  # the server's public key that it was made with; NULL for the one of that time
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    # Minutes of the day at the centre between which nothing rings that can wait.
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("paused_until", Float),
    Column("reached_at", Float),  # when a push service last took a message for them
)

wishes = Table(
    "wishes",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("subject", Text, primary_key=True),  # a kind of counter, a ticket, a matter; "" where there is none
    Column("person", Text, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("threshold", Integer),  # how many people ahead, or waiting
    Column("lead", Integer),  # minutes
    Column("weekdays", Text),  # ISO numbers, "135"; NULL for all
    Column("on_date", Text),  # when a document runs out
    Index("wishes_person", "person"),
    Index("wishes_date", "topic", "on_date"),
)

queue_watches = Table(
    "queue_watches",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("threshold", Integer, primary_key=True),
    Column("armed", Integer, nullable=False),
    Column("told_at", Float),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("preset", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("publish_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("day", Text),
    Column("hours", Text),  # JSON; NULL where the hours of no day change
    Column("approved_by", Text),
    Column("approved_at", Float),
    Column("cancelled_by", Text),
    Column("cancelled_at", Float),
    Column("corrects", Text),
    Column("request_key", Text),  # of the program that announced it: the same again is the same
    Index("notices_request", "created_by", "request_key", unique=True),
    Index("notices_end", "expires_at"),
)

timetables = Table(
    "timetables",
    metadata,
    # The spans that were published for a day before it was changed on the day itself, as JSON.
    Column("day", Text, primary_key=True),
    Column("spans", Text, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("key", Text, primary_key=True),  # "noon:2026-11-23"
    Column("audience", Text),  # a topic; NULL for a message to one person
    # Of the wishes with the topic only those with this subject, this threshold, this day of the week.
    Column("subject", Text),
    Column("threshold", Integer),
    Column("weekday", Integer),
    # Told so many minutes before it begins, or as many as the wish says.
    Column("begins_at", Float),
    Column("lead", Integer),
    Column("quiet", Text, nullable=False, server_default="waits"),  # what it does in quiet hours
    Column("shown", Integer, nullable=False, server_default="0"),  # reports of phones, a sample
    Column("payload", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("tag", Text, nullable=False, server_default=""),
    Column("serial", Integer, nullable=False, server_default="0"),  # which is newer
    Column("facts", Text, nullable=False, server_default=""),
    Column("correction", Text, nullable=False, server_default=""),  # words for who was told other facts
    Column("corrects_until", Float, nullable=False, server_default="0"),
    Column("priority", Integer, nullable=False, server_default="1"),
    Index("announcements_tag", "tag", "serial"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("announcement", Text, ForeignKey("announcements.key", ondelete="CASCADE"), primary_key=True),
    # No foreign key: who leaves and comes back the same day must not get it twice.
    Column("person", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("reason", Text),
    Column("priority", Integer, nullable=False, server_default="1"),  # 0 goes first
    Column("told", Text),  # the facts that surely arrived last
    Column("maybe", Text),  # the facts that may have arrived since; "?" for one or another
    Index("deliveries_open", "state", "priority", "next_at"),
    Index("deliveries_person", "person"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Float, nullable=False),
    Column("revoked_at", Float),
    Column("role", Text, nullable=False, server_default="machine"),
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

hall_events = Table(
    "hall_events",
    metadata,
    Column("serial", Integer, primary_key=True),  # in the order in which they came
    Column("id", Text, nullable=False, unique=True),
    Column("day", Text, nullable=False),  # of the centre: "2026-11-23"
    Column("type", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("source", Text, nullable=False),
    Column("ticket", Text),
    Column("kind", Text),
    Column("matter", Text),
    Column("prechecked", Integer, nullable=False),
    Column("window", Text),
    Column("until", Float),
    Column("corrects", Text),
    Column("demo", Integer, nullable=False),
    Index("hall_events_day", "day", "serial"),
)

hall_windows = Table(
    "hall_windows",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kinds", Text, nullable=False),  # JSON
    Column("demo", Integer, nullable=False),
)

hall_days = Table(
    "hall_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("key", Text),  # what opens the day's tickets; NULL when the day is over
    Column("events", Integer, nullable=False, server_default="0"),  # that the visits below were made of
    Column("thinned_at", Float),  # since then the visits are all that is left
)

hall_visits = Table(
    "hall_visits",
    metadata,
    Column("serial", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("matter", Text),
    Column("state", Text, nullable=False),
    Column("taken_at", Float, nullable=False),
    Column("called_at", Float),
    Column("ended_at", Float),
    Column("implied", Integer, nullable=False),
    Column("window", Text),
    Column("demo", Integer, nullable=False),
    Index("hall_visits_day", "day"),
)

pulse = Table(
    "pulse",
    metadata,
    Column("name", Text, primary_key=True),  # "sender", "probe"
    Column("at", Float),
    Column("error", Text),
    Column("error_at", Float),
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

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),  # what one signs in with, in lower case
    Column("shown", Text, nullable=False),
    Column("roles", Text, nullable=False),  # JSON
    Column("password", Text, nullable=False),  # Argon2id, with its parameters
    Column("code", Text),  # the same, for shared tablets; NULL: none is set
    Column("created_at", Float, nullable=False),
    Column("disabled_at", Float),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of what the cookie holds
    Column("account", Text, ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("device", Text),  # signed in with a code there; NULL: with a password
    Index("staff_sessions_account", "account"),
)

devices = Table(
    "devices",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("enrolled_at", Float, nullable=False),
    Column("enrolled_by", Text, nullable=False),
    Column("revoked_at", Float),
)

attempts = Table(
    "attempts",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("until", Float, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("account", Text),
    Column("action", Text, nullable=False),
    Column("ticket", Text),
    Column("window", Text),
    Column("detail", Text),
    Column("event", Text, unique=True),  # of the hall; what is sent again is noted once
    Index("audit_at", "at"),
    Index("audit_account", "account"),
    Index("audit_ticket", "ticket"),
)

shards = Table(
    "shards",
    metadata,
    # What people's ids begin with; a share of the ledger that one worker at a time sends.
    Column("name", Text, primary_key=True),
    Column("owner", Text),  # who holds it; NULL: nobody
    Column("held_at", Float),  # when the owner was last seen, by the clock of the database
    Column("serial", Integer, nullable=False, server_default="0"),  # the newest announcement it has rows for
    Column("fanned_out_at", Float, nullable=False, server_default="0"),
)

releases = Table(
    "releases",
    metadata,
    # Published sites that nodes had, so that one which was left behind is known.
    Column("id", Text, primary_key=True),
    Column("first_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
)

agreed = Table(
    "agreed",
    metadata,
    # What has to be the same on all nodes: digests of their keys.
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
