"""What is said of the line, of coming in time, of the own number and on the screen: pure functions, called alone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.phone import call

from . import day


def coming(local: str, way: int = 0, noon: str = "done", id: str | None = None, **given: Any) -> dict[str, Any]:
    """A case of 现在去来得及吗. ``given``: changes of the counter; ``entry``: of every entry of arriving."""
    answer = day.queue(local, given.pop("age", 2))
    counter = answer["counters"][0]
    entry = given.pop("entry", {})
    counter["arriving"] = [one | entry for one in counter["arriving"]]
    counter |= given
    now = day.moment(local).timestamp() * 1000
    return {"now": now, "way": way, "answer": answer, "counter": counter, "matter": {"id": id, "noon": noon}}


def done(median: str, high: str, verdict: str | None) -> dict[str, Any]:
    """An end at the times ``median`` and ``high`` of the scene's day."""
    ends = {"median": day.iso(day.moment(f"2026-11-23T{median}")), "high": day.iso(day.moment(f"2026-11-23T{high}"))}
    return {"done_at": ends, "done_before_close": verdict}


AFTERNOON = "2026-11-23T14:00"
LATE = "2026-11-23T15:45"

# Case; verdict, head, reason. None: nothing beyond the hours.
COMING: list[tuple[dict[str, Any], tuple[str | None, str, str] | None]] = [
    (coming(day.SCENE), ("yes", "能办完", "前面 8 人，约 25–40 分钟；中午不休息，能办完，大约 12:10 前办好。")),
    (coming(AFTERNOON), ("yes", "能办完", "前面 8 人，约 25–40 分钟；能办完，大约 14:45 前办好。")),
    (coming(AFTERNOON, 20), ("yes", "能办完", "14:20 到，前面 6 人，约 18–32 分钟；能办完，大约 15:05 前办好。")),
    (coming(AFTERNOON, 20, waiting=0, entry={"waiting": 0, "wait": {"low": 0, "median": 0, "high": 0}}), ("yes", "能办完", "14:20 到，没有人等；能办完，大约 15:05 前办好。")),
    # A turn that takes longer than others at this counter.
    (coming(AFTERNOON, id="long"), ("yes", "能办完", "前面 8 人，约 25–40 分钟；能办完，大约 15:35 前办好。")),
    # The end of the day.
    (coming(LATE, entry=done("16:20", "16:40", "maybe")), ("maybe", "大概能办完", "前面 8 人，约 25–40 分钟；大概能办完，快的话 16:20 前办好，慢的话要过 16:30（待中心确认）下班。")),
    (coming(LATE, entry=done("16:36", "16:50", "no")), ("no", "来不及 · 明天（11月24日周二）08:30 来", "前面 8 人，约 25–40 分钟；办完要到 16:40 左右，今天办公到 16:30（待中心确认）。")),
    (coming(LATE, 60), ("no", "来不及 · 明天（11月24日周二）08:30 来", "16:45 到的时候已经下班，今天办公到 16:30（待中心确认）。")),
    (coming("2026-11-27T16:20", 45), ("no", "来不及 · 11月30日周一 08:30 来", "17:05 到的时候已经下班，今天办公到 16:30（待中心确认）。")),
    # The matter and noon.
    (coming(day.SCENE, noon="accepted"), ("maybe", "大概能办完", "前面 8 人，约 25–40 分钟；中午也受理，当场能不能办完待中心确认。")),
    (coming(day.SCENE, noon="unknown"), ("maybe", "大概能办完", "前面 8 人，约 25–40 分钟；这件事午间办不办待中心确认，能办就大约 12:10 前办好。")),
    (coming(day.SCENE, noon="no"), ("no", "13:00 以前来不及 · 13:00 以后来", "前面 8 人，约 25–40 分钟；这件事午间不办。")),
    (coming("2026-11-23T10:46", noon="no", entry=done("11:20", "11:35", "yes")), ("maybe", "大概能办完", "前面 8 人，约 25–40 分钟；午间不办这件事，快的话 11:30 前办好。")),
    (coming("2026-11-23T09:00", noon="no"), ("yes", "能办完", "前面 8 人，约 25–40 分钟；能办完，大约 09:45 前办好。")),
    # How long a turn takes is not known.
    (coming(AFTERNOON, entry={"done_at": None, "done_before_close": None}), (None, "", "前面 8 人，约 25–40 分钟；轮到以后要办多久，待中心确认。")),
    # Nobody answers for ten minutes: what was foretold moves.
    (coming(AFTERNOON) | {"now": day.moment("2026-11-23T14:10").timestamp() * 1000}, ("yes", "能办完", "前面 8 人，约 25–40 分钟；能办完，大约 14:55 前办好。")),
    # Too little is known, or too old, or the doors are shut.
    (coming(AFTERNOON, entry={"wait": None}), None),
    (coming(AFTERNOON, arriving=[]), None),
    (coming(AFTERNOON, age=16), None),
    (coming("2026-11-23T08:10", 30), None),
    (coming("2026-11-28T10:00"), None),
]  # fmt: skip


