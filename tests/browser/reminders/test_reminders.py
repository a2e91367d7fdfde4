"""Reminders: the promise only after a message has come, and what every message shows."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from ..conftest import ask, until
from ..server import PUBLIC_KEY, Server
from .reminding import PUSH_SERVICE, TEST, PushService, status, turn_on


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
    expect(status(phone).get_by_role("link", name="放进手机日历")).to_have_attribute("href", site.url + "noon/#subscribe")
    expect(status(phone).get_by_role("link", name="打 12345")).to_have_attribute("href", "tel:12345")
    expect(phone.get_by_role("button", name="开通午间提醒")).to_have_count(0)


def test_permission_refused(context: BrowserContext, page: Page, site: Server) -> None:
    page.add_init_script(PUSH_SERVICE + "Notification.requestPermission = async () => 'denied';")
    page.goto(site.url + "reminders/")
    page.get_by_role("button", name="开通午间提醒").click()
    expect(page.get_by_text("把“通知”改成允许")).to_be_visible()
    assert site.push.subscriptions == {}


def test_a_question_that_was_closed_is_asked_again(context: BrowserContext, page: Page, site: Server) -> None:
    """Neither allowed nor forbidden: nothing has to be looked for in any settings."""
    page.add_init_script(
        PUSH_SERVICE
        + "window.asked = 0; Notification.requestPermission = async () => { asked += 1; return 'default'; };"
    )
    page.goto(site.url + "reminders/")
    page.get_by_role("button", name="开通午间提醒").click()
    expect(status(page)).to_contain_text("没有选“允许”，还没有开通。再点一次，手机会再问。")
    expect(page.get_by_role("group", name="noon")).to_be_enabled()
    page.get_by_role("button", name="再试一次").click()
    expect(status(page)).to_contain_text("没有选“允许”")
    assert page.evaluate("asked") == 2


def test_what_was_allowed_in_the_settings_is_seen_when_one_comes_back(
    context: BrowserContext, page: Page, site: Server
) -> None:
    page.add_init_script(
        PUSH_SERVICE
        + "Object.defineProperty(Notification, 'permission', {get: () => localStorage.getItem('allowed') || 'denied'});"
    )
    page.goto(site.url + "reminders/")
    expect(status(page)).to_contain_text("通知被关掉了。")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(status(page)).to_contain_text("通知被关掉了。")
    page.evaluate("localStorage.setItem('allowed', 'default'); document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name="开通午间提醒")).to_be_enabled()


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
        const notification = (await self.registration.getNotifications()).find(one => one.data.url === url);
        self.dispatchEvent(new NotificationEvent("notificationclick", {notification}));
        return Promise.race([gone, focused]);
    }"""
    assert ask(worker, tap, site.url + "noon/") == f"opened {site.url}noon/"
    assert ask(worker, tap, site.url + "reminders/") == f"focused {site.url}reminders/"
    # Another place on the page that is open: another number, say.
    assert ask(worker, tap, site.url + "reminders/#more") == f"focused {site.url}reminders/"
    until(phone, lambda: phone.url == f"{site.url}reminders/#more")


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
