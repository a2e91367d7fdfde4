"""Two centres in one process: whatever opens something at one is nothing at the other, at every address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from push_server.centres import Centre

from .conftest import BOTH, Clock
from .phone import Phone, claims
from .postgres import Cluster
from .process import eventually
from .push_service import PushService
from .two_centres import CODE, NEWS, PASSWORD, House, Ids, Secrets, furnish, made_up, open_house, script

pytestmark = pytest.mark.usefixtures("quick_hashes")

Sends = Callable[[Secrets, Ids], dict[str, Any]]


@dataclass(frozen=True)
class Ask:
    """A request to a rule of the url map, as who has everything would make it.

    ``who`` is with what: ``machine``, ``editor``, ``staff``, ``second``, ``tablet``, or nothing.
    ``open`` are the tables in which anybody may cause rows.
    """

    method: str
    rule: str
    path: str = ""
    who: str = ""
    json: Sends | None = None
    form: Sends | None = None
    ok: int = 200
    open: tuple[str, ...] = ()
    ends: bool = False
    """Whether the session is over by it."""

    def send(self, at: House, secrets: Secrets, ids: Ids) -> TestResponse:
        named = {"notice": ids.draft, "ticket": ids.ticket, "key": secrets.ticket_key, "window": "3", "name": "spare"}
        path = self.path or re.sub(r"<(\w+)>", lambda found: named[found[1]], self.rule)
        path = path.replace("{submitted}", ids.submitted)
        headers: dict[str, str] = {}
        more: dict[str, Any] = {}
        if self.who in ("machine", "editor"):
            headers = {"Authorization": f"Bearer {getattr(secrets, self.who)}", "Idempotency-Key": ids.request_key}
        elif self.who == "tablet":
            headers = {"Cookie": f"{secrets.staff[0]}; {secrets.tablet}"}
        elif self.who:
            headers = {"Cookie": getattr(secrets, self.who)[0]}
        if self.json is not None:
            more["json"] = self.json(secrets, ids)
            if self.who in ("staff", "second"):
                headers = script(getattr(secrets, self.who))
        if self.form is not None:
            token = secrets.second[1] if self.who == "second" else secrets.staff[1]
            more["data"] = {"csrf_token": token, **self.form(secrets, ids)}
        return at.ask(self.method, path, headers=headers, **more)


def nothing(_secrets: Secrets, _ids: Ids) -> dict[str, Any]:
    return {}


def fixed(**values: Any) -> Sends:
    return lambda _secrets, _ids: values


def event(name: str, **more: Any) -> Sends:
    return lambda _secrets, ids: {"id": f"{ids.event}-{name}", **more}


def api(method: str, rule: str, **more: Any) -> Ask:
    return Ask(method, f"/push/v1{rule}", **more)


def staff(method: str, rule: str, **more: Any) -> Ask:
    if method == "POST" and "json" not in more:
        more.setdefault("form", nothing)
        more.setdefault("ok", 302)
    return Ask(method, f"/console{rule}", **{"who": "staff", **more})


def batch(_secrets: Secrets, ids: Ids) -> dict[str, Any]:
    at = "2026-11-23T09:00:00+08:00"
    told = {"id": f"{ids.event}-machine", "type": "taken", "at": at, "ticket": "A777", "kind": "acceptance"}
    return {"sent_at": at, "events": [told]}


SUBSCRIBED = ("people", "wishes", "queue_watches", "deliveries")
TRIED = ("attempts", "audit")
NEW_PASSWORD = {"password": "another good horse", "again": "another good horse"}
TELL = "/window/<window>/<any(recall, missed, served, move, returned, pause, resume, open, close):what>"

WALK = [
    api("GET", "/openapi.json"),
    api("GET", "/key"),
    api("POST", "/shown", json=lambda _s, i: {"id": i.event}, ok=204),
    api(
        "POST",
        "/subscriptions",
        json=lambda s, i: {**i.phone.body(), "person": s.person},
        open=SUBSCRIBED,
    ),
    api("POST", "/subscriptions/test", json=lambda s, _i: {"person": s.person}, ok=202),
    api("POST", "/subscriptions/test", json=lambda s, _i: {"endpoint": s.phone.endpoint}, ok=202),
    api("DELETE", "/subscriptions", json=lambda s, _i: {"endpoint": s.phone.endpoint}, ok=204),
    api("DELETE", "/subscriptions", json=lambda s, _i: {"person": s.person}, ok=204),
    api("GET", "/queue"),
    api("PUT", "/queue/<kind>", path="/push/v1/queue/acceptance", who="machine", json=fixed(waiting=7)),
    api("GET", "/tickets/<ticket>/<key>"),
    api("POST", "/tickets/demo", json=fixed(kind="acceptance"), ok=409),
    api("POST", "/hall/events", who="machine", json=batch),
    api("GET", "/announcements"),
    api("GET", "/announcements.atom"),
    api(
        "POST",
        "/announcements",
        who="editor",
        json=fixed(title="停电", expires_at="2026-11-23T16:00:00+08:00"),
        ok=201,
    ),
    api("GET", "/unfound/open"),
    api("POST", "/unfound", json=fixed(query="没有的事"), ok=204, open=("unfound",)),
    api("GET", "/unfound", who="editor"),
    api("GET", "/healthz", ok=503),  # no sender has run
    api("GET", "/readyz"),
    api("GET", "/metrics"),
    Ask("GET", "/"),
    Ask("GET", "/<path:name>", path="/noon/"),
    Ask("GET", "/console/static/<path:name>", path="/console/static/console.css"),
    staff("GET", "/colours.css"),
    staff("GET", "/"),
    staff("GET", "/sign-in", who="", ok=200),
    staff("POST", "/sign-in", form=fixed(name="chief", password=PASSWORD)),
    staff("GET", "/sign-in/code", who="tablet"),
    staff("POST", "/sign-in/code", who="tablet", form=fixed(name="deputy", code=CODE)),
    staff("GET", "/accounts"),
    staff("POST", "/accounts", form=fixed(name="new", roles="desk", **NEW_PASSWORD)),
    staff("GET", "/accounts/<name>"),
    staff("POST", "/accounts/<name>/roles", form=fixed(shown="备用", roles="desk")),
    staff("POST", "/accounts/<name>/password", form=fixed(**NEW_PASSWORD)),
    staff("POST", "/accounts/<name>/disable"),
    staff("POST", "/accounts/<name>/enable"),
    staff("GET", "/tablets"),
    staff("POST", "/tablets/revoke", form=fixed(name="tablet3")),
    staff("GET", "/tokens"),
    staff("POST", "/tokens", form=fixed(token="new", role="machine"), ok=200),
    staff("POST", "/tokens/revoke", form=fixed(name="old")),
    staff("GET", "/announcements"),
    staff("GET", "/announcements/new"),
    staff("POST", "/announcements/new", form=fixed(**NEWS, title="新的")),
    staff("POST", "/announcements/look", form=fixed(**NEWS, title="看看"), ok=200),
    staff("GET", "/announcements/<notice>"),
    staff("GET", "/announcements/<notice>/edit"),
    staff(
        "POST",
        "/announcements/<notice>/edit",
        form=lambda _s, i: {**NEWS, "do": "draft", "title": "改过", "seen": i.seen[0]},
    ),
    staff(
        "POST",
        "/announcements/<notice>/approve",
        path="/console/announcements/{submitted}/approve",
        who="second",
        form=lambda _s, i: {"seen": i.seen[1]},
    ),
    staff("GET", "/announcements/<notice>/cancel"),
    staff("POST", "/announcements/<notice>/cancel"),
    staff("GET", "/audit"),
    staff("GET", "/desk"),
    staff("POST", "/desk/tickets", json=event("again", kind="acceptance", matter="nurse")),
    staff("GET", "/months"),
    staff("GET", "/months.csv"),
    staff("GET", "/sending"),
    staff("GET", "/window/"),
    staff("GET", "/window/<window>"),
    staff("GET", "/window/<window>/state"),
    staff("POST", TELL, path="/console/window/3/open", json=event("open")),
    staff("POST", "/window/<window>/next", json=event("next")),
    staff("POST", "/window/<window>/undo", json=lambda _s, i: {"id": f"{i.event}-undo", "corrects": f"{i.event}-next"}),
    api("POST", "/tickets/<ticket>/<key>/leave", json=event("left")),
    staff("GET", "/windows"),
    staff("POST", "/windows", form=fixed(window="4", kinds="acceptance")),
    staff("POST", "/windows/withdraw", form=fixed(window="3")),
    staff("GET", "/me"),
    staff("POST", "/me/code", form=fixed(present=PASSWORD, code="314159")),
    staff("POST", "/me/code/remove"),
    staff("POST", "/me/tablet", form=fixed(tablet="tablet4")),
    staff("POST", "/me/password", form=fixed(old=PASSWORD, password=PASSWORD, again=PASSWORD), ends=True),
    staff("POST", "/sign-out", ends=True),
    staff("POST", "/me/sign-out-everywhere", ends=True),
]
"""In an order in which each does something where it belongs."""


@pytest.fixture
def houses(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, empty: Path, push_service: PushService
) -> Iterator[tuple[House, House]]:
    """East and west, on one installation."""
    urls = None
    if getattr(request, "param", "sqlite") == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        urls = {"east": cluster.made(), "west": cluster.made()}
    _, made = open_house(tmp_path, clock, empty, urls, local_push_origins=(push_service.origin,))
    for house in made.values():
        furnish(house, push_service.origin)
    yield made["east"], made["west"]
    for house in made.values():
        house.s.close()


def said(answer: TestResponse) -> tuple[Any, ...]:
    """What somebody learns who tries secrets."""
    code = answer.json.get("code") if answer.is_json and isinstance(answer.json, dict) else None
    return answer.status_code, answer.mimetype, answer.headers.get("Location"), code


def same(ids: Ids, text: Any) -> Any:
    """``text`` without the ids that the request itself has named."""
    return re.sub("|".join((ids.draft, ids.submitted, ids.ticket)), "ID", str(text))


@pytest.mark.parametrize("houses", BOTH, indirect=True)
def test_nothing_of_one_centre_is_worth_anything_at_the_other(
    houses: tuple[House, House], push_service: PushService
) -> None:
    east, west = houses
    rules = {
        (rule.rule, method)
        for rule in west.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(ask.rule, ask.method) for ask in WALK} == rules, "an address that this walk does not know"
    nobody, nothing_there = made_up(east, push_service.origin)
    kept_east, kept_west = Kept(east), Kept(west)
    for ask in WALK:
        for ids, others in ((east.ids, nothing_there), (west.ids, west.ids)):
            # What is good in the east, asked in the west: the answer is the one that nobody gets.
            answer = ask.send(west, east.secrets, ids)
            for content in (east.mark, east.s.signer.public_key):
                assert content not in answer.text + str(answer.headers), ask
            kept_east.unchanged(ask)
            kept_west.unchanged(ask, *ask.open)
            usual = ask.send(west, nobody, others)
            assert same(ids, said(answer)) == same(others, said(usual)), ask
            if ask.open:
                kept_west = Kept(west)
    # Where they belong they are good, so the refusals above were for the place. And whoever is somebody
    # there finds nothing of the other centre by its ids.
    for ids in (east.ids, west.ids):
        for ask in WALK:
            answer = ask.send(east, east.secrets, ids)
            assert ids is west.ids or answer.status_code == ask.ok, (ask, answer.text)
            assert west.mark not in answer.text + str(answer.headers), ask
            kept_west.unchanged(ask)
            if ask.ends:
                east.secrets.staff = east.signed_in("chief")


class Kept:
    """The rows of a centre, which stay as they were. Looked at after each request that may write; what one
    that only reads has changed is seen then too."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._rows = house.rows("pulse")

    def unchanged(self, ask: Ask, *but: str) -> None:
        if ask.method != "GET":
            rows = [row for row in self._rows if row[0] not in but]
            assert self._house.rows("pulse", *but) == rows, ask


