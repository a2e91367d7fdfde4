"""The database and everything that is written in SQL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from .accounts import Accounts
from .attempts import Attempts
from .audit import Audit
from .database import need_room, open_database
from .devices import Devices
from .hall import HallStore
from .ledger import Ledger
from .outbox import Outbox
from .pulse import Pulse
from .reports import Reports
from .staff_sessions import StaffSessions
from .subscribers import Subscribers
from .timetables import Timetables
from .tokens import Tokens
from .unfound import Unfound


class Store:
    """One database, seen by topic. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.engine = open_database(folder)
        reading = self.engine.execution_options(reading=True)
        self._reading = reading
        self.subscribers = Subscribers(self.engine, reading)
        self.ledger = Ledger(self.engine, reading)
        self.outbox = Outbox(self.engine, reading)
        self.timetables = Timetables(self.engine, reading)
        self.pulse = Pulse(self.engine, reading)
        self.reports = Reports(self.engine, reading)
        self.hall = HallStore(self.engine, reading)
        self.tokens = Tokens(self.engine, reading)
        self.unfound = Unfound(self.engine, reading)
        self.accounts = Accounts(self.engine, reading)
        self.staff_sessions = StaffSessions(self.engine, reading)
        self.devices = Devices(self.engine, reading)
        self.attempts = Attempts(self.engine, reading)
        self.audit = Audit(self.engine, reading)

    def ping(self) -> None:
        """Read something; raises ``SQLAlchemyError`` when the database is unusable."""
        with self._reading.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version")).one()

    def probe(self, now: float) -> None:
        """Write something; raises ``SQLAlchemyError`` or ``OSError`` when nothing can be written."""
        self.pulse.probe(now)
        need_room(self._folder)

    def close(self) -> None:
        self.engine.dispose()
