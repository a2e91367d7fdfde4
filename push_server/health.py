"""HTTP: is everything in order? For a monitor, without anything worth hiding."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Date, Integer, List, String
from sqlalchemy.exc import SQLAlchemyError

from . import vitals
from .published import LOCAL
from .services import Services, iso, limiter, services
from .store.pulse import Beat, Today
from .vitals import Problem

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


class ReadyOut(Schema):
    ready = Boolean(required=True)


@blueprint.get("/healthz")
@limiter.limit("120/minute")
@blueprint.output(HealthOut)
@blueprint.doc(
    summary="运行状况",
    description="按事实判断：数据库真的写一次，发提醒的程序最近有没有动静，今天该发的发了没有。",
    responses={503: "不能正常服务"},
)
def healthz() -> tuple[dict[str, Any], int, dict[str, str]]:
    s = services()
    moment = s.clock()
    data = s.published.current()
    problems = _of_content(s, moment) + vitals.of_duty(data.calendar, data.centre, moment)
    beat, today = Beat(), None
    subscriptions = pending = None
    storage = True
    try:
        s.store.probe(moment.timestamp())
        beat = s.store.pulse.sender()
        today = _today(s, moment)
        subscriptions, pending = s.store.subscribers.count(), s.store.ledger.pending(s.now())
        due = vitals.due_announcement(data.calendar, moment, s.settings.lead)
        made = due is not None and s.store.pulse.announced(due[0])
        problems += vitals.of_announcement(due, made, subscriptions)
    except (SQLAlchemyError, OSError) as error:
        storage = False
        problems.append(vitals.of_storage(error))
    if storage or s.sender.state == "stuck":
        problems += vitals.of_sender(s.sender.state, beat, moment.timestamp())
    problems += vitals.of_messages(today) if today else []
    failing = any(problem.fails for problem in problems)
    body = {
        "status": "failing" if failing else "degraded" if problems else "ok",
        "problems": [problem.code for problem in problems],
        "words": [problem.words for problem in problems],
        "release": data.release,
        "calendar_until": data.calendar.last,
        "sender": vitals.shown_state(s.sender.state, beat, moment.timestamp()),
        "last_beat": None if beat.at is None else iso(beat.at),
        "last_error": beat.error,
        "subscriptions": subscriptions,
        "pending": pending,
        "overdue": today.overdue if today else None,
        "sent_today": today.sent if today else None,
        "rejected_today": today.rejected if today else None,
        "expired_today": today.expired if today else None,
        "storage": storage,
    }
    return body, 503 if failing else 200, {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
@limiter.limit("120/minute")
@blueprint.output(ReadyOut)
@blueprint.doc(
    summary="能不能接待访客",
    description="给负载均衡用：只看数据库能不能读。提醒发不发得出去看 healthz。",
    responses={503: "现在不能"},
)
def readyz() -> tuple[dict[str, bool], int, dict[str, str]]:
    try:
        services().store.ping()
    except SQLAlchemyError:
        return {"ready": False}, 503, {"Cache-Control": "no-store"}
    return {"ready": True}, 200, {"Cache-Control": "no-store"}


def _of_content(s: Services, moment: datetime) -> list[Problem]:
    problems = [Problem(code, words, fails=False) for code, words in s.proxies.problems.items()]
    if s.published.problem:
        problems.append(Problem("data-refused", "新生成的网站数据读不了，还在用上一版，请重新生成网站。", fails=False))
    if s.published.current().calendar.spans(moment.astimezone(LOCAL).date()) is None:
        problems.append(
            Problem("calendar-ended", "日历没有排到今天，请补上 catalog/calendar 再生成网站。", fails=False)
        )
    return problems


def _today(s: Services, moment: datetime) -> Today:
    midnight = moment.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    return s.store.pulse.today(midnight.timestamp(), (moment - timedelta(seconds=vitals.LATE)).timestamp())
