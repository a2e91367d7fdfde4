"""A window over HTTP: who is called, by whom, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ..conftest import Clock, Server
from ..site import CENTRE, put
from .conftest import Clerk, Hire


def arrive(server: Server, *numbers: int, matter: str | None = None) -> None:
    """Tickets are taken, a second apart."""
    s = server.services
    for number in numbers:
        s.hall.take(f"take-{number:04}", "acceptance", "machine", s.now() + number, matter=matter)


def state(clerk: Clerk, window: str = "3") -> dict[str, Any]:
    answer = clerk.get(f"/window/{window}/state", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json  # type: ignore[no-any-return]


def test_a_morning_at_the_window(window: Clerk, server: Server) -> None:
    arrive(server, 1, 2, 3, matter="nurse")
    assert state(window)["state"] == "closed"
    assert window.send("/window/3/open", id="open-0001").json["state"]["state"] == "open"
    called = window.send("/window/3/next", id="call-0001").json
    assert called["ticket"]["number"] == "A001"
    now = called["state"]
    assert now["ticket"]["matter_name"] == "护士执业延续"
    assert (now["waiting"], now["next"]) == (2, ["A002", "A003"])
    assert window.send("/window/3/recall", id="again-001", ticket="A001").json["result"] == "accepted"
    done = window.send("/window/3/served", id="done-0001", ticket="A001").json
    assert done["state"]["ticket"] is None
    assert window.send("/window/3/next", id="call-0002").json["ticket"]["number"] == "A002"
    assert window.send("/window/3/close", id="close-001").json["state"]["state"] == "closed"
    tickets = server.services.hall.state(server.services.now()).tickets
    assert {number: ticket.state for number, ticket in tickets.items()} == {
        "A001": "served",
        "A002": "served",
        "A003": "waiting",
    }


def test_a_press_that_is_sent_again_calls_nobody_else(window: Clerk, server: Server) -> None:
    arrive(server, 1, 2)
    calls = [window.send("/window/3/next", id="call-0001").json["ticket"]["number"] for _ in range(3)]
    assert calls == ["A001"] * 3
    noted = [entry for entry in server.services.store.audit.page(10) if entry.action == "called"]
    assert len(noted) == 1


def test_two_clerks_at_once_never_call_the_same(window: Clerk, server: Server, hire: Hire) -> None:
    server.services.hall.declare("5", ["acceptance"])
    hire("zhao", "window")
    other = Clerk(server)
    other.sign_in("zhao")
    arrive(server, *range(1, 21))

    def press(turn: int) -> str:
        clerk, at = (window, "3") if turn % 2 else (other, "5")
        answer: dict[str, Any] = clerk.send(f"/window/{at}/next", id=f"call-{turn:04}").json
        return str(answer["ticket"]["number"])

    with ThreadPoolExecutor(8) as pool:
        called = list(pool.map(press, range(20)))
    assert sorted(called) == [f"A{number:03}" for number in range(1, 21)]


def test_nobody_waits(window: Clerk) -> None:
    answer = window.send("/window/3/next", id="call-0001").json
    assert (answer["result"], answer["code"], answer["message"]) == ("refused", "nobody-waits", "现在没有人在等。")


def test_missed_comes_back_behind_three_others(window: Clerk, server: Server) -> None:
    arrive(server, 1, 2, 3, 4, 5)
    window.send("/window/3/next", id="call-0001")
    after = window.send("/window/3/missed", id="miss-0001", ticket="A001").json["state"]
    assert after["next"] == ["A002", "A003", "A004", "A001", "A005"]


def test_whoever_missed_twice_is_let_in_again_by_a_clerk(window: Clerk, server: Server) -> None:
    arrive(server, 1)
    for turn in range(2):
        window.send("/window/3/next", id=f"call-{turn:04}")
        after = window.send("/window/3/missed", id=f"miss-{turn:04}", ticket="A001").json["state"]
    assert (after["missed"], after["next"]) == (["A001"], [])
    after = window.send("/window/3/returned", id="back-0001", ticket="A001").json["state"]
    assert (after["missed"], after["next"]) == ([], ["A001"])


def pressed(window: Clerk, what: str, event: str, **body: Any) -> dict[str, Any]:
    answer = window.send(f"/window/3/{what}", id=event, **body)
    assert answer.status_code == 200, answer.text
    return answer.json["state"]  # type: ignore[no-any-return]


def test_a_press_by_mistake_is_taken_back(window: Clerk, server: Server, clock: Clock) -> None:
    arrive(server, 1, 2, 3, 4, 5)
    clock.forward(60)
    assert state(window)["undo"] is None
    pressed(window, "next", "call-0001")
    for what, word in (("missed", "过号"), ("served", "办完")):
        clock.forward(5)
        now = pressed(window, what, f"{what}-0001", ticket="A001")
        assert now["ticket"] is None
        assert now["undo"] == {"event": f"{what}-0001", "what": word, "ticket": "A001"}
        clock.forward(5)
        now = pressed(window, "undo", f"undo-{what}", corrects=f"{what}-0001")
        assert (now["ticket"]["number"], now["ticket"]["misses"]) == ("A001", 0)
        assert now["next"] == ["A002", "A003", "A004", "A005"]
    # The next call ended the one before; taken back, that one is being served again.
    clock.forward(5)
    assert pressed(window, "next", "call-0002")["ticket"]["number"] == "A002"
    now = pressed(window, "undo", "undo-call", corrects="call-0002")
    assert (now["ticket"]["number"], now["next"][0]) == ("A001", "A002")
    # Sent again it is the same, and noted once.
    assert window.send("/window/3/undo", id="undo-call", corrects="call-0002").json["result"] == "repeated"
    noted = [(one.ticket, one.detail) for one in server.services.store.audit.page(20) if one.action == "correction"]
    assert noted == [("A002", "叫号"), ("A001", "办完"), ("A001", "过号")]


def test_what_somebody_has_gone_on_from_is_not_taken_back(
    window: Clerk, server: Server, clock: Clock, hire: Hire
) -> None:
    arrive(server, 1, 2)
    clock.forward(60)
    server.services.hall.declare("5", ["acceptance"])
    pressed(window, "next", "call-0001")
    pressed(window, "missed", "miss-0001", ticket="A001")
    server.services.hall.call_next("else-0001", "5", "staff:zhao", server.services.now())
    server.services.hall.call_next("else-0002", "5", "staff:zhao", server.services.now())
    assert state(window)["undo"] is None  # A001 is at window 5 now
    pressed(window, "open", "open-0001")
    refused = window.send("/window/3/undo", id="undo-0001", corrects="miss-0001")
    assert (refused.status_code, refused.json["code"]) == (409, "undo-over")
    assert "没有撤回" in refused.json["message"]


def test_after_two_minutes_nothing_is_taken_back(window: Clerk, server: Server, clock: Clock) -> None:
    arrive(server, 1)
    clock.forward(60)
    pressed(window, "next", "call-0001")
    clock.forward(121)
    assert state(window)["undo"] is None
    assert window.send("/window/3/undo", id="undo-0001", corrects="call-0001").status_code == 409
    for corrects in (None, ["call-0001"], "x", "nothing-there"):
        assert window.send("/window/3/undo", id="undo-0001", corrects=corrects).status_code in (400, 409)


def test_a_clock_that_is_put_back_by_seconds_ends_no_time_to_take_back(
    window: Clerk, server: Server, clock: Clock
) -> None:
    arrive(server, 1)
    clock.forward(60)
    pressed(window, "next", "call-0001")
    clock.forward(-5)
    assert state(window)["undo"] == {"event": "call-0001", "what": "叫号", "ticket": "A001"}
    assert window.send("/window/3/undo", id="undo-0001", corrects="call-0001").status_code == 200


def test_a_machines_own_calls_are_not_the_clerks_to_take_back(window: Clerk, server: Server, clock: Clock) -> None:
    arrive(server, 1)
    clock.forward(60)
    s = server.services
    s.hall.call_next("call-0001", "3", "calling-system", s.now())
    clock.forward(5)
    assert state(window)["ticket"]["number"] == "A001"
    assert state(window)["undo"] is None


def test_a_ticket_is_moved_to_another_kind(window: Clerk, server: Server) -> None:
    site = server.services.settings.site
    kinds = [{**kind, "queue": True} for kind in CENTRE["counter_kinds"]]
    put(site, "api/v1/centre.json", {**CENTRE, "counter_kinds": kinds})
    s = server.services
    s.hall.take("take-0001", "acceptance", "machine", s.now())
    called = window.send("/window/3/next", id="call-0001").json
    assert called["state"]["others"] == [{"kind": "advice", "name": "业务咨询窗口"}]
    number = called["ticket"]["number"]
    for kind in (None, ["advice"], "acceptance", "no-such"):
        answer = window.send("/window/3/move", id="move-0000", ticket=number, kind=kind)
        assert (answer.status_code, answer.json["code"]) == (400, "kind-unknown")
    assert window.send("/window/3/move", id="move-0001", ticket=number, kind="advice").json["state"]["ticket"] is None
    assert s.hall.state(s.now()).lines["advice"] == [number]


@pytest.mark.parametrize("what", ["recall", "missed", "served", "move"])
def test_a_press_whose_answer_was_lost_is_answered_again(what: str, window: Clerk, server: Server) -> None:
    """Whatever has become of the ticket meanwhile: it was done, and is not an error now."""
    s = server.services
    kinds = [{**kind, "queue": True} for kind in CENTRE["counter_kinds"]]
    put(s.settings.site, "api/v1/centre.json", {**CENTRE, "counter_kinds": kinds})
    s.hall.declare("5", ["acceptance", "advice"])
    arrive(server, 1)
    number = window.send("/window/3/next", id="call-0001").json["ticket"]["number"]
    press = {"id": "press-0001", "ticket": number, **({"kind": "advice"} if what == "move" else {})}
    assert window.send(f"/window/3/{what}", **press).json["result"] == "accepted"
    s.hall.tell("elsewhere", "called", "calling-system", s.now(), ticket=number, window="5")
    again = window.send(f"/window/3/{what}", **press)
    assert (again.status_code, again.json.get("result")) == (200, "repeated")


def test_two_tablets_at_one_window_end_nobody_they_have_not_seen(window: Clerk, server: Server) -> None:
    """The second has not seen yet whom the first has called: pressing is no word that he is done."""
    arrive(server, 1, 2)
    assert window.send("/window/3/next", id="call-0001", seen=None).json["ticket"]["number"] == "A001"
    for what in ("next", "close", "pause"):
        late = window.send(f"/window/3/{what}", id=f"late-{what:_<6}", seen=None)
        assert (late.status_code, late.json["code"]) == (409, "ticket-unseen")
        assert "A001" in late.json["message"]
    assert state(window)["ticket"]["number"] == "A001"
    again = window.send("/window/3/next", id="call-0001", seen=None).json
    assert again["ticket"]["number"] == "A001"
    assert window.send("/window/3/next", id="call-0003", seen="A001").json["ticket"]["number"] == "A002"
    assert window.send("/window/3/close", id="close-001", seen="A002").json["state"]["state"] == "closed"


def test_a_pause_says_until_when(window: Clerk) -> None:
    window.send("/window/3/open", id="open-0001")
    after = window.send("/window/3/pause", id="pause-001", until="09:15").json["state"]
    assert (after["state"], after["until"]) == ("paused", "2026-11-23T01:15:00Z")
    after = window.send("/window/3/resume", id="resume-01").json["state"]
    assert (after["state"], after["until"]) == ("open", None)
    after = window.send("/window/3/pause", id="pause-002", until=None).json["state"]
    assert (after["state"], after["until"]) == ("paused", None)


def test_a_pause_of_minutes_is_counted_from_the_first_press(window: Clerk, clock: Clock) -> None:
    """The tablet's own clock is not asked, and a press that is sent again is the same one."""
    first = window.send("/window/3/pause", id="pause-001", minutes=10).json
    assert first["state"]["until"] == "2026-11-23T01:10:00Z"
    clock.forward(120)
    again = window.send("/window/3/pause", id="pause-001", minutes=10).json
    assert (again["result"], again["state"]["until"]) == ("repeated", "2026-11-23T01:10:00Z")


