"""The guide as static files behind the nginx that docs/deploy gives: bytes and requests to store it."""

from __future__ import annotations

import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.nginx import find

from ..push_server.test_nginx import free_port
from .conftest import Complaints, open_context, wait_stored

CONFIGURATION = Path(__file__).parents[2] / "docs/deploy/static.nginx.conf"
MAIN = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    log_format sizes '$uri $body_bytes_sent $status';
    access_log {folder}/log sizes;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/guide.conf;
}}
"""
MOST = 258_000
"""Bytes, to store the whole guide. The goal is 250,000 (docs/offline.md); what the matters say of their cases and
of what comes afterwards is worth a fortieth more."""


class Host:
    def __init__(self, folder: Path, site: Path) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/"
        self._log = folder / "log"
        text = CONFIGURATION.read_text("utf-8")
        for given, here in (
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};"),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen [::]:80;", ""),
            ("root /srv/guide;", f"root {site};"),
        ):
            assert given in text
            text = text.replace(given, here)
        (folder / "guide.conf").write_text(re.sub(r"^ *ssl_.*$", "", text, flags=re.M), "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "main.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
        binary = find()
        assert binary, "nginx is missing: `make test` installs it, or `sudo apt install nginx-light`"
        self._process = subprocess.Popen([binary, "-p", str(folder), "-c", str(folder / "main.conf"), "-e", "stderr"])
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(self.url):
                return
            time.sleep(0.05)
        raise AssertionError("nginx did not start")

    def sent(self) -> list[tuple[str, int]]:
        """(path, bytes of the body) of all that was sent."""
        lines = [line.rsplit(" ", 2) for line in self._log.read_text().splitlines()]
        return [(path, int(size)) for path, size, _ in lines]

    def headers(self, path: str, accepted: str = "identity") -> dict[str, str]:
        asked = urllib.request.Request(self.url + path, headers={"Accept-Encoding": accepted})
        with urllib.request.urlopen(asked) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture
def host(real_site: Path, tmp_path: Path) -> Iterator[Host]:
    running = Host(tmp_path, real_site)
    yield running
    running.stop()


ENDS = {"br": ".br", "gzip": ".gz", None: ""}
STORING = re.compile(r"/(?:sw\.js|offline/(?:worker|bundle|inventory|packs)/.*|since/.*)")


def test_the_whole_guide_is_stored_and_read(browser: Browser, host: Host, complaints: Complaints) -> None:
    context = open_context(browser)
    complaints.listen(context)
    page = context.new_page()
    page.goto(host.url)
    wait_stored(page)
    storing = [(path, size) for path, size in host.sent() if STORING.fullmatch(path)]
    # sw.js, its parts, the bundle.
    assert len(storing) == 3, storing
    assert sum(size for _, size in storing) <= MOST, storing
    host.stop()
    page.goto(f"{host.url}matters/construction-permit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("建筑工程施工许可证核发")
    context.close()


def test_what_may_be_kept_and_what_is_asked_for_again(host: Host, real_site: Path) -> None:
    site = real_site
    bundle = next(site.glob("offline/bundle/*.txt")).relative_to(site).as_posix()
    for accepted, encoding in (("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)):
        told = host.headers(bundle, accepted)
        assert told.get("content-encoding") == encoding
        assert int(told["content-length"]) == (site / f"{bundle}{ENDS[encoding]}").stat().st_size
        assert "immutable" in told["cache-control"]
    script = next(site.glob("assets/app/*/main.js")).relative_to(site).as_posix()
    assert "immutable" in host.headers(script)["cache-control"]
    assert host.headers(script, "gzip")["content-encoding"] == "gzip"
    for path in ("", "sw.js", "noon/", "api/v1/centre.json", "matters/construction-permit/"):
        assert host.headers(path)["cache-control"] == "no-cache", path
    assert "script" not in host.headers("")["content-security-policy"]
    assert host.headers("cards/construction-permit.html")["content-security-policy"].startswith("default-src 'none'")
    assert host.headers("sw.js")["content-type"] == "text/javascript; charset=utf-8"
