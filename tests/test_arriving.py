"""Whether it can be told that one comes in time: nothing is promised that nobody knows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.phone import call, open_phone

MATTER = "matters/construction-permit/"
SOMEBODY = "综合窗口前面 80 人（刚刚更新）"
UNKNOWN = "有多少人在等不知道"

# Moment; noon; decided on the spot; waiting (None: nobody tells); age of the report in minutes; what is said, what is not.
TABLE: list[tuple[str, str, bool, int | None, int, list[str]]] = [
    ("2026-11-23T10:00", "done", False, None, 0, ["现在开着：今天办公到 16:30", UNKNOWN, "今天能不能办完待中心确认"]),
    ("2026-11-23T10:00", "done", False, 0, 0, ["现在开着", "综合窗口没有人等（刚刚更新）"]),
    ("2026-11-23T10:00", "done", False, 80, 0, ["现在开着", SOMEBODY]),
    ("2026-11-23T10:00", "done", False, 80, 16, ["现在开着", UNKNOWN]),
    ("2026-11-23T10:00", "done", False, 500, 0, ["现在去恐怕来不及", "前面 500 人"]),
    ("2026-11-23T16:10", "done", False, 80, 0, ["现在去恐怕来不及", SOMEBODY, "离关门还有 20 分钟", "下次开门：明天"]),
    ("2026-11-23T16:10", "done", False, 80, 16, ["赶不赶得上说不准", UNKNOWN, "离关门还有 20 分钟"]),
    ("2026-11-23T16:10", "done", False, None, 0, ["赶不赶得上说不准", UNKNOWN, "路上和排队都算在内"]),
    ("2026-11-23T16:10", "done", False, 0, 0, ["赶不赶得上说不准", "没有人等"]),
    ("2026-11-23T16:29", "done", False, 1, 0, ["现在去恐怕来不及", "还有 1 分钟"]),
    ("2026-11-23T15:29", "unknown", False, 1, 0, ["现在开着"]),
    ("2026-11-23T15:30", "unknown", False, 1, 0, ["赶不赶得上说不准", "离关门还有 60 分钟"]),
    # Before noon, for what may rest over noon.
    ("2026-11-23T11:10", "no", False, None, 0, ["赶不赶得上说不准：离午间还有 20 分钟", "11:30–13:00 午间不办这件事"]),
    ("2026-11-23T11:10", "unknown", False, 80, 0, ["现在去恐怕来不及", "离午间还有 20 分钟"]),
    ("2026-11-23T11:10", "accepted", False, 5, 0, ["现在开着", "午间也受理"]),
    # Over noon.
    ("2026-11-23T12:00", "no", False, 0, 0, ["不办这件事；13:00 以后照常受理"]),
    ("2026-11-23T12:00", "unknown", False, 0, 0, ["午间办不办待中心确认"]),
    ("2026-11-23T12:00", "done", True, 0, 0, ["12:30 以前轮到的 13:00 前办完", "没有人等"]),
    ("2026-11-23T12:40", "done", True, 0, 0, ["13:00 前不一定办完", "轮不轮得到说不准"]),
    ("2026-11-23T12:10", "done", True, 80, 0, ["午间恐怕轮不到", SOMEBODY]),
    ("2026-11-23T12:50", "accepted", False, None, 0, ["还有 10 分钟，轮不轮得到说不准", UNKNOWN]),
    # Closed: what comes is told, however many wait.
    ("2026-11-23T16:30", "done", False, 80, 0, ["现在去不开门。下次开门：明天（11月24日周二）08:30"]),
    ("2026-11-28T10:00", "done", False, 0, 0, ["现在去不开门。下次开门：11月30日周一 08:30"]),
    ("2027-01-04T10:00", "done", False, 0, 0, ["放假安排还没有录入"]),
]


def test_what_is_said_of_coming_now(modules: Page) -> None:
    moments = [datetime.fromisoformat(f"{row[0]}+08:00") for row in TABLE]
    cases = [
        {
            "now": now.timestamp() * 1000,
            "matter": {"noon": noon, "spot": spot},
            "report": waiting is not None
            and {"kind": "acceptance", "waiting": waiting, "reported_at": (now - timedelta(minutes=age)).isoformat()},
        }
        for now, (_, noon, spot, waiting, age, _) in zip(moments, TABLE, strict=True)
    ]
    said = call(
        modules,
        """async (api, app, cases) => {
          const names = ["hall/arrive-words", "catalog/hours", "hall/queue-words"];
          const [{arriveWords}, {state}, {queueOf}] = await Promise.all(names.map(app));
          const [calendar, centre] = await Promise.all(["calendar", "centre"].map(api));
          const kind = centre.counter_kinds.find(({queue}) => queue);
          return cases.map(({now, matter, report}) =>
            arriveWords(state(calendar, now), matter, centre, calendar, now, queueOf(report ? [report] : [], kind, now)));
        }""",
        cases,
    )
    for row, text in zip(TABLE, said, strict=True):
        for words in row[-1]:
            assert words in text, (row, text)
        # The way and the wait are known to nobody.
        assert "来得及" not in text, (row, text)


@pytest.mark.parametrize("status", [200, 404, 500])
def test_the_page_asks_how_many_wait(browser: Browser, address: str, status: int) -> None:
    report = {"kind": "acceptance", "waiting": 80, "serving": None, "reported_at": "2026-11-23T08:10:00Z"}
    page = open_phone(browser, address, "changes/", "2026-11-23T16:10")  # where nothing asks
    asked: list[str] = []

    def answer(route: Route) -> Any:
        asked.append(route.request.url)
        return route.fulfill(status=status, json={"counters": [report]})

    page.route("**/push/v1/queue", answer)
    page.goto(address + MATTER)
    told = page.locator("[data-slot=arrive]")
    expect(told).to_contain_text(f"现在去恐怕来不及：{SOMEBODY}" if status == 200 else UNKNOWN)
    assert len(asked) == 1
    page.context.close()
