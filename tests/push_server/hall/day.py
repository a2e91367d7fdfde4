"""Events of a day in few words, for tests."""

from __future__ import annotations

from datetime import datetime

from push_server.hall.events import Event
from push_server.published import LOCAL

DAY = "2026-11-23"
WINDOWS = {"1": ("acceptance",), "2": ("acceptance",), "9": ("advice",)}


def at(clock: str, day: str = DAY) -> float:
    """``10:42`` or ``10:42:07`` of the day at the centre, in seconds since 1970."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LOCAL).timestamp()


def event(clock: str, kind_of: str, **more: object) -> Event:
    """An event whose id follows from what it tells."""
    moment = at(clock)
    name = "-".join(str(part) for part in (kind_of, clock.replace(":", ""), *more.values()))
    given = {"id": f"{name:_<8}".replace(":", "_"), "received_at": moment, "source": "machine", **more}
    return Event(type=kind_of, at=moment, **given)  # type: ignore[arg-type]


def taken(clock: str, ticket: str, kind: str = "acceptance", **more: object) -> Event:
    return event(clock, "taken", ticket=ticket, kind=kind, **more)


def called(clock: str, ticket: str, window: str = "1") -> Event:
    return event(clock, "called", ticket=ticket, window=window)
