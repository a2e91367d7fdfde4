"""The configuration of nginx that the documents give, in a real nginx before a real server."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts.nginx import find
from scripts.nginx_alone import command

from .nodes import Node
from .ports import free_port
from .process import Process, eventually
from .tunnel import certificate

CONFIGURATION = Path(__file__).parents[2] / "docs" / "deploy" / "nginx.conf"


class Front:
    """nginx on free ports, with everything else as it stands in the file."""

    def __init__(
        self, folder: Path, server: Process | Node | SimpleNamespace, swap: Callable[[str], str] = str
    ) -> None:
        binary = find()
        assert binary, "nginx is missing: `make test` installs it, or `sudo apt install nginx-light`"
        self._server = server
        self.port = free_port()
        behind = re.search(r":(\d+)/", server.root.removeprefix("http:"))
        assert behind
        folder.mkdir()
        authority, key = certificate(folder, "guide.example.cn")
        text = CONFIGURATION.read_text("utf-8")
        for given, here in (
            ("127.0.0.1:8000", f"127.0.0.1:{behind[1]}"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen [::]:80;", ""),
            ("/etc/ssl/guide/fullchain.pem", str(authority)),
            ("/etc/ssl/guide/privkey.pem", str(key)),
            ("/var/cache/nginx-guide", str(folder / "cache")),
            ("/var/log/nginx/guide.log", str(folder / "guide.log")),
        ):
            assert given in text
            text = text.replace(given, here)
        self._context = ssl.create_default_context(cafile=str(authority))
        self._context.check_hostname = False
        self._process = subprocess.Popen(
            command(binary, folder, swap(text)),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert eventually(self._listens), self.close()

    def _listens(self) -> bool:
        with closing(socket.socket()) as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def post(self, path: str, body: dict[str, str], source: str, **headers: str) -> int:
        """Send ``body`` from the address ``source``; the status."""
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=5, context=self._context, source_address=(source, 0)
        )
        with closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **named})
            return connection.getresponse().status

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """The answer, read."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=5, context=self._context)
        with closing(connection):
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            answer.body = answer.read()  # type: ignore[attr-defined]
            return answer

    def problems(self) -> list[str]:
        """What the server behind says is wrong with its proxy, asked directly."""
        found: list[str] = self._server.call("GET", "push/v1/healthz")[1]["problems"]
        return [one for one in found if one.startswith("proxy-")]

    def close(self) -> str:
        self._process.send_signal(signal.SIGTERM)
        return self._process.communicate(timeout=20)[1]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def launch(stack: ExitStack, site: Path, folder: Path, swap: Callable[[str], str] = str, **variables: str) -> Front:
    process = Process(site, folder / "var", **variables)
    stack.callback(process.end, signal.SIGKILL)
    front = Front(folder / "nginx", process, swap)
    stack.callback(front.close)
    return front


def statuses(front: Front, path: str, sources: list[str], **headers: str) -> set[int]:
    return {front.post(path, {"query": "词"}, source, **headers) for source in sources}


TOWN = [f"127.0.{number}.1" for number in range(1, 26)]
URL = "/push/v1/unfound"


