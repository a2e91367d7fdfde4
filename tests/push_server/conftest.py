"""One running idea per fixture: a site, a clock, a push service, a server around them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from push_server import create_app
from push_server.console import passwords
from push_server.published import LOCAL
from push_server.services import Services
from push_server.settings import Settings
from push_server.store.database import FILE, copy_database, open_database

from . import site as fixture_site
from .phone import Phone
from .postgres import Cluster, running
from .push_service import PushService

T = TypeVar("T")

BOTH = ("sqlite", "postgresql")
"""Where a database can be."""


class Clock:
    """Local time of Monday 2026-11-23 until told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> None:
        """``"11:15"``, ``"11:15:30"`` or ``"2026-11-24 11:15"``."""
        day, _, hour = text.rpartition(" ")
        self.now = datetime.fromisoformat(f"{day or self.now.date().isoformat()}T{hour}").replace(tzinfo=LOCAL)

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def in_own_thread(act: Callable[..., T], *arguments: Any) -> T:
    """As the sender runs: a browser that is open in this thread has its event loop here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act, *arguments).result()


class Server:
    """The application with a client, driven by hand: ``run`` does what is due now."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = app.test_client()
        self.services: Services = app.extensions["push_server"]

    def run(self) -> None:
        in_own_thread(self.services.sender.run_due)

    def subscribe(self, phone: Phone) -> int:
        return self.http.post("/push/v1/subscriptions", json=phone.body()).status_code

    def close(self) -> None:
        self.services.close()


Start = Callable[..., Server]


@pytest.fixture(scope="module")
def quick_hashes() -> Iterator[None]:
    """The same hash with a thousandth of the work."""
    usual = passwords._HASHER
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._nobody.cache_clear()
    yield
    passwords._HASHER = usual
    passwords._nobody.cache_clear()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return fixture_site.make(tmp_path / "site")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def push_service() -> Iterator[PushService]:
    service = PushService()
    yield service
    service.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say ``BACKENDS = BOTH`` run on both, but for what is ``on_file``."""
    wanted = getattr(metafunc.module, "BACKENDS", None)
    if wanted and "backend" in metafunc.fixturenames and not hasattr(metafunc.function, "on_file"):
        metafunc.parametrize("backend", wanted, indirect=True)


def on_file(test: Callable[..., None]) -> Callable[..., None]:
    """For tests that look into the file of SQLite, or damage it."""
    test.on_file = True  # type: ignore[attr-defined]
    return test


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for each worker that needs one."""
    with running() as cluster:
        yield cluster


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The URL of an empty database in PostgreSQL; ``None``: a file."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
    else:
        with request.getfixturevalue("cluster").lent() as url:
            yield url


@pytest.fixture
def settings(tmp_path: Path, site: Path, push_service: PushService, backend: str | None) -> Settings:
    return Settings(
        database=backend,
        site=site,
        data=tmp_path / "var",
        contact="mailto:office@example.com",
        local_push_origins=(push_service.origin,),
        rate_limits=False,
    )


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, made once: to make one takes ten times as long as to copy it."""
    folder = tmp_path_factory.mktemp("empty")
    open_database(folder).dispose()
    copy = tmp_path_factory.mktemp("copy")
    copy_database(folder, copy)
    return copy / FILE


@pytest.fixture
def start(settings: Settings, clock: Clock, empty: Path) -> Iterator[Start]:
    """Start a server on the data directory; options replace settings. Stopped at the end."""
    started: list[Server] = []

    def start(send: Any = None, **options: Any) -> Server:
        if not settings.data.exists() and settings.database is None:
            settings.data.mkdir(mode=0o700)
            shutil.copy2(empty, settings.data / FILE)
        app = create_app(settings.with_options(**options), clock=clock, send=send)
        started.append(Server(app))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def server(start: Start) -> Server:
    return start()


@pytest.fixture
def phone(push_service: PushService) -> Phone:
    return Phone(push_service.origin)
