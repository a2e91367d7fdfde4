"""The page of figures: what left, whom it reached, and the sender's health in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from push_server.console.outcomes import counted, noon_sentence, parts
from push_server.store.figures import Left

from ..conftest import Clock, Server
from ..phone import Phone
from ..push_service import PushService, Reply
from ..test_wishes import Person
from .conftest import Clerk, Hire

LEAD = timedelta(minutes=15)
NOTHING = Left(sent=0, first=None, last=None)


@pytest.fixture
def editor(server: Server, hire: Hire, clock: Clock) -> Clerk:
    clock.at("10:00")
    hire("bian", "editor")
    clerk = Clerk(server)
    clerk.sign_in("bian")
    return clerk


def test_every_message_is_counted_once() -> None:
    states = {"sent": 90, "pending": 2, "sending": 1, "failed": 4, "expired": 5}
    reasons = {("failed", "gone"): 3, ("failed", "403"): 1, ("expired", "gone"): 1, ("expired", "quiet"): 2}
    reasons |= {("expired", "timeout"): 1, ("expired", ""): 1}
    found = counted(states, reasons)
    assert found == {"accepted": 90, "open": 3, "gone": 4, "refused": 1, "expired": 2, "spared": 2}
    assert sum(found.values()) == sum(states.values())
    drawn = parts(found)
    assert drawn[0].width == 88.24 and round(drawn[-1].start + drawn[-1].width) == 100
    assert parts(dict.fromkeys(found, 0)) == []


def test_the_noon_announcement_comes_first(server: Server, clock: Clock) -> None:
    calendar = server.services.published.current().calendar

    def said(at: str, left: Left = NOTHING, subscribers: int = 3) -> str:
        clock.at(at)
        return noon_sentence(calendar, clock(), LEAD, left, subscribers)

    assert said("11:14") == "今天的午间提醒 11:15 发，还没有到时候。"
    assert said("11:20") == "今天的午间提醒应该在 11:15 发出，还没有发出。"
    clock.at("11:15")
    moment = clock().timestamp()
    assert said("12:00", Left(sent=118, first=moment, last=moment + 20)) == (
        "今天的午间提醒 11:15 发出了，推送服务收下 118 条。"
    )
    early = Left(sent=118, first=moment - 3600, last=moment)
    assert said("12:00", early) == "今天的午间提醒 10:15 到 11:15 发出了，推送服务收下 118 条。"
    assert said("12:00", subscribers=0) == "现在没有人订阅午间提醒。"
    assert said("2026-11-21 12:00") == "今天没有午间服务，不发午间提醒。"
    assert said("2027-01-01 12:00").startswith("日历没有排到今天")


def test_what_left_today(server: Server, editor: Clerk, clock: Clock, push_service: PushService) -> None:
    people = [Person(server, push_service) for _ in range(3)]
    for person in people:
        person.wish({"topic": "noon"})
    gone = people[2].phone.path
    push_service.reply = lambda message: Reply(410 if message.path == gone else 201)
    assert "今天的午间提醒 11:15 发，还没有到时候。" in editor.get("/sending").text
    clock.at("11:15")
    server.run()
    page = editor.get("/sending").text
    assert "今天的午间提醒 11:15 发出了，推送服务收下 2 条。" in page
    assert "要发 3 条：推送服务收下 2 条，手机已经退订或换掉 1 条。" in page
    assert '<rect class="gone" x="66.67" width="33.33"' in page
    assert "收下 2 条，最近一次 11月23日 11:15" in page
    assert "2 部手机能收到，一周内收到过消息的 2 部" in page
    assert "<td>2</td><td>2</td>" in page and "<span>2 部</span>" in page


def test_a_push_service_that_takes_nothing(
    server: Server, editor: Clerk, clock: Clock, push_service: PushService
) -> None:
    Person(server, push_service).wish({"topic": "noon"})
    push_service.answer(503)
    clock.at("11:15")
    server.run()
    page = editor.get("/sending").text
    assert "今天的午间提醒应该在 11:15 发出，还没有发出。" in page
    assert "这几天一条也没有收下：还在试的 1 条。" in page
    push_service.answer(201)
    clock.at("11:16")
    server.run()
    assert "这几天一条也没有收下" not in editor.get("/sending").text


def test_who_rests_is_no_silence_of_a_push_service(
    server: Server, editor: Clerk, clock: Clock, push_service: PushService
) -> None:
    Person(server, push_service).wish({"topic": "noon"}, rest={"quiet": {"from": "11:00", "to": "11:40"}})
    clock.at("11:15")
    server.run()
    clock.at("11:41")  # about to be sent
    assert "这几天没有要发的。" in editor.get("/sending").text


def test_problems_are_those_of_healthz(server: Server, editor: Clerk, clock: Clock, phone: Phone) -> None:
    server.subscribe(phone)
    clock.at("11:20")
    words = server.http.get("/push/v1/healthz").get_json()["words"]
    page = editor.get("/sending").text
    assert words and all(f">{one}</p>" in page for one in words)
    assert '<p class="verdict late">今天的午间提醒应该在 11:15 发出，还没有发出。</p>' in page
    server.run()
    assert "没有发现问题。" in editor.get("/sending").text


def test_only_editors_see_it(desk: Clerk, admin: Clerk, browser_of: Callable[[], Clerk]) -> None:
    assert desk.get("/sending").status_code == 403
    assert admin.get("/sending").status_code == 200
    assert browser_of().get("/sending").status_code == 302
