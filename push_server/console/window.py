"""The window: calling, and what becomes of whoever was called."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from ..freshness import fingerprint
from ..hall.events import Event, Type
from ..hall.results import MESSAGES
from ..hall.state import State
from ..hall.timetable import local_day
from ..published import LOCAL, clock_time
from ..services import services
from . import matters
from .actions import ACTIONS
from .blueprint import Refused, console, me, needs, note, page
from .desk import EVENT, NO_KIND, body, event_id
from .window_view import ticket_view, view

DOES: Mapping[str, Type] = {
    "recall": "recalled",
    "missed": "missed",
    "served": "served",
    "move": "moved",
    "returned": "returned",
    "pause": "window_paused",
    "resume": "window_resumed",
    "open": "window_opened",
    "close": "window_closed",
}
"""What the page's buttons tell."""
OF_TICKET = ("recall", "missed", "served", "move")
LATE = 900.0
"""Seconds by which the end of a pause may lie back: the press may have been long on its way."""
LONGEST_PAUSE = 8 * 3600.0
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@console.get("/window/")
@needs("window")
def windows() -> Response:
    s = services()
    snapshot = s.hall.snapshot(s.now())
    declared = services().hall.windows()
    shown = [window for window in snapshot.state.windows.values() if window.id in declared]
    return page(
        "windows-open.html", windows=sorted(shown, key=lambda one: one.id), kinds=_kinds(), is_demo=snapshot.demo
    )


@console.get("/window/<window>")
@needs("window")
def window(window: str) -> Response:
    s = services()
    _declared(window)
    return page("window.html", window=window, is_demo=s.hall.snapshot(s.now()).demo)


