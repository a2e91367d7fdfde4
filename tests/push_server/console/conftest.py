"""Staff at their browsers: each fixture is somebody signed in, or about to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from push_server.console import passwords

from ..conftest import Server
from ..site import put

PASSWORD = "correct horse battery"
BASE = "https://guide.example"


class Clerk:
    """A browser: cookies of its own, and the token that the last page gave."""

    def __init__(self, server: Server, base: str = BASE, prefix: str = "") -> None:
        self.server = server
        self.http: FlaskClient = server.app.test_client()
        self._base = base
        self._prefix = prefix
        self.token = ""

    def get(self, path: str, **more: Any) -> TestResponse:
        answer = self.http.get(f"{self._prefix}/console{path}", base_url=self._base, **more)
        found = (
            re.search(r'name="csrf-token" content="([^"]+)"', answer.text) if answer.mimetype == "text/html" else None
        )
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """A form of the page that was looked at last."""
        given = {"csrf_token": self.token, **(data or {})}
        headers = {"Referer": f"{self._base}/console/", **more.pop("headers", {})}
        return self.http.post(f"{self._prefix}/console{path}", base_url=self._base, data=given, headers=headers, **more)

    def send(self, path: str, **body: Any) -> TestResponse:
        """What a page's script sends."""
        headers = {"X-CSRFToken": self.token, "Accept": "application/json", "Referer": f"{self._base}/console/"}
        return self.http.post(f"{self._prefix}/console{path}", base_url=self._base, json=body, headers=headers)

    def sign_in(self, name: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        self.get("/sign-in")
        answer = self.post("/sign-in", {"name": name, "password": password}, **more)
        if answer.status_code == 302:
            self.get("/")
        return answer


@pytest.fixture(scope="module", autouse=True)
def quickly(quick_hashes: None) -> None:
    """For every page of staff."""


Hire = Callable[..., None]


@pytest.fixture
def hire(server: Server) -> Hire:
    """Add an account with these roles."""

    def hire(name: str, *roles: str, shown: str = "", password: str = PASSWORD) -> None:
        s = server.services
        assert s.store.accounts.add(name, shown or name, roles, passwords.hashed(password), s.now())

    return hire


@pytest.fixture
def browser_of(server: Server) -> Callable[[], Clerk]:
    return lambda: Clerk(server)


@pytest.fixture
def admin(server: Server, hire: Hire) -> Clerk:
    return _signed_in(server, hire, "chief", "admin")


@pytest.fixture
def desk(server: Server, hire: Hire) -> Clerk:
    return _signed_in(server, hire, "li", "desk")


@pytest.fixture
def window(server: Server, hire: Hire) -> Clerk:
    """At window 3, which calls for 业务受理窗口."""
    server.services.hall.declare("3", ["acceptance"])
    return _signed_in(server, hire, "wang", "window")


def _signed_in(server: Server, hire: Hire, name: str, *roles: str) -> Clerk:
    hire(name, *roles)
    clerk = Clerk(server)
    assert clerk.sign_in(name).status_code == 302
    return clerk


@pytest.fixture(autouse=True)
def catalogue(server: Server) -> None:
    site = server.services.settings.site
    matters = '[{"id": "nurse", "name": "护士执业延续"}, {"id": "food", "name": "食品经营许可"}]'
    put(site, "api/v1/matters.json", matters)
