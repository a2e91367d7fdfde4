"""The database and everything that is written in SQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from .accounts import Accounts
from .agreed import Agreed
from .attempts import Attempts
from .audit import Audit
from .database import need_room, open_database
from .devices import Devices
from .dialect import alone
from .figures import Figures
from .hall import HallStore
from .ledger import Ledger
from .notices import NoticeStore
from .outbox import Outbox
from .postgres import POOL, open_postgres
from .pulse import Pulse
from .releases import Releases
from .reports import Reports
from .shards import Shards
from .staff_sessions import StaffSessions
from .subscribers import Subscribers
from .timetables import Timetables
from .tokens import Tokens
from .unfound import Unfound
from .watches import Watches


class Store:
    """One database, seen by topic. Safe to share between threads.

    It is a file in ``folder``; or, with ``url``, lies in PostgreSQL, where several nodes share it, each
    over ``keep`` connections that stay open.
    """

    def __init__(self, folder: Path, url: str | None = None, *, keep: int = POOL) -> None:
        self._folder = folder
        self.shared = url is not None
        """Whether other nodes may have it open too."""
        if url is None:
            self.engine = open_database(folder)
            reading = self.engine.execution_options(reading=True)
        else:
            self.engine, reading = open_postgres(url, keep)
        self.reading = reading
        self._deciding = threading.local()
        self.subscribers = Subscribers(self.engine, reading)
        self.ledger = Ledger(self.engine, reading, sharded=self.shared)
        self.outbox = Outbox(self.engine, reading)
        self.timetables = Timetables(self.engine, reading)
        self.pulse = Pulse(self.engine, reading)
        self.reports = Reports(self.engine, reading)
        self.hall = HallStore(self.engine, reading)
        self.tokens = Tokens(self.engine, reading)
        self.notices = NoticeStore(self.engine, reading)
        self.figures = Figures(reading)
        self.watches = Watches(self.engine, reading)
        self.unfound = Unfound(self.engine, reading)
        self.accounts = Accounts(self.engine, reading)
        self.staff_sessions = StaffSessions(self.engine, reading)
        self.devices = Devices(self.engine, reading)
        self.attempts = Attempts(self.engine, reading)
        self.audit = Audit(self.engine, reading)
        self.shards = Shards(self.engine)
        self.releases = Releases(self.engine, reading)
        self.agreed = Agreed(self.engine, reading)

    def ping(self) -> None:
        """Read something; raises ``SQLAlchemyError`` when the database is unusable."""
        with self.reading.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version")).one()

    def probe(self, now: float) -> None:
        """Write something; raises ``SQLAlchemyError`` or ``OSError`` when nothing can be written."""
        self.pulse.probe(now)
        if not self.shared:
            need_room(self._folder)

    @contextmanager
    def deciding(self) -> Iterator[None]:
        """On no other node somebody decides meanwhile what is to be said. May be entered again in it.

        A node that decided by what it had read before another one wrote would take that back, and
        people would hear both.
        """
        if not self.shared or getattr(self._deciding, "held", False):
            yield
            return
        with self.engine.begin() as connection:
            alone(connection, "deciding")
            self._deciding.held = True
            try:
                yield
            finally:
                self._deciding.held = False

    def close(self) -> None:
        self.engine.dispose()
