"""HTTP: one's own ticket, for whoever has its key."""

from __future__ import annotations

import json
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import String
from apiflask.validators import Regexp
from flask import Response

from .errors import ApiError
from .freshness import fresh_answer
from .hall_schemas import TicketOut
from .services import limiter, services

blueprint = APIBlueprint("tickets", __name__, tag="我的号")


class LendIn(Schema):
    kind = String(required=True, metadata={"description": "窗口种类"})


class LendOut(Schema):
    ticket = String(required=True, metadata={"description": "号码"})
    ticket_path = String(required=True, metadata={"description": "“我的号”的地址，从网站根目录起"})


class LeaveIn(Schema):
    id = String(
        required=True,
        validate=Regexp(r"^[A-Za-z0-9_-]{8,64}\Z"),
        metadata={"description": "手机给这件事的编号，重发时不变"},
    )


@blueprint.get("/tickets/<ticket>/<key>")
@blueprint.output(TicketOut)
@blueprint.doc(summary="我的号", responses={304: "没有变化", 404: "没有这个号，或者不是今天的"})
def read(ticket: str, key: str) -> Response:
    # A key is as good as the ticket: nobody between the server and the phone keeps the answer.
    return fresh_answer(_told(ticket, key), "application/json", whose="private")


@blueprint.post("/tickets/demo")
@limiter.limit("30/minute")
@blueprint.input(LendIn)
@blueprint.output(LendOut)
@blueprint.doc(
    summary="演示时借一个号看看",
    description="只在大厅是演示数据时有：给的是队伍里最后一个号，会自己往前走、被叫到。",
    responses={409: "大厅是真的，或者没有人在等"},
)
def lend(json_data: dict[str, Any]) -> Response:
    s = services()
    now = s.now()
    seen = s.hall.snapshot(now)
    if not seen.demo:
        raise ApiError(409, "no-demo", "演示已经结束，号要到大厅取。")
    line = seen.state.lines.get(json_data["kind"], ())
    if not line:
        raise ApiError(409, "nobody-waits", "现在没有人在等，等一会儿再点一次。")
    number = line[-1]
    told = {"ticket": number, "ticket_path": s.hall.ticket_paths([number], now)[number]}
    return Response(json.dumps(told), content_type="application/json", headers={"Cache-Control": "no-store"})


@blueprint.post("/tickets/<ticket>/<key>/leave")
@limiter.limit("30/minute")
@blueprint.input(LeaveIn)
@blueprint.output(TicketOut)
@blueprint.doc(summary="不等了，把号让出来", responses={404: "没有这个号，或者不是今天的", 409: "编号已经用在别的事上"})
def leave(ticket: str, key: str, json_data: dict[str, Any]) -> Response:
    s = services()
    now = s.now()
    known = s.hall.ticket(ticket, key, now)
    if known is None:
        raise _unknown()
    if known.state in ("waiting", "missed", "called"):
        # Somebody who tries the demonstration does not end it.
        demo = s.hall.snapshot(now).demo
        result = s.hall.tell(json_data["id"], "left", f"ticket:{known.number}", now, ticket=known.number, demo=demo)
        if result.result == "refused":
            raise ApiError(409, result.code or "id-used", result.message or "没有记下，请再试一次。")
    return Response(_told(ticket, key), content_type="application/json")


def _told(number: str, key: str) -> bytes:
    s = services()
    now = s.now()
    if s.hall.ticket(number, key, now) is None:
        raise _unknown()
    feed = s.watch.feed(now)
    ticket = feed.hall.state.tickets.get(number)
    if ticket is None:
        raise _unknown()
    return json.dumps(feed.ticket(ticket), ensure_ascii=False, separators=(",", ":")).encode()


def _unknown() -> ApiError:
    return ApiError(404, "ticket-unknown", "查不到这个号：号只在取号当天有效，请再扫一次号上的二维码。")
