"""Phones that have subscribed."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import insert

from push_server.keys import public_key
from push_server.store.database import open_database
from push_server.store.schema import people, wishes
from push_server.store.subscribers import digest

BROWSERS = 64
"""So many pairs of keys; phones share them, which changes nothing of what one message costs."""


def browsers() -> list[dict[str, str]]:
    """The keys that browsers tell."""
    return [
        {
            "p256dh": public_key(ec.generate_private_key(ec.SECP256R1())),
            "auth": base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode(),
        }
        for _ in range(BROWSERS)
    ]


def subscribe(data: Path, origin: str, count: int, now: float) -> None:
    """``count`` phones that want to know of the noon service into the database, at once: one by one they
    would take minutes."""
    known = browsers()
    engine = open_database(data)
    with engine.begin() as connection:
        for first in range(0, count, 5000):
            numbers = range(first, min(first + 5000, count))
            connection.execute(
                insert(people),
                [
                    {
                        "id": f"{number:032x}",
                        "endpoint": f"{origin}/{number}",
                        "endpoint_digest": digest(f"{origin}/{number}"),
                        "created_at": now,
                        "seen_at": now,
                        **known[number % BROWSERS],
                    }
                    for number in numbers
                ],
            )
            connection.execute(
                insert(wishes), [{"topic": "noon", "subject": "", "person": f"{number:032x}"} for number in numbers]
            )
    engine.dispose()
