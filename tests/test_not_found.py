"""The page for addresses that lead nowhere, as a plain static host shows it: anywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from push_server.site import page_policy


class _Host(SimpleHTTPRequestHandler):
    """The site below ``prefix`` and nothing else; ``404.html`` for what is not there."""

    prefix = "/"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        wanted = self.translate_path("/" + path.removeprefix(self.prefix))
        if path.startswith(self.prefix) and Path(wanted).exists():
            self.path = "/" + path.removeprefix(self.prefix)
            super().do_GET()
            return
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", page_policy(body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news to a test."""


@pytest.fixture(params=["/", "/guide/", "/a/b/"])
def host(site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    handler = type("Host", (_Host,), {"prefix": request.param})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{request.param}"
        server.shutdown()


def test_it_is_styled_and_leads_home_from_any_depth(browser: Browser, host: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for gone in ("gone", "matters/gone/", "matters/gone/deeper/page.html", "a%2Fb/", "matters//gone/"):
        page.goto(host + gone)
        expect(page.get_by_role("heading", name="没有这一页")).to_be_visible()
        home = page.get_by_role("link", name="回首页")
        expect(home).to_have_css("background-color", "rgb(20, 71, 127)")
        expect(home).to_have_js_property("href", host)
        expect(page.get_by_role("link", name="按拼音找全部事项")).to_have_js_property("href", f"{host}a-z/")
    # The browser notes what is not there; the policies let the page's own style and script pass.
    assert [text for text in complaints if "Failed to load resource" not in text] == []
    home.click()
    expect(page.get_by_role("heading", name="现在能去办事吗")).to_be_visible()
    context.close()


def test_without_script_it_leads_to_the_host_s_root(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}404.html")
    expect(page.get_by_role("link", name="回首页")).to_have_js_property("href", address)
    context.close()
