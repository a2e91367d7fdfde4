"""The suite as a whole: which tests need a browser, in what order files run, what the end says.

``tests/conftest.py`` hands these hooks to pytest.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ENGINE_FIXTURES = {"chromium", "browser", "windows", "engine"}
"""The fixtures that start a browser. A test that asks for one, itself or through another
fixture, is marked ``browser``; so who adds an engine adds its fixture here."""

ENGINES: dict[str, str] = {}
"""The browsers that ran in this process, name to version, told at the end. A fixture that starts one writes it here."""

PROGRAMS = re.compile(r"chrom(e|ium)|firefox|gecko|webkit|minibrowser|playwright", re.IGNORECASE)
"""What the program of a browser or of its driver is called, or a folder that it lies in."""

LONG = (
    "test_accessibility.py",
    "push_server/test_process.py",
    "browser/test_refusals.py",
    "generator/published/test_published.py",
    "test_shifts.py",
    "papers/test_list.py",
    "test_guide.py",
    "engines/test_engines.py",
    "browser/reminders/test_reminders.py",
    "browser/reminders/test_wishes.py",
    "engines/test_oldest.py",
    "test_journeys.py",
    "browser/test_updates.py",
    "search/test_combobox.py",
    "push_server/test_connections.py",
    "test_console.py",
    "test_setup.py",
    "generator/catalog/test_checks_page.py",
)
"""Files that keep a worker longest: they begin, so that none of them runs alone in the end. Of the first
ones only one waits for the site to be built, and those that compute stand among those that wait."""

SLOW = (
    "generator/catalog/test_checks_page.py",
    "generator/published/test_published.py",
    "generator/search/test_unfound.py",
    "generator/site/test_build.py",
    "generator/site/test_disturbed.py",
    "generator/site/test_exports.py",
    "generator/site/test_memory.py",
    "generator/site/test_other_centre.py",
    "generator/site/test_publication.py",
    "generator/site/test_serve.py",
    "generator/site/test_skin.py",
    "push_server/console/test_administration.py",
    "push_server/console/test_announcements.py",
    "push_server/console/test_signing_in.py",
    "push_server/console/test_tablets.py",
    "push_server/console/test_window.py",
    "push_server/hall/test_calibration.py",
    "push_server/test_any_request.py",
    "push_server/test_apart.py",
    "push_server/test_connections.py",
    "push_server/test_copy.py",
    "push_server/test_demo.py",
    "push_server/test_deploy.py",
    "push_server/test_governor.py",
    "push_server/test_health.py",
    "push_server/test_installation.py",
    "push_server/test_logs.py",
    "push_server/test_many.py",
    "push_server/test_news.py",
    "push_server/test_nginx.py",
    "push_server/test_operations_docs.py",
    "push_server/test_order.py",
    "push_server/test_process.py",
    "push_server/test_proxies.py",
    "push_server/test_restore.py",
    "push_server/test_shards.py",
    "push_server/test_startup.py",
    "push_server/test_upgrade.py",
    "push_server/test_way_out.py",
    "test_benchmarks.py",
    "test_checkout.py",
    "test_guide.py",
    "test_markup.py",
    "test_setup.py",
    "test_suite.py",
)
"""Files that start processes, build over and over, or wait by nature. They are marked ``slow``, and
`make quick` leaves them out too, with what is tried on PostgreSQL as well."""

_running: list[pytest.Item] = []
_began = time.perf_counter()
_TOLD = pytest.StashKey[dict[str, str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = {Path(__file__).parent / name for name in SLOW}
    for item in items:
        if ENGINE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        elif item.path in slow or "postgresql" in item.name:
            item.add_marker("slow")
    # A file goes to a worker as a whole. Many small files at the end leave no worker idle.
    tests = Path(__file__).parent
    order = {tests / name: number for number, name in enumerate(LONG)}
    with_browser = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (order.get(item.path, len(order)), item.path not in with_browser))


def pytest_collection_finish() -> None:
    # Modules and tests stay to the end: the collector need not look through them each time.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _running[:] = [item]
    try:
        return (yield)
    finally:
        _running.clear()


class NotAllowed(Exception):
    """A test did what would make it slow, or dependent on others, without saying so."""


def _audit(event: str, details: tuple[Any, ...]) -> None:
    if not event.startswith(("socket.", "subprocess.")) or not _running:
        return
    if event == "subprocess.Popen" and _running[0].get_closest_marker("browser") is None:
        program, arguments = details[:2]
        if PROGRAMS.search(str(program or arguments[0])):
            raise NotAllowed(f"{program} is a browser: ask for it by a fixture that tests/suite.py lists.")
    elif event == "socket.connect" and not _is_here(details[1]):
        raise NotAllowed(f"{details[1]} is another machine: tests use no network.")
    elif event == "socket.getaddrinfo" and not _is_here(details):
        raise NotAllowed(f"The name {details[0]} would be looked up: tests use no network.")


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket of this machine's file system
    host = address[0].decode() if isinstance(address[0], bytes) else address[0]
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


MEMORY = Path("/dev/shm")
"""What tests write there never waits for a disk: one minute in twelve."""


def pytest_configure(config: pytest.Config) -> None:
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    config.stash[_TOLD] = {}
    sys.addaudithook(_audit)


def pytest_sessionfinish(session: pytest.Session) -> None:
    session.config.stash[_TOLD].update(ENGINES)
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["engines"] = ENGINES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[_TOLD].update(getattr(node, "workeroutput", {}).get("engines", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Above the counts, which stay the last line."""
    minutes, seconds = divmod(round(time.perf_counter() - _began), 60)
    engines = ", ".join(f"{name} {version}" for name, version in sorted(config.stash[_TOLD].items()))
    terminalreporter.write_line(f"Suite: {minutes} min {seconds:02} s. Browsers: {engines or 'none'}.")
