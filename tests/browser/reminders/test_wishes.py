"""What a phone wishes for is told whole each time, and given up by one tap."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ...hall import day
from ..conftest import Complaints, ask, open_context, until
from ..server import PUBLIC_KEY, Server
from .reminding import SETTINGS, TEST, PushService, status, turn_on

CENTRE = timezone(timedelta(hours=8))


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
    until(phone, lambda: site.push.told[-1]["rest"]["quiet"])
    # The phone is a day slow: a week is counted from the day that it is.
    site.clock_ahead = 86400
    phone.evaluate("sessionStorage.clear()")
    phone.reload()
    until(phone, lambda: ask(phone, "() => Boolean(sessionStorage.getItem('guide-clock'))"))
    phone.get_by_role("button", name="暂停一周").click()
    expect(phone.get_by_text("暂停中，")).to_be_visible()
    told = site.push.told[-1]
    assert told["wishes"] == [
        {"topic": "noon", "lead": 60, "weekdays": "134567"},
        {"topic": "queue", "subject": "acceptance", "threshold": 5},
    ]
    assert told["rest"]["quiet"] == {"from": "22:00", "to": "07:00"}
    until_at = datetime.fromisoformat(told["rest"]["paused_until"]).astimezone(CENTRE)
    assert until_at.strftime("%H:%M") == "00:00" and timedelta(days=7) < until_at - datetime.now(CENTRE) <= timedelta(
        days=8
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
    switch(phone, "news").click()  # and it may be back before one looks
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
    until(phone, lambda: ask(phone, SETTINGS).get("wishes"))
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
        actions = ask(phone, "async () => (await (await navigator.serviceWorker.ready).getNotifications())[0].actions")
        assert [action["action"] for action in actions] == offered, kind
        service.shown()
    # The one about the test had no id. A message that was late has been delivered twice (reminding.py).
    until(phone, lambda: set(site.push.shown) == {"noon:1", "closure:1", "news:1", "unknown:1"})

    ask(worker, STOP, "noon")
    until(phone, lambda: topics(site) == ["hours"])
    assert service.shown()[0]["title"] == "不再提醒：午间服务"
    # The page that lies open has heard of it, and does not wish for it again with the next switch.
    expect(switch(phone, "noon")).not_to_be_checked()
    switch(phone, "news").check()
    until(phone, lambda: topics(site) == ["hours", "news"])
    switch(phone, "news").uncheck()
    until(phone, lambda: topics(site) == ["hours"])
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
    assert set(site.push.shown) == {"noon:2"}


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
