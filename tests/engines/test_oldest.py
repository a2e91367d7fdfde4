"""Everything of the guide in the oldest browsers that it is made for: docs/browsers.md.

Chromium 77 runs here. No old Safari does: in its place the present Chromium, without
what the data of ``tests/oldest/newer.json`` say that Safari 14 had not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest

from ..browser.server import Server
from ..hall import day
from ..oldest.newer import NEWER
from ..suite import ENGINES
from .chromium import Chromium
from .engine import Engine, heard
from .oldest import Oldest

NAMES = {"chromium-77": "the oldest Chromium", "like-safari-14": "Chromium like Safari 14"}

JOURNEY = "journeys/restaurant/"

TAKE_AWAY = """
for (const [name, keys] of Object.entries(%s)) {
  const made = globalThis[name];
  if (!made) continue;
  if (!keys.length) { delete globalThis[name]; continue; }
  for (const key of keys) {
    if (key.endsWith("_static")) delete made[key.slice(0, -7)];
    else if (made.prototype) delete made.prototype[key];
  }
}
"""
"""Takes interfaces (those without keys) and members away from a page."""

DRIVER = {"BigInt64Array", "BigUint64Array"}
"""What Playwright itself needs in a page to tell what it finds there."""


@pytest.fixture(scope="module", params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "chromium-77":
        running: Engine = Oldest(tmp_path_factory.mktemp("old"))
    else:
        missing = json.dumps({name: keys for name, keys in NEWER["scripts"]["safari"].items() if name not in DRIVER})
        running = Chromium(request.getfixturevalue("browser"), TAKE_AWAY % missing)
    ENGINES[NAMES[request.param]] = running.version
    yield running
    running.close()


def test_it_is_as_old_as_it_says(engine: Engine, online: Server) -> None:
    engine.open(online.url)
    assert engine.look("[].at === undefined && window.structuredClone === undefined")
    assert engine.look("!!window.Notification") == isinstance(engine, Oldest)


def test_home_and_search(engine: Engine, online: Server) -> None:
    online.push.queue = {
        "counters": [{"kind": "acceptance", "waiting": 8, "serving": None, "reported_at": "2026-11-24T04:08:00Z"}]
    }
    engine.open(online.url)
    engine.started("open-now", "queue-status", "elder", "my-papers")
    assert "午间服务中" in engine.text('[data-slot="state"]')
    assert "前面 8 人" in engine.text('[data-slot="queue"]')
    engine.tap(".finder input")
    engine.type("施工证")
    engine.wait("!!document.querySelector('.finder [role=option]')")
    assert "施工" in engine.text(".finder [role=option]")


def test_a_matter(engine: Engine, online: Server) -> None:
    """Papers, the limit counted in days, the code for the window."""
    engine.open(f"{online.url}matters/construction-permit/")
    engine.started("checklist", "share", "due", "arrive")
    engine.tap(".papers input")
    engine.wait("document.querySelector('[data-slot=checklist-count]').textContent.startsWith('1/')")
    assert "最迟" in engine.text(".due ul li")
    engine.look("[...document.querySelectorAll('button')].find(it => it.textContent.includes('二维码')).click()")
    engine.wait("!!document.querySelector('dialog[open] svg.qr path')")
    engine.open(online.url)
    engine.wait("!document.querySelector('[data-module~=\"my-papers\"]').hidden")


def test_the_numbers_of_the_steps_lie_beside_the_names(engine: Engine, online: Server) -> None:
    engine.open(online.url + JOURNEY)
    engine.started("journey")
    assert engine.text('[data-slot="dates"]')
    apart = """[...document.querySelectorAll('.stepper > li')].filter(li => !li.hidden).map(li => {
      const number = getComputedStyle(li, '::before');
      const name = li.querySelector('h3').getBoundingClientRect().left - li.getBoundingClientRect().left - li.clientLeft;
      return name - parseFloat(number.left) - parseFloat(number.width);
    })"""
    gaps = engine.look(apart)
    assert gaps and min(gaps) > 0


def test_things_in_a_row_stand_apart(engine: Engine, online: Server) -> None:
    engine.open(f"{online.url}matters/company-change-registration/")
    for row in (".facts", ".papers label"):
        places = engine.look(
            f"[...document.querySelector('{row}').children].map(it => it.getBoundingClientRect()).map(it => [it.top, it.left, it.right])"
        )
        rows = [(one, other) for one, other in pairwise(places) if abs(one[0] - other[0]) < 9]
        assert rows and all(other[1] - one[2] >= 4 for one, other in rows), row


TICKET = f"ticket/#A023.{day.KEY}"
PLACES = [
    ("offline/", "offline"),
    ("noon/", "noon-calendar"),
    ("noon/", "subscribe"),
    ("reminders/", "reminders"),
    ("deferrable/promise/", "promise"),
    (TICKET, "ticket"),
    ("queue/", "queue-board"),
    ("queue/", "my-ticket"),
    ("screen/", "screen"),
]


def test_other_pages_start(engine: Engine, online: Server) -> None:
    """Or say in a sentence what this browser cannot."""
    engine.open(online.url)
    engine.wait("document.querySelector('[data-module~=\"updates\"]').dataset.stored === 'yes'")
    online.push.queue = day.queue("2026-11-24T12:10")
    online.push.tickets[f"A023/{day.KEY}"] = day.ticket("2026-11-24T12:10")
    for path, module in PLACES:
        engine.open(online.url + path)
        engine.started(module)
        if path == TICKET:
            assert "前面 8 人，约 25–40 分钟；中午不休息，能办完" in engine.text("[data-slot=ticket]")
    assert engine.text("[data-call='0']").startswith("A015")
    assert "8 人在等" in engine.text("[data-kind=acceptance]")
    engine.open(f"{online.url}reminders/")
    engine.started("reminders")
    assert engine.look("document.querySelector('[data-module~=reminders]').dataset.reminders")
    assert engine.text('[data-slot="reminders"]')


def test_without_network(engine: Engine, online: Server) -> None:
    engine.open(online.url)
    engine.wait("document.querySelector('[data-module~=\"updates\"]').dataset.stored === 'yes'")
    online.stop()
    engine.open(f"{online.url}matters/presale-permit/")
    assert engine.text("h1") == "商品房预售许可"
    engine.started("checklist")
    engine.open(online.url + JOURNEY)
    engine.started("journey")


def test_nobody_complained(engine: Engine) -> None:
    """Of all the pages above: the last test of each engine."""
    assert heard(engine) == []
