"""Chromium, Firefox and WebKitGTK do what people come for; the rest is tested in Chromium alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import engines

from ..browser.server import Server
from ..hall import day
from ..suite import ENGINES
from .chromium import Chromium
from .engine import Engine, heard
from .firefox import Firefox
from .webkit import WebKit

NAMES = {"chromium": "Chromium", "firefox": "Firefox ESR", "webkit": "WebKitGTK"}

@pytest.fixture(scope="module", params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One after the other, each started once; one that is missing fails."""
    running = _start(request, tmp_path_factory.mktemp(request.param))
    ENGINES[NAMES[request.param]] = running.version
    yield running
    running.close()


def _start(request: pytest.FixtureRequest, folder: Path) -> Engine:
    if request.param == "chromium":
        return Chromium(request.getfixturevalue("browser"))
    try:
        if request.param == "firefox":
            return Firefox(engines.firefox(), folder)
        return WebKit(*engines.webkit(), folder)
    except engines.NoEngine as error:
        pytest.fail(str(error))


def test_the_page_tells_whether_the_centre_is_open(engine: Engine, online: Server) -> None:
    engine.open(online.url)
    engine.wait("document.querySelector('[data-module~=\"open-now\"]').dataset.state === 'noon'")
    assert "午间服务中" in engine.text('[data-slot="state"]')


def test_the_page_of_the_queue_shows_numbers(engine: Engine, online: Server) -> None:
    online.push.queue = day.queue("2026-11-24T12:10")
    engine.open(f"{online.url}queue/")
    engine.started("queue-board")
    told = engine.text("[data-kind=acceptance]")
    assert "8 人在等" in told and "约等 25–40 分钟" in told and "A015" in told
    assert engine.text(".verdict") == "能办完"
    online.push.queue = None


def test_a_search_finds_matters(engine: Engine, online: Server) -> None:
    engine.open(online.url)
    engine.tap(".finder input")
    engine.type("施工证")
    engine.wait("!!document.querySelector('.finder [role=option]')")
    assert "施工" in engine.text(".finder [role=option]")
    engine.tap(".finder [role=option]")
    engine.wait("location.pathname.includes('/matters/')")


def test_a_tick_is_kept(engine: Engine, online: Server) -> None:
    engine.open(f"{online.url}matters/presale-permit/")
    engine.started("checklist")
    ticked = "document.querySelector('.papers input').checked"
    assert not engine.look(ticked)
    engine.tap(".papers input")
    engine.wait(ticked)
    engine.open(f"{online.url}matters/presale-permit/")
    engine.started("checklist")
    assert engine.look(ticked)
    assert engine.text('[data-slot="checklist-count"]').startswith("1/")


def test_the_guide_is_there_without_network(engine: Engine, online: Server) -> None:
    engine.open(online.url)
    engine.wait("document.querySelector('[data-module~=\"updates\"]').dataset.stored === 'yes'")
    online.stop()
    engine.open(f"{online.url}matters/construction-permit/")
    assert engine.text("h1") == "建筑工程施工许可证核发"
    engine.started("checklist")
    engine.open(f"{online.url}queue/")
    engine.started("queue-board")
    assert "现在连不上" in engine.text("[data-kind=acceptance]")
    engine.open(online.url)
    engine.tap(".finder input")
    engine.type("施工证")
    engine.wait("!!document.querySelector('.finder [role=option]')")


def test_nobody_complained(engine: Engine) -> None:
    """Of all the pages above: the last test of each engine."""
    assert heard(engine) == []
