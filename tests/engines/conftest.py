"""The repository's own site, served so that it can be stopped, at one fixed time of day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ..browser.server import Server

NOON = datetime.fromisoformat("2026-11-24T12:10+08:00")


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    """A Tuesday, noon service. The phone's clock is its own: the page corrects it by the server's."""
    server = Server(site)
    server.clock_ahead = (NOON - datetime.now(NOON.tzinfo)).total_seconds()
    yield server
    server.stop()


@pytest.fixture
def online(server: Server) -> Iterator[Server]:
    """The server; started again for the next test when this one stops it."""
    yield server
    server.start()
