"""What the push server tells of a day in the hall, as pages get it: the scene in which somebody took
A023 at 11:24, eight ahead, and the windows stay open over noon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

CENTRE = timezone(timedelta(hours=8))

SCENE = "2026-11-23T11:25"
"""Local time of the centre."""

KEY = "Zk3vQ1xW8pLm5nRt7yBc2d"
"""Of A023."""


def hours(local: str) -> dict[str, Any]:
    """When the doors shut on that day, and its noon."""
    date = local[:10]
    noon = {"opens_at": f"{date}T03:30:00Z", "closes_at": f"{date}T05:00:00Z"}
    return {"closes_at": f"{date}T08:30:00Z", "noon": noon}


# In so many minutes: waiting, low, median, high; done by the middle and at the latest, in minutes from now.
ARRIVING = (
    (0, 8, 25, 31, 40, 40, 44),
    (10, 7, 22, 28, 36, 47, 56),
    (20, 6, 18, 24, 32, 53, 62),
    (30, 6, 18, 23, 31, 62, 72),
    (45, 5, 14, 20, 28, 74, 85),
    (60, 4, 10, 16, 24, 85, 96),
    (90, 4, 9, 14, 22, 113, 126),
    (120, 9, 28, 36, 48, 165, 180),
)


def moment(local: str) -> datetime:
    return datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def counter(local: str = SCENE, age: float = 2, **changes: Any) -> dict[str, Any]:
    """The line at 综合窗口 at the time ``local``; ``age`` in minutes of what was heard of it last."""
    now = moment(local)
    wait = {"low": 25, "median": 31, "high": 40}

    def later(minutes: float) -> str:
        return iso(now + timedelta(minutes=minutes))

    arriving = [
        {
            "in": minutes,
            "waiting": waiting,
            "wait": {"low": low, "median": median, "high": high},
            "done_before_close": "yes",
            "without_noon": "no",
            "done_at": {"median": later(done), "high": later(latest)},
        }
        for minutes, waiting, low, median, high, done, latest in ARRIVING
    ]
    past = [[f"{8 + tens // 6:02}:{tens % 6}0", 1 + tens * (24 - tens) // 12] for tens in range(3, 21)]
    told = {
        "kind": "acceptance",
        "source": "tickets",
        "waiting": 8,
        "serving": "A015",
        "reported_at": later(-age),
        "called": [
            {"ticket": "A015", "window": "2", "at": later(-age)},
            {"ticket": "A014", "window": "3", "at": later(-age - 4)},
            {"ticket": "A013", "window": "1", "at": later(-age - 9)},
            {"ticket": "A012", "window": "2", "at": later(-age - 11)},
        ],
        "next": ["A016", "A017", "A018", "A019", "A020", "A021"],
        "windows": [
            {"window": "1", "state": "paused", "until": later(20)},
            {"window": "2", "state": "open", "until": None},
            {"window": "3", "state": "open", "until": None},
        ],
        "wait": wait,
        "arriving": arriving,
        "service": {"median": 9, "high": 18},
        "past": past,
    }
    return told | changes


def queue(local: str = SCENE, age: float = 2, demo: bool = False, **changes: Any) -> dict[str, Any]:
    """The answer of ``push/v1/queue``; ``changes`` are of its one counter."""
    return {
        "day": local[:10],
        "demo": demo,
        "served_at": iso(moment(local)),
        **hours(local),
        "counters": [counter(local, age, **changes)],
        "matters": {"food-business-permit": {"median": 7, "high": 15}},
    }


def silent(local: str, since: float) -> dict[str, Any]:
    """The same after ``since`` minutes in which nothing was heard."""
    return queue(local, since, wait=None, arriving=[])


def ticket(local: str = SCENE, ahead: int = 8, age: float = 1, **changes: Any) -> dict[str, Any]:
    """The answer of ``push/v1/tickets/A023/<KEY>``."""
    now = moment(local)
    told = {
        "ticket": "A023",
        "kind": "acceptance",
        "matter": "food-business-permit",
        "state": "waiting",
        "ahead": ahead,
        "window": None,
        "called_at": None,
        "taken_at": "2026-11-23T03:24:00Z",
        "demo": False,
        "wait": {"low": 25, "median": 31, "high": 40} if ahead > 3 else {"low": 3, "median": 7, "high": 12},
        "done_at": {"median": iso(now + timedelta(minutes=40)), "high": iso(now + timedelta(minutes=44))},
        "done_before_close": "yes",
        "without_noon": "no",
        **hours(local),
        "missed_after": 3,
        "served_at": iso(now),
        "reported_at": iso(now - timedelta(minutes=age)),
    }
    return told | changes


def announced(
    *announcements: dict[str, Any], days: tuple[dict[str, Any], ...] = (), day: str = SCENE[:10]
) -> dict[str, Any]:
    """What ``push/v1/announcements`` tells."""
    return {"day": day, "days": list(days), "announcements": list(announcements), "served_at": f"{day}T00:00:00Z"}


def announcement(title: str, body: str = "", **changes: Any) -> dict[str, Any]:
    """One that stands all day of the scene."""
    told = {"id": "news:1", "kind": "news", "title": title, "body": body, "url": ""}
    return told | {"since": f"{SCENE[:10]}T02:10:00Z", "until": f"{SCENE[:10]}T15:00:00Z"} | changes


SHUT_AT_ONE = {
    "date": SCENE[:10],
    "spans": [
        {"opens": "08:30", "closes": "11:30", "service": "regular"},
        {"opens": "11:30", "closes": "13:00", "service": "noon"},
    ],
    "reason": "停电检修",
}
"""The afternoon of the scene's day."""


def shut(date: str) -> dict[str, Any]:
    return {"date": date, "spans": [], "reason": "停电检修"}
