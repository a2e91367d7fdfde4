"""Reminders: the promise only after a message has come, and what every message shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from ..hall import day
from .conftest import Complaints, ask, open_context, until, wait_stored
from .server import PUBLIC_KEY, Server

CENTRE = timezone(timedelta(hours=8))

# The test browser has no push service: the subscription is made up, what arrives is
# delivered through the browser's own debugging port and handled by the real worker.
PUSH_SERVICE = """
    const SERVICE = "https://push.test/";
    const KEYS = {p256dh: "p", auth: "a"};
    const held = () => JSON.parse(localStorage.getItem("test-subscription"));
    const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer;
    const subscription = value => value && {
        endpoint: value.endpoint,
        options: {applicationServerKey: bytes(value.key)},
        toJSON: () => ({endpoint: value.endpoint, keys: KEYS}),
        unsubscribe: async () => { localStorage.removeItem("test-subscription"); return true },
    };
    PushManager.prototype.getSubscription = async () => subscription(held());
    PushManager.prototype.subscribe = async ({applicationServerKey}) => {
        const serial = Number(localStorage.getItem("test-serial") || 0) + 1;
        localStorage.setItem("test-serial", serial);
        const key = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)));
        localStorage.setItem("test-subscription", JSON.stringify({endpoint: SERVICE + serial, key}));
        return subscription(held());
    };
