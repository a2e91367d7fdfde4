"""HTTP: what people did not find, sent when they agreed to, read by editors.

Only the words are kept: no address, no subscription, no time but the day.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Integer, List, Nested, String
from apiflask.validators import Length
from flask import Response

from .bearer import auth
from .errors import ApiError
from .personal import holds_number
from .published import LOCAL
from .services import limiter, services
from .store.unfound import Full

blueprint = APIBlueprint("unfound", __name__, tag="没找到的词")

LONGEST = 60
"""Characters."""


_INVISIBLE = "\u115f\u1160\u17b4\u17b5"
"""Letters that show nothing (Unicode: default ignorable), as normalised."""


class UnfoundIn(Schema):
    query = String(required=True, validate=Length(1, LONGEST), metadata={"description": "在搜索框里写的话，别无其他"})


class OpenOut(Schema):
    open = Boolean(required=True, metadata={"description": "收不收没找到的词"})


class UnfoundOut(Schema):
    query = String(required=True)
    times = Integer(required=True, metadata={"description": "几次"})
    first_day = String(required=True, metadata={"format": "date"})
    last_day = String(required=True, metadata={"format": "date"})


class UnfoundListOut(Schema):
    queries = List(Nested(UnfoundOut), required=True, metadata={"description": "次数多的在前"})


@blueprint.get("/unfound/open")
@blueprint.output(OpenOut)
@blueprint.doc(summary="收不收没找到的词")
def is_open() -> dict[str, bool]:
    return {"open": services().settings.unfound}


@blueprint.post("/unfound")
@limiter.limit("20/hour")
@blueprint.input(UnfoundIn)
@blueprint.output({}, status_code=204)
@blueprint.doc(
    summary="告诉编辑：这句话没找到",
    description="只记这句话、次数和日期。六位以上的数字（证件、电话）不收，隔开写、用汉字写也一样。",
    responses={404: "没有打开这个功能", 503: "记满了"},
)
def send(json_data: dict[str, str]) -> Response:
    s = services()
    if not s.settings.unfound:
        raise ApiError(404, "unfound-closed", "这里不收没找到的词，请拨打 {hotline}。")
    query = tidy(json_data["query"])
    if len(query) > LONGEST:  # one character may stand for eighteen
        raise ApiError(400, "request-invalid", f"请求里的 query 太长，最多 {LONGEST} 个字。")
    if not query:
        raise ApiError(400, "query-empty", "没有写字，请写要找的事。")
    if holds_number(query):
        raise ApiError(400, "query-personal", "里面有证件号或者电话号码，没有收下；请去掉再发。")
    try:
        s.store.unfound.add(query, s.clock().astimezone(LOCAL).date())
    except Full:
        raise ApiError(503, "unfound-full", "记满了，请拨打 {hotline} 告诉我们。") from None
    return Response(status=204)


@blueprint.get("/unfound")
@blueprint.auth_required(auth)
@blueprint.output(UnfoundListOut)
@blueprint.doc(summary="没找到的词，编辑看")
def listing() -> dict[str, Any]:
    return {"queries": services().store.unfound.listing()}


def tidy(query: str) -> str:
    """The same words typed in another width, case or spacing are one query (NFKC)."""
    plain = unicodedata.normalize("NFKC", query).casefold()
    blank = (one in _INVISIBLE or unicodedata.category(one)[0] in "CZ" for one in plain)
    return " ".join("".join(" " if empty else one for one, empty in zip(plain, blank, strict=True)).split())
