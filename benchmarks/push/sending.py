"""One process that sends, and measures itself: ``python -m benchmarks.push.sending <origin> naive|ours|tickets <count>``.

Prints JSON. CPU is user and system time of the process, memory the most that it had.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from pywebpush import webpush

from benchmarks.hall.speed import site
from push_server import create_app
from push_server.hall.timetable import local_day
from push_server.published import LOCAL
from push_server.services import Services
from push_server.settings import Settings

from .phones import browsers, subscribe
from .tickets import latencies


def local_now() -> datetime:
    return datetime.now(LOCAL)


def noon(moment: datetime) -> datetime:
    """Today, a minute after the noon service is due to be announced."""
    return datetime.combine(local_day(moment.timestamp()), datetime.min.time(), LOCAL) + timedelta(hours=11, minutes=16)


def naive(origin: str, count: int) -> dict[str, float]:
    """``webpush()`` once a message, as its documentation shows it."""
    private = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = base64.urlsafe_b64encode(private).rstrip(b"=").decode()
    known = browsers()
    payload = json.dumps({"title": "今天中午不休息", "body": "11:30–13:00 照常办。先看要带的材料再来。" * 3})
    started, used = time.perf_counter(), time.process_time()
    for number in range(count):
        webpush(
            {"endpoint": f"{origin}/{number}", "keys": known[number % len(known)]},
            payload,
            vapid_private_key=key,
            vapid_claims={"sub": "mailto:guide@example.cn"},
            ttl=5400,
        )
    return _measured(started, used, count)


def ours(origin: str, count: int) -> dict[str, float]:
    """The noon service announced to ``count`` phones: decided, noted for each, sent, and noted as sent."""
    with tempfile.TemporaryDirectory(prefix="push-bench-") as name:
        folder = Path(name)
        begun, since = noon(local_now()), time.monotonic()
        with closing(_services(folder, origin, lambda: begun + timedelta(seconds=time.monotonic() - since))) as s:
            subscribe(folder / "var", origin, count, begun.timestamp())
            started, used = time.perf_counter(), time.process_time()
            s.sender.run_due()
            found = _measured(started, used, count)
            (row,) = s.store.figures.sent(since=0.0)
            assert row.states == {"sent": count}, row.states
        return found


def tickets(origin: str, count: int) -> dict[str, float]:
    """Seconds from the report that a ticket was called until the push service has the message for the
    one whose turn it nearly is, with ``count`` people who watch their tickets."""
    with tempfile.TemporaryDirectory(prefix="push-bench-") as name:
        folder = Path(name)
        begun, since = noon(local_now()) - timedelta(hours=1), time.monotonic()
        app = _application(folder, origin, lambda: begun + timedelta(seconds=time.monotonic() - since))
        s: Services = app.extensions["push_server"]
        with closing(s):
            return latencies(app, origin, count)


def _services(folder: Path, origin: str, clock: Callable[[], datetime]) -> Services:
    found: Services = _application(folder, origin, clock).extensions["push_server"]
    return found


def _application(folder: Path, origin: str, clock: Callable[[], datetime]) -> Flask:
    site(folder / "site")
    settings = Settings(
        site=folder / "site",
        data=folder / "var",
        local_push_origins=(origin,),
        rate_limits=False,
        contact="mailto:guide@example.cn",
    )
    return create_app(settings, clock=clock)


def _measured(started: float, used: float, count: int) -> dict[str, float]:
    return {
        "count": count,
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - used,
        "peak": _peak(),
    }


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    ways = {"naive": naive, "ours": ours, "tickets": tickets}
    print(json.dumps(ways[sys.argv[2]](sys.argv[1], int(sys.argv[3]))))
