"""Chromium, Firefox and WebKitGTK do what people come for; the rest is tested in Chromium alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import engines

from ..browser import small_site
from ..browser.server import Server
from ..browser.worker_parts import STAGE, current, playing
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


PAGE = "matters/kai-fandian/"
READ = f"(async () => {{ const found = await parts.page('{PAGE}'); return found && (await found.text()) }})()"
INSTALL = "parts.install({id: 1, over: false}).then(() => 'stored', error => parts.reason(error))"
FLIP = f"""(async () => {{
  const store = await parts.openStore();
  const [kept] = await parts.generations(store);
  const {{hash}} = (await parts.readInventory(store, kept.inventory)).pages.get("{PAGE}");
  const key = new URL("offline/stored/" + hash, location.href).href;
  const bytes = new Uint8Array(await (await store.match(key)).arrayBuffer());
  bytes[9] ^= 1;
  await store.put(key, new Response(bytes));
  return true;
}})()"""


def test_nobody_complained(engine: Engine) -> None:
    """Of all the pages above: but the last, which goes wrong on purpose."""
    assert heard(engine) == []


def test_what_is_stored_is_whole_or_mended(engine: Engine, tmp_path: Path) -> None:
    """A flipped byte, a portal, the phone switched off in the middle of an update, thirty releases missed."""
    (tmp_path / "site").mkdir()
    small_site.publish(tmp_path / "site", "甲", led=True)
    host = Server(tmp_path / "site")
    first = current(host.folder)

    def be(script: bytes) -> None:
        # Under its driver WebKit's browser keeps a store no longer than a page of the site is open.
        if not isinstance(engine, WebKit) or script == first:
            engine.open(host.url + STAGE)
        engine.evaluate(playing(host.url, script))

    try:
        be(first)
        assert engine.look(INSTALL) == "stored"
        assert engine.look(FLIP) is True
        assert "kai-fandian 甲" in engine.look(READ)
        host.stop()
        assert "kai-fandian 甲" in engine.look(READ)
        host.start()
        small_site.publish(host.folder, "乙", led=True)
        (kept,) = (path for path in (tmp_path / "site.releases").iterdir() if path.name.startswith("000001"))
        for number in range(3, 32):
            kept.with_name(f"{number:06}-{number:016x}.br").write_bytes(kept.read_bytes())
        small_site.publish(host.folder, "丙", led=True)
        assert len(list(host.folder.glob("since/*.json"))) == 30
        second = current(host.folder)
        be(second)
        host.portal = True
        assert engine.look(INSTALL) == "changed"
        host.portal = False
        for most in () if isinstance(engine, WebKit) else (2, 7):
            be(second)
            assert engine.look(f"Promise.race([lastWrite({most}), {INSTALL}])") == "killed"
            be(first)
            host.stop()
            assert "kai-fandian 甲" in engine.look(READ)
            host.start()
        be(second)
        host.seen.clear()
        assert engine.look(INSTALL) == "stored"
        host.stop()
        assert "kai-fandian 丙" in engine.look(READ)
    finally:
        host.stop()
