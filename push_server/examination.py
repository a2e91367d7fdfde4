"""Is everything in order? The facts, looked up once for whoever asks: the monitor, the metrics, the
page of staff. What they come to is decided in ``vitals.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from . import vitals
from .published import LOCAL
from .services import Services
from .store.pulse import Beat, Today
from .vitals import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Counts are ``None`` where the database does not tell; ``noon_missed`` when the announcement of
    today's noon service is due and was not made."""

    problems: list[Problem]
    beat: Beat
    sender: str
    today: Today | None
    subscriptions: int | None
    pending: int | None
    noon_missed: bool | None
    storage: bool

    @property
    def failing(self) -> bool:
        return any(problem.fails for problem in self.problems)


def examine(s: Services) -> Findings:
    """A real write, the sender's last beat, and what should have left today."""
    moment = s.clock()
    data = s.published.current()
    problems = _of_content(s, moment) + vitals.of_duty(data.calendar, data.centre, moment)
    beat, today = Beat(), None
    subscriptions = pending = missed = None
    storage = True
    try:
        s.store.probe(moment.timestamp())
        beat = s.store.pulse.sender()
        today = _today(s, moment)
        subscriptions, pending = s.store.subscribers.count(), s.store.ledger.pending(s.now())
        due = vitals.due_announcement(data.calendar, moment, s.settings.lead)
        made = due is not None and s.store.pulse.announced(due[0])
        announcement = vitals.of_announcement(due, made, subscriptions)
        missed = bool(announcement)
        problems += announcement
    except (SQLAlchemyError, OSError) as error:
        storage = False
        problems.append(vitals.of_storage(error))
    if storage or s.sender.state == "stuck":
        problems += vitals.of_sender(s.sender.state, beat, moment.timestamp())
    problems += vitals.of_messages(today) if today else []
    return Findings(
        problems=problems,
        beat=beat,
        sender=vitals.shown_state(s.sender.state, beat, moment.timestamp()),
        today=today,
        subscriptions=subscriptions,
        pending=pending,
        noon_missed=missed,
        storage=storage,
    )


def _of_content(s: Services, moment: datetime) -> list[Problem]:
    problems = [Problem(code, words, fails=False) for code, words in s.proxies.problems.items()]
    calendar = s.published.current().calendar  # looks whether something else was published
    if s.published.problem:
        problems.append(Problem("data-refused", "新生成的网站数据读不了，还在用上一版，请重新生成网站。", fails=False))
    if calendar.spans(moment.astimezone(LOCAL).date()) is None:
        problems.append(
            Problem("calendar-ended", "日历没有排到今天，请补上 catalog/calendar 再生成网站。", fails=False)
        )
    return problems


def _today(s: Services, moment: datetime) -> Today:
    midnight = moment.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    return s.store.pulse.today(midnight.timestamp(), (moment - timedelta(seconds=vitals.LATE)).timestamp())
