"""How templates say moments and roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask

from ..published import LOCAL
from ..services import services
from .roles import ROLES

WEEKDAYS = "一二三四五六日"


def moment(seconds: float) -> str:
    """11月23日 09:05, at the centre."""
    at = datetime.fromtimestamp(seconds, LOCAL)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def clock(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, LOCAL):%H:%M}"


def day(one: date) -> str:
    """11月23日（周一）"""
    return f"{one.month}月{one.day}日（周{WEEKDAYS[one.weekday()]}）"


def until(seconds: float) -> str:
    """11月23日 16:30; midnight belongs to the day that it ends."""
    at = datetime.fromtimestamp(seconds, LOCAL)
    if (at.hour, at.minute) == (0, 0):
        before = at - timedelta(days=1)
        return f"{before.month}月{before.day}日 24:00"
    return moment(seconds)


def roles(names: frozenset[str]) -> str:
    return "、".join(word for role, word in ROLES.items() if role in names) or "没有角色"


def register(app: Flask) -> None:
    app.jinja_env.filters.update(moment=moment, clock=clock, day=day, until=until, roles=roles)

    @app.context_processor
    def known() -> dict[str, Any]:
        s = services()
        return {"centre": s.published.current().centre, "ROLES": ROLES, "now": s.now()}