def test_coming_in_time(modules: Page) -> None:
    cases = [case for case, _ in COMING]
    for case in cases:
        case["answer"]["matters"]["long"] = {"median": 40, "high": 66}
    said = call(
        modules,
        """async (api, app, cases) => {
          const {comingWords} = await app("hall/coming-words");
          const [calendar, centre] = await Promise.all(["calendar", "centre"].map(api));
          return cases.map((one) => comingWords({...one, calendar, centre}));
        }""",
        cases,
    )
    for (case, expected), got in zip(COMING, said, strict=True):
        told = got and (got["verdict"], got["head"], got["reason"])
        assert told == expected, (case["now"], case["way"], case["matter"])


WAITS = [
    ((0, 0), "不用等"),
    ((0, 5), "等 5 分钟以内"),
    ((5, 5), "约等 5 分钟"),
    ((25, 40), "约等 25–40 分钟"),
]


def test_how_long_one_waits(modules: Page) -> None:
    said = call(
        modules,
        """async (api, app, waits) => {
          const {waitWords} = await app("hall/queue-words");
          return [...waits, null].map((wait) => waitWords(wait && {low: wait[0], median: wait[0], high: wait[1]}));
        }""",
        [wait for wait, _ in WAITS],
    )
    assert said == [*(words for _, words in WAITS), ""]


def test_a_call_is_said_once_in_its_turn_or_never(modules: Page) -> None:
    """Also one that comes after a later one, and one that is called again; none that is minutes old."""
    said = call(
        modules,
        """async (api, app) => {
          const {unsaid, after, callWords} = await app("hall/voice");
          const call = (ticket, at) => ({ticket, where: "2 号窗口", at});
          const rounds = [
            [100000, [call("A1", 90000)]],
            [105000, [call("A3", 104000), call("A1", 90000)]],
            [106000, [call("A3", 104000), call("A2", 103000), call("A1", 90000)]],
            [160000, [call("A1", 155000), call("A3", 104000), call("A2", 103000)]],
            [500000, [call("A5", 499000), call("A4", 300000)]],
          ];
          let known = [];
          const told = [];
          for (const [now, calls] of rounds) {
            told.push(unsaid(calls, known, now).map(callWords));
            known = after(calls, known, now);
          }
          return {told, known};
        }""",
        None,
    )
    assert said["told"] == [
        ["请 A1 到 2 号窗口"],
        ["请 A3 到 2 号窗口"],
        ["请 A2 到 2 号窗口"],
        ["请 A1 到 2 号窗口"],
        ["请 A5 到 2 号窗口"],
    ]
    assert len(said["known"]) == 1, "nothing is remembered for ever"


def test_the_line_of_a_day(modules: Page) -> None:
    lines = call(
        modules,
        """async (api, app) => {
          const {dayLine} = await app("hall/day-line");
          const closes = "2026-11-23T08:30:00Z";
          return [
            dayLine([["08:30", 0], ["12:30", 10], ["16:30", 5]], closes),
            dayLine([["08:30", 0], ["08:40", 0]], closes),
            dayLine([["08:30", 3], ["08:40", 4]], null),
            dayLine([["08:30", 3]], closes),
            dayLine([], closes),
            dayLine(undefined, closes),
          ];
        }""",
        None,
    )
    assert lines[0]["points"] == "0,58 160,4 320,31"
    assert lines[0]["words"] == "今天最多 10 人在等（12:30），16:30 有 5 人"
    assert (lines[1]["words"], lines[1]["to"]) == ("今天到现在没有人等", "16:30")
    assert lines[2]["to"] == "08:40"
    assert lines[3:] == [None, None, None]


NOON = "中午不休息：11:30–13:00，1 个咨询、2 个受理窗口照常办"
# Moment, age of the report: noon; whether it is said that the numbers are cut off.
SCREEN = [
    ("2026-11-23T11:14", 2, "", ""),
    ("2026-11-23T11:15", 2, NOON, ""),
    ("2026-11-23T12:59", 16, NOON, "排队数据断了 · 12:43"),
    ("2026-11-23T13:00", 16, "", "排队数据断了 · 12:44"),
    ("2026-11-24T08:31", 900, "", "今天还没有排队数据"),
    ("2026-11-23T17:00", 40, "", ""),
    ("2026-11-28T12:00", 2000, "", ""),
]


def test_what_stands_at_the_foot_of_the_screen(modules: Page) -> None:
    said = call(
        modules,
        """async (api, app, cases) => {
          const [{brokenWords, noonWords}, {state}] = await Promise.all(["hall/screen-words", "catalog/hours"].map(app));
          const [calendar, centre] = await Promise.all(["calendar", "centre"].map(api));
          return cases.map(([now, answer]) => {
            const current = state(calendar, now);
            return [noonWords(current, centre, now), brokenWords(answer, centre, now, current.closes !== null)];
          });
        }""",
        [[day.moment(local).timestamp() * 1000, day.queue(local, age)] for local, age, _, _ in SCREEN],
    )
    assert said == [[noon, broken] for _, _, noon, broken in SCREEN]