"""


NOTIFICATIONS = """async close => {
    const found = await (await navigator.serviceWorker.ready).getNotifications();
    if (close) for (const it of found) it.close();
    return found.map(it => ({title: it.title, body: it.body, tag: it.tag, url: it.data.url}));
}"""


class PushService:
    """Delivers messages to the worker of ``page``."""

    def __init__(self, page: Page, site: Server) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._registrations: list[str] = []
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._hear)
        self._session.send("ServiceWorker.enable")
        self._page, self._site = page, site

    def _hear(self, event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if not registration["isDeleted"]:
                self._registrations.append(registration["registrationId"])

    def deliver(self, data: str) -> None:
        until(self._page, lambda: self._registrations)
        # The guide is stored a moment before its worker is the active one, which alone gets messages.
        ask(self._page, "async () => { await navigator.serviceWorker.ready; return true; }")
        self._session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self._site.origin, "registrationId": self._registrations[-1], "data": data},
        )

    def shown(self, count: int = 1) -> list[dict[str, str]]:
        """The notifications on the screen, once there are ``count``; they are put away."""
        until(self._page, lambda: len(ask(self._page, NOTIFICATIONS)) == count)
        shown = ask(self._page, NOTIFICATIONS, "close")
        until(self._page, lambda: not ask(self._page, NOTIFICATIONS))
        return shown


@pytest.fixture
def context(windows: Browser, site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    """In a browser that can show notifications."""
    context = open_context(windows)
    complaints.listen(context)
    yield context
    context.close()


@pytest.fixture
def phone(context: BrowserContext, page: Page, site: Server) -> Iterator[Page]:
    """A phone with the guide stored that may show notifications, on 提醒我."""
    context.grant_permissions(["notifications"], origin=site.origin)
    page.add_init_script(PUSH_SERVICE)
    page.goto(site.url + "reminders/")
    wait_stored(page)
    yield page


@pytest.fixture
def service(phone: Page, site: Server) -> PushService:
    return PushService(phone, site)


def status(phone: Page) -> Locator:
    return phone.locator("[data-slot=reminders]")


TEST = json.dumps({"kind": "test", "title": "测试提醒", "body": "收到了", "tag": "test", "url": "reminders/"})


def turn_on(phone: Page, site: Server, service: PushService) -> None:
    phone.get_by_role("button", name="开通午间提醒").click()
    expect(status(phone)).to_contain_text("正在等测试提醒")
    until(phone, lambda: site.push.tests)
    service.deliver(TEST)
    expect(status(phone)).to_contain_text("已开通：测试提醒收到了")


def test_on_only_after_the_test_has_arrived_and_off_again(phone: Page, site: Server, service: PushService) -> None:
    turn_on(phone, site, service)
    assert site.push.subscriptions == {"https://push.test/1": ["noon", "hours"]}
    assert site.push.tests == ["https://push.test/1"]
    assert service.shown()[0]["title"] == "测试提醒"
    phone.reload()
    expect(status(phone)).to_contain_text("已开通：这台手机收到过提醒。")
    phone.get_by_role("button", name="退订").click()
    expect(phone.get_by_text("已退订，不会再提醒。")).to_be_visible()
    assert site.push.subscriptions == {}
    phone.reload()
    expect(phone.get_by_role("button", name="开通午间提醒")).to_be_visible()


def test_silence_is_not_called_success(phone: Page, site: Server) -> None:
    phone.clock.install()
    phone.reload()
    phone.get_by_role("button", name="开通午间提醒").click()
    expect(status(phone)).to_contain_text("正在等测试提醒")
    until(phone, lambda: site.push.tests)
    phone.clock.run_for(61000)
    expect(status(phone)).to_contain_text("一分钟里没有收到测试提醒")
    expect(phone.get_by_text("别的办法")).to_contain_text("12345")
    expect(status(phone)).not_to_contain_text("已开通")
    phone.reload()
    expect(status(phone)).to_contain_text("一分钟里没有收到测试提醒")


def test_a_replaced_subscription_is_reported_on_any_page(phone: Page, site: Server, service: PushService) -> None:
    turn_on(phone, site, service)
    phone.evaluate(
        "() => { const it = JSON.parse(localStorage.getItem('test-subscription'));"
        " localStorage.setItem('test-subscription', JSON.stringify({...it, endpoint: 'https://push.test/moved'})) }"
    )
    with phone.expect_response("**/push/v1/subscriptions"):
        phone.goto(site.url)
    until(phone, lambda: site.push.subscriptions == {"https://push.test/moved": ["noon", "hours"]})
    # The same person: what was told is not told again.
    assert site.push.people == {"person-1": "https://push.test/moved"}


def test_an_endpoint_that_is_somebody_else_s_is_given_up(phone: Page, site: Server, service: PushService) -> None:
    site.push.held = {"https://push.test/1"}
    turn_on(phone, site, service)
    assert site.push.subscriptions == {"https://push.test/2": ["noon", "hours"]}


def test_a_phone_from_before_there_were_persons_becomes_one(phone: Page, site: Server, service: PushService) -> None:
    site.push.gives_ids = False
    turn_on(phone, site, service)
    assert site.push.people == {}
    site.push.gives_ids = True
    phone.reload()
    expect(status(phone)).to_contain_text("已开通：这台手机收到过提醒。")
    assert site.push.people == {"person-1": "https://push.test/1"}


def test_a_new_server_key_means_subscribing_anew(phone: Page, site: Server, service: PushService) -> None:
    turn_on(phone, site, service)
    site.push.key = PUBLIC_KEY[:-2] + "AA"
    phone.reload()
    expect(status(phone)).to_contain_text("已开通")
    assert site.push.subscriptions == {"https://push.test/2": ["noon", "hours"]}


def test_without_push_server_other_ways_are_named(phone: Page, site: Server) -> None:
    site.push.key = None
    phone.reload()
    expect(phone.get_by_text("这里还没有开通提醒服务。")).to_be_visible()
    expect(status(phone)).to_contain_text("别的办法")
    expect(phone.get_by_role("button", name="开通午间提醒")).to_have_count(0)


def test_permission_refused(context: BrowserContext, page: Page, site: Server) -> None:
    page.add_init_script(PUSH_SERVICE + "Notification.requestPermission = async () => 'denied';")
    page.goto(site.url + "reminders/")
    page.get_by_role("button", name="开通午间提醒").click()
    expect(page.get_by_text("把“通知”改成允许")).to_be_visible()
    assert site.push.subscriptions == {}


GENERIC = {"title": "某某办事指南", "body": "有一条新消息，点开看看；也可以打 12345。", "tag": "guide", "url": ""}
# What arrives; what is shown (url relative to the site).
MESSAGES = [
    (
        '{"kind":"noon","title":"今天中午照常办","body":"11:30–13:00","tag":"noon","url":"noon/","date":"2099-01-01"}',
        {"title": "今天中午照常办", "body": "11:30–13:00", "tag": "noon", "url": "noon/"},
    ),
    (
        '{"kind":"noon","title":"今天中午照常办","body":"11:30–13:00","tag":"noon","url":"noon/","date":"2025-11-23"}',
        {
            "title": "今天中午照常办",
            "body": "这是 11月23日的消息，送到晚了。11:30–13:00",
            "tag": "noon",
            "url": "noon/",
        },
    ),
    ("", GENERIC),
    ('{"title": ', GENERIC),
    ("[]", GENERIC),
    ("null", GENERIC),
    ('{"title": 7, "body": {}}', GENERIC),
    ('{"title":"甲","url":"https://elsewhere.test/"}', {"title": "甲", "body": "", "tag": "guide", "url": ""}),
    ('{"title":"甲","url":"//elsewhere.test/"}', {"title": "甲", "body": "", "tag": "guide", "url": ""}),
    ('{"title":"甲","url":"javascript:alert(1)"}', {"title": "甲", "body": "", "tag": "guide", "url": ""}),
]


def test_every_message_shows_something(phone: Page, site: Server, service: PushService) -> None:
    for data, expected in MESSAGES:
        service.deliver(data)
        [shown] = service.shown()
        assert shown == {**expected, "url": site.url + expected["url"]}, data


def test_messages_are_shown_without_network(phone: Page, site: Server, service: PushService) -> None:
    site.stop()
    service.deliver(TEST)
    assert service.shown()[0]["body"] == "收到了"


def test_a_tapped_message_leads_to_its_page(context: BrowserContext, phone: Page, site: Server) -> None:
    """The browser has no finger for notifications: the event is made in the worker."""
    [worker] = context.service_workers
    tap = """async url => {
        const gone = new Promise(resolve => { self.clients.openWindow = async url => resolve(`opened ${url}`) });
        const focused = new Promise(resolve => {
            WindowClient.prototype.focus = async function () { resolve(`focused ${this.url}`) } });
        await self.registration.showNotification("甲", {data: {url}});
        const [notification] = await self.registration.getNotifications();
        self.dispatchEvent(new NotificationEvent("notificationclick", {notification}));
        return Promise.race([gone, focused]);
    }"""
    assert ask(worker, tap, site.url + "noon/") == f"opened {site.url}noon/"
    assert ask(worker, tap, site.url + "reminders/") == f"focused {site.url}reminders/"


def test_a_replaced_subscription_is_reported_by_the_worker(
    context: BrowserContext, phone: Page, site: Server, service: PushService
) -> None:
    turn_on(phone, site, service)
    [worker] = context.service_workers
    worker.evaluate(
        """() => {
            const event = new ExtendableEvent("pushsubscriptionchange");
            const fresh = {endpoint: "https://push.test/fresh", toJSON: () => ({endpoint: "https://push.test/fresh"})};
            Object.defineProperty(event, "newSubscription", {value: fresh});
            self.dispatchEvent(event);
        }"""
    )
    until(phone, lambda: site.push.subscriptions == {"https://push.test/fresh": ["noon", "hours"]})
    assert site.push.people == {"person-1": "https://push.test/fresh"}


SETTINGS = """async change => {
    const [name] = (await caches.keys()).filter(name => name.startsWith("guidesettings"));
    const cache = await caches.open(name);
    const [entry] = await cache.keys();
    const kept = entry && await (await cache.match(entry)).json();
    if (change) await cache.put(entry, new Response(JSON.stringify(change)));
    return kept || null;
}"""


def topics(site: Server) -> list[str]:
    return [wish["topic"] for wish in site.push.told[-1]["wishes"]]


def switch(phone: Page, topic: str) -> Locator:
    return phone.locator(f'[data-topic="{topic}"] input[type=checkbox]').first


def test_each_switch_is_told_with_all_others(phone: Page, site: Server, service: PushService) -> None:
    expect(phone.get_by_label("夜里不响")).to_be_disabled()
    switch(phone, "queue").check()
    until(phone, lambda: site.push.tests)
    expect(phone.locator('[data-topic="queue"] small')).to_have_text("正在等测试提醒，最多一分钟。")
    service.deliver(TEST)
    expect(status(phone)).to_contain_text("已开通：测试提醒收到了")
    switch(phone, "noon").check()
    expect(status(phone)).to_contain_text("记下了")
    phone.locator('[data-topic="noon"] select').select_option("60")
    phone.get_by_label("周二").uncheck()
    phone.locator("[data-rest]").get_by_label("夜里不响").check()
    phone.get_by_role("button", name="暂停一周").click()
    expect(phone.get_by_text("暂停中，")).to_be_visible()
    told = site.push.told[-1]
    assert told["wishes"] == [
        {"topic": "noon", "lead": 60, "weekdays": "134567"},
        {"topic": "queue", "subject": "acceptance", "threshold": 5},
    ]
    assert told["rest"]["quiet"] == {"from": "22:00", "to": "07:00"}
    until_at = datetime.fromisoformat(told["rest"]["paused_until"]).astimezone(CENTRE)
    assert until_at.strftime("%H:%M") == "00:00" and timedelta(days=6) < until_at - datetime.now(CENTRE) <= timedelta(
        days=7
    )
    assert told["key"] == PUBLIC_KEY
    assert site.push.people == {"person-1": "https://push.test/1"}

    # It is shown again as it was set; the last switch that goes off takes the subscription with it.
    phone.reload()
    expect(status(phone)).to_contain_text("已开通")
    expect(phone.get_by_label("周二")).not_to_be_checked()
    phone.get_by_role("button", name="现在恢复").click()
    expect(phone.get_by_text("暂停中，")).to_be_hidden()
    switch(phone, "queue").uncheck()
    expect(phone.locator('[data-topic="queue"] small')).to_contain_text("记下了")
    assert topics(site) == ["noon"]
    switch(phone, "noon").uncheck()
    expect(status(phone)).to_contain_text("已退订，不会再提醒。")
    assert site.push.subscriptions == {} and phone.evaluate("localStorage.getItem('test-subscription')") is None


def test_what_cannot_be_told_now_is_told_later_and_what_is_refused_stays_as_it_was(
    phone: Page, site: Server, service: PushService
) -> None:
    turn_on(phone, site, service)
    site.stop()
    switch(phone, "news").check()
    expect(status(phone)).to_contain_text("先记在这台手机上")
    expect(switch(phone, "news")).to_be_checked()
    site.start()
    phone.goto(site.url)
    until(phone, lambda: topics(site) == ["noon", "hours", "news"])
    phone.goto(site.url + "reminders/")
    expect(status(phone)).to_contain_text("已开通")
    site.push.refuses = True
    switch(phone, "news").uncheck()
    expect(status(phone)).to_contain_text("订阅人数已满。")
    expect(switch(phone, "news")).to_be_checked()


def test_a_phone_that_knew_one_topic_wishes_for_what_it_meant(phone: Page, site: Server, service: PushService) -> None:
    turn_on(phone, site, service)
    kept = ask(phone, SETTINGS)
    for name in ("wishes", "rest", "shown"):
        del kept[name]
    ask(phone, SETTINGS, kept | {"topics": ["noon"], "synced": 0})
    phone.goto(site.url)
    until(phone, lambda: site.push.told[-1]["wishes"] == [{"topic": "noon"}, {"topic": "hours"}])
    assert site.push.told[-1]["rest"] == {"quiet": None, "paused_until": None}
    until(phone, lambda: ask(phone, SETTINGS)["wishes"])
    assert "topics" not in ask(phone, SETTINGS)


def test_what_is_void_is_wished_for_no_more(phone: Page, site: Server, service: PushService) -> None:
    """Yesterday's ticket, and a date that was changed on the phone; nothing left means leaving."""
    turn_on(phone, site, service)
    kept = ask(phone, SETTINGS)
    ticket = {"topic": "ticket", "subject": "A023", "key": "k" * 22, "threshold": 3, "day": "2020-01-01"}
    date = {"topic": "renewal", "subject": "hushi-yanxu", "on_date": "2099-03-01"}
    phone.evaluate("wish => localStorage.setItem('guide-expiry:hushi-yanxu', JSON.stringify({wish}))", date)
    ask(phone, SETTINGS, kept | {"wishes": [ticket, date | {"on_date": "2098-01-01"}]})
    phone.goto(site.url)
    until(phone, lambda: site.push.told[-1]["wishes"] == [date])
    ask(phone, SETTINGS, kept | {"wishes": [ticket]})
    phone.goto(site.url)
    until(phone, lambda: site.push.subscriptions == {})


