"""A ticket's turn: it is near, it is called. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from ..announcement import Announcement, Payload
from ..hall.state import State, Ticket
from .kinds import KINDS


def near_key(day: date, number: str, threshold: int) -> str:
    return f"ticket:{day.isoformat()}:{number}:{threshold}"


def called_key(day: date, ticket: Ticket) -> str:
    """A ticket that is called again, since it was missed or the call was taken back, is another call."""
    return f"called:{day.isoformat()}:{ticket.number}:{ticket.window}:{ticket.called_at or 0.0:.0f}"


def subject(day: date, number: str) -> str:
    """Under which a wish names a ticket: numbers come again every day."""
    return f"{day.isoformat()}:{number}"


def due(
    day: date,
    watched: Iterable[tuple[str, int]],
    state: State,
    moment: datetime,
    missed_after: int,
    known: Collection[str] = (),
) -> list[Announcement]:
    """What is to be said at ``moment`` about tickets that somebody watches, and was not said yet.

    ``watched`` are numbers with how many may be ahead; ``known`` the keys of what was said.
    """
    places = {number: place for line in state.lines.values() for place, number in enumerate(line)}
    found: dict[str, Announcement] = {}
    for number, threshold in watched:
        ticket = state.tickets.get(number)
        if ticket is None:
            continue
        if ticket.state == "called":
            made = _called(day, ticket, moment, missed_after)
        elif ticket.state == "waiting" and places[number] <= threshold:
            made = _near(day, number, places[number], threshold, moment)
        else:
            continue
        if made.key not in known:
            found[made.key] = made
    return list(found.values())


def _near(day: date, number: str, ahead: int, threshold: int, moment: datetime) -> Announcement:
    title = f"{number} 前面还有 {ahead} 人" if ahead else f"下一个就是 {number}"
    return _made(
        "ticket", near_key(day, number, threshold), day, number, title, "请回到大厅，听叫号。", moment, threshold
    )


def _called(day: date, ticket: Ticket, moment: datetime, missed_after: int) -> Announcement:
    title = f"{ticket.number} 请到 {ticket.window} 号窗口"
    body = f"正在叫您的号。过号以后，隔 {missed_after} 人再叫。"
    return _made("called", called_key(day, ticket), day, ticket.number, title, body, moment, None)


def _made(
    kind: str, key: str, day: date, number: str, title: str, body: str, moment: datetime, threshold: int | None
) -> Announcement:
    rules = KINDS[kind]
    assert rules.life is not None and rules.topic is not None
    payload = Payload(
        kind=kind, title=title, body=body, tag=rules.tag_about(number), url=f"ticket/#{number}", date=day.isoformat()
    )
    return Announcement(
        key=key,
        audience=rules.topic,
        payload=payload,
        urgency=rules.urgency,
        expires_at=moment + rules.life,
        facts=title,
        prompt=True,
        subject=subject(day, number),
        threshold=threshold,
        quiet=rules.quiet,
    )


def numbers(day: date, subjects: Mapping[str, Collection[int]]) -> list[tuple[str, int]]:
    """Numbers of ``day`` with how many may be ahead, from the subjects of wishes."""
    start = f"{day.isoformat()}:"
    return [
        (name.removeprefix(start), threshold)
        for name, thresholds in subjects.items()
        if name.startswith(start)
        for threshold in thresholds
    ]
