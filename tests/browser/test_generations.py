"""Whole or not at all, wherever the phone is switched off; and from any of the last releases to this one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.site import publication

from . import small_site
from .conftest import open_context
from .server import Server
from .worker_parts import call, current, load, shown

PAGES = ["", "noon/", *(f"matters/{id}/" for id in small_site.MATTERS)]


class Desk:
    """A site with releases one after the other, and a page in the worker's place."""

    def __init__(self, site: Server, page: Page) -> None:
        self.site, self.page = site, page
        self.workers: dict[str, bytes] = {}

    def publish(self, words: str, **options: object) -> None:
        small_site.publish(self.site.folder, words, **options)  # type: ignore[arg-type]
        self.workers[words] = current(self.site.folder)

    def be(self, words: str) -> None:
        """The worker of that release, just started."""
        load(self.page, self.site.url, self.workers[words])

    def install(self) -> str:
        return call(
            self.page,
            "async (parts) => parts.install({id: 1, over: false}).then(() => 'stored', (error) => parts.reason(error))",
        )

    def killed(self, most: int, work: str) -> bool:
        """Do it, and be switched off after so many writes; false when it was done before."""
        return call(
            self.page,
            f"async (parts, most) => await Promise.race([window.lastWrite(most), ({work})(parts).then(() => 'done')]) === 'killed'",
            most,
        )

    def forget(self) -> None:
        self.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")

    def whole(self, words: str) -> None:
        """Every page comes from the phone, and says ``words``."""
        self.site.stop()
        for path, text in shown(self.page, PAGES).items():
            assert text is not None and words in text, path
        self.site.start()

    def asked(self) -> list[str]:
        """What was asked for since; forgotten with it."""
        paths = [seen.path for seen in self.site.seen]
        self.site.seen.clear()
        return paths


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[Page]:
    context = open_context(browser, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(wide: Page, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "site").mkdir()
    site = Server(tmp_path / "site")
    yield Desk(site, wide)
    site.stop()


INSTALL = "(parts) => parts.install({id: 1, over: false})"
UPDATE = "(parts) => parts.install({id: 1, over: false}).then(() => parts.activate())"


def test_killed_while_storing_there_is_nothing_and_then_all(desk: Desk) -> None:
    desk.publish("甲")
    for most in (0, 1, 2, 3, 4, 20, 60, 100, 109):
        desk.be("甲")
        desk.forget()
        assert desk.killed(most, INSTALL), most
        desk.be("甲")
        assert call(desk.page, "async (parts) => (await parts.status()).stored") is None, most
        assert desk.install() == "stored", most
        desk.whole("甲")


def test_killed_while_updating_the_old_release_is_whole_or_the_new_one(desk: Desk) -> None:
    desk.publish("甲", led=True)
    first = {path: path.read_bytes() for path in desk.site.folder.rglob("*") if path.is_file()}
    desk.publish("乙", led=True)
    second = {path: path.read_bytes() for path in desk.site.folder.rglob("*") if path.is_file()}
    moments = 0
    for most in range(40):
        _lay(first)
        desk.be("甲")
        desk.forget()
        assert desk.install() == "stored"
        _lay(second)
        desk.be("乙")
        going_on = desk.killed(most, UPDATE)
        desk.be("乙")
        if call(desk.page, "async (parts) => (await parts.status()).stored !== null"):
            desk.whole("乙")
        else:
            desk.be("甲")
            desk.whole("甲")
            desk.be("乙")
            assert desk.install() == "stored", most
            desk.whole("乙")
        if not going_on:
            break
        moments += 1
    assert moments >= 15


def _lay(files: dict[Path, bytes]) -> None:
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_an_update_is_one_request_and_what_leads_from_anywhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "KEPT", 3)
    for words in "甲乙丙丁戊":
        desk.publish(words, led=True)
        desk.be(words)
        desk.forget() if words == "甲" else None
        if words in "甲乙":  # the phone was away from then on
            assert desk.install() == "stored"
            desk.asked()
    desk.be("戊")
    desk.asked()
    assert desk.install() == "stored"
    id = small_site.worker.named_in(desk.workers["乙"])["id"]
    assert desk.asked() == [f"since/{id}.json"]
    desk.whole("戊")
    # Further behind than that, nobody is led on.
    first = small_site.worker.named_in(desk.workers["甲"])["id"]
    assert not (desk.site.folder / f"since/{first}.json").exists()


