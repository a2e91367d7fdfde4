"""How long it takes from a call in the hall to the message of the one whose turn it nearly is."""

from __future__ import annotations

import json
import ssl
import statistics
import time
import urllib.request

from flask import Flask
from flask.testing import FlaskClient

from push_server.services import Services

from .phones import browsers

AHEAD = 3
CALLS = 40
WINDOW, KIND = "1", "acceptance"


def latencies(app: Flask, origin: str, count: int) -> dict[str, float]:
    """Seconds: the median and the worst of ``CALLS`` calls, with ``count`` people who watch."""
    s: Services = app.extensions["push_server"]
    http = app.test_client()
    secret = s.store.tokens.add("machine", 0.0)
    s.hall.declare(WINDOW, [KIND])
    paths = _take(http, s, secret, count)
    known = browsers()
    for place, (number, path) in enumerate(paths):
        wish = {"topic": "ticket", "subject": number, "threshold": AHEAD, "key": path.rpartition(".")[2]}
        phone = {"endpoint": f"{origin}/{number}", "keys": known[place % len(known)]}
        answer = http.post("/push/v1/subscriptions", json={"subscription": phone, "wishes": [wish]})
        assert answer.status_code == 201, answer.get_json()
    s.sender.start()
    try:
        _await(origin, {f"/{number}" for number, _ in paths[: AHEAD + 1]})  # who is near from the start
        found = []
        for turn in range(CALLS):
            called, near = paths[turn][0], paths[turn + AHEAD + 1][0]
            told = time.time()
            _tell(http, s, secret, [{"id": f"call-{turn:08}", "type": "called", "ticket": called, "window": WINDOW}])
            found.append(_await(origin, {f"/{called}", f"/{near}"})[f"/{near}"] - told)
    finally:
        s.sender.stop()
    return {"count": count, "median": statistics.median(found), "worst": max(found)}


def _take(http: FlaskClient, s: Services, secret: str, count: int) -> list[tuple[str, str]]:
    """Numbers of ``count`` tickets, with their pages."""
    events = [{"id": f"take-{n:08}", "type": "taken", "ticket": f"A{n:04}", "kind": KIND} for n in range(1, count + 1)]
    paths = []
    for first in range(0, count, 500):
        for one in _tell(http, s, secret, events[first : first + 500]):
            paths.append((one["ticket_path"].partition("#")[2].partition(".")[0], one["ticket_path"]))
    return paths


def _tell(http: FlaskClient, s: Services, secret: str, events: list[dict[str, str]]) -> list[dict[str, str]]:
    at = s.clock().isoformat()
    batch = {"sent_at": at, "events": [{**event, "at": at} for event in events]}
    answer = http.post("/push/v1/hall/events", json=batch, headers={"Authorization": f"Bearer {secret}"})
    told = answer.get_json()
    assert told["counts"] == {"accepted": len(events)}, told
    results: list[dict[str, str]] = told["results"]
    return results


def _await(origin: str, wanted: set[str]) -> dict[str, float]:
    """When each of ``wanted`` had a message; raises where one has none after ten seconds."""
    context = ssl.create_default_context()
    arrived: dict[str, float] = {}
    until = time.monotonic() + 10
    while not wanted <= arrived.keys():
        if time.monotonic() > until:
            raise RuntimeError(f"no message for {sorted(wanted - arrived.keys())}")
        time.sleep(0.02)
        with urllib.request.urlopen(f"{origin}/arrivals", context=context) as answer:
            for path, moment in json.load(answer):
                arrived.setdefault(path, moment)
    return arrived
