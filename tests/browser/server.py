"""A web server that tests can stop, start and ask what it was asked for.

Serves a folder below a prefix, and a push server small enough to see through.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PUBLIC_KEY = "BMI1ZR0DnBtP9uT7Uj3kTqGQ6bXcYb6Rk3xQkyWcX8fTn0yK1m9S2wBvGQ7T5rN4uJp8xYcD3hLkE6aVfMzWqg0"

TICKETS = "push/v1/tickets/"


@dataclass
class Push:
    """What the push server has been told, and what it answers."""

    key: str | None = PUBLIC_KEY
    subscriptions: dict[str, list[str]] = field(default_factory=dict)
    """Topics by endpoint."""
    told: list[dict] = field(default_factory=list)
    """What phones have posted to subscribe, the last at the end."""
    refuses: bool = False
    """Answers wishes with an error of its own."""
    shown: list[str] = field(default_factory=list)
    """Ids of messages that were reported as shown."""
    sample: float = 0
    """The share of phones that report it."""
    people: dict[str, str] = field(default_factory=dict)
    """Endpoint by id of the person; empty in a server that gives none (``gives_ids``)."""
    gives_ids: bool = True
    held: set[str] = field(default_factory=set)
    """Endpoints of others."""
    tests: list[str] = field(default_factory=list)
    queue: dict | None = None
    announced: dict | None = None
    tickets: dict[str, dict | int] = field(default_factory=dict)
    """What is told of a number, by ``<number>/<key>``; or a status. All others answer 404."""
    borrowed: str | None = None
    """Where the page of a number of a demonstration is."""
    given_up: list[tuple[str, str]] = field(default_factory=list)
    """(number/key, id of the event), as often as it was told."""


@dataclass
class Seen:
    method: str
    path: str
    """Relative to the site's root, without the query."""


class Server:
    """``folder`` at ``http://localhost:<port><prefix>``; the port stays over a restart."""

    def __init__(self, folder: Path, prefix: str = "/", protocol: str = "HTTP/1.0") -> None:
        """A browser asks with an ETag only a server that speaks HTTP/1.1."""
        self.folder = folder
        self.prefix = prefix
        self.protocol = protocol
        self.push = Push()
        self.seen: list[Seen] = []
        self.clock_ahead = 0.0
        self.portal = False
        """Answers everything with a page to sign in on, as a hotel does."""
        self.encodes = False
        """Sends what lies beside a file as ``.gz`` in its place, as many hosts do."""
        self.unchanged = 0
        """Answers 304."""
        self.lock = threading.Lock()
        self._port = 0
        self._http: _Http | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self._port}{self.prefix}"

    @property
    def origin(self) -> str:
        return f"http://localhost:{self._port}"

    def start(self) -> None:
        """Serve, unless it already does."""
        if self._http is not None:
            return
        server = self

        class Handler(_Handler):
            owner = server
            protocol_version = server.protocol

        self._http = _Http(("127.0.0.1", self._port), Handler)
        self._port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http.hang_up()
            self._http = None

    def asked(self, path: str, method: str = "GET") -> int:
        return sum(1 for seen in self.seen if seen.path == path and seen.method == method)


