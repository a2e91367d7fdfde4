"""What tests of several rooms share: the repository, a built site, a browser."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from generator.catalog.load import load
from generator.catalog.parts import Catalogue
from scripts import browser as chromiums
from tests.kit import once
from tests.suite import (
    ENGINES,
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_protocol,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

__all__ = [
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_runtest_protocol",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OFF = (
    # Two pages of the browser's own, loaded into every window for suggestions below the address: as
    # much work again as the page that a test opens.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # A process in store for the next site, which no test comes to.
    "SpareRendererForSitePerProcess",
    # What Playwright turns off: of two such lists the browser heeds the last alone.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
"""Features of the browser with windows."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real(root: Path) -> Catalogue:
    """The catalogue of this repository."""
    loaded = load(root / "catalog")
    assert loaded.catalogue is not None, "\n".join(map(str, loaded.problems))
    return loaded.catalogue


@pytest.fixture(scope="session")
def site(real_site: Path) -> Path:
    """The site of the repository's own catalogue. Read only."""
    return real_site


@pytest.fixture(scope="session")
def real_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That site, built once for all workers; by this name for rooms that call a small one of their own ``site``."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "generator", "build", "--exports", "--out", str(folder / "site")]
        answer = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr

    return once(tmp_path_factory, "real", build) / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news to a test."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built site as a plain web server gives it, without a push server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    """Playwright, which can start a Chromium; a machine without one fails, for a skipped test
    proves nothing.

    The only one: Playwright runs once in a process.
    """
    if chromiums.find() is None:
        pytest.fail("No Chromium here: run `make test`, which installs one, or set GUIDE_CHROMIUM.")
    # How long a busy machine may take is no matter of the product.
    expect.set_options(timeout=20000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(chromium: Playwright) -> Iterator[Browser]:
    """One browser per worker, without windows where there is such a one; open a context per test."""
    yield from _started(chromium, chromiums.find_shell(), "Chromium")


@pytest.fixture(scope="session")
def windows(chromium: Playwright) -> Iterator[Browser]:
    """Chromium as people have it, which alone shows notifications; twice as slow to open a page."""
    yield from _started(chromium, chromiums.find(), "Chromium with windows", "--disable-features=" + ",".join(OFF))


def _started(playwright: Playwright, path: str | None, name: str, *more: str) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])
    ENGINES[name] = running.version
    yield running
    running.close()


@pytest.fixture(scope="module")
def modules(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the built site on which its modules can be called; see tests/phone.py."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(address)
    page.evaluate("window.app = new URL('.', document.querySelector('script[type=module]').src.replace('assets/app/', 'assets/modules/')).href")
    yield page
    context.close()
