"""HTTP: is everything in order? For a monitor, without anything worth hiding."""

from __future__ import annotations

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Date, Integer, List, String
from sqlalchemy.exc import SQLAlchemyError

from .published import LOCAL
from .services import services

blueprint = APIBlueprint("health", __name__, tag="运行")


class HealthOut(Schema):
    status = String(required=True, metadata={"description": "ok、degraded（能用，但要有人看一下）或 failing"})
    problems = List(String(), required=True, metadata={"description": "不正常的地方，代码"})
    release = String(required=True, allow_none=True, metadata={"description": "正在用的内容版本"})
    calendar_until = Date(required=True, metadata={"description": "日历排到哪一天"})
    sender = String(required=True, metadata={"description": "active、standby（另一个进程在发）、off 或 stuck"})
    subscriptions = Integer(required=True, allow_none=True)
    pending = Integer(required=True, allow_none=True, metadata={"description": "还没发完的消息条数"})
    storage = Boolean(required=True)


@blueprint.get("/healthz")
@blueprint.output(HealthOut)
@blueprint.doc(summary="运行状况", responses={503: "不能正常服务"})
def healthz() -> tuple[dict[str, object], int, dict[str, str]]:
    s = services()
    data = s.published.current()
    problems = []
    if s.published.problem:
        problems.append("data-refused")
    if data.calendar.spans(s.clock().astimezone(LOCAL).date()) is None:
        problems.append("calendar-ended")
    problems += s.proxies.problems
    sender = s.sender.state
    if sender == "stuck":
        problems.append("sender-stuck")
    subscriptions = pending = None
    storage = True
    try:
        subscriptions, pending = s.store.subscribers.count(), s.store.ledger.pending()
    except SQLAlchemyError:
        storage = False
        problems.append("storage-unavailable")
    failing = not storage or sender == "stuck"
    body: dict[str, object] = {
        "status": "failing" if failing else "degraded" if problems else "ok",
        "problems": problems,
        "release": data.release,
        "calendar_until": data.calendar.last,
        "sender": sender,
        "subscriptions": subscriptions,
        "pending": pending,
        "storage": storage,
    }
    return body, 503 if failing else 200, {"Cache-Control": "no-store"}
