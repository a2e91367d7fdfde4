"""What clerks announce: consented to by another, out at its moment, everywhere at once, told once."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from werkzeug.test import TestResponse

from push_server.hall.timetable import closing
from push_server.voice.notices import NotAllowed

from .conftest import BOTH, Clock, Server
from .phone import Phone
from .push_service import PushService
from .test_wishes import Person

BACKENDS = BOTH

URL = "/push/v1/announcements"
MORNING = {"opens": "08:30", "closes": "11:30"}
AFTERNOON = {"opens": "13:00", "closes": "16:30"}
NO_NOON = {"day": "2026-11-23", "hours": [MORNING, AFTERNOON], "preset": "noon-off"}


def moment(server: Server, hours: float) -> float:
    return server.services.now() + hours * 3600


def announce(server: Server, lasts: float = 4, **values: Any) -> str:
    """Drafted by one, consented to by another."""
    given = {
        "title": "系统故障，窗口办得慢",
        "body": "预计 10:30 恢复。",
        "expires_at": moment(server, lasts),
        **values,
    }
    notice = server.services.notices.draft(given, "staff:li", submit=True)
    server.services.notices.approve(notice.id, "staff:wang")
    return notice.id


def read(server: Server) -> dict[str, Any]:
    answer: dict[str, Any] = server.http.get(URL).get_json()
    return answer


@pytest.fixture
def person(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


@pytest.fixture
def another(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


def test_nothing_is_out_before_another_person_consents(server: Server, person: Person) -> None:
    person.wish({"topic": "news"})
    notices = server.services.notices
    notice = notices.draft({"title": "慢", "expires_at": moment(server, 1)}, "staff:li", submit=True)
    server.run()
    assert read(server)["announcements"] == []
    with pytest.raises(NotAllowed, match="另一个人"):
        notices.approve(notice.id, "staff:li")
    notices.approve(notice.id, "staff:wang")
    server.run()
    server.run()
    assert person.titles() == ["慢"]
    assert [one["title"] for one in read(server)["announcements"]] == ["慢"]
    with pytest.raises(NotAllowed):
        notices.approve(notice.id, "staff:wang")


def test_it_goes_to_those_who_wished_for_it(
    server: Server, person: Person, another: Person, push_service: PushService
) -> None:
    person.wish({"topic": "news"})
    another.wish({"topic": "noon"}, {"topic": "hours"})
    announce(server, title="给要公告的人")
    announce(server, title="给所有的人", audience="everybody")
    server.run()
    assert (person.titles(), another.titles()) == (["给要公告的人", "给所有的人"], ["给所有的人"])
    late = Person(server, push_service)
    late.wish({"topic": "queue", "subject": "acceptance", "threshold": 3}, {"topic": "matter", "subject": "x"})
    server.run()
    assert late.titles() == ["给所有的人"]


def test_at_its_moment_and_not_after_its_end(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "news"})
    announce(server, lasts=2, publish_at=moment(server, 1))
    server.run()
    assert (person.titles(), read(server)["announcements"]) == ([], [])
    clock.at("10:00")
    server.services.worker.run_due()
    server.run()
    assert len(person.titles()) == 1
    clock.at("11:00")
    assert read(server)["announcements"] == []


def test_a_correction_is_told_once_to_those_who_were_told(
    server: Server, person: Person, another: Person, clock: Clock
) -> None:
    person.wish({"topic": "news"})
    first = announce(server, title="系统故障")
    server.run()
    announce(server, title="系统恢复了", corrects=first)
    another.wish({"topic": "news"})
    for _ in range(3):
        clock.forward(60)
        server.services.worker.run_due()
        server.run()
    assert person.titles() == ["系统故障", "更正：系统恢复了"]
    assert another.titles() == ["系统恢复了"]
    assert [one["title"] for one in read(server)["announcements"]] == ["系统恢复了"]
    topics = {message.headers["topic"] for message in person.push_service.received}
    assert topics == {f"news-{first}"}


def test_called_off_before_it_is_out_nobody_hears_of_it(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "news"})
    notice = announce(server, publish_at=moment(server, 1))
    server.services.notices.cancel(notice, "staff:li")
    clock.at("10:30")
    server.services.worker.run_due()
    server.run()
    assert person.titles() == []


def test_called_off_after_it_is_out_those_who_were_told_are_told(
    server: Server, person: Person, another: Person, clock: Clock
) -> None:
    person.wish({"topic": "news"})
    notice = announce(server)
    server.run()
    server.services.notices.cancel(notice, "staff:li")
    another.wish({"topic": "news"})
    clock.forward(10)
    server.run()
    assert person.titles() == ["系统故障，窗口办得慢", "撤回：系统故障，窗口办得慢"]
    assert another.titles() == []
    assert read(server)["announcements"] == []


def test_no_noon_service_today_is_known_everywhere_at_once(
    server: Server, person: Person, another: Person, clock: Clock
) -> None:
    person.wish({"topic": "noon", "lead": 120}, {"topic": "hours"})
    another.wish({"topic": "noon"})
    clock.at("10:00")
    server.run()
    assert person.titles() == ["今天中午不休息，11:30–13:00 照常办"]
    announce(server, title="今天午间服务暂停", body="停电检修。", **NO_NOON)
    assert read(server)["days"] == [
        {
            "date": "2026-11-23",
            "spans": [{**MORNING, "service": "regular"}, {**AFTERNOON, "service": "regular"}],
            "reason": "停电检修。",
        }
    ]
    for at in ("10:01", "11:15", "11:40"):
        clock.at(at)
        server.services.worker.run_due()
        server.run()
    assert person.titles()[1:] == ["更正：今天中午不办了"]
    assert another.titles() == []  # has been told nothing that would be wrong, and did not ask for more
    assert [one["title"] for one in read(server)["announcements"]][:1] == ["今天午间服务暂停"]


def test_called_off_after_it_was_announced_those_are_told_who_want_hours_only(
    server: Server, person: Person, another: Person, clock: Clock
) -> None:
    person.wish({"topic": "hours"})
    another.wish({"topic": "noon"}, {"topic": "hours"})
    clock.at("11:15")
    server.run()
    assert (person.titles(), len(another.titles())) == ([], 1)
    clock.at("11:20")
    announce(server, title="今天午间服务暂停", body="停电检修。", **NO_NOON)
    for _ in range(3):
        clock.forward(30)
        server.services.worker.run_due()
        server.run()
    assert person.titles() == ["今天中午不办"]
    assert another.titles()[1:] == ["更正：今天中午不办了"]


def test_noon_service_restored_is_told_to_those_who_were_told(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "hours"})
    clock.at("10:00")
    notice = announce(server, title="今天午间服务暂停", **NO_NOON)
    server.run()
    assert person.titles() == ["今天中午不办"]
    clock.at("10:20")
    server.services.notices.cancel(notice, "staff:li")
    server.run()
    assert person.titles()[1:] == ["更正：今天中午照常办"]
    assert read(server)["days"] == []


def test_a_closed_afternoon_closes_the_hall(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "hours"})
    announce(
        server, lasts=8, title="今天下午闭馆", body="消防演练。", day="2026-11-23", hours=[MORNING], preset="closed"
    )
    server.run()
    assert person.titles() == ["今天的开门时间有变"] or person.titles() == ["今天下午不开门"]
    calendar = server.services.published.current().calendar
    clock.at("12:00")
    closes = closing(calendar, clock().date())
    assert closes == clock().replace(hour=11, minute=30).timestamp()


def test_a_reason_ends_with_one_full_stop_and_is_never_the_title(
    server: Server, person: Person, another: Person, clock: Clock
) -> None:
    person.wish({"topic": "hours"})
    clock.at("10:00")
    first = announce(server, title="今天午间服务暂停", body="停电检修。", **NO_NOON)
    server.run()
    assert person.bodies()[-1] == "11:30–13:00 休息，13:00 再开门。原因：停电检修。"
    another.wish({"topic": "hours"})
    announce(server, title="今天午间服务暂停", body="", corrects=first, **NO_NOON)
    assert read(server)["days"][0]["reason"] == ""
    server.run()
    assert another.bodies()[-1].count("原因") == 0


def test_a_noon_service_that_stays_is_staffed_as_ever(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "noon"})
    noon = {"opens": "11:30", "closes": "13:00", "service": "noon"}
    until_three = {"opens": "13:00", "closes": "15:00"}
    announce(server, lasts=9, title="今天 15:00 起闭馆", day="2026-11-23", hours=[MORNING, noon, until_three])
    clock.at("11:15")
    server.run()
    assert person.bodies() == ["1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。"]


def test_of_two_about_one_day_the_last_that_came_out_holds(server: Server, clock: Clock) -> None:
    notices = server.services.notices
    given = {"title": "时间有变", "expires_at": moment(server, 8), "day": "2026-11-23"}
    first = notices.draft({**given, "hours": [MORNING]}, "staff:li", submit=True)
    clock.forward(60)
    second = notices.draft({**given, "hours": [AFTERNOON]}, "staff:li", submit=True)
    for one in (second, first):
        clock.forward(60)
        notices.approve(one.id, "staff:wang")
    assert read(server)["days"][0]["spans"] == [{**MORNING, "service": "regular"}]


def test_a_day_that_is_opened_at_short_notice_is_told_the_afternoon_before(
    server: Server, person: Person, clock: Clock
) -> None:
    """Saturday 21 November is closed as published."""
    person.wish({"topic": "hours"})
    clock.at("2026-11-20 09:00")
    announce(server, lasts=39, title="明天补班", body="补昨天停电的班。", day="2026-11-21", hours=[MORNING])
    server.run()
    assert person.titles() == []
    clock.at("2026-11-20 15:00")
    server.run()
    server.run()
    assert person.titles() == ["明天（11月21日，周六）开门办事"]
    assert person.bodies()[0] == "08:30–11:30。原因：补昨天停电的班。"


def test_what_waits_for_its_moment_can_be_edited_and_is_consented_to_anew(
    server: Server, person: Person, clock: Clock
) -> None:
    person.wish({"topic": "news"})
    waiting = announce(server, publish_at=moment(server, 1))
    notices = server.services.notices
    values = {"title": "改过的", "expires_at": moment(server, 4), "publish_at": moment(server, 1)}
    assert notices.edit(waiting, values, "staff:zhao", submit=True).state == "submitted"
    clock.at("10:05")
    server.services.worker.run_due()
    server.run()
    assert person.titles() == []
    notices.approve(waiting, "staff:li")
    server.run()
    assert person.titles() == ["改过的"]
    with pytest.raises(NotAllowed, match="更正"):
        notices.edit(waiting, values, "staff:zhao")


def test_consent_is_to_the_words_that_were_read(server: Server) -> None:
    notices = server.services.notices
    read_words = notices.draft({"title": "慢", "expires_at": moment(server, 1)}, "staff:li", submit=True)
    notices.edit(read_words.id, {"title": "停", "expires_at": moment(server, 1)}, "staff:li", submit=True)
    with pytest.raises(NotAllowed, match="再看一遍"):
        notices.approve(read_words.id, "staff:wang", seen=read_words.version)
    with pytest.raises(NotAllowed, match="再看一遍"):
        notices.edit(
            read_words.id, {"title": "快", "expires_at": moment(server, 1)}, "staff:wang", seen=read_words.version
        )
    now = notices.get(read_words.id)
    assert (now.state, now.title) == ("submitted", "停")
    assert notices.approve(read_words.id, "staff:wang", seen=now.version).state == "approved"


def test_what_was_announced_outlives_a_restart(server: Server, start: Any, clock: Clock) -> None:
    announce(server, title="今天午间服务暂停", **NO_NOON)
    server.close()
    again = start()
    assert [day["date"] for day in read(again)["days"]] == ["2026-11-23"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": ""}, "notice-invalid"),
        ({"title": "长" * 41}, "notice-invalid"),
        ({"title": "x\u202ey"}, "notice-invalid"),
        ({"body": "长" * 201}, "notice-invalid"),
        ({"expires_at": 0.0}, "notice-expiry"),
        ({"expires_at": 1e12}, "notice-expiry"),
        ({"audience": "ticket"}, "notice-invalid"),
        ({"day": "2026-11-23"}, "notice-hours"),
        ({"day": "2026-11-22", "hours": []}, "notice-day"),
        ({"day": "someday", "hours": []}, "notice-day"),
        ({"day": "2026-11-23", "hours": [AFTERNOON, MORNING]}, "notice-hours"),
        ({"day": "2026-11-23", "hours": [{"opens": "25:00", "closes": "26:00"}]}, "notice-invalid"),
    ],
)
def test_what_cannot_be_announced_is_refused_in_words(server: Server, values: dict[str, Any], code: str) -> None:
    given = {"title": "标题", "expires_at": moment(server, 1), **values}
    with pytest.raises(NotAllowed) as refused:
        server.services.notices.draft(given, "staff:li")
    assert refused.value.code == code
    assert server.services.notices.listing() == []


class Program:
    """Another program of the centre, with a token."""

    def __init__(self, server: Server, role: str = "editor") -> None:
        self.http = server.http
        self.secret = server.services.store.tokens.add(f"program-{role}", 0.0, role=role)

    def post(self, key: str | None = "request-1", **body: Any) -> TestResponse:
        given = {"title": "系统故障", "expires_at": "2026-11-23T12:00:00+08:00", **body}
        headers = {"Authorization": f"Bearer {self.secret}"} | ({"Idempotency-Key": key} if key else {})
        return self.http.post(URL, json=given, headers=headers)


def test_a_program_submits_and_a_person_consents(server: Server) -> None:
    program = Program(server)
    first, again = program.post(), program.post()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json() == {"id": first.get_json()["id"], "state": "submitted"}
    assert read(server)["announcements"] == []
    server.services.notices.approve(first.get_json()["id"], "staff:wang")
    assert [one["title"] for one in read(server)["announcements"]] == ["系统故障"]


def test_a_program_without_the_right_or_a_key_is_refused(server: Server) -> None:
    assert Program(server, "machine").post().get_json()["code"] == "token-not-editor"
    assert Program(server).post(key=None).get_json()["code"] == "idempotency-key-missing"
    assert server.http.post(URL, json={}).status_code == 401


def test_a_token_for_announcements_tells_nothing_of_the_hall(server: Server) -> None:
    headers = {"Authorization": f"Bearer {Program(server).secret}"}
    report = server.http.put("/push/v1/queue/acceptance", json={"waiting": 1}, headers=headers)
    batch = {"sent_at": "2026-11-23T09:00:00+08:00", "events": []}
    events = server.http.post("/push/v1/hall/events", json=batch, headers=headers)
    assert [(one.status_code, one.get_json()["code"]) for one in (report, events)] == [(403, "token-not-machine")] * 2


def test_the_feed_and_the_answer_can_be_kept(server: Server, person: Person) -> None:
    announce(server, title="<b>慢</b> & 停")
    feed = server.http.get(f"{URL}.atom")
    root = ElementTree.fromstring(feed.data)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert [title.text for title in root.findall("a:entry/a:title", space)] == ["<b>慢</b> & 停"]
    answer = server.http.get(URL)
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    assert server.http.get(URL, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_noon_stands_among_the_announcements_from_its_time_on(server: Server, phone: Phone, clock: Clock) -> None:
    clock.at("10:00")
    server.run()
    assert read(server)["announcements"] == []
    clock.at("11:15")
    assert [one["kind"] for one in read(server)["announcements"]] == ["noon"]