def test_every_visitor_is_counted_alone_and_cannot_choose_as_whom(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    front = launch(stack, site, tmp_path, PUSH_TRUSTED_PROXY="127.0.0.1")
    assert statuses(front, URL, TOWN) == {204}
    spoofed = [front.post(URL, {"query": "词"}, "127.0.99.1", X_Forwarded_For=f"203.0.113.{n}") for n in range(22)]
    assert spoofed == [204] * 20 + [429] * 2
    assert front.problems() == []


def test_below_a_path(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    def below(text: str) -> str:
        assert "    location / {" in text
        return text.replace("    location / {", "    location /guide/ {")

    front = launch(stack, site, tmp_path, below, PUSH_TRUSTED_PROXY="127.0.0.1", PUSH_PREFIX="/guide/")
    assert statuses(front, f"/guide{URL}", TOWN) == {204}


def test_the_queue_is_answered_by_the_proxy_even_while_nobody_is_behind_it(
    stack: ExitStack, site: Path, tmp_path: Path
) -> None:
    process = Process(site, tmp_path / "var", PUSH_TRUSTED_PROXY="127.0.0.1")
    stack.callback(process.end, signal.SIGKILL)
    front = Front(tmp_path / "nginx", process)
    stack.callback(front.close)
    first = front.get("/push/v1/queue")
    assert first.status == 200
    process.end(signal.SIGKILL)
    again = front.get("/push/v1/queue")
    assert (again.status, again.getheader("ETag")) == (200, first.getheader("ETag"))
    assert front.get("/push/v1/queue", If_None_Match=str(first.getheader("ETag"))).status == 304
    assert front.get("/push/v1/key").status == 502


def test_a_proxy_that_is_not_named_is_told(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    front = launch(stack, site, tmp_path)
    assert 429 in statuses(front, URL, TOWN)
    assert front.problems() == ["proxy-untrusted"]


def test_what_never_changes_is_asked_of_a_node_once(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    (site / "assets").mkdir(exist_ok=True)
    (site / "assets" / "app.0123456789abcdef.js").write_text("// " + "x" * 2000, "utf-8")
    process = Process(site, tmp_path / "var", PUSH_TRUSTED_PROXY="127.0.0.1")
    stack.callback(process.end, signal.SIGKILL)
    front = Front(tmp_path / "nginx", process)
    stack.callback(front.close)
    path = "/assets/app.0123456789abcdef.js"
    first = front.get(path, Accept_Encoding="gzip")
    assert (first.status, first.getheader("Content-Encoding")) == (200, "gzip")
    assert first.getheader("Strict-Transport-Security") and first.getheader("Content-Security-Policy")
    assert front.get("/", Accept_Encoding="gzip").status == 200
    process.end(signal.SIGKILL)
    again = front.get(path, Accept_Encoding="gzip")
    assert (again.status, again.body) == (200, first.body)  # type: ignore[attr-defined]
    assert front.get(path).status == 502  # as it is, it was never asked for
    assert front.get("/", Accept_Encoding="gzip").status == 502


def test_two_nodes_and_one_of_them_dies(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    nodes = [Process(site, tmp_path / name, PUSH_TRUSTED_PROXY="127.0.0.1") for name in ("one", "two")]
    for node in nodes:
        stack.callback(node.end, signal.SIGKILL)
    ports = [re.search(r":(\d+)/", node.root.removeprefix("http:")) for node in nodes]

    def both(text: str) -> str:
        given, other = "# server 10.0.0.12:8000 max_fails", f"server 127.0.0.1:{ports[1] and ports[1][1]} max_fails"
        assert given in text
        return text.replace(given, other)

    front = Front(tmp_path / "nginx", nodes[0], both)
    stack.callback(front.close)
    asked = [front.get("/push/v1/key").body for _ in range(4)]  # type: ignore[attr-defined]
    assert len(set(asked)) == 2  # each has a key of its own here
    nodes[0].end(signal.SIGKILL)
    assert {front.get("/push/v1/key").status for _ in range(6)} == {200}


def test_its_log_names_nobody_and_opens_nothing(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    front = launch(stack, site, tmp_path, PUSH_TRUSTED_PROXY="127.0.0.1")
    front.get("/push/v1/tickets/A023/kkkkkkkkkkkkkkkkkkkkkk?person=p1", User_Agent="me", Authorization="Bearer secret")
    front.get("/?q=secret")
    front.post("/push/v1/unfound", {"query": "secret"}, "127.0.77.1")
    log = tmp_path / "nginx" / "guide.log"
    assert eventually(lambda: log.read_text("utf-8").count("\n") == 3)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(one["method"], one["path"]) for one in lines] == [
        ("GET", "/push/v1/tickets/*"),
        ("GET", "/"),
        ("POST", "/push/v1/unfound"),
    ]
    assert not re.search("kkkk|A023|p1|secret|127\\.0\\.77|\\bme\\b", log.read_text("utf-8"))


def test_numbers_are_for_ones_own_network(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    def elsewhere(text: str) -> str:
        return text.replace("allow 127.0.0.1;", "allow 127.0.0.2;")

    front = launch(stack, site, tmp_path, elsewhere, PUSH_TRUSTED_PROXY="127.0.0.1")
    assert front.get("/push/v1/metrics").status == 403
    assert front.get("/push/v1/readyz").status == 200


def test_one_address_cannot_ask_without_end(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    def few(text: str) -> str:
        return text.replace("rate=100r/s", "rate=1r/m").replace("burst=500", "burst=5")

    front = launch(stack, site, tmp_path, few, PUSH_TRUSTED_PROXY="127.0.0.1")
    assert [front.get("/").status for _ in range(8)] == [200] * 6 + [429] * 2
    assert {front.get("/push/v1/queue").status for _ in range(8)} == {200}


def test_what_the_proxy_keeps_of_one_centre_is_never_given_to_another(stack: ExitStack, tmp_path: Path) -> None:
    """Several centres behind one proxy are told apart by Host alone, so what it keeps has to be too."""

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.headers["Host"].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "public, max-age=3600")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    behind = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Echo))
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    stack.callback(behind.shutdown)
    front = Front(tmp_path / "nginx", SimpleNamespace(root=f"http://127.0.0.1:{behind.server_port}/"))
    stack.callback(front.close)
    for host in ("east.example.cn", "west.example.cn", "east.example.cn"):
        for path in ("/push/v1/queue", "/icons/192.png"):
            assert front.get(path, Host=host).body == host.encode()  # type: ignore[attr-defined]