def test_the_workers_of_all_centres_in_one_process_send_each_with_its_own_key(
    tmp_path: Path, clock: Clock, empty: Path, cluster: Cluster, push_service: PushService
) -> None:
    """The task engines as they run, not by hand: a message that another centre's worker sent would be signed
    with a key that the phone's subscription does not know, and be refused."""
    urls = {"east": cluster.made(), "west": cluster.made()}
    installation, houses = open_house(tmp_path, clock, empty, urls, local_push_origins=(push_service.origin,))
    for name, house in houses.items():
        for number in range(3):
            phone = Phone(push_service.origin, f"{name}-{number}")
            assert house.ask("POST", "/push/v1/subscriptions", json=phone.body()).status_code == 201
    clock.at("11:16")

    def begin(app: Flask, _centre: Centre) -> Callable[[], None]:
        services = app.extensions["push_server"]
        services.sender.start()
        return services.close  # type: ignore[no-any-return]

    try:
        installation.start(begin)
        assert eventually(lambda: len(push_service.received) >= 6, 30)
    finally:
        installation.stop()
    paths = [f"/wpush/{name}-{number}" for name in houses for number in range(3)]
    assert sorted(one.path for one in push_service.received) == paths
    for one in push_service.received:
        name = one.path.removeprefix("/wpush/").partition("-")[0]
        assert claims(one.headers["authorization"], houses[name].s.signer.public_key)
