"""Two centres in one process, each with staff, machines, phones, tickets and notices of its own.

They are alike to the letter, but for ``mark``, which stands in whatever words a centre keeps: the same
names of accounts, windows, tokens and tablets, so that only what keeps them apart tells them apart.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, Table, Text, cast, func, literal, select, union_all
from werkzeug.test import Client, TestResponse

from push_server.centres import Centre
from push_server.console import passwords
from push_server.installation import Installation
from push_server.services import Services
from push_server.settings import Settings
from push_server.store.database import FILE
from push_server.store.schema import metadata

from . import site as fixture_site
from .conftest import Clock
from .phone import Phone

NAMES = ("east", "west")
PASSWORD = "correct horse battery"
CODE = "271828"
NEWS = {
    "about": "news",
    "audience": "news",
    "when": "now",
    "expires_at": "2026-11-23T16:30",
    "do": "submit",
}


@dataclass
class Secrets:
    """What opens something at a centre."""

    machine: str
    editor: str
    staff: tuple[str, str]
    """The console's cookie of the chief, and a token against forged requests that goes with it."""
    second: tuple[str, str]
    """The same of the deputy, who may consent to what the chief has written."""
    tablet: str
    person: dict[str, str]
    phone: Phone
    """One that was given no secret: its endpoint is enough to leave."""
    ticket_key: str


@dataclass
class Ids:
    """What is known by a name that is drawn, and is no secret."""

    ticket: str
    draft: str
    submitted: str
    seen: tuple[str, str]
    """The versions of the two, which a form that changes them has to name."""
    phone: Phone
    request_key: str
    event: str


@dataclass
class House:
    """A centre of the installation, seen from outside at ``host``."""

    name: str
    mark: str
    app: Flask
    http: Client
    secrets: Secrets = field(init=False)
    ids: Ids = field(init=False)

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    @property
    def s(self) -> Services:
        found: Services = self.app.extensions["push_server"]
        return found

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Referer": f"https://{self.host}/console/", **more.pop("headers", {})}
        return self.http.open(
            path, method=method, base_url=f"https://{self.host}", headers=headers, buffered=True, **more
        )

    def signed_in(self, name: str) -> tuple[str, str]:
        """A new session of ``name``: the cookie, and the token of a page."""
        page = self.ask("GET", "/console/sign-in")
        form = {"name": name, "password": PASSWORD, "csrf_token": token_of(page)}
        answer = self.ask("POST", "/console/sign-in", data=form, headers={"Cookie": cookie_of(page)})
        assert answer.status_code == 302, answer.text
        page = self.ask("GET", "/console/", headers={"Cookie": cookie_of(answer)})
        return cookie_of(page) if page.headers.getlist("Set-Cookie") else cookie_of(answer), token_of(page)

    def submit(self, path: str, form: Mapping[str, Any], who: tuple[str, str]) -> TestResponse:
        return self.ask("POST", path, data={"csrf_token": who[1], **form}, headers={"Cookie": who[0]})

    def rows(self, *but: str) -> list[tuple[str, str]]:
        """Every row of the database: its table, and what stands in it. Without the tables ``but``."""
        with self.s.store.reading.connect() as connection:
            return sorted((table, row) for table, row in connection.execute(EVERYTHING) if table not in but)


def _row(table: Table) -> ColumnElement[str]:
    told = [func.coalesce(cast(column, Text), "-") for column in table.columns]
    return reduce(lambda row, value: row.concat(" | ").concat(value), told)


EVERYTHING = union_all(*(select(literal(table.name), _row(table)) for table in metadata.sorted_tables))
"""In one statement, since it is asked after every request."""


def open_house(
    folder: Path, clock: Clock, empty: Path, urls: Mapping[str, str] | None = None, **options: Any
) -> tuple[Installation, dict[str, House]]:
    """Both centres, with databases in files, or at ``urls``."""
    centres = []
    for name in NAMES:
        site, data = fixture_site.make(folder / name / "site"), folder / name / "var"
        centre = {**fixture_site.CENTRE, "name": f"{_mark(name)}政务服务中心"}
        fixture_site.put(site, "api/v1/centre.json", centre)
        fixture_site.put(site, "index.html", f"<!doctype html><title>{_mark(name)}</title>")
        fixture_site.put(site, "api/v1/matters.json", f'[{{"id": "nurse", "name": "{_mark(name)}护士"}}]')
        data.mkdir(mode=0o700)
        if urls is None:
            shutil.copy2(empty, data / FILE)
        settings = Settings(
            centre=name,
            site=site,
            data=data,
            database=urls[name] if urls else None,
            contact=f"mailto:duty@{name}.example",
            **{"rate_limits": False, **options},
        )
        centres.append(Centre(name, (f"{name}.example",), settings))
    installation = Installation(centres, clock=clock)
    http = Client(installation, use_cookies=False)
    return installation, {name: House(name, _mark(name), app, http) for name, app in installation.apps.items()}


