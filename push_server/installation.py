"""Several centres in one process: an application each, and one door that looks at Host.

Nothing is shared but the process: each application has settings, database, keys, threads and limits of
its own, so no statement and no page has to know that there are others.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.wrappers import Response

from . import logs
from .app import create_app
from .centres import Centre, host_of
from .errors import StartupError
from .naming import about, carried
from .services import Services, utc_now

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logs.get(__name__)

AGAIN = 30.0
"""Seconds between two attempts to open a centre that could not be opened."""
MISDIRECTED = (421, "host-unknown", "这个域名不是这里的中心，请检查网址。")
"""RFC 9110 §15.5.20: not a page that is missing, but a server that is not meant."""
CLOSED = (503, "centre-unavailable", "这个中心的服务现在打不开，请稍后再试。")

Begin = Callable[[Flask, Centre], Callable[[], None]]
"""Lets an application do what it does by itself; gives what ends it."""


class _Wing:
    """A centre, with its application once it is open."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.app: Flask | None = None
        self.wsgi: WSGIApplication = answer(*CLOSED, headers={"Retry-After": "30"})
        self.end: Callable[[], None] = lambda: None
        self.why = ""
        """What was wrong at the last attempt."""


class Installation:
    """A WSGI application that hands each request to the centre of its Host.

    A centre that cannot be opened answers 503 and is tried again; the others do not wait for it. Raises
    ``StartupError`` when none can be opened.
    """

    def __init__(
        self,
        centres: Sequence[Centre],
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._clock = clock
        self._wings = [_Wing(centre) for centre in centres]
        self._by_host = {host: wing for wing in self._wings for host in wing.centre.hosts}
        self._misdirected = answer(*MISDIRECTED)
        self._begin: Begin | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        for wing in self._wings:
            self._open(wing)
        if not any(wing.app for wing in self._wings):
            raise StartupError("；".join(f"[{wing.centre.id}] {wing.why}" for wing in self._wings))

    @property
    def apps(self) -> dict[str, Flask]:
        """Those that are open, by the id of their centre."""
        return {wing.centre.id: wing.app for wing in self._wings if wing.app is not None}

    def centre_of(self, host: str) -> str:
        """The id of the centre that a header Host names; empty for none."""
        wing = self._by_host.get(host_of(host))
        return wing.centre.id if wing else ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        wing = self._by_host.get(host_of(str(environ.get("HTTP_HOST") or "")))
        if wing is None:
            return self._misdirected(environ, start_response)
        with about(wing.centre.id):
            return wing.wsgi(environ, start_response)

    def start(self, begin: Begin) -> None:
        """Let every centre do what it does by itself, those too that are opened later."""
        self._begin = begin
        for wing in self._wings:
            self._let_begin(wing)
        self._thread = threading.Thread(target=self._run, name="centres", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(2.0)
        # Each waits for its messages on their way: together, not one after the other.
        ending = [threading.Thread(target=carried(self._end), args=(wing,)) for wing in self._wings]
        for one in ending:
            one.start()
        for one in ending:
            one.join()

    def open_again(self) -> None:
        """Try those that could not be opened."""
        for wing in self._wings:
            if wing.app is None:
                self._open(wing)
                self._let_begin(wing)

    def _run(self) -> None:
        while not self._stopping.wait(AGAIN):
            try:
                self.open_again()
            except Exception as error:  # it is tried again
                log.error("centre-failed", error=logs.describe(error))

    def _open(self, wing: _Wing) -> None:
        with about(wing.centre.id):
            try:
                app = create_app(wing.centre.settings, clock=self._clock)
                self._check_keys(wing, app)
            except StartupError as error:
                if wing.why != str(error):
                    log.error("centre-unavailable", words=str(error), again_in=AGAIN)
                wing.why = str(error)
                return
            wing.app, wing.wsgi = app, app

    def _check_keys(self, wing: _Wing, app: Flask) -> None:
        """A key that was copied would make what one centre signs good at the other."""
        for other in self._wings:
            if other.app is None:
                continue
            for same, file in (
                (_services(app).signer.shares_key(_services(other.app).signer), "vapid.pem"),
                (app.config["SECRET_KEY"] == other.app.config["SECRET_KEY"], "console.key"),
            ):
                if same:
                    _services(app).store.close()
                    raise StartupError(
                        f"[{other.centre.id}] 和 [{wing.centre.id}] 的 {file} 是同一把密钥 — 每个中心要有自己的，"
                        f"请检查 {wing.centre.settings.data} 是不是从另一个中心拷来的"
                    )

    def _let_begin(self, wing: _Wing) -> None:
        if self._begin is not None and wing.app is not None:
            with about(wing.centre.id):
                wing.end = self._begin(wing.app, wing.centre)

    def _end(self, wing: _Wing) -> None:
        with about(wing.centre.id):
            wing.end()


def answer(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> WSGIApplication:
    """What is said before any application is asked: JSON below the API, plain text elsewhere."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        fixed = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}
        if "/push/v1/" in str(environ.get("PATH_INFO") or ""):
            body = json.dumps({"code": code, "message": message}, ensure_ascii=False)
            response = Response(body, status, fixed, content_type="application/json")
        else:
            response = Response(f"{message}\n", status, fixed, content_type="text/plain; charset=utf-8")
        return response(environ, start_response)

    return application


def _services(app: Flask) -> Services:
    found: Services = app.extensions["push_server"]
    return found
