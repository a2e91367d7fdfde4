"""From what a machine or a file says to events: pure, and every mistake has a name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from .events import MAY_HAVE, NEEDS, TYPES, Event, EventId, MatterId, TicketNumber, Type, WindowId
from .timetable import local_day

MOST = 10_000
"""Events in a batch; what is beyond is refused by name."""
SKEW = 2.0
"""Seconds by which a clock may be off without being put right: the way takes as long."""
LONGEST_PAUSE = 86400.0
"""Seconds from an event to the end of the pause that it tells; what is later, or before it, is a slip."""
AHEAD = 60.0
"""An event may be so many seconds later than the message that tells it; more is a mistake."""

MESSAGES = {
    "event-malformed": "这一条不是一个事件，请按接口说明写成 JSON 对象。",
    "id-invalid": "id 要 8 到 64 个字母、数字、下划线或横线，每个事件一个，请补上。",
    "type-unknown": "type 不认识，请写接口说明里的一种，例如 taken、called、served。",
    "at-invalid": "at 不对，请写带时区的时刻，例如 2026-11-23T11:25:00+08:00。",
    "at-future": "at 比 sent_at 还晚，请核对机器的时钟。",
    "at-other-day": "at 不是今天，只收今天的事件；补记以前的请用导入。",
    "field-missing": "缺少 {field}，请补上。",
    "field-unknown": "多了 {field}，这种事件没有这一项，请去掉。",
    "field-invalid": "{field} 写得不对，请按接口说明改。",
    "kind-unknown": "没有这类排队的窗口，请核对 centre.json 里的 counter_kinds。",
    "window-unknown": "没有这个窗口，请先在工作台登记，或核对窗口号。",
    "batch-full": "一批最多 {most} 个事件，这一条没有收，请放到下一批。",
}


class Refusal(Exception):
    """An event that cannot be kept. ``code`` is stable, ``message`` says what to write instead;
    ``event_id`` names it where it has a name that can be repeated."""

    def __init__(self, code: str, event_id: str | None = None, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.event_id = event_id
        self.message = MESSAGES[code].format(**more)


class Known(Struct, frozen=True, kw_only=True):
    """What the hall has: kinds with a queue, and windows."""

    kinds: Collection[str]
    windows: Collection[str]


class Sender(Struct, frozen=True, kw_only=True):
    """Who tells, by which clock. ``offset`` seconds put the clock right; ``sent_at`` is its own
    moment of sending, and ``received_at`` ours. ``days`` are those that may be told of."""

    source: str
    received_at: float
    sent_at: float
    days: Collection[date]
    demo: bool = False

    @property
    def offset(self) -> float:
        difference = self.received_at - self.sent_at
        return difference if abs(difference) > SKEW else 0.0


_TYPES: Mapping[str, Any] = {
    "ticket": TicketNumber,
    "window": WindowId,
    "kind": str,
    "matter": MatterId,
    "prechecked": bool,
    "corrects": EventId,
}


def read_event(raw: object, sender: Sender, known: Known, *, full: bool = False) -> Event:
    """The event that ``raw``, a decoded JSON object, tells. Raises ``Refusal``; always when the
    batch is ``full``."""
    if not isinstance(raw, dict):
        raise Refusal("event-malformed")
    event_id = _typed(raw.get("id"), EventId)
    if event_id is None:
        raise Refusal("id-invalid")
    if full:
        raise Refusal("batch-full", event_id, most=MOST)
    what: Type = raw.get("type")
    if what not in TYPES:
        raise Refusal("type-unknown", event_id)
    needed, possible = NEEDS[what], MAY_HAVE.get(what, frozenset())
    given = {name: value for name, value in raw.items() if value is not None} | {"id": event_id}
    for name in sorted(needed - given.keys()):
        raise Refusal("field-missing", event_id, field=name)
    for name in given.keys() - needed - possible - {"id", "type", "at"}:
        shown = name if name.isascii() and name.replace("_", "").isalnum() and len(name) <= 40 else "一项"
        raise Refusal("field-unknown", event_id, field=shown)
    fields: dict[str, Any] = {}
    for name in needed | (possible & given.keys()):
        fields[name] = _until(given[name], sender) if name == "until" else _typed(given[name], _TYPES[name])
        if fields[name] is None:
            raise Refusal("field-invalid", event_id, field=name)
    if fields.get("kind", next(iter(known.kinds), None)) not in known.kinds:
        raise Refusal("kind-unknown", event_id)
    if "window" in fields and fields["window"] not in known.windows:
        raise Refusal("window-unknown", event_id)
    at = _moment(given.get("at"))
    if at is None:
        raise Refusal("at-invalid", event_id)
    if at > sender.sent_at + AHEAD:
        raise Refusal("at-future", event_id)
    at = min(at + sender.offset, sender.received_at)
    if _day(at) not in sender.days:
        raise Refusal("at-other-day", event_id)
    if not 0 <= fields.get("until", at) - at <= LONGEST_PAUSE:
        raise Refusal("field-invalid", event_id, field="until")
    return Event(
        id=event_id,
        type=what,
        at=at,
        received_at=sender.received_at,
        source=sender.source,
        demo=sender.demo,
        **fields,
    )


def is_of(value: object, kind: Any) -> bool:
    """Whether ``value`` is of ``kind``, such as ``WindowId``."""
    return _typed(value, kind) is not None


def _typed(value: object, kind: Any) -> Any:
    """``value`` if it is of ``kind`` as it stands, else ``None``."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a letter is none
        return None


def _moment(text: object) -> float | None:
    """Seconds since 1970 of ``2026-11-23T11:25:00+08:00``; ``None`` for anything else."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def _day(at: float) -> date | None:
    """The date at the centre; put right by a clock that is thousands of years off, it may be none."""
    try:
        return local_day(at)
    except (ValueError, OverflowError):
        return None


def _until(text: object, sender: Sender) -> float | None:
    moment = _moment(text)
    return None if moment is None else moment + sender.offset
