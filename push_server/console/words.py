"""How templates say moments and roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask

from ..published import LOCAL
from ..services import services
from .roles import ROLES


def moment(seconds: float) -> str:
    """11月23日 09:05, at the centre."""
    at = datetime.fromtimestamp(seconds, LOCAL)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def clock(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, LOCAL):%H:%M}"


def roles(names: frozenset[str]) -> str:
    return "、".join(word for role, word in ROLES.items() if role in names) or "没有角色"


def register(app: Flask) -> None:
    app.jinja_env.filters.update(moment=moment, clock=clock, roles=roles)

    @app.context_processor
    def known() -> dict[str, Any]:
        return {"centre": services().published.current().centre, "ROLES": ROLES}