def test_back_to_the_release_before_asks_for_nothing_while_it_is_there(desk: Desk) -> None:
    desk.publish("甲", led=True)
    desk.be("甲")
    desk.forget()
    assert desk.install() == "stored"
    desk.publish("乙", led=True)
    desk.be("乙")
    assert desk.install() == "stored"
    desk.publish("甲", led=True)
    desk.be("甲")
    desk.asked()
    assert desk.install() == "stored"
    assert desk.asked() == []
    call(desk.page, "async (parts) => parts.activate()")
    desk.whole("甲")
    kept = call(desk.page, "async (parts) => (await parts.generations(await parts.openStore())).length")
    assert kept == 1


@pytest.mark.parametrize("host", ["a portal", "another since", "no since", "damaged since", "a damaged record"])
def test_what_does_not_fit_takes_the_bundle_and_nothing_is_mixed(desk: Desk, host: str) -> None:
    desk.publish("甲", led=True)
    desk.be("甲")
    desk.forget()
    assert desk.install() == "stored"
    before = small_site.worker.named_in(desk.workers["甲"])["id"]
    desk.publish("乙", led=True)
    desk.be("乙")
    path = desk.site.folder / f"since/{before}.json"
    if host == "a portal":
        desk.site.portal = True
        assert desk.install() == "changed"
        desk.be("甲")
        desk.site.portal = False
        desk.whole("甲")
        desk.be("乙")
    elif host == "another since":
        path.write_bytes(path.read_bytes().replace(b'"to":"', b'"to":"0'))
    elif host == "no since":
        path.unlink()
    elif host == "damaged since":
        path.write_bytes(path.read_bytes().replace("乙".encode(), "丙".encode()))
    else:
        call(
            desk.page,
            """async (parts) => {
              const store = await parts.openStore();
              const [{inventory}] = await parts.generations(store);
              const hash = (await parts.readInventory(store, inventory)).pages.get("matters/kai-fandian/").hash;
              const key = new URL(`offline/stored/${hash}`, location.href).href;
              await store.put(key, new Response("spoilt"));
            }""",
        )
    desk.asked()
    assert desk.install() == "stored"
    asked = desk.asked()
    bundles = [path for path in asked if path.startswith("offline/bundle/")]
    # Few records that come out wrong are fetched by themselves.
    assert bool(bundles) == (host in ("another since", "no since")), asked
    desk.whole("乙")


def test_records_of_a_release_that_is_being_stored_are_not_swept_away(desk: Desk) -> None:
    desk.publish("甲")
    desk.be("甲")
    desk.forget()
    assert desk.install() == "stored"
    desk.publish("乙")
    desk.be("乙")
    assert desk.killed(8, INSTALL)
    desk.be("甲")
    count = "async (parts) => (await (await parts.openStore()).keys()).length"
    before = call(desk.page, count)
    call(desk.page, "async (parts) => parts.sweep(await parts.openStore())")
    assert call(desk.page, count) == before
    desk.whole("甲")


def test_publishing_elsewhere(tmp_path: Path) -> None:
    """Where the releases before were lost, nobody is led on, and phones take the bundle."""
    (tmp_path / "site").mkdir()
    small_site.publish(tmp_path / "site", "甲", led=True)
    shutil.rmtree(tmp_path / "site.releases")
    small_site.publish(tmp_path / "site", "乙", led=True)
    assert not list((tmp_path / "site" / "since").glob("*"))
