"""How long is kept what staff leave behind."""

from __future__ import annotations

from ..store import Store
from ..store.audit import KEEP_DAYS
from .sessions import LONGEST
from .throttle import FORGETS


def forget(store: Store, now: float) -> None:
    """Delete what is of no use any more: old entries of the audit log, sessions that have
    ended, failures that do not count."""
    store.audit.prune(now - KEEP_DAYS * 86400)
    store.staff_sessions.prune(now - LONGEST)
    store.attempts.prune(now - FORGETS)
