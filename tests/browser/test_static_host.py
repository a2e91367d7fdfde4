"""The guide as static files behind the nginx that docs/deploy gives: bytes and requests to store it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from scripts.host import Host

from .conftest import Complaints, open_context, wait_stored

MOST = 250_000
"""Bytes, to store the whole guide (docs/offline.md)."""


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


@pytest.mark.parametrize(
    ("path", "scripts"),
    [("matters/construction-permit/", ["main.js", "more.js"]), ("sections/construction/", ["main.js"])],
)
def test_modules_are_asked_for_at_once(browser: Browser, host: Host, path: str, scripts: list[str]) -> None:
    """Before the first byte of any of them has come; and nothing more when they have come."""
    context = open_context(browser, service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    held: list[Route] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.route(re.compile(r"/assets/app/[^/]+/m[^/]+\.js$"), lambda route: held.append(route))
    with page.expect_request(f"**/{scripts[-1]}"):
        page.goto(host.url + path, wait_until="commit")
    page.locator("footer").wait_for()
    assert sorted(route.request.url.rpartition("/")[2] for route in held) == scripts
    for route in held:
        route.continue_()
    page.locator("[data-module=updates][data-started]").wait_for(state="attached")
    page.locator("[data-module=finder][data-started]").wait_for(state="attached")
    assert sorted(name for name in asked if name.endswith(".js")) == scripts
    context.close()


def test_a_policy_that_forbids_the_style_in_the_page(browser: Browser, host: Host) -> None:
    """As a gateway of the authority may send it, for all that lies behind it."""
    context = open_context(browser, service_workers="block")
    page = context.new_page()

    def stricter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"})

    page.route(f"{host.url}noon/", stricter)
    page.goto(f"{host.url}noon/")
    expect(page.locator(".sheet")).to_have_css("max-width", "714px")
    page.goto(f"{host.url}a-z/")
    page.locator("[data-module=finder][data-started]").wait_for(state="attached")
    assert page.locator("link[href$='/screen.css']").count() == 0
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
