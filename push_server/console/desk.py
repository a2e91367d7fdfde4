"""The pre-check desk: a citizen's list is looked through, then a ticket is given out."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from ..security import HEADERS
from ..services import limiter, services
from . import matters
from .blueprint import Refused, console, me, needs, note, page
from .slip import slip_of

NO_KIND = "没有这类窗口，请刷新这一页再选。"
EVENT = re.compile(r"[A-Za-z0-9_-]{8,64}")


@console.get("/desk")
@needs("desk")
def desk() -> Response:
    s = services()
    centre = s.published.current().centre
    response = page(
        "desk.html",
        kinds=[kind for kind in centre.counter_kinds if kind.queue],
        modules=matters.modules(s.settings.site),
        is_demo=s.hall.snapshot(s.now()).demo,
    )
    # The one page that may see: the clerk's camera reads the citizen's code.
    response.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
    return response


@console.post("/desk/tickets")
@limiter.limit("120/minute")
@needs("desk")
def take() -> ResponseReturnValue:
    """Give out a number; the same ``id`` again gives the same."""
    s = services()
    given = body()
    kind, matter = given.get("kind"), given.get("matter")
    known = matters.names(s.settings.site)
    if matter is not None and (not isinstance(matter, str) or matter not in known):
        raise Refused(400, "matter-unknown", "指南里没有这个事项，请重新选。")
    now = s.now()
    try:
        taken = s.hall.take(event_id(given), str(kind), f"staff:{me().name}", now, matter=matter, prechecked=True)
    except KeyError:
        raise Refused(400, "kind-unknown", NO_KIND) from None
    if taken.result.result == "refused":
        raise Refused(409, taken.result.code or "refused", taken.result.message or "没有记下，请再按一次。")
    note("ticket-taken", ticket=taken.number, detail=matter, event=str(given["id"]))
    published = s.published.current()
    slip = slip_of(
        taken.number,
        s.hall.state(now),
        kinds={one.id: one.name for one in published.centre.counter_kinds},
        matters=known,
        calendar=published.calendar,
        rules=s.hall.rules,
        now=now,
    )
    told = {"number": slip.number, "kind": slip.kind, "matter": slip.matter, "taken": slip.taken, "lines": slip.lines}
    return jsonify(ticket=taken.number, path=taken.path, result=taken.result.result, slip=told)


def body() -> dict[str, Any]:
    """The JSON object that a page has sent."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Refused(400, "request-malformed", "请求写得不对，请刷新这一页。")
    return given


def event_id(given: dict[str, Any]) -> str:
    """The id under which a page tells what happened, so that it can tell it again."""
    found = given.get("id")
    if not isinstance(found, str) or not EVENT.fullmatch(found):
        raise Refused(400, "id-invalid", "请求里的 id 不对，请刷新这一页。")
    return found
