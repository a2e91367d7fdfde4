"""How long one has to wait after failed attempts to sign in. Pure."""

from __future__ import annotations

FREE = {"account": 20, "pair": 5, "address": 30, "code": 3, "tablet": 10}
"""So many failures in a row pass; each further one doubles the wait.

``pair`` is an account from one address: whoever guesses from elsewhere does not lock out the
clerk. ``account`` is the same from anywhere, ``address`` any account from there. ``code`` is a
clerk's short code, on whatever tablet; ``tablet`` any code there.
"""

FIRST = 30.0
LONGEST = 900.0
FORGETS = 86400.0
"""Seconds: the first wait, the longest, and how long a failure counts."""

CODE_ENDS = 10
"""A short code that was tried in vain so often is no longer one: of a million codes, ten."""


def delay(scope: str, failures: int) -> float:
    """Seconds until the next attempt, after so many ``failures`` in a row."""
    over = failures - FREE[scope]
    return 0.0 if over < 0 else min(FIRST * 2.0 ** min(over, 10), LONGEST)