STOP = """async topic => {
    const held = {endpoint: "https://push.test/1", toJSON: () => ({endpoint: "https://push.test/1"}), unsubscribe: () => true};
    PushManager.prototype.getSubscription = async () => held;
    await self.registration.showNotification("甲", {tag: "stop-this", data: {topic}, actions: [{action: "stop", title: "停"}]});
    const [notification] = await self.registration.getNotifications({tag: "stop-this"});
    self.dispatchEvent(new NotificationEvent("notificationclick", {notification, action: "stop"}));
    return true;
}"""


def test_one_tap_in_a_message_leaves_its_topic(
    context: BrowserContext, phone: Page, site: Server, service: PushService
) -> None:
    site.push.sample = 1
    turn_on(phone, site, service)
    service.shown()
    [worker] = context.service_workers
    for kind, offered in (("noon", ["stop"]), ("closure", ["stop"]), ("news", []), ("unknown", [])):
        service.deliver(json.dumps({"id": f"{kind}:1", "kind": kind, "title": "甲", "tag": kind}))
        until(phone, lambda: ask(phone, NOTIFICATIONS))
        actions = ask(phone, "async () => (await (await navigator.serviceWorker.ready).getNotifications())[0].actions")
        assert [action["action"] for action in actions] == offered, kind
        service.shown()
    # The one about the test had no id.
    until(phone, lambda: site.push.shown == ["noon:1", "closure:1", "news:1", "unknown:1"])

    ask(worker, STOP, "noon")
    until(phone, lambda: topics(site) == ["hours"])
    assert service.shown()[0]["title"] == "不再提醒：午间服务"
    ask(worker, STOP, "hours")
    until(phone, lambda: site.push.subscriptions == {})
    phone.reload()
    expect(phone.get_by_role("button", name="开通午间提醒")).to_be_visible()


