"""The page of figures: what left, whom it reached, and the sender's health in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from push_server.console.outcomes import counted, noon_sentence, parts
from push_server.store.figures import Left

from ..conftest import Clock, Server, Start
from ..push_service import PushService
from ..test_wishes import Person
from .conftest import Clerk, Hire

LEAD = timedelta(minutes=15)


@pytest.fixture
def editor(server: Server, hire: Hire) -> Clerk:
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

    def said(at: str, left: Left = Left(sent=0, first=None, last=None), subscribers: int = 3) -> str:  # noqa: B008
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
    for answer in (201, 201, 410):
        person = Person(server, push_service)
        person.wish({"topic": "noon"})
        push_service.answers = {**getattr(push_service, "answers", {}), person.phone.endpoint: answer}
    clock.at("10:00")
    assert "今天的午间提醒 11:15 发，还没有到时候。" in editor.get("/sending").text
    clock.at("11:15")
    server.run()
    page = editor.get("/sending").text
    assert "今天的午间提醒 11:15 发出了" in page