@console.get("/window/<window>/state")
@needs("window")
def window_state(window: str) -> Response:
    """Asked every few seconds; not sent again while nothing has changed."""
    _declared(window)
    content = json.dumps(_view(window), ensure_ascii=False).encode()
    response = Response(content, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(fingerprint(content))
    response.make_conditional(request)
    return response


@console.post("/window/<window>/next")
@needs("window")
def call_next(window: str) -> ResponseReturnValue:
    """Chosen and written at once. The same ``id`` again gives the same ticket."""
    s = services()
    _declared(window)
    given = body()
    event = event_id(given)
    try:
        ticket = s.hall.call_next(event, window, _source(), s.now(), partial(_seen, given, window))
    except KeyError:
        raise _unknown() from None
    if ticket is None:
        return jsonify(result="refused", code="nobody-waits", message=MESSAGES["nobody-waits"], state=_view(window))
    note("called", ticket=ticket.number, window=window, event=event)
    told = ticket_view(ticket, _kinds(), matters.names(s.settings.site))
    return jsonify(result="accepted", ticket=told, state=_view(window))


@console.post("/window/<window>/<any(recall, missed, served, move, returned, pause, resume, open, close):what>")
@needs("window")
def tell(window: str, what: str) -> ResponseReturnValue:
    s = services()
    _declared(window)
    given = body()
    event = event_id(given)
    if (before := s.hall.told(event)) is not None:
        return _again(before, what, window, given)
    more = _more(what, window, given)
    look = None if what in (*OF_TICKET, "returned") else partial(_seen, given, window)
    result = s.hall.tell(event, DOES[what], _source(), s.now(), look, **more)
    if result.result in ("held", "refused"):
        raise Refused(409, result.code or "refused", result.message or "没有记下，请看一下现在的状态。")
    note(DOES[what], ticket=more.get("ticket"), window=window, detail=more.get("kind"), event=event)
    return jsonify(result=result.result, state=_view(window))


def _again(before: Event, what: str, window: str, given: Mapping[str, Any]) -> Response:
    """A press whose answer was lost: what came of it then, whatever has become of the ticket since."""
    names = ("ticket", "kind") if what == "move" else ("ticket",) if what in (*OF_TICKET, "returned") else ()
    same = all(getattr(before, name) == given.get(name) for name in names) and before.window in (None, window)
    if (before.type, before.source) != (DOES[what], _source()) or not same:
        raise Refused(409, "id-used", MESSAGES["id-used"])
    held = services().hall.state(services().now()).held.get(before.id)
    if held is not None:
        raise Refused(409, held, MESSAGES[held])
    # Once, however often it is told: the first time may have ended before this.
    note(before.type, ticket=before.ticket, window=window, detail=before.kind, event=before.id)
    return jsonify(result="repeated", state=_view(window))


@console.post("/window/<window>/undo")
@needs("window")
def undo(window: str) -> ResponseReturnValue:
    """Take back the last press, as long as nothing has come of it."""
    s = services()
    _declared(window)
    given = body()
    event, corrects = event_id(given), given.get("corrects")
    if not isinstance(corrects, str) or not EVENT.fullmatch(corrects):
        raise Refused(400, "id-invalid", "请求里的 corrects 不对，请刷新这一页。")
    result = s.hall.undo(event, window, corrects, _source(), s.now())
    if result.result in ("held", "refused"):
        raise Refused(409, result.code or "refused", result.message or "没有撤回，请看一下现在的状态。")
    taken_back = s.hall.told(corrects)
    assert taken_back is not None
    note("correction", ticket=taken_back.ticket, window=window, detail=ACTIONS[taken_back.type], event=event)
    return jsonify(result=result.result, state=_view(window))


def _more(what: str, window: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the event beside its type, checked."""
    if what == "returned":
        return {"ticket": _ticket(given, services().hall.state(services().now()))}
    if what not in OF_TICKET:
        return {"window": window} | ({"until": _until(given)} if what == "pause" else {})
    state = services().hall.state(services().now())
    number = _ticket(given, state)
    if state.tickets[number].window != window:
        raise Refused(409, "ticket-elsewhere", f"{number} 已经不在这个窗口了，没有改动。")
    if what == "move":
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in _kinds() or kind == state.tickets[number].kind:
            raise Refused(400, "kind-unknown", NO_KIND)
        return {"ticket": number, "kind": kind}
    return {"ticket": number, "window": window}


def _seen(given: Mapping[str, Any], window: str, state: State) -> None:
    """What ends with the next press has to be what the page showed: there may be two tablets."""
    now = state.windows.get(window)
    if "seen" in given and now is not None and now.ticket not in (None, given["seen"]):
        message = f"这个窗口刚叫了 {now.ticket}，还没有办完。请看一下现在的状态，再按一次。"
        raise Refused(409, "ticket-unseen", message)


def _ticket(given: Mapping[str, Any], state: State) -> str:
    number = given.get("ticket")
    if not isinstance(number, str) or number not in state.tickets:
        raise Refused(409, "ticket-unknown", "今天没有这个号，没有改动。")
    return number


def _until(given: Mapping[str, Any]) -> float | None:
    """Until when a window pauses, in seconds since 1970; ``None`` when nobody has said.

    A page says for how many ``minutes``, or ``until`` which clock at the centre (12:10): its
    own clock may be wrong.
    """
    now = services().now()
    if (minutes := given.get("minutes")) is not None:
        if type(minutes) is not int or not 0 < minutes * 60 <= LONGEST_PAUSE:
            raise _not_until()
        return now + minutes * 60
    text = given.get("until")
    if text is None:
        return None
    if not isinstance(text, str) or not _CLOCK.fullmatch(text):
        raise _not_until()
    seconds = datetime.combine(local_day(now), clock_time(text), LOCAL).timestamp()
    if not now - LATE <= seconds <= now + LONGEST_PAUSE:
        raise _not_until()
    return seconds


def _not_until() -> Refused:
    return Refused(400, "until-invalid", "暂停到几点写得不对，要在现在以后、八小时以内，请重新选。")


def _view(window: str) -> dict[str, Any]:
    s = services()
    now = s.now()
    try:
        return view(
            s.hall.state(now),
            window,
            kinds=_kinds(),
            matters=matters.names(s.settings.site),
            undoable=s.hall.last_press(window, now),
        )
    except KeyError:
        raise _unknown() from None


def _kinds() -> dict[str, str]:
    """The names of the kinds with a queue."""
    return {kind.id: kind.name for kind in services().published.current().centre.counter_kinds if kind.queue}


def _declared(window: str) -> None:
    if window not in services().hall.windows():
        raise _unknown()


def _unknown() -> Refused:
    return Refused(404, "window-unknown", "没有这个窗口，请管理员先在“窗口”里登记。")


def _source() -> str:
    return f"staff:{me().name}"
