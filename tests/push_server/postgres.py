"""A PostgreSQL server for the tests, on a free port of this machine, run by somebody who is not root."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from push_server.store import schema
from push_server.store.postgres import open_postgres
from scripts.postgres import WORDS, find

from .ports import free_port

QUICK = """
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
shared_buffers = 16MB
max_connections = 60
"""
"""For databases that live for a test: nobody pulls the plug."""


class Cluster:
    """Databases in it are copies of one that is migrated already."""

    def __init__(self, settings: str = QUICK) -> None:
        found = find()
        assert found is not None, WORDS
        self._programs = found
        self._folder = Path(tempfile.mkdtemp(prefix="guide-postgres-"))
        self._names = itertools.count(1)
        # The server refuses to be run by root.
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            self._who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        data = self._folder / "data"
        self.call(
            "initdb", "--no-sync", "--auth=trust", "--username=guide", "--locale=C.UTF-8", "--encoding=UTF8", "-D", data
        )
        with (data / "postgresql.conf").open("a") as file:
            file.write(f"{settings}\nlisten_addresses = '127.0.0.1'\n")
            file.write(f"unix_socket_directories = '{self._folder}'\n")
        self._template: str | None = None
        self._lent: str | None = None
        self._begin(data)

    def _begin(self, data: Path, attempts: int = 3) -> None:
        """Start it for the first time. A port that was free may have been taken since by another test: then
        on another one."""
        for left in reversed(range(attempts)):
            self.port = free_port()
            with (data / "postgresql.conf").open("a") as file:
                file.write(f"port = {self.port}\n")
            try:
                self.start()
            except AssertionError:
                log = (self._folder / "log").read_text(errors="replace")
                if left == 0 or "could not bind" not in log:
                    raise AssertionError(log) from None
            else:
                return

    def call(self, program: str, *arguments: object) -> str:
        """Run one of PostgreSQL's programs; what it said."""
        done = subprocess.run(
            [self._programs / program, *map(str, arguments)],
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "PGTZ": "UTC"},
            **self._who,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def start(self) -> None:
        # Its words go to a file: a pipe would stay open for as long as the server runs.
        self.call("pg_ctl", "start", "-w", "-D", self._folder / "data", "-l", self._folder / "log")

    @property
    def pid(self) -> int:
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def stop(self, mode: str = "fast") -> None:
        self.call("pg_ctl", "stop", "-w", "-m", mode, "-D", self._folder / "data")

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://guide@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(f"host=127.0.0.1 port={self.port} user=guide dbname={name}", autocommit=True)

    def create(self) -> str:
        """The URL of a new and empty database."""
        return self._create("template0")

    def made(self) -> str:
        """The URL of a new database with all tables."""
        if self._template is None:
            url = self._create("template0")
            open_postgres(url)[0].dispose()
            self._template = url.rpartition("/")[2]
        return self._create(self._template)

    def _create(self, template: str) -> str:
        name = f"test{next(self._names)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of a database with all tables and nothing in them; emptied afterwards, which takes a
        hundredth of what a new one does."""
        if self._lent is None:
            self._lent = self.made()
        yield self._lent
        with self.connect(self._lent.rpartition("/")[2]) as connection:
            for table in reversed(schema.metadata.sorted_tables):
                if table.name != "shards":
                    connection.execute(f'DELETE FROM "{table.name}"')
            connection.execute("UPDATE shards SET owner = NULL, held_at = NULL, serial = 0, fanned_out_at = 0")

    def cut(self, url: str) -> None:
        """Nobody gets at the database any more."""
        name = url.rpartition("/")[2]
        with self.connect() as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def mend(self, url: str) -> None:
        with self.connect() as connection:
            connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} ALLOW_CONNECTIONS true")

    def close(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self._folder)


@contextmanager
def running(settings: str = QUICK) -> Iterator[Cluster]:
    cluster = Cluster(settings)
    try:
        yield cluster
    finally:
        cluster.close()