def test_a_message_that_nobody_counts_is_not_reported(phone: Page, site: Server, service: PushService) -> None:
    turn_on(phone, site, service)
    service.shown()
    service.deliver(json.dumps({"id": "noon:1", "kind": "noon", "title": "甲"}))
    service.shown()
    site.push.sample = 1
    phone.reload()
    expect(status(phone)).to_contain_text("已开通")
    service.deliver(json.dumps({"id": "noon:2", "kind": "noon", "title": "甲"}))
    until(phone, lambda: site.push.shown)
    assert site.push.shown == ["noon:2"]


WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile MicroMessenger/8.0.44"


def test_a_phone_that_gets_none_has_no_switch_that_does_nothing(
    windows: Browser, site: Server, complaints: Complaints
) -> None:
    context = open_context(windows, user_agent=WECHAT)
    complaints.listen(context)
    site.push.announced = {"day": "2026-11-23", "days": [], "announcements": []}
    page = context.new_page()
    page.goto(site.url + "reminders/")
    expect(status(page)).to_contain_text("微信里收不到提醒")
    expect(page.get_by_role("button", name="开通午间提醒")).to_have_count(0)
    for topic in ("noon", "queue", "news"):
        expect(switch(page, topic)).to_be_disabled()
        expect(page.locator(f'[data-topic="{topic}"] small')).to_contain_text("收不到，原因在最上面")
    expect(page.locator('[data-topic="ticket"] input')).to_have_count(0)
    expect(page.locator('[data-topic="ticket"] small')).to_have_text("还没有")
    # What was taken instead is found again.
    link = page.get_by_role("link", name="用阅读器订阅公告")
    expect(link).to_have_attribute("href", site.url + "push/v1/announcements.atom")
    link.evaluate("it => it.addEventListener('click', event => event.preventDefault())")
    link.click()
    page.reload()
    expect(page.get_by_role("link", name="用阅读器订阅公告")).to_contain_text("（上次用的）")
    context.close()