@pytest.mark.parametrize(
    "said",
    [{"until": until} for until in ("", "soon", "9:15", "08:30", "17:01", "25:00", 5, ["09:15"], "09:15\n")]
    + [{"minutes": minutes} for minutes in (0, -5, 481, 5.5, True, "10", [10], 10**30)],
)
def test_a_pause_that_cannot_be_is_refused(said: dict[str, Any], window: Clerk) -> None:
    answer = window.send("/window/3/pause", id="pause-001", **said)
    assert answer.status_code == 400 and answer.json["code"] == "until-invalid"


def test_the_state_is_not_sent_again_while_nothing_has_changed(window: Clerk, server: Server) -> None:
    arrive(server, 1)
    first = window.get("/window/3/state")
    assert first.headers["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": first.headers["ETag"]}
    assert window.get("/window/3/state", headers=tag).status_code == 304
    arrive(server, 2)
    assert window.get("/window/3/state", headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/window/9/next", {}, 404, "window-unknown"),
        ("/window/9/open", {}, 404, "window-unknown"),
        ("/window/3/served", {"ticket": "A999"}, 409, "ticket-unknown"),
        ("/window/3/served", {}, 409, "ticket-unknown"),
        ("/window/3/served", {"ticket": ["A001"]}, 409, "ticket-unknown"),
        ("/window/3/served", {"ticket": "A001"}, 409, "ticket-elsewhere"),
        ("/window/3/returned", {"ticket": "A001"}, 409, "ticket-over"),
        ("/window/3/next", {"id": "x"}, 400, "id-invalid"),
    ],
)
def test_what_cannot_be_is_refused(
    path: str, body: dict[str, Any], status: int, code: str, window: Clerk, server: Server
) -> None:
    arrive(server, 1)
    answer = window.send(path, **{"id": "press-0001", **body})
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["message"]


