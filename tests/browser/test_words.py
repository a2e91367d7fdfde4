"""What the pure modules compute and say: opening hours, queue, reach, clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from generator.catalog.hours import Timetable
from generator.catalog.load import load_shared
from generator.render.api import calendar_json, centre_json

from . import small_site
from .server import Server

ROOT = Path(__file__).parents[2]
SHANGHAI = timedelta(hours=8)


def at(moment: str) -> int:
    """Epoch milliseconds of a moment of the centre's clock."""
    return round((datetime.fromisoformat(moment + "+00:00") - SHANGHAI).timestamp() * 1000)


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page far from Shanghai, with the modules at hand."""
    folder = tmp_path_factory.mktemp("site")
    small_site.publish(folder)
    app = next(folder.glob("assets/app/*"))
    server = Server(folder)
    context = browser.new_context(timezone_id="America/Los_Angeles", service_workers="block")
    page = context.new_page()
    page.goto(server.url)
    page.evaluate(
        "async base => { window.hours = await import(base + 'catalog/hours.js');"
        " window.words = await import(base + 'hall/opening-words.js');"
        " window.queue = await import(base + 'hall/queue-words.js');"
        " window.changes = await import(base + 'catalog/changes.js');"
        " window.clock = await import(base + 'page/clock.js');"
        " window.reach = (await import(base + 'reminders/words.js')).reach; }",
        f"{server.url}{app.relative_to(folder)}/",
    )
    yield page
    context.close()
    server.stop()


CALENDAR = small_site.calendar(
    {
        "2026-11-28": ("make_up_workday", None, "workday"),
        "2026-12-07": ("holiday", "元旦", "closed"),
        "2026-12-08": ("holiday", "元旦", "closed"),
        "2026-12-10": ("exception", "停电检修", "2026-12-10"),
        "2026-12-14": ("exception", "停电", "2026-12-14"),
    }
)
next(day for day in CALENDAR["days"] if day["date"] == "2026-11-25")["duty"] = {
    "counters": {"advice": 0, "acceptance": 3},
    "people": 4,
}
CALENDAR["patterns"]["2026-12-10"] = [
    {"opens": "08:30", "closes": "10:00", "service": "regular", "counters": {"advice": None, "acceptance": None}}
]

CALENDAR["patterns"]["2026-12-14"] = [
    {"opens": "08:30", "closes": "11:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
    {"opens": "13:00", "closes": "16:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
]

# Moment; state; until; what follows; when the doors shut; when they open next.
STATES = [
    ("2026-11-23 08:29:59", "closed", "2026-11-23 08:30", "open", None, "2026-11-23 08:30"),
    ("2026-11-23 08:30:00", "open", "2026-11-23 11:30", "noon", "2026-11-23 16:30", None),
    ("2026-11-23 11:30:00", "noon", "2026-11-23 13:00", "open", "2026-11-23 16:30", None),
    ("2026-11-23 12:59:59", "noon", "2026-11-23 13:00", "open", "2026-11-23 16:30", None),
    ("2026-11-23 13:00:00", "open", "2026-11-23 16:30", "closed", "2026-11-23 16:30", None),
    ("2026-11-23 16:30:00", "closed", "2026-11-24 08:30", "open", None, "2026-11-24 08:30"),
    ("2026-11-24 00:00:00", "closed", "2026-11-24 08:30", "open", None, "2026-11-24 08:30"),
    ("2026-11-28 12:00:00", "noon", "2026-11-28 13:00", "open", "2026-11-28 16:30", None),
    ("2026-11-29 12:00:00", "closed", "2026-11-30 08:30", "open", None, "2026-11-30 08:30"),
    ("2026-12-04 17:00:00", "closed", "2026-12-09 08:30", "open", None, "2026-12-09 08:30"),
    ("2026-12-10 11:45:00", "closed", "2026-12-11 08:30", "open", None, "2026-12-11 08:30"),
    ("2026-12-31 16:30:00", "closed", "2027-01-01 00:00", "unknown", None, None),
    ("2027-01-01 00:00:00", "unknown", None, None, None, None),
    ("2026-10-31 23:59:59", "unknown", "2026-11-01 00:00", "closed", None, "2026-11-02 08:30"),
]


def test_states(desk: Page) -> None:
    got = desk.evaluate(
        "([calendar, moments]) => moments.map(moment => hours.state(calendar, moment))",
        [CALENDAR, [at(row[0]) for row in STATES]],
    )
    for row, state in zip(STATES, got, strict=True):
        moment, kind, until, following, closes, opening = row
        assert (state["state"], state["nextState"]) == (kind, following), moment
        for key, expected in (("until", until), ("closes", closes), ("nextOpening", opening)):
            assert state[key] == (at(expected) if expected else None), (moment, key)


# Moment; headline; detail; note.
SENTENCES = [
    ("2026-11-23 09:00", "现在开门 · 到 16:30（关门时间待中心确认）", "中午不休息：11:30–13:00 是午间服务", ""),
    (
        "2026-11-23 12:00",
        "午间服务中 · 到 13:00",
        "1 个咨询、2 个受理窗口在岗",
        "之后照常办公，到 16:30（关门时间待中心确认）",
    ),
    (
        "2026-11-25 12:00",
        "午间服务中 · 到 13:00",
        "3 个受理窗口在岗",
        "之后照常办公，到 16:30（关门时间待中心确认）",
    ),
    (
        "2026-11-23 14:00",
        "现在开门 · 到 16:30（关门时间待中心确认）",
        "下次开门：明天（11月24日周二）08:30（待中心确认）",
        "",
    ),
    (
        "2026-11-23 07:00",
        "现在休息 · 08:30 再开（开门时间待中心确认）",
        "中午不休息：11:30–13:00 是午间服务",
        "",
    ),
    ("2026-11-23 20:00", "现在休息", "明天（11月24日周二）08:30 开门（开门时间待中心确认）", ""),
    (
        "2026-11-28 12:00",
        "午间服务中 · 到 13:00",
        "1 个咨询、2 个受理窗口在岗",
        "之后照常办公，到 16:30（关门时间待中心确认）",
    ),
    (
        "2026-11-28 09:00",
        "现在开门 · 到 16:30（关门时间待中心确认）",
        "中午不休息：11:30–13:00 是午间服务",
        "今天是调休上班日。",
    ),
    ("2026-12-07 10:00", "现在休息", "12月9日周三 08:30 开门（开门时间待中心确认）", "今天元旦放假"),
    (
        "2026-12-10 09:00",
        "现在开门 · 到 10:00",
        "下次开门：明天（12月11日周五）08:30（待中心确认）",
        "今天：停电检修",
    ),
    ("2026-12-10 11:00", "现在休息", "明天（12月11日周五）08:30 开门（开门时间待中心确认）", "今天：停电检修"),
    ("2026-12-14 09:00", "现在开门 · 到 11:30", "11:30–13:00 休息，13:00 再开门", "今天：停电"),
    ("2026-12-31 17:00", "现在休息", "2027 年的放假安排还没有录入，去之前请打 12345", ""),
    ("2027-01-04 10:00", "开放时间还不知道", "2027 年的放假安排还没有录入，来之前请打 12345", ""),
]


def test_sentences(desk: Page) -> None:
    got = desk.evaluate(
        "([calendar, centre, moments]) => moments.map(now =>"
        " words.openingWords(hours.state(calendar, now), centre, calendar, now))",
        [CALENDAR, small_site.CENTRE, [at(row[0]) for row in SENTENCES]],
    )
    for (moment, headline, detail, note), said in zip(SENTENCES, got, strict=True):
        assert said == {"headline": headline, "detail": detail, "note": note}, moment


def test_browser_and_generator_agree_over_the_covered_years(desk: Page) -> None:
    parts, _ = load_shared(ROOT / "catalog")
    timetable = Timetable(parts.centre, parts.years)
    calendar = json.loads(calendar_json(timetable.days(), parts.centre.timezone))
    random = Random(20261123)
    first = datetime.combine(timetable.first, datetime.min.time(), UTC) - SHANGHAI
    span = (timetable.last - timetable.first).days + 8
    moments = [first + timedelta(days=-4, seconds=random.randrange(span * 86400)) for _ in range(3000)]
    # Every edge of every tenth day, and the second on either side of it.
    for day in range(0, span, 10):
        for clock in ("00:00", "08:30", "11:30", "13:00", "16:30"):
            hour, minute = map(int, clock.split(":"))
            edge = first + timedelta(days=day - 4, hours=hour, minutes=minute)
            moments += [edge - timedelta(seconds=1), edge, edge + timedelta(seconds=1)]
    got = desk.evaluate(
        "([calendar, moments]) => moments.map(moment => { const s = hours.state(calendar, moment);"
        " return [s.state, s.since, s.until, s.nextState, s.closes, s.nextOpening] })",
        [calendar, [round(moment.timestamp() * 1000) for moment in moments]],
    )

    def millis(value: datetime | None) -> int | None:
        return None if value is None else round(value.timestamp() * 1000)

    for moment, browser in zip(moments, got, strict=True):
        state = timetable.state(moment)
        expected = [
            state.kind,
            millis(state.since),
            millis(state.until),
            state.next_kind,
            millis(state.closes),
            millis(state.next_opening),
        ]
        assert browser == expected, moment
    centre = json.loads(centre_json(parts.centre))
    assert desk.evaluate("([centre]) => words.assumed(centre, 'opens', '08:30')", [centre]) is True
    assert desk.evaluate("([centre]) => words.assumed(centre, 'opens', '13:00')", [centre]) is False


# Minutes since the report; what is said.
QUEUES = [
    (0, "综合窗口 前面 8 人 · 正在叫 A015 · 刚刚更新"),
    (2, "综合窗口 前面 8 人 · 正在叫 A015 · 2 分钟前更新"),
    (15, "综合窗口 前面 8 人 · 正在叫 A015 · 15 分钟前更新"),
    (16, "综合窗口 10:26 以后没有排队数据"),
    (60 * 24, "综合窗口 今天还没有排队数据"),
]


def test_queue_sentences(desk: Page) -> None:
    now = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
    for minutes, text in QUEUES:
        report = {
            "kind": "acceptance",
            "waiting": 8,
            "serving": "A015",
            "reported_at": (now - timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z"),
        }
        [line] = desk.evaluate(
            "([counters, centre, now]) => queue.queueLines({counters}, centre, now)",
            [[report], small_site.CENTRE, now.timestamp() * 1000],
        )
        assert line == {"kind": "acceptance", "text": text, "more": [], "fresh": minutes <= 15}


AGENTS = {
    "wechat": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile MicroMessenger/8.0.44",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
    "ipad": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15",
    "android": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36",
}
# Agent; what differs from a phone that can; the way; words that must be said.
REACH = [
    ("android", {}, "push", "收到了才算开通"),
    ("android", {"permission": "denied"}, "denied", "地址栏"),
    ("android", {"push": False}, "none", "收不了"),
    ("android", {"worker": False}, "none", "收不了"),
    ("wechat", {}, "browser", "在浏览器打开"),
    ("iphone", {"push": False}, "home-screen", "添加到主屏幕"),
    ("iphone", {"standalone": True}, "push", "收到了才算开通"),
    ("iphone", {"standalone": True, "push": False}, "none", "收不了"),
    ("iphone", {"standalone": True, "permission": "denied"}, "denied", "设置 → 通知"),
    ("ipad", {"touch": 5}, "home-screen", "添加到主屏幕"),
    ("ipad", {"touch": 0}, "push", "收到了才算开通"),
]


def test_honest_reach(desk: Page) -> None:
    able = {
        "touch": 5,
        "standalone": False,
        "worker": True,
        "push": True,
        "notification": True,
        "permission": "default",
    }
    for agent, change, way, said in REACH:
        got = desk.evaluate("env => reach(env)", {"agent": AGENTS[agent], **able, **change})
        assert got["way"] == way, (agent, change)
        assert said in got["text"]


def test_clock_sentences(desk: Page) -> None:
    for minutes, text in (
        (0, ""),
        (5, ""),
        (-5, ""),
        (23, "手机的时间慢了约 23 分钟，这里按网络时间显示。"),
        (-480, "手机的时间快了约 8 小时，这里按网络时间显示。"),
    ):
        assert desk.evaluate("ahead => clock.clockWords(ahead)", minutes * 60000) == text


@pytest.mark.parametrize(
    ("recorded", "found"),
    [("", 3), ("2026-11-19", 3), ("2026-11-24-2", 2), ("2026-11-24-9", 1), ("2026-11-24-10", 0), ("2026-12-01", 0)],
)
def test_which_urgent_changes_were_recorded_later(desk: Page, recorded: str, found: int) -> None:
    changes = [{"entry": entry} for entry in ("2026-11-24-10", "2026-11-24-9", "2026-11-24-2")]
    assert desk.evaluate("([all, since]) => changes.newer(all, since).length", [changes, recorded]) == found
