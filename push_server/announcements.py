"""HTTP: what the centre says now, for everybody; and programs that have it say something."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from apiflask import APIBlueprint, Schema
from apiflask.fields import AwareDateTime, Date, List, Nested, String
from apiflask.validators import Length, OneOf, Regexp
from flask import Response, request

from .bearer import EDITOR, auth
from .errors import ApiError
from .freshness import FRESH, fresh_answer
from .hall.timetable import local_day
from .notices import Unknown
from .published import Span
from .services import iso, limiter, services
from .voice.notices import BODY, TITLE, NotAllowed, Notice

blueprint = APIBlueprint("announcements", __name__, tag="公告")

_KEY = re.compile(r"[\x21-\x7e]{8,80}")
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)"
ATOM = "http://www.w3.org/2005/Atom"


class AnnouncementOut(Schema):
    id = String(required=True)
    kind = String(required=True, metadata={"description": "noon、closure、tomorrow、news 等"})
    title = String(required=True)
    body = String(required=True)
    url = String(required=True, metadata={"description": "相对网站根目录"})
    since = String(required=True, metadata={"format": "date-time"})
    until = String(required=True, metadata={"format": "date-time"})


class SpanOut(Schema):
    opens = String(required=True)
    closes = String(required=True)
    service = String(required=True)


class DayOut(Schema):
    date = String(required=True, metadata={"format": "date"})
    spans = List(Nested(SpanOut), required=True, metadata={"description": "空的就是全天不开门"})
    reason = String(required=True)


class TodayOut(Schema):
    day = String(required=True, metadata={"format": "date"})
    days = List(Nested(DayOut), required=True, metadata={"description": "临时改了开放时间的日子，以这里为准"})
    announcements = List(Nested(AnnouncementOut), required=True)
    served_at = String(required=True, metadata={"format": "date-time"})


class HoursIn(Schema):
    opens = String(required=True, validate=Regexp(_CLOCK))
    closes = String(required=True, validate=Regexp(_CLOCK))
    service = String(load_default="regular", validate=OneOf(["regular", "noon"]))


class AnnouncementIn(Schema):
    title = String(required=True, validate=Length(1, TITLE))
    body = String(load_default="", validate=Length(max=BODY))
    audience = String(load_default="news", validate=OneOf(["news", "hours", "noon", "everybody"]))
    publish_at = AwareDateTime(metadata={"description": "不写就是有人同意以后马上"})
    expires_at = AwareDateTime(required=True)
    day = Date(metadata={"description": "改哪一天的开放时间；和 hours 一起写"})
    hours = List(Nested(HoursIn), validate=Length(max=6))
    corrects = String(validate=Regexp(r"^[0-9a-f]{16}$(?!\n)"), metadata={"description": "更正哪一条，它的 id"})


class SubmittedOut(Schema):
    id = String(required=True)
    state = String(required=True, metadata={"description": "submitted：等工作台上有人同意；approved；cancelled"})


@blueprint.get("/announcements")
@blueprint.output(TodayOut)
@blueprint.doc(summary="现在有效的公告，和临时改了的开放时间", responses={304: "没有变化"})
def read() -> Response:
    s = services()
    now = s.now()
    today = local_day(now)
    data, printed = s.published.current().calendar, s.published.printed().calendar
    changed = [day for day, spans in data.days.items() if day >= today and printed.days.get(day) != spans]
    body = {
        "day": today.isoformat(),
        "days": [
            {
                "date": day.isoformat(),
                "spans": [_span(span) for span in data.days[day]],
                "reason": (data.exceptions[day].reason or "") if day in data.exceptions else "",
            }
            for day in sorted(changed)
        ],
        "announcements": _standing(now),
        "served_at": iso(now // FRESH * FRESH),
    }
    return fresh_answer(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")


@blueprint.get("/announcements.atom")
@blueprint.doc(
    summary="公告的 Atom（RFC 4287）",
    responses={200: {"description": "Atom", "content": {"application/atom+xml": {"schema": {"type": "string"}}}}},
)
def feed() -> Response:
    """RFC 4287. Entries keep their id; a correction is the same entry, updated."""
    s = services()
    root = request.url_root.rstrip("/")
    name = s.published.current().centre.name
    made = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    entries = _standing(s.now())
    updated = max((one["since"] for one in entries), default=iso(s.now() // 3600 * 3600))
    for tag, text in (("id", f"{root}/push/v1/announcements.atom"), ("title", f"{name}公告"), ("updated", updated)):
        ElementTree.SubElement(made, tag).text = text
    ElementTree.SubElement(made, "link", {"rel": "self", "href": request.base_url})
    author = ElementTree.SubElement(made, "author")
    ElementTree.SubElement(author, "name").text = name
    for one in entries:
        entry = ElementTree.SubElement(made, "entry")
        for tag, text in (
            ("id", f"tag:{request.host.partition(':')[0]},2026:{one['id']}"),
            ("title", one["title"]),
            ("updated", one["since"]),
            ("content", one["body"] or one["title"]),
        ):
            ElementTree.SubElement(entry, tag).text = text
        ElementTree.SubElement(entry, "link", {"href": f"{root}/{one['url']}"})
    content = ElementTree.tostring(made, encoding="utf-8", xml_declaration=True)
    return fresh_answer(content, "application/atom+xml; charset=utf-8")


@blueprint.post("/announcements")
@limiter.limit("30/minute")
@blueprint.auth_required(auth)
@blueprint.input(AnnouncementIn)
@blueprint.output(SubmittedOut, status_code=201)
@blueprint.doc(
    summary="让别的程序提交一条公告",
    description="要编辑用的令牌，和请求头 Idempotency-Key（同一个再发一次还是同一条）。提交后在工作台有人同意才发出。",
    responses={200: "这个 Idempotency-Key 已经提交过", 403: "不是编辑用的令牌"},
)
def submit(json_data: dict[str, Any]) -> tuple[dict[str, str], int]:
    s = services()
    name: str = auth.current_user
    if s.store.tokens.role(name) != EDITOR:
        raise ApiError(403, "token-not-editor", "这个令牌不能发公告，请向管理员要编辑用的令牌。")
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise ApiError(400, "idempotency-key-missing", "请求头 Idempotency-Key 要 8 到 80 个可见字符，每条公告一个。")
    values = dict(json_data)
    for moment in ("publish_at", "expires_at"):
        if moment in values:
            values[moment] = values[moment].timestamp()
    if "day" in values:
        values["day"] = values["day"].isoformat()
    before = s.store.notices.by_request(f"token:{name}", key)
    try:
        notice = s.notices.draft(values, f"token:{name}", request_key=key, submit=True)
    except NotAllowed as error:
        raise ApiError(400, error.code, str(error)) from None
    except Unknown:
        raise ApiError(400, "notice-unknown", "要更正的那条公告不在了，请核对 corrects。") from None
    return {"id": notice.id, "state": notice.state}, 200 if before else 201


def _standing(now: float) -> list[dict[str, str]]:
    s = services()
    said = [
        {
            "id": one.key,
            "kind": one.payload.kind,
            "title": one.payload.title,
            "body": one.payload.body,
            "url": one.payload.url,
            "since": iso(since),
            "until": iso(one.expires_at.timestamp()),
        }
        for one, since in s.store.ledger.public(now)
        if one.payload.kind != "news"
    ]
    return [_notice(notice) for notice in s.notices.standing()] + said


def _notice(notice: Notice) -> dict[str, str]:
    return {
        "id": f"news:{notice.root}",
        "kind": "closure" if notice.hours is not None else "news",
        "title": notice.title,
        "body": notice.body,
        "url": "",
        "since": iso(notice.out_at),
        "until": iso(notice.expires_at),
    }


def _span(span: Span) -> dict[str, str]:
    return {"opens": span.opens, "closes": span.closes, "service": span.service}
