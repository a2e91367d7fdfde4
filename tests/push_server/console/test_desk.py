"""The pre-check desk over HTTP: a ticket is given out once, whatever the line does."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Clock, Server
from ..site import CENTRE, calendar, put
from .conftest import Clerk


def take(desk: Clerk, **more: Any) -> Any:
    return desk.send("/desk/tickets", **{"id": "take-0001", "kind": "acceptance", "matter": "nurse", **more})


def test_a_ticket_with_its_slip(desk: Clerk, clock: Clock, server: Server) -> None:
    s = server.services
    s.hall.take("machine-01", "acceptance", "machine", s.now())
    clock.at("10:55")
    desk.get("/desk")
    answer = take(desk)
    assert answer.status_code == 200
    told = answer.json
    assert told["ticket"] == "A002" and told["path"].startswith("ticket/#A002.")
    number, _, key = told["path"].removeprefix("ticket/#").partition(".")
    ticket = s.hall.ticket(number, key, s.now())
    assert ticket is not None and ticket.prechecked and ticket.matter == "nurse"
    assert told["slip"] == {
        "number": "A002",
        "kind": "业务受理窗口",
        "matter": "护士执业延续",
        "taken": "11月23日 10:55 取号",
        "lines": ["前面 1 人", "过号不用重新取：隔 3 人再叫一次", "中午不休息：11:30–13:00 接着叫号"],
    }


def test_the_same_press_again_gives_the_same_ticket(desk: Clerk, server: Server) -> None:
    first, again, other = take(desk), take(desk), take(desk, id="take-0002")
    assert (first.json["ticket"], again.json["ticket"], other.json["ticket"]) == ("A001", "A001", "A002")
    assert first.json["path"] == again.json["path"]
    assert again.json["result"] == "repeated"
    noted = [entry.ticket for entry in server.services.store.audit.page(10) if entry.action == "ticket-taken"]
    assert noted == ["A002", "A001"]


def test_somebody_without_a_matter_gets_a_ticket(desk: Clerk) -> None:
    answer = take(desk, matter=None)
    assert answer.status_code == 200 and answer.json["slip"]["matter"] is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "advice"}, "kind-unknown"),
        ({"kind": None}, "kind-unknown"),
        ({"matter": "no-such-matter"}, "matter-unknown"),
        ({"matter": "<script>"}, "matter-unknown"),
        ({"matter": ["nurse"]}, "matter-unknown"),
        ({"id": "short"}, "id-invalid"),
        ({"id": 7}, "id-invalid"),
        ({"id": "a" * 65}, "id-invalid"),
    ],
)
def test_what_cannot_be_is_refused_and_takes_no_number(
    given: dict[str, Any], code: str, desk: Clerk, server: Server
) -> None:
    answer = take(desk, **given)
    assert answer.status_code == 400 and answer.json["code"] == code
    assert server.services.hall.state(server.services.now()).tickets == {}


def test_only_the_desk_gives_out_tickets(window: Clerk, server: Server) -> None:
    answer = take(window)
    assert answer.status_code == 403 and answer.json["code"] == "role-missing"
    assert server.services.hall.state(server.services.now()).tickets == {}


def test_a_page_from_elsewhere_gives_out_none(desk: Clerk) -> None:
    desk.token = "guessed"
    answer = take(desk)
    assert answer.status_code == 400 and answer.json["code"] == "page-outdated"


def test_the_camera_is_for_the_desk_alone(desk: Clerk) -> None:
    assert "camera=(self)" in desk.get("/desk").headers["Permissions-Policy"]
    for path in ("/", "/me"):
        assert "camera=()" in desk.get(path).headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("now", "noon", "told"),
    [("10:00", True, True), ("12:30", True, True), ("13:00", True, False), ("10:00", False, False)],
)
def test_noon_stands_on_the_slip_while_it_is_of_use(
    now: str, noon: bool, told: bool, desk: Clerk, clock: Clock, server: Server
) -> None:
    put(server.services.settings.site, "api/v1/calendar.json", calendar(noon=noon))
    clock.at(now)
    desk.sign_in("li")
    assert any("中午不休息" in line for line in take(desk).json["slip"]["lines"]) is told


def test_the_centre_without_a_queue_needs_no_tickets(desk: Clerk, server: Server) -> None:
    kinds = [{**kind, "queue": False} for kind in CENTRE["counter_kinds"]]
    put(server.services.settings.site, "api/v1/centre.json", {**CENTRE, "counter_kinds": kinds})
    assert "不用取号" in desk.get("/desk").text
