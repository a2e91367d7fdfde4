"""HTTP: is everything in order? For a monitor, without anything worth hiding."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Date, Integer, List, String

from .examination import examine
from .services import iso, limiter, services

blueprint = APIBlueprint("health", __name__, tag="运行")


class HealthOut(Schema):
    status = String(required=True, metadata={"description": "ok、degraded（能用，但要有人看一下）或 failing"})
    problems = List(String(), required=True, metadata={"description": "不正常的地方，代码"})
    words = List(String(), required=True, metadata={"description": "同样的问题，一句话说清楚、说怎么办"})
    release = String(required=True, allow_none=True, metadata={"description": "正在用的内容版本"})
    calendar_until = Date(required=True, metadata={"description": "日历排到哪一天"})
    sender = String(
        required=True,
        metadata={
            "description": "active、standby（另一个进程在发，本进程候补）、elsewhere（另一个进程在发）、off 或 stuck"
        },
    )
    last_beat = String(
        required=True,
        allow_none=True,
        metadata={"description": "发提醒的程序最近一次正常，UTC", "format": "date-time"},
    )
    last_error = String(required=True, allow_none=True, metadata={"description": "它最近一次出的错，只有类型"})
    subscriptions = Integer(required=True, allow_none=True)
    pending = Integer(required=True, allow_none=True, metadata={"description": "还没发完的消息条数"})
    overdue = Integer(required=True, allow_none=True, metadata={"description": "到点没发出去的"})
    sent_today = Integer(required=True, allow_none=True)
    rejected_today = Integer(required=True, allow_none=True, metadata={"description": "推送服务拒收的"})
    expired_today = Integer(required=True, allow_none=True, metadata={"description": "直到过时也没发出去的"})
    storage = Boolean(required=True, metadata={"description": "数据库能写"})


def also(schema: type[Schema], words: str) -> dict[str, Any]:
    """The documentation of an answer other than success that has the same content."""
    return {"description": words, "content": {"application/json": {"schema": schema}}}


@blueprint.get("/healthz")
@limiter.limit("120/minute")
@blueprint.output(HealthOut)
@blueprint.doc(
    summary="运行状况",
    description="按事实判断：数据库真的写一次，发提醒的程序最近有没有动静，今天该发的发了没有。",
    responses={503: also(HealthOut, "不能正常服务；内容和 200 一样")},
)
def healthz() -> tuple[dict[str, Any], int, dict[str, str]]:
    s = services()
    found = examine(s)
    data, today = s.published.current(), found.today
    body = {
        "status": "failing" if found.failing else "degraded" if found.problems else "ok",
        "problems": [problem.code for problem in found.problems],
        "words": [problem.words for problem in found.problems],
        "release": data.release,
        "calendar_until": data.calendar.last,
        "sender": found.sender,
        "last_beat": None if found.beat.at is None else iso(found.beat.at),
        "last_error": found.beat.error,
        "subscriptions": found.subscriptions,
        "pending": found.pending,
        "overdue": today.overdue if today else None,
        "sent_today": today.sent if today else None,
        "rejected_today": today.rejected if today else None,
        "expired_today": today.expired if today else None,
        "storage": found.storage,
    }
    return body, 503 if found.failing else 200, {"Cache-Control": "no-store"}