def test_a_date_comes_along_with_the_address(phone: Page, site: Server) -> None:
    phone.goto("about:blank")
    phone.goto(site.url + "reminders/#renewal:hushi-yanxu:2099-03-01")
    expect(phone.get_by_label("2099年3月1日到期")).to_be_visible()
    phone.goto("about:blank")
    phone.goto(site.url + "reminders/#renewal:<b>:2099-03-01")
    expect(phone.locator('[data-topic="renewal"] input')).to_have_count(1)


def test_the_own_number_is_reminded_of(phone: Page, site: Server, service: PushService) -> None:
    """Turned on where the number is; the message leads back to it without naming its key."""
    local = f"{datetime.now(CENTRE):%Y-%m-%dT%H:%M}"
    site.push.tickets[f"A023/{day.KEY}"] = day.ticket(local)
    phone.goto(f"{site.url}ticket/#A023.{day.KEY}")
    reminder = phone.locator("[data-module=ticket-reminder]")
    reminder.locator("select").select_option("2")
    reminder.get_by_role("button", name="快到时提醒我").click()
    until(phone, lambda: site.push.tests)
    service.deliver(TEST)
    expect(reminder).to_contain_text("前面还有 2 人时提醒，叫到时再提醒一次")
    assert site.push.told[-1]["wishes"] == [{"topic": "ticket", "subject": "A023", "key": day.KEY, "threshold": 2}]

    phone.goto("about:blank")
    phone.goto(site.url + "ticket/#A023")
    expect(phone.locator("[data-slot=ticket]")).to_contain_text("前面 8 人")
    assert phone.url.endswith(f"#A023.{day.KEY}")
    reminder.get_by_role("button", name="不用提醒了").click()
    expect(reminder.get_by_role("button", name="快到时提醒我")).to_be_visible()
    assert site.push.subscriptions == {}
    # A number of somebody else, or of another day.
    phone.goto("about:blank")
    phone.goto(site.url + "ticket/#A024")
    expect(phone.get_by_role("link", name="看我的号 A023")).to_be_visible()
