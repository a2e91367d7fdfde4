"""The live preview for editors: save a file, and the page in the browser shows it.

What does not build is shown too: every page then carries the list of problems, with
file, line and what to write instead, above the last good version of the page.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ..catalog.problems import Problem
from ..templates import html
from .build import Builder
from .order import Outcome, Paths

EVENTS = "/__preview/events"
SCRIPT = "/__preview/reload.js"
STYLE = "/__preview/faults.css"
FAULTS = """\
.preview-faults {
  background: #7a1f1f; color: #fff; padding: 12px 16px; font: 15px/1.6 sans-serif;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
"""
"""A file of its own: the policy of the pages refuses a style that is written into them."""
RELOAD = f"""\
const events = new EventSource("{EVENTS}");
events.onmessage = () => location.reload();
"""


class Preview:
    """Builds on demand and tells open pages when to reload. ``whole`` is set but while new pages
    are being made."""

    def __init__(self, paths: Paths, clock: Callable[[], date] | None = None) -> None:
        self.paths = paths
        self._clock = clock
        self._builder = Builder(paths, self._coming, self._come)
        self.problems: Sequence[Problem] = ()
        self._listeners: set[queue.SimpleQueue[None]] = set()
        self._guard = threading.Lock()
        self.whole = threading.Event()
        self.whole.set()

    def rebuild(self) -> Outcome:
        """Build once; pages that are open reload when there is something new to see."""
        try:
            # It is left open overnight.
            outcome = self._builder.build(None if self._clock is None else self._clock())
        finally:
            self.whole.set()
        seen, self.problems = self.problems, outcome.problems
        if tuple(seen) != tuple(self.problems):
            self._tell()
        return outcome

    def _coming(self) -> None:
        # A browser takes 20 ms from hearing it to asking for the page, which then waits for the rest.
        self.whole.clear()
        self._tell()

    def _come(self) -> None:
        self.problems = ()
        self.whole.set()

    def _tell(self) -> None:
        with self._guard:
            for listener in self._listeners:
                listener.put(None)

    def listen(self) -> queue.SimpleQueue[None]:
        listener: queue.SimpleQueue[None] = queue.SimpleQueue()
        with self._guard:
            self._listeners.add(listener)
        return listener

    def leave(self, listener: queue.SimpleQueue[None]) -> None:
        with self._guard:
            self._listeners.discard(listener)

    def decorate(self, page: bytes, *, shown: bool = True) -> bytes:
        """``page`` with the problems above it and the reload script in it; ``shown`` tells that it is one of
        the guide, as it was when all was well."""
        banner = html("preview/banner.html", problems=self.problems, shown=shown, script=SCRIPT, style=STYLE)
        text = page.decode()
        start = text.find("<body")
        inside = text.find(">", start) + 1 if start >= 0 else 0
        return (text[:inside] + banner + text[inside:]).encode()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, preview: Preview, **kwargs: object) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.paths.out), **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == EVENTS:
            self._events()
        elif path == SCRIPT:
            self._send(RELOAD.encode(), "text/javascript")
        elif path == STYLE:
            self._send(FAULTS.encode(), "text/css")
        elif path == "/sw.js":
            # A worker would answer from its store and hide the change just saved.
            self.send_error(HTTPStatus.NOT_FOUND, "no service worker in the preview")
        else:
            page = self._page(path)
            if page is not None:
                self._send(self.preview.decorate(page), "text/html; charset=utf-8")
            elif path.endswith("/"):  # of a new matter, as long as something is wrong with it
                nothing = self.preview.decorate(html("preview/nothing.html").encode(), shown=False)
                self._send(nothing, "text/html; charset=utf-8", HTTPStatus.OK if path == "/" else HTTPStatus.NOT_FOUND)
            else:
                super().do_GET()

    def _page(self, path: str) -> bytes | None:
        self.preview.whole.wait()
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            return file.read_bytes()
        return None

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        listener = self.preview.listen()
        try:
            self.end_headers()
            while True:
                try:
                    listener.get(timeout=15)
                    self.wfile.write(b"data: changed\n\n")
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            pass  # the page was closed
        finally:
            self.preview.leave(listener)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news to an editor."""


def serve(paths: Paths, port: int, report: Callable[[Outcome], None], clock: Callable[[], date] = date.today) -> None:
    """Build, serve on ``http://localhost:<port>`` and rebuild at every save, until Ctrl-C.

    ``report`` is told the outcome of every build. Raises ``OSError`` when the port is taken.
    """
    # Here, since it takes 40 ms to load, and only the preview watches.
    from watchfiles import watch

    # While the builder still remembers, a page is served within 5 ms instead of 25.
    sys.setswitchinterval(0.0005)
    preview = Preview(paths, clock)
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview=preview)) as server:
        server.daemon_threads = True
        report(preview.rebuild())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watched = [path for path in (paths.catalog, paths.site_src, paths.pwa, paths.mkdocs_yml) if path.exists()]
        started = False
        for changes in watch(
            *watched, debounce=50, step=5, rust_timeout=500, yield_on_timeout=True, raise_interrupt=False
        ):
            # What was saved after the first build and before the watch began is seen, too.
            if changes or not started:
                outcome = preview.rebuild()
                if changes or outcome.changed:
                    report(outcome)
            started = True
        server.shutdown()
