"""Numbers of tickets, and the keys that open their pages."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from .state import State

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of the kinds with a queue, in their order; I and O look like numbers."""

_NUMBER = re.compile(r"([A-Z])([0-9]{3,9})")


def ticket_key(secret: str, number: str) -> str:
    """128 bits in 22 letters: nobody finds the page of another ticket by trying. ``secret`` is
    that of the day, in hexadecimal digits."""
    mac = hmac.digest(bytes.fromhex(secret), number.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()


def opens(key: str, secret: str, number: str) -> bool:
    """Whether ``key``, whatever somebody has written, is that of the ticket."""
    # As bytes: letters that no key has are compared like any other.
    return hmac.compare_digest(ticket_key(secret, number).encode(), key.encode("utf-8", "surrogatepass"))


def next_number(place: int, state: State) -> str:
    """For the kind at ``place`` among those with a queue: higher than all of the day with its
    letter, whoever gave them out."""
    letter = LETTERS[place % len(LETTERS)]
    matches = (_NUMBER.fullmatch(number) for number in state.tickets)
    used = [int(found[2]) for found in matches if found and found[1] == letter]
    return f"{letter}{max(used, default=0) + 1:03}"
