"""HTTP: how many people wait, reported by a machine, read by everybody."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import AwareDateTime, Integer, String
from apiflask.validators import Range, Regexp
from flask import Response

from .bearer import auth, be_machine
from .errors import ApiError
from .freshness import FRESH, fresh_answer
from .hall_schemas import QueueOut
from .hall_watch import AHEAD
from .services import iso, limiter, services
from .store.reports import MOST, Outdated, Report

blueprint = APIBlueprint("queue", __name__, tag="排队")

OLDEST = 86400.0
"""Seconds for which an observation can be of use to anybody."""


class ReportOut(Schema):
    """What was taken down."""

    kind = String(required=True, metadata={"description": "窗口种类，见 centre.json 的 counter_kinds"})
    waiting = Integer(required=True, metadata={"description": "还在等的人数"})
    serving = String(required=True, allow_none=True, metadata={"description": "正在叫的号"})
    reported_at = String(required=True, metadata={"description": "观察时刻，UTC", "format": "date-time"})


class ReportIn(Schema):
    waiting = Integer(required=True, strict=True, validate=Range(0, MOST))
    serving = String(load_default=None, allow_none=True, validate=Regexp(r"^[\w-]{1,16}$(?!\n)"))
    observed_at = AwareDateTime(metadata={"description": "带时区，一天以内；不写就是现在"})


@blueprint.get("/queue")
@blueprint.output(QueueOut)
@blueprint.doc(
    summary="现在的排队情况",
    description="从没有报告过时 counters 为空。等多久是算出来的范围：十个人里有八个在里面。",
    responses={304: "没有变化"},
)
def read() -> Response:
    s = services()
    feed = s.watch.feed(s.now())
    # Rounded, so that the answer and its ETag stay the same for as long as it may be kept.
    body = json.dumps(feed.queue(FRESH), ensure_ascii=False, separators=(",", ":")).encode()
    return fresh_answer(body, "application/json")


@blueprint.put("/queue/<kind>")
@limiter.limit("240/minute")
@blueprint.auth_required(auth)
@blueprint.input(ReportIn)
@blueprint.output(ReportOut)
@blueprint.doc(
    summary="报告一类窗口的排队情况",
    responses={403: "只能提交公告的令牌", 404: "没有这类排队的窗口", 409: "已有更新的报告"},
)
def report(kind: str, json_data: dict[str, Any]) -> dict[str, object]:
    be_machine()
    s = services()
    if kind not in {known.id for known in s.published.current().centre.counter_kinds if known.queue}:
        raise ApiError(404, "counter-unknown", "没有这类排队的窗口，请核对 centre.json 里的 counter_kinds。")
    now = s.now()
    observed: datetime | None = json_data.get("observed_at")
    moment = observed.timestamp() if observed else now
    if moment < now - OLDEST:
        raise ApiError(400, "observed-too-old", "观察时刻是一天以前的，请核对取号机的时钟和时区。")
    if moment > now + AHEAD:
        raise ApiError(400, "observed-in-future", "观察时刻比服务器时间还晚，请校准取号机的时钟。")
    entry = Report(kind=kind, waiting=json_data["waiting"], serving=json_data["serving"], observed_at=min(moment, now))
    try:
        s.store.reports.add(entry, now, str(auth.current_user), until=now + AHEAD)
    except Outdated:
        raise ApiError(409, "report-outdated", "已经有更新的数据，这一条没有采用。") from None
    s.hall.end_demo()
    return {"kind": kind, "waiting": entry.waiting, "serving": entry.serving, "reported_at": iso(entry.observed_at)}
