"""When to leave a phone, or a whole push service, alone. Pure: the moment is passed in.

One phone's ``Retry-After`` says nothing about the others: Apple and Mozilla count per
subscription. So it binds that phone only. A push service is left alone when several of its
last answers were trouble, for minutes at most, and then asked with one message at a time
until one goes through.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from ..pushing import Answer

LAST = 20
"""So many of the last answers of a push service are looked at."""
TROUBLES = 8
"""So many of them trouble (429, 5xx, none), and it is left alone."""
REST = 60.0
"""Seconds for which it is, at first; twice as long each time that it does not help."""
LONGEST_REST = 300.0
PROBE = 25.0
"""Seconds in which the one message that is tried afterwards has its answer, at the latest."""


@dataclass(slots=True)
class _Service:
    """``until`` is when its rest ends; ``None`` while it is well."""

    answers: deque[bool] = field(default_factory=lambda: deque(maxlen=LAST))
    until: float | None = None
    rest: float = REST
    probed_at: float | None = None


class Governor:
    def __init__(self) -> None:
        self._services: dict[str, _Service] = {}
        self._phones: dict[str, float] = {}

    def wait(self, host: str, person: str, now: float) -> tuple[float, str] | None:
        """Until when a message may not leave, and why: ``retry-after`` of the phone, or the
        push service's ``rest``; ``None`` when it may, and then it is expected to."""
        until = self._phones.get(person)
        if until is not None:
            if now < until:
                return until, "retry-after"
            del self._phones[person]
        service = self._services.get(host)
        if service is None or service.until is None:
            return None
        if now < service.until:
            return service.until, "rest"
        if service.probed_at is not None and 0 <= now - service.probed_at < PROBE:
            return service.probed_at + PROBE, "rest"
        service.probed_at = now
        return None

    def heard(self, host: str, person: str, answer: Answer, now: float, ends_at: float) -> str | None:
        """Take note of an answer to a message that ends at ``ends_at``.

        Gives ``rested`` when the push service has to be left alone from now on, ``well``
        when it turns out to be well again.
        """
        if answer.refused:
            self._unprobed(host)
            return None
        status = answer.status
        if answer.retry_after and status is not None and status >= 400:
            # A phone is put off for a message, not for the next day's.
            self._phones[person] = min(now + answer.retry_after, ends_at)
        service = self._services.setdefault(host, _Service())
        trouble = status is None or status == 429 or status >= 500
        if service.until is not None:
            if now < service.until:
                return None  # was on its way when the rest began
            service.probed_at = None
            if trouble:
                service.rest = min(service.rest * 2, LONGEST_REST)
                service.until = now + service.rest
                return None
            self._services[host] = _Service()
            return "well"
        service.answers.append(trouble)
        if sum(service.answers) < TROUBLES:
            return None
        service.until = now + service.rest
        return "rested"

    def clock_put_back(self) -> None:
        """Moments of a clock that ran ahead mean nothing."""
        self._phones.clear()
        self._services.clear()

    def _unprobed(self, host: str) -> None:
        service = self._services.get(host)
        if service is not None:
            service.probed_at = None