class _Http(ThreadingHTTPServer):
    """Knows its open connections: a browser opens some in advance, and one of them would still be answered."""

    allow_reuse_address = True

    def __init__(self, *given: Any) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken off by either side: what the page makes of it is what tests look at."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(SimpleHTTPRequestHandler):
    owner: Server

    def log_message(self, *_: object) -> None:
        """Silent: the tests read ``Server.seen``."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate((time.time() if timestamp is None else timestamp) + self.owner.clock_ahead, usegmt=True)

    def translate_path(self, path: str) -> str:
        relative = self._relative()
        return super().translate_path("/" + relative) if relative is not None else "/nonexistent"

    def _relative(self) -> str | None:
        path = self.path.split("?")[0]
        return path.removeprefix(self.owner.prefix) if path.startswith(self.owner.prefix) else None

    def handle_one_request(self) -> None:
        self.directory = str(self.owner.folder)
        super().handle_one_request()

    def _note(self) -> str:
        relative = self._relative() or ""
        with self.owner.lock:
            self.owner.seen.append(Seen(self.command, relative))
        return relative

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_HEAD(self) -> None:
        self._note()
        super().do_HEAD()

    def do_GET(self) -> None:
        # Its seconds are too coarse for releases that follow each other in one.
        del self.headers["If-Modified-Since"]
        relative = self._note()
        push = self.owner.push
        if relative == "push/v1/key":
            self._answer(200, {"public_key": push.key, "shown": push.sample}) if push.key else self._answer(404, None)
        elif relative == "push/v1/queue":
            self._answer(200, push.queue) if push.queue else self._answer(404, None)
        elif relative == "push/v1/announcements":
            self._answer(200, push.announced) if push.announced else self._answer(404, None)
        elif relative.startswith(TICKETS):
            self._ticket(push.tickets.get(relative.removeprefix(TICKETS), 404))
        elif self.owner.portal:
            self._answer(200, "sign in")
        elif self.owner.encodes and (packed := self.owner.folder / f"{relative}.gz").is_file():
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Encoding", "gzip")
            data = packed.read_bytes()
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        relative, body, push = self._note(), self._body(), self.owner.push
        if relative == "push/v1/subscriptions":
            self._subscribe(body, push)
        elif relative == "push/v1/shown":
            push.shown.append(body["id"])
            self.send_response(204)
            self.end_headers()
        elif relative == f"{TICKETS}demo":
            self._answer(*((200, {"ticket_path": push.borrowed}) if push.borrowed else (409, {"code": "no-demo"})))
        elif relative.startswith(TICKETS) and relative.endswith("/leave"):
            name = relative.removeprefix(TICKETS).removesuffix("/leave")
            push.given_up.append((name, body["id"]))
            told = push.tickets.get(name, 404)
            if isinstance(told, dict):
                told = push.tickets[name] = told | {"state": "left"}
            self._ticket(told)
        elif relative == "push/v1/subscriptions/test":
            person = body.get("person")
            push.tests.append(push.people[person["id"]] if person else body["endpoint"])
            self._answer(202, {})
        else:
            self._answer(404, None)

    def do_DELETE(self) -> None:
        self._note()
        body, push = self._body(), self.owner.push
        person = body.get("person")
        push.subscriptions.pop(push.people.pop(person["id"]) if person else body["endpoint"], None)
        self.send_response(204)
        self.end_headers()

    def _ticket(self, told: dict | int) -> None:
        if isinstance(told, int):
            self._answer(told, {"code": {410: "ticket-over"}.get(told, "ticket-unknown"), "message": "没有这个号"})
        else:
            self._answer(200, told)

    def _subscribe(self, body: dict, push: Push) -> None:
        endpoint, person = body["subscription"]["endpoint"], body["person"]
        topics = [wish["topic"] for wish in body["wishes"]]
        push.told.append(body)
        told: dict[str, Any] = {"topics": topics, "wishes": body["wishes"]}
        if push.refuses:
            self._answer(503, {"code": "subscriptions-full", "message": "订阅人数已满。"})
            return
        if endpoint in push.held:
            self._answer(409, {"code": "endpoint-held", "message": "已经有人用"})
            return
        if push.gives_ids:
            if person is None:
                told["person"] = person = {"id": f"person-{len(push.people) + 1}", "secret": "s"}
            push.subscriptions.pop(push.people.get(person["id"], ""), None)
            push.people[person["id"]] = endpoint
        push.subscriptions[endpoint] = topics
        self._answer(201, told)

    def _body(self) -> dict:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        tag = f'"{sha256(data).hexdigest()[:16]}"'
        if status == 200 and self.command == "GET" and self.headers["If-None-Match"] == tag:
            self.owner.unchanged += 1
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
