"""HTTP: what ticket machines and calling systems tell, in batches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import AwareDateTime, Dict, List, Nested, Raw, String
from flask import Response

from .bearer import DEMO, auth, be_machine
from .bodies import LARGEST, up_to
from .errors import GENERIC, ApiError
from .hall.events import TYPES, Event
from .hall.intake import MOST, Known, Refusal, Sender, read_event
from .hall.results import Result
from .hall.timetable import local_day
from .hall_log import TokenRevoked
from .services import limiter, services

blueprint = APIBlueprint("hall", __name__, tag="大厅")



class BatchIn(Schema):
    sent_at = AwareDateTime(
        required=True, metadata={"description": "发送时刻，用和 at 同一个时钟；服务器据此校正走得快或慢的钟"}
    )
    events = List(
        Raw(),
        required=True,
        metadata={
            "description": f"事件，最多 {MOST} 个。每个有 id（8–64 个字母数字，重发时不变）、type、at，"
            f"和 type 要的 ticket、kind、window、matter、prechecked、until（at 以后一天以内）、corrects。type 有 {'、'.join(TYPES)}。",
            "items": {"type": "object"},
        },
    )


class EventResultOut(Schema):
    id = String(required=True, allow_none=True, metadata={"description": "事件的 id；写得不对时是 null"})
    place = Raw(required=True, metadata={"description": "在这一批里的位置，从 0 数", "type": "integer"})
    result = String(required=True, metadata={"description": "accepted、repeated、held（记下了，还没有算数）或 refused"})
    code = String(metadata={"description": "为什么 held 或 refused"})
    message = String(metadata={"description": "一句中文，说怎么办"})
    ticket_path = String(metadata={"description": "这张号的页面，接在网站根目录后面，可以印成二维码"})


class BatchOut(Schema):
    results = List(Nested(EventResultOut), required=True)
    counts = Dict(required=True, metadata={"description": "每种 result 有几个"})


@blueprint.post("/hall/events")
@limiter.limit("600/minute")
@blueprint.auth_required(auth)
@blueprint.input(BatchIn)
@blueprint.output(BatchOut)
@blueprint.doc(
    summary="报告大厅里发生的事",
    description="一批里每个事件各有结果；没有收下的说明原因，其余照算。同一个 id 再发一次不会算两次。",
    responses={401: "令牌不对或已作废", 403: "只能提交公告的令牌", 413: "一批太大", 503: "没有存下，请原样重发"},
)
@up_to(LARGEST)
def report(json_data: dict[str, Any]) -> Response:
    be_machine()
    s = services()
    name: str = auth.current_user
    now = s.now()
    sender = Sender(
        source=name,
        received_at=now,
        sent_at=json_data["sent_at"].timestamp(),
        days={local_day(now)},
        demo=name == DEMO,
    )
    known = Known(
        kinds={kind.id for kind in s.published.current().centre.counter_kinds if kind.queue},
        windows=s.hall.windows(demo=sender.demo).keys(),
    )
    results: dict[int, dict[str, object]] = {}
    events: dict[int, Event] = {}
    for place, raw in enumerate(json_data["events"]):
        try:
            events[place] = read_event(raw, sender, known, full=place >= MOST)
        except Refusal as refusal:
            results[place] = _refused(place, refusal)
    try:
        kept = s.hall.record(list(events.values()), today=local_day(now), token=None if sender.demo else name)
    except TokenRevoked:
        raise ApiError(401, *GENERIC[401], {"WWW-Authenticate": "Bearer"}) from None
    paths = s.hall.ticket_paths([event.ticket for event in events.values() if event.type == "taken"], now)
    for (place, event), result in zip(events.items(), kept, strict=True):
        results[place] = _told(place, event, result, paths)
    in_order = [results[place] for place in sorted(results)]
    counts = Counter(str(one["result"]) for one in in_order)
    body = json.dumps({"results": in_order, "counts": counts}, ensure_ascii=False, separators=(",", ":"))
    return Response(body, content_type="application/json")


def _told(place: int, event: Event, result: Result, paths: Mapping[str, str]) -> dict[str, object]:
    told: dict[str, object] = {"id": event.id, "place": place, "result": result.result}
    if result.code is not None:
        told |= {"code": result.code, "message": result.message}
    if event.type == "taken" and event.ticket in paths and result.result in ("accepted", "repeated"):
        told["ticket_path"] = paths[event.ticket]
    return told


def _refused(place: int, refusal: Refusal) -> dict[str, object]:
    return {
        "id": refusal.event_id,
        "place": place,
        "result": "refused",
        "code": refusal.code,
        "message": refusal.message,
    }
