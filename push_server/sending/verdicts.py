"""What an answer means: delivered, try again, give up, or the phone has gone. Pure."""

from __future__ import annotations

from ..pushing import Answer
from ..store.outbox import Task, Verdict

LONGEST_PAUSE = 300.0
GONE = (404, 410)
PASSING = (406, 408, 425, 429)
"""Refusals that pass: WNS throttles with 406, the others are what RFC 9110, 8470 and 6585 say."""
WITHDRAWN = Answer(reason="withdrawn", refused=True)
"""The message did not leave, since what it says may not stand any more."""


def judge(task: Task, answer: Answer, now: float, first_pause: float, jitter: float = 1.0) -> Verdict:
    """The ledger's next entry for ``task``. ``jitter`` (about 1) spreads the retries.

    Only 404 and 410 end a subscription (RFC 8030 §7.3). An answer that never came is tried
    again: most often the request did not arrive, and where it did, Topic and tag let the
    second message replace the first. But it may have arrived, and so may a correction that
    was answered with an error.
    """
    status, attempts = answer.status, task.attempts + 1
    if answer is WITHDRAWN:
        return Verdict(task=task, state="pending", attempts=task.attempts, next_at=now)
    if status is not None and 200 <= status < 300:
        return Verdict(task=task, state="sent", attempts=attempts)
    if status in GONE:
        return Verdict(task=task, state="failed", reason="gone", attempts=attempts, gone=True)
    reason = str(status) if status is not None else answer.reason
    doubtful = answer.left if status is None else task.correcting and status >= 500
    if not answer.refused and (status is None or status in PASSING or status >= 500):
        pause = min(first_pause * 2 ** min(task.attempts, 16), LONGEST_PAUSE) * jitter
        pause = max(pause, answer.retry_after or 0.0)
        if now + pause >= task.expires_at:
            return Verdict(task=task, state="expired", reason=reason, attempts=attempts, doubtful=doubtful)
        next_at = now + pause
        return Verdict(
            task=task, state="pending", reason=reason, attempts=attempts, next_at=next_at, doubtful=doubtful
        )
    return Verdict(task=task, state="failed", reason=reason, attempts=attempts)


def put_off(task: Task, until: float, reason: str) -> Verdict:
    """The entry for a message that may not leave before ``until``. It is due when it ends, at the latest."""
    return Verdict(
        task=task, state="pending", reason=reason, attempts=task.attempts, next_at=min(until, task.expires_at)
    )