def furnish(house: House, origin: str) -> None:
    """Everything that a centre may have, through its doors."""
    s, mark = house.s, house.mark
    for name, roles in (
        ("chief", ("admin", "desk", "window", "editor")),
        ("deputy", ("editor",)),
        ("spare", ("desk",)),
    ):
        assert s.store.accounts.add(name, f"{mark}{name}", roles, passwords.hashed(PASSWORD), s.now())
    machine, editor = (str(s.store.tokens.add(role, s.now(), role=role)) for role in ("machine", "editor"))
    assert s.store.tokens.add(f"{mark}-old", s.now()) and s.store.tokens.add("old", s.now())
    staff, second = house.signed_in("chief"), house.signed_in("deputy")
    assert house.submit("/console/me/code", {"present": PASSWORD, "code": CODE}, second).status_code == 302
    enrolled = house.submit("/console/me/tablet", {"tablet": "tablet3"}, staff)
    assert enrolled.status_code == 302
    windows = {"window": "3", "kinds": "acceptance"}
    assert house.submit("/console/windows", windows, staff).status_code == 302
    notices = [
        house.submit("/console/announcements/new", {**NEWS, "title": f"{mark}公告", "do": do}, staff).headers[
            "Location"
        ]
        for do in ("draft", "submit")
    ]
    phone, other = Phone(origin), Phone(origin)
    subscribed = house.ask("POST", "/push/v1/subscriptions", json={**phone.body(), "person": None})
    assert subscribed.status_code == 201
    assert house.ask("POST", "/push/v1/subscriptions", json=other.body()).status_code == 201
    assert house.ask("POST", "/push/v1/unfound", json={"query": f"{mark}证"}).status_code == 204
    event = f"{house.name}-event"
    taken = {"id": f"{event}-desk", "kind": "acceptance", "matter": "nurse"}
    given = house.ask("POST", "/console/desk/tickets", json=taken, headers=script(staff))
    assert given.status_code == 200, given.text
    number, _, key = given.json["path"].partition("#")[2].partition(".")  # type: ignore[index]
    house.secrets = Secrets(
        machine=machine,
        editor=editor,
        staff=staff,
        second=second,
        tablet=cookie_of(enrolled, "guide-tablet"),
        person=subscribed.json["person"],  # type: ignore[index]
        phone=other,
        ticket_key=key,
    )
    draft, submitted = (place.rpartition("/")[2] for place in notices)
    house.ids = Ids(
        ticket=number,
        draft=draft,
        submitted=submitted,
        seen=(s.notices.get(draft).version, s.notices.get(submitted).version),
        phone=phone,
        request_key=f"{house.name}-request",
        event=event,
    )


def made_up(like: House, origin: str) -> tuple[Secrets, Ids]:
    """What nobody has, of the same shape as what ``like`` has."""
    known = like.secrets
    cookie = known.staff[0].partition("=")[0]
    forged = (
        f"{cookie}=eyJfZnJlc2giOnRydWV9.aSJxYQ.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "IjAwMDAi.aSJxYQ.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    )
    secrets = Secrets(
        machine="m" * len(known.machine),
        editor="e" * len(known.editor),
        staff=forged,
        second=forged,
        tablet=f"guide-tablet={'t' * 43}",
        person={name: "0" * len(value) for name, value in known.person.items()},
        phone=Phone(origin),
        ticket_key="k" * len(known.ticket_key),
    )
    ids = Ids("A999", "0" * 16, "1" * 16, ("2" * 16, "3" * 16), Phone(origin), "nobody-request", "nobody-event")
    return secrets, ids


def script(who: tuple[str, str]) -> dict[str, str]:
    """The headers of what a page of the console sends."""
    return {"Cookie": who[0], "X-CSRFToken": who[1], "Accept": "application/json"}


def cookie_of(answer: TestResponse, name: str = "guide-console") -> str:
    pairs = [header.partition(";")[0] for header in answer.headers.getlist("Set-Cookie")]
    return next(pair for pair in pairs if pair.startswith(f"{name}="))


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def _mark(name: str) -> str:
    return {"east": "东岭", "west": "西坡"}[name]
