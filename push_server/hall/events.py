"""What can happen in the hall, as it is told: by ticket machines, clerks, and people themselves."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Type = Literal[
    "taken",
    "called",
    "recalled",
    "missed",
    "returned",
    "served",
    "left",
    "moved",
    "window_opened",
    "window_paused",
    "window_resumed",
    "window_closed",
    "correction",
]
"""``missed`` is 过号: called, and nobody came. ``correction`` takes another event back."""

TYPES: tuple[Type, ...] = get_args(Type)

NEEDS: dict[Type, frozenset[str]] = {
    "taken": frozenset({"ticket", "kind"}),
    "called": frozenset({"ticket", "window"}),
    "recalled": frozenset({"ticket", "window"}),
    "missed": frozenset({"ticket"}),
    "returned": frozenset({"ticket"}),
    "served": frozenset({"ticket"}),
    "left": frozenset({"ticket"}),
    "moved": frozenset({"ticket", "kind"}),
    "window_opened": frozenset({"window"}),
    "window_paused": frozenset({"window"}),
    "window_resumed": frozenset({"window"}),
    "window_closed": frozenset({"window"}),
    "correction": frozenset({"corrects"}),
}

MAY_HAVE: dict[Type, frozenset[str]] = {
    "taken": frozenset({"matter", "prechecked"}),
    "missed": frozenset({"window"}),
    "served": frozenset({"window"}),
    "window_paused": frozenset({"until"}),
}
"""Beside what they need."""

EventId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]
TicketNumber = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,16}\Z")]
MatterId = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,80}\Z")]
WindowId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,8}\Z")]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened in the hall, as it is kept: never changed, only taken back.

    ``id`` is given by whoever tells it, so that telling it twice counts once. ``at`` is when it
    happened and ``received_at`` when it was told, in seconds since 1970; ``source`` is the name
    of a machine's token, ``staff:<account>``, or ``ticket:<number>`` for the person who holds
    it. ``until`` (seconds since 1970) says how long a window pauses; ``demo`` that nothing of
    it is real.
    """

    id: str
    type: Type
    at: float
    received_at: float
    source: str
    ticket: str | None = None
    kind: str | None = None
    matter: str | None = None
    prechecked: bool = False
    window: str | None = None
    until: float | None = None
    corrects: str | None = None
    demo: bool = False

    def same_as(self, other: Event) -> bool:
        """Whether both tell the same, whenever they came."""
        return self.told() == other.told()

    def told(self) -> tuple[object, ...]:
        """What the source said, without when it came and how its clock was put right."""
        return (
            self.type,
            self.source,
            self.ticket,
            self.kind,
            self.matter,
            self.prechecked,
            self.window,
            # Until when is put right with the clock, each time by a little more or less.
            self.until is None,
            self.corrects,
        )