def test_one_id_is_one_press(window: Clerk, server: Server) -> None:
    arrive(server, 1)
    window.send("/window/3/open", id="press-0001")
    answer = window.send("/window/3/close", id="press-0001")
    assert (answer.status_code, answer.json["code"]) == (409, "id-used")


def test_windows_of_a_demonstration_are_nothing_to_press_at(server: Server, hire: Hire) -> None:
    server.services.hall.declare("1", ["acceptance"], demo=True)
    hire("wang", "window")
    clerk = Clerk(server)
    clerk.sign_in("wang")
    assert "1 号窗口" not in clerk.get("/window/").text
    assert clerk.send("/window/1/open", id="open-0001").status_code == 404
    assert server.services.hall.windows(demo=True) == {"1": ("acceptance",)}


@pytest.mark.parametrize("window_id", ["%3Cscript%3E", "3%0A", "3/../4"])
def test_a_strange_window_is_no_window(window_id: str, window: Clerk) -> None:
    answer = window.get(f"/window/{window_id}")
    assert answer.status_code == 404 and "<script>" not in answer.text


def test_the_clerk_is_the_source_of_what_happened(window: Clerk, server: Server) -> None:
    arrive(server, 1)
    window.send("/window/3/next", id="call-0001")
    with server.services.store.hall.reading() as log:
        assert log.known(["call-0001"])["call-0001"].source == "staff:wang"


def test_serving_for_an_hour_and_a_half_is_no_reason_to_sign_in_again(window: Clerk, clock: Clock) -> None:
    window.send("/window/3/open", id="open-0001")
    clock.forward(5400)
    assert window.send("/window/3/close", id="close-001").status_code == 200
