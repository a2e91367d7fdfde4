"""An API that is there but refuses, throws or never answers: the page says so, or does without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from . import small_site
from .conftest import Complaints, open_context, started
from .server import Server

REFUSED = "() => Promise.reject(new DOMException('refused', 'SecurityError'))"
NEVER = "() => new Promise(() => {})"
CANNOT_STORE = "这个浏览器不能离线存指南"
CANNOT_REMIND = "收不了提醒|收不到提醒|没有问能不能发通知|通知被关掉了"


def getter(owner: str, name: str, body: str) -> str:
    return f"Object.defineProperty({owner}, '{name}', {{configurable: true, get() {{ {body} }}}});"


THROW = "throw new DOMException('refused', 'SecurityError')"
# What stands in a browser that lets sites keep nothing.
STORAGE = {
    "no container": getter("Navigator.prototype", "serviceWorker", "return undefined"),
    "container throws": getter("Navigator.prototype", "serviceWorker", THROW),
    "registration refused": f"ServiceWorkerContainer.prototype.getRegistration = {REFUSED};"
    f"ServiceWorkerContainer.prototype.register = {REFUSED};",
    "registration never": f"ServiceWorkerContainer.prototype.getRegistration = {NEVER};",
    "site data blocked": f"for (const name of ['open', 'has', 'keys', 'match', 'delete']) CacheStorage.prototype[name] = {REFUSED};"
    f"ServiceWorkerContainer.prototype.getRegistration = {REFUSED}; ServiceWorkerContainer.prototype.register = {REFUSED};"
    + getter("window", "localStorage", THROW)
    + getter("window", "sessionStorage", THROW)
    + getter("window", "indexedDB", THROW)
    + f"StorageManager.prototype.estimate = {REFUSED}; StorageManager.prototype.persist = {REFUSED};",
}


@pytest.fixture(scope="module")
def refusing_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("refusing")
    small_site.publish(folder)
    server = Server(folder)
    yield server
    server.stop()


@pytest.fixture
def phone(browser: Browser, refusing_site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    yield from _phone(browser, refusing_site, complaints)


@pytest.fixture
def notified(windows: Browser, refusing_site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    """One that could show notifications."""
    yield from _phone(windows, refusing_site, complaints)


def _phone(browser: Browser, site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    context = open_context(browser)
    context.grant_permissions(["notifications"], origin=site.origin)
    complaints.listen(context)
    yield context
    context.close()


def opened(phone: BrowserContext, script: str, address: str) -> Page:
    page = phone.new_page()
    page.add_init_script(script)
    page.clock.install()
    page.goto(address)
    return page


ANSWERED = "fetch(document.querySelector('script[type=module]').src, {cache: 'no-store'}).then(told => told.text()).catch(() => 0)"


def said(page: Page, place: str, words: str) -> None:
    """What is said in time: a page that is still loading has not begun to wait."""
    for _ in range(10):
        page.clock.run_for(10_000)
        # What was asked of the server is answered in real time, before a question that came after it.
        page.evaluate(ANSWERED)
        if re.search(words, page.locator(place).text_content() or ""):
            return
    expect(page.locator(place)).to_contain_text(re.compile(words))


@pytest.mark.parametrize("script", STORAGE.values(), ids=STORAGE.keys())
def test_where_nothing_may_be_stored(phone: BrowserContext, refusing_site: Server, script: str) -> None:
    page = opened(phone, script, refusing_site.url + "offline/")
    started(page, "elder")
    said(page, "[data-slot=offline-told]", CANNOT_STORE)
    said(page, "[data-slot=stored]", CANNOT_STORE + "，联网时照常能用。")
    page.goto(refusing_site.url + "reminders/")
    said(page, "[data-module=reminders]", CANNOT_REMIND)
    page.goto(f"{refusing_site.url}matters/{small_site.MATTERS[0]}/")
    started(page, "checklist")
    page.get_by_label("申请书").check()
    expect(page.locator('[data-slot="checklist-count"]')).to_have_text("1/3")
    page.goto(refusing_site.url)
    started(page, "open-now")


# What refuses, after the tap.
ASKING = {
    "permission refused": f"Notification.requestPermission = {REFUSED};",
    "permission throws": f"Notification.requestPermission = () => {{ {THROW} }};",
    "permission never": f"Notification.requestPermission = {NEVER};",
    "denied by a call": "Notification.requestPermission = heard => { heard('denied') };",
    "no push manager": getter("ServiceWorkerRegistration.prototype", "pushManager", "return undefined"),
    "not allowed": f"PushManager.prototype.subscribe = {REFUSED.replace('SecurityError', 'NotAllowedError')};",
    "aborted": f"PushManager.prototype.subscribe = {REFUSED.replace('SecurityError', 'AbortError')};",
    "subscribe never": f"PushManager.prototype.subscribe = {NEVER};",
}


@pytest.mark.parametrize("script", ASKING.values(), ids=ASKING.keys())
def test_reminders_that_are_refused(notified: BrowserContext, refusing_site: Server, script: str) -> None:
    held = "PushManager.prototype.getSubscription = async () => null;"
    page = opened(notified, held + script, refusing_site.url + "reminders/")
    page.get_by_role("button", name="开通午间提醒").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    said(page, "[data-slot=reminders]", CANNOT_REMIND)
    expect(page.locator("[data-slot=reminders]")).to_contain_text("别的办法")


SHARING = {
    "refused": (
        "Navigator.prototype.share = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
        "Clipboard.prototype.writeText = " + REFUSED,
        "请复制这个地址",
    ),
    "throws": (f"Navigator.prototype.share = () => {{ {THROW} }}; Clipboard.prototype.writeText = {REFUSED}", "请复制这个地址"),
    "closed": ("Navigator.prototype.share = () => Promise.reject(new DOMException('no', 'AbortError'));", ""),
    "no clipboard": ("delete Navigator.prototype.share;" + getter("Navigator.prototype", "clipboard", "return undefined"), "请复制这个地址"),
    "never": (f"Navigator.prototype.share = {NEVER}", "没有弹出来的话，请复制这个地址"),
    "clipboard never": (f"delete Navigator.prototype.share; Clipboard.prototype.writeText = {NEVER}", "请复制这个地址"),
}


@pytest.mark.parametrize(("script", "told"), SHARING.values(), ids=SHARING.keys())
def test_sharing_that_is_refused(phone: BrowserContext, refusing_site: Server, script: str, told: str) -> None:
    page = opened(phone, script, f"{refusing_site.url}matters/{small_site.MATTERS[0]}/")
    started(page, "share", "checklist")
    for button, place in (("分享", "[data-slot=share]"), ("转发清单", ".carried")):
        page.get_by_role("button", name=button).click()
        expect(page.locator(place)).to_be_attached()
        if told:
            said(page, place, told)
        else:
            expect(page.locator(place)).to_have_text("")


def test_a_browser_that_cannot_print_says_so(phone: BrowserContext, refusing_site: Server) -> None:
    page = opened(phone, "window.print = undefined;", f"{refusing_site.url}matters/{small_site.MATTERS[0]}/")
    started(page, "checklist")
    page.get_by_role("button", name="打印").click()
    expect(page.get_by_text("这个浏览器不能打印")).to_be_visible()


def test_a_browser_that_prints_without_a_word_or_not_at_all(phone: BrowserContext, refusing_site: Server) -> None:
    page = opened(phone, "window.print = () => {};", f"{refusing_site.url}matters/{small_site.MATTERS[0]}/")
    started(page, "checklist")
    hint = page.get_by_text("没有弹出打印的话，用手机自带的浏览器打开再打印。")
    page.get_by_role("button", name="打印").click()
    expect(hint).to_have_count(0)
    page.clock.run_for(3000)
    expect(hint).to_be_visible()
    # It came after all: nothing of the hint is printed.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(hint).to_have_count(0)


@pytest.mark.parametrize("answer", [REFUSED, NEVER, "async () => ({})"], ids=["refused", "never", "empty"])
def test_what_is_stored_is_told_without_its_size(phone: BrowserContext, refusing_site: Server, answer: str) -> None:
    page = opened(phone, f"StorageManager.prototype.estimate = {answer};", refusing_site.url + "offline/")
    expect(page.locator("[data-slot=offline] li").first).to_contain_text("数据版本")
    page.get_by_role("button", name="检查并补齐").click()
    expect(page.locator("[data-slot=offline-told]")).to_have_text("都在，没有缺损。")
    expect(page.locator("[data-slot=offline]")).not_to_contain_text("MB")


def deaf(path: str, method: str = "GET") -> str:
    """A line that takes requests and brings no answer, but lets the browser give up."""
    return f"""{{
      const real = (window.heard = window.fetch);
      window.fetch = (address, options = {{}}) => {{
        if (!String(address).includes("{path}") || (options.method || "GET") !== "{method}") return real(address, options);
        return new Promise((_, reject) => options.signal && options.signal.addEventListener("abort", () =>
          reject(new DOMException("given up", "AbortError"))));
      }};
    }}"""


def test_nothing_is_cleared_while_the_site_does_not_answer(phone: BrowserContext, refusing_site: Server) -> None:
    page = opened(phone, deaf("sw.js", "HEAD"), refusing_site.url + "offline/")
    page.get_by_role("button", name="清掉重新存").click()
    said(page, "[data-slot=offline-told]", "现在连不上网络，没有清。")


def test_what_cannot_be_cleared_comes_to_an_end(phone: BrowserContext, refusing_site: Server) -> None:
    page = opened(phone, f"CacheStorage.prototype.delete = {NEVER};", refusing_site.url + "offline/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="清掉重新存").click()
    page.clock.run_for(30_000)
    said(page, "[data-slot=offline-told]", "还没有做完，过一会儿再点一次。")


@pytest.mark.parametrize(
    ("path", "method", "press"), [("push/v1/key", "GET", ""), ("push/v1/subscriptions", "POST", "开通午间提醒")]
)
def test_a_server_of_reminders_that_never_answers(
    notified: BrowserContext, refusing_site: Server, path: str, method: str, press: str
) -> None:
    held = """PushManager.prototype.getSubscription = async () => null;
      PushManager.prototype.subscribe = async () => ({endpoint: "https://push.example/1", toJSON: () => ({})});"""
    page = opened(notified, held + deaf(path, method), refusing_site.url + "reminders/")
    if press:
        page.get_by_role("button", name=press).click()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    said(page, "[data-slot=reminders]", "现在连不上网络，连上以后再试。")
    expect(page.get_by_role("button", name="再试一次")).to_be_enabled()


def test_a_code_for_the_window_waits_for_no_network(phone: BrowserContext, refusing_site: Server) -> None:
    page = opened(phone, deaf("release.json"), f"{refusing_site.url}matters/{small_site.MATTERS[0]}/")
    started(page, "checklist")
    page.get_by_role("button", name="给窗口看").dblclick()
    page.clock.run_for(2000)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_an_article_that_did_not_come_is_asked_for_again_by_the_next_press(
    phone: BrowserContext, refusing_site: Server
) -> None:
    page = opened(phone, deaf("laws/"), f"{refusing_site.url}matters/{small_site.CITING}/")
    page.locator("main[data-started]").wait_for()
    citation = page.get_by_role("link", name="依据")
    citation.click()
    said(page, ".in-place", "现在连不上网络，手机里也没有存这一条。连上网络再点一次。")
    expect(citation).to_have_attribute("aria-expanded", "true")
    page.evaluate("() => { window.fetch = window.heard; }")
    citation.click()
    expect(page.locator(".in-place")).to_contain_text("《建筑法》第八条应当具备下列条件")
    citation.click()
    expect(page.locator(".in-place")).to_have_count(0)
