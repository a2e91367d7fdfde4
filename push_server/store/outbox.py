"""What is to leave now: claiming rows of the ledger, and writing down what became of them.

A row still ``sending`` when a sender takes over belonged to a process that died between
request and answer. Nobody can know whether its request arrived, so it goes out again: lost
would be lost for good, while a repeat carries the same Topic (RFC 8030, 5.4) and the same
notification tag, and the person sees one message. At most as many as were on their way can be
repeated (``PUSH_CONNECTIONS``).

Of several messages with one tag to one person only the newest leaves, and none while another
one to the same person is on its way: they arrive in the order in which they were said.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Update, and_, bindparam, func, select, update

from ..published import LOCAL
from ..wish import quiet_ends
from .dialect import constant
from .ledger import FIRST, LATER
from .schema import announcements, deliveries, people
from .shards import Holding, shard_of
from .subscribers import Subscription, forget

UNSURE = "?"
"""In ``maybe``: one or another of several facts may have arrived."""


@dataclass(slots=True, kw_only=True, eq=False)  # frozen ones take three times as long to make
class Task:
    """A claimed row with what is needed to send it. ``maybe`` is as it was before the claim."""

    announcement: str
    serial: int
    tag: str
    person: str
    payload: str
    urgency: str
    expires_at: float
    attempts: int
    priority: int
    facts: str
    told: str | None
    maybe: str | None
    correcting: bool
    subscription: Subscription


@dataclass(slots=True, kw_only=True, eq=False)
class Verdict:
    """What became of a task. ``gone``: the subscription has ended for good. ``doubtful``: the
    message may have arrived all the same."""

    task: Task
    state: str
    reason: str | None = None
    next_at: float = 0.0
    attempts: int = 0
    gone: bool = False
    doubtful: bool = False


_THESE = (deliveries.c.announcement == bindparam("for_announcement")) & deliveries.c.person.in_(
    bindparam("for_persons", expanding=True)
)


def _set(*names: str) -> Update:
    return update(deliveries).where(_THESE).values({name: bindparam(name) for name in names})


_MARK = _set("state", "reason", "next_at", "attempts", "changed_at", "told", "maybe", "priority")
_CLAIM = _set("state", "maybe", "changed_at")
_END = _set("state", "reason", "next_at", "changed_at")
_REACHED = (
    update(people).where(people.c.id.in_(bindparam("persons", expanding=True))).values(reached_at=bindparam("now"))
)
_newer = announcements.alias("newer")


def _due(*mine: ColumnElement[bool]) -> Select:
    """Rows to act on, the longest waiting first. A row is due before its announcement ends, at
    the latest, so that looking at what is due finds what has expired too.

    They are picked by the index alone; to sort all that is due would take longer with every phone.
    Of one person the row that was said first is due first (``ledger.BEFORE``).
    """
    open_ = deliveries.c.state == constant("pending")
    waiting = (deliveries.c.priority == bindparam("priority"), deliveries.c.next_at <= bindparam("now"))
    picked = (
        select(deliveries.c.announcement, deliveries.c.person)
        .where(open_, *waiting, *mine)
        .order_by(deliveries.c.next_at)
        .limit(bindparam("capacity"))
        .subquery("picked")
    )
    this = and_(deliveries.c.announcement == picked.c.announcement, deliveries.c.person == picked.c.person)
    newest = select(func.max(_newer.c.serial)).where(_newer.c.tag == announcements.c.tag).scalar_subquery()
    return (
        select(
            deliveries.c.announcement,
            deliveries.c.person,
            deliveries.c.attempts,
            deliveries.c.priority,
            deliveries.c.told,
            deliveries.c.maybe,
            announcements.c.payload,
            announcements.c.correction,
            announcements.c.facts,
            announcements.c.tag,
            announcements.c.serial,
            announcements.c.urgency,
            announcements.c.expires_at,
            announcements.c.corrects_until,
            announcements.c.quiet,
            people.c.quiet_from,
            people.c.quiet_to,
            people.c.paused_until,
            people.c.endpoint,
            people.c.p256dh,
            people.c.auth,
            people.c.vapid,
            newest.label("newest"),
        )
        .select_from(picked)
        .join(deliveries, this)
        .join(announcements, announcements.c.key == deliveries.c.announcement)
        .outerjoin(people, people.c.id == deliveries.c.person)
        .where(open_)
        .order_by(deliveries.c.next_at, announcements.c.serial)
        # Who leaves, or is told something else, in this very moment is not sent to.
        .with_for_update(of=deliveries, skip_locked=True)
    )


_SUPERSEDED = (
    select(deliveries.c.person)
    .join(announcements, announcements.c.key == deliveries.c.announcement)
    .where(
        deliveries.c.person == bindparam("person"),
        announcements.c.tag == bindparam("tag"),
        announcements.c.serial > bindparam("serial"),
    )
    .limit(1)
)


class Outbox:
    """All of the ledger; with ``holding`` a shard of it, and then ``step`` and ``resume_interrupted``
    raise ``Lost`` when another worker has it by now."""

    def __init__(self, engine: Engine, reading: Engine, holding: Holding | None = None) -> None:
        self._engine = engine
        self._reading = reading
        self._holding = holding
        mine = () if holding is None else (shard_of(deliveries.c.person) == constant(holding.shard),)
        self._mine = mine
        self._due = _due(*mine)

    def of(self, holding: Holding) -> Outbox:
        return Outbox(self._engine, self._reading, holding)

    def resume_interrupted(self, now: float) -> int:
        """Put back the rows that a dead process left in ``sending``. Only the one sender may call this."""
        with self._engine.begin() as connection:
            self._confirm(connection)
            query = update(deliveries).where(deliveries.c.state == constant("sending"), *self._mine)
            return connection.execute(
                query.values(state="pending", reason="interrupted", next_at=now, changed_at=now)
            ).rowcount

    def step(
        self, verdicts: Sequence[Verdict], capacity: int, now: float, busy: Collection[str] = ()
    ) -> tuple[list[Task], bool]:
        """Write down ``verdicts`` and claim up to ``capacity`` rows, in one transaction.

        ``busy`` are the people to whom something is on its way. Also tells whether any row was due,
        claimed or ended: then there may be more.
        """
        with self._engine.begin() as connection:
            self._confirm(connection)
            if verdicts:
                self._note(connection, verdicts, now)
            if capacity <= 0:
                return [], False
            due: list[Row] = []
            for priority in (FIRST, LATER):
                want = {"priority": priority, "now": now, "capacity": capacity + len(busy) - len(due)}
                if want["capacity"] > 0:
                    due += connection.execute(self._due, want).all()
            taken = set(busy)
            tasks, ends, claims = [], [], []
            for row in due:
                name = {"for_announcement": row.announcement, "changed_at": now}
                why = _hindrance(connection, row, now)
                if why:
                    ends.append((row.person, {**name, "state": "expired", "reason": why, "next_at": now}))
                elif row.person in taken or len(tasks) == capacity:
                    continue  # looked at again when the answer to the other has come
                elif rest := _rest(row, now):
                    state, reason, next_at = rest
                    ends.append((row.person, {**name, "state": state, "reason": reason, "next_at": next_at}))
                else:
                    taken.add(row.person)
                    maybe = row.facts if row.maybe in (None, row.facts) else UNSURE
                    claims.append((row.person, {**name, "state": "sending", "maybe": maybe}))
                    tasks.append(_task(row))
            _write(connection, _END, ends)
            _write(connection, _CLAIM, claims)
        return tasks, bool(due)

    def _note(self, connection: Connection, verdicts: Sequence[Verdict], now: float) -> None:
        keys = {verdict.task.announcement for verdict in verdicts}
        stands = dict(
            connection.execute(
                select(announcements.c.key, announcements.c.facts)
                .where(announcements.c.key.in_(keys))
                .order_by(announcements.c.key)
                # Else they might come to say something else just before this is written down.
                .with_for_update(read=True)
            ).all()
        )
        moved = set()
        for verdict in verdicts:
            task, held = verdict.task, verdict.task.subscription
            if not verdict.gone or forget(connection, task.person, endpoint=held.endpoint, p256dh=held.p256dh):
                continue
            # The phone has told its new endpoint meanwhile: the message goes there.
            if _elsewhere(connection, task):
                moved.add((task.announcement, task.person))
        marks = [
            (verdict.task.person, _mark(verdict, stands.get(verdict.task.announcement), now, moved))
            for verdict in verdicts
        ]
        # People before their rows, as everybody does who takes both.
        reached = sorted(verdict.task.person for verdict in verdicts if verdict.state == "sent")
        if reached:
            connection.execute(_REACHED, {"persons": reached, "now": now})
        _write(connection, _MARK, marks)

    def _confirm(self, connection: Connection) -> None:
        if self._holding is not None:
            self._holding.confirm(connection)

    def release(self, reason: str, now: float) -> None:
        """Let the rows that were put off for ``reason`` wait no longer."""
        with self._engine.begin() as connection:
            waiting = (deliveries.c.state == "pending") & (deliveries.c.reason == reason) & (deliveries.c.next_at > now)
            again = update(deliveries).where(waiting, *self._mine)
            connection.execute(again.values(next_at=now, reason=None, changed_at=now))

    def idle(self, now: float) -> bool:
        """Whether no row is due at ``now``; reads only."""
        due = self.next_due()
        return due is None or due > now

    def next_due(self) -> float | None:
        """The earliest moment at which a pending row wants another attempt."""
        with self._reading.connect() as connection:
            moments = [
                connection.execute(
                    select(func.min(deliveries.c.next_at)).where(
                        deliveries.c.state == constant("pending"), deliveries.c.priority == priority, *self._mine
                    )
                ).scalar()
                for priority in (FIRST, LATER)
            ]
        return min((moment for moment in moments if moment is not None), default=None)


def _write(connection: Connection, statement: Update, rows: Sequence[tuple[str, dict[str, object]]]) -> None:
    """Give rows their values. Most become the same, and are written at once."""
    alike: dict[tuple[object, ...], tuple[dict[str, object], list[str]]] = {}
    for person, values in rows:
        alike.setdefault(tuple(values.values()), (values, []))[1].append(person)
    for values, persons in alike.values():
        connection.execute(statement, {**values, "for_persons": persons})


def _correcting(row: Row) -> bool:
    """Whether the person was, or may have been, told something else."""
    return row.told is not None or row.maybe not in (None, row.facts)


def _correction(row: Row) -> str:
    """Its words, for who was told something else; empty where there are none, or nobody was."""
    return row.correction if _correcting(row) else ""


def _over_at(row: Row) -> float:
    moment: float = row.corrects_until if _correction(row) else row.expires_at
    return moment


def _task(row: Row) -> Task:
    return Task(
        announcement=row.announcement,
        serial=row.serial,
        tag=row.tag,
        person=row.person,
        payload=_correction(row) or row.payload,
        urgency=row.urgency,
        expires_at=_over_at(row),
        attempts=row.attempts,
        priority=row.priority,
        facts=row.facts,
        told=row.told,
        maybe=row.maybe,
        correcting=_correcting(row),
        subscription=Subscription(
            endpoint=row.endpoint or "", p256dh=row.p256dh or "", auth=row.auth or "", key=row.vapid
        ),
    )


def _hindrance(connection: Connection, row: Row, now: float) -> str | None:
    """Why a row that is due does not leave any more; ``None`` when it does."""
    if row.endpoint is None:
        return "gone"
    if _over_at(row) <= now:
        return "over"
    if row.serial < row.newest:
        named = {"person": row.person, "tag": row.tag, "serial": row.serial}
        if connection.execute(_SUPERSEDED, named).first() is not None:
            return "superseded"
    return None


def _rest(row: Row, now: float) -> tuple[str, str, float] | None:
    """State, reason and next moment of a message that its person does not want now."""
    if row.paused_until is not None and row.paused_until > now:
        return "pending", "paused", row.paused_until
    if row.quiet_from is None or row.quiet == "breaks":
        return None
    local = datetime.fromtimestamp(now, LOCAL)
    left = quiet_ends((row.quiet_from, row.quiet_to), local.hour * 60 + local.minute)
    if left is None:
        return None
    if row.quiet == "drops":
        return "expired", "quiet", now
    return "pending", "quiet", now + left * 60.0 - local.second - local.microsecond / 1e6


def _elsewhere(connection: Connection, task: Task) -> bool:
    """Whether the person has come to be reached at another endpoint meanwhile."""
    found = connection.execute(select(people.c.endpoint).where(people.c.id == task.person)).scalar()
    return found is not None and found != task.subscription.endpoint


def _mark(verdict: Verdict, facts: str | None, now: float, moved: Collection[tuple[str, str]]) -> dict[str, object]:
    """The new values of a row. ``facts`` are what the announcement says by now."""
    task = verdict.task
    state, reason, attempts, next_at = verdict.state, verdict.reason, verdict.attempts, verdict.next_at
    told, maybe = task.told, task.maybe
    if state == "sent":
        told, maybe = task.facts, None
    elif verdict.doubtful:
        maybe = task.facts if maybe in (None, task.facts) else UNSURE
    changed = facts != task.facts and not (facts == told and maybe is None)
    if (task.announcement, task.person) in moved or (changed and not verdict.gone):
        state, attempts, next_at = "pending", 0, now
    elif facts != task.facts and state == "pending":
        state = "sent"  # what it says again is what the person was told
    heard = told is not None or maybe not in (None, facts)
    return {
        "for_announcement": task.announcement,
        "state": state,
        "reason": reason,
        "next_at": next_at,
        "attempts": attempts,
        "changed_at": now,
        "told": told,
        "maybe": maybe,
        "priority": FIRST if heard else task.priority,
    }
