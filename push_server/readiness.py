"""HTTP: can this node serve visitors? For a load balancer, and for whoever asks why it does not."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Float, List, Nested, String
from sqlalchemy.exc import SQLAlchemyError

from . import vitals
from .health import also
from .services import iso, limiter, services
from .store.pulse import Beat

blueprint = APIBlueprint("readiness", __name__, tag="运行")


class _DatabaseOut(Schema):
    ready = Boolean(required=True, metadata={"description": "能读"})


class _SenderOut(Schema):
    sends = Boolean(required=True, allow_none=True, metadata={"description": "有没有程序在发；数据库读不了就是 null"})
    state = String(required=True, metadata={"description": "和 healthz 的 sender 一样"})
    beat_age_seconds = Float(
        required=True, allow_none=True, metadata={"description": "发提醒的程序最近一次正常是多少秒以前"}
    )


class _SiteOut(Schema):
    ready = Boolean(required=True, metadata={"description": "网页在，能读"})
    current = Boolean(required=True, metadata={"description": "用的就是目录里这一版；数据读不了时还用上一版"})
    release = String(required=True, allow_none=True, metadata={"description": "正在用的内容版本"})
    brought_at = String(
        required=True, allow_none=True, metadata={"description": "这一版什么时候放上来的，UTC", "format": "date-time"}
    )
    age_seconds = Float(required=True, allow_none=True, metadata={"description": "到现在多少秒"})


class ReadyOut(Schema):
    ready = Boolean(required=True)
    failing = List(String(), required=True, metadata={"description": "为什么不能接待：database、site"})
    database = Nested(_DatabaseOut, required=True)
    sender = Nested(_SenderOut, required=True, metadata={"description": "只供查看，不影响 ready"})
    site = Nested(_SiteOut, required=True)


@blueprint.get("/readyz")
@limiter.limit("120/minute")
@blueprint.output(ReadyOut)
@blueprint.doc(
    summary="能不能接待访客",
    description="给负载均衡用：数据库能不能读，网页在不在。提醒发不发得出去也写着，但不影响结果；要看它就看 healthz。",
    responses={503: also(ReadyOut, "现在不能；内容和 200 一样")},
)
def readyz() -> tuple[dict[str, Any], int, dict[str, str]]:
    s = services()
    now, brought, release = s.now(), s.published.brought_at(), s.published.current().release
    beat, database = Beat(), True
    try:
        s.store.ping()
        beat = s.store.pulse.sender()
    except SQLAlchemyError:
        database = False
    failing = [name for name, well in (("database", database), ("site", brought is not None)) if not well]
    state = vitals.shown_state(s.sender.state, beat, now)
    body = {
        "ready": not failing,
        "failing": failing,
        "database": {"ready": database},
        "sender": {
            "sends": vitals.sends(s.sender.state, beat, now) if database else None,
            "state": state,
            "beat_age_seconds": None if beat.at is None else round(now - beat.at, 1),
        },
        "site": {
            "ready": brought is not None,
            "current": brought is not None and s.published.problem is None,
            "release": release,
            "brought_at": None if brought is None else iso(brought),
            "age_seconds": None if brought is None else round(now - brought, 1),
        },
    }
    return body, 503 if failing else 200, {"Cache-Control": "no-store"}
