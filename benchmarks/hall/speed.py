"""What the hall costs: a day of a thousand tickets, events over the API, the queue behind nginx."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from push_server import create_app
from push_server.hall.demo import WINDOWS, demo_day
from push_server.hall.estimate import forecast
from push_server.hall.estimate_scene import scene
from push_server.hall.lessons import Lessons
from push_server.hall.rules import Rules
from push_server.hall.served import services
from push_server.hall.timetable import local_day
from push_server.hall_log import HallLog
from push_server.published import LOCAL, Published
from push_server.services import Services
from push_server.settings import Settings
from push_server.store import Store
from scripts.nginx import find
from scripts.nginx_alone import command

from . import days
from .days import KIND, Day

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
BUSIER = 4.5
"""With so many times the people and windows of a rush, a day has a thousand tickets."""
REPORTS, ROUND = 400, 100
CONNECTIONS, SECONDS = 16, 4.0


def thousand() -> tuple[int, float, float]:
    """Tickets; and the milliseconds from a day's events to everybody's estimate, at the worst
    moment of the day: the state folded anew, and estimates alone. The best of three of each."""
    days.WINDOWS[:] = [str(number) for number in range(1, 31)]
    one = days.day("rush", 3, hall=1, busier=BUSIER)
    known = days.lesson("rush", range(1, 6), hall=1)
    whole, alone = [], []
    for now in days.moments(one, 1800.0):
        state = one.state(now)
        times = known.times.with_today(services(state.tickets.values()))

        def estimate(now: float = now, one: Day = one, known: Lessons = known) -> None:
            state = one.state(now)
            times = known.times.with_today(services(state.tickets.values()))
            forecast(scene(state, {}), [KIND], one.openings, times, known.habits, one.date, now)

        seen = scene(state, {})
        whole.append(_best(estimate))
        alone.append(
            _best(lambda: forecast(seen, [KIND], one.openings, times, known.habits, one.date, now))  # noqa: B023
        )
    return sum(event.type == "taken" for event in one.events), 1000 * max(whole), 1000 * max(alone)


def _best(act: Callable[[], object], times: int = 3) -> float:
    costs = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        costs.append(time.perf_counter() - started)
    return min(costs)


def reports(folder: Path) -> float:
    """Events a second, each in a request of its own, through the whole application to the disk: the
    best of four rounds, as the disk is not ours alone."""
    moment = datetime.combine(days.FIRST, datetime.min.time(), LOCAL) + timedelta(hours=23, minutes=59)
    site(folder / "site")
    app = create_app(Settings(site=folder / "site", data=folder / "var", rate_limits=False), clock=lambda: moment)
    s: Services = app.extensions["push_server"]
    with closing(s):
        for window in WINDOWS:
            s.hall.declare(window, [KIND])
        secret = s.store.tokens.add("bench", 0.0)
        events = demo_day(s.published.current().calendar, days.FIRST, kind=KIND, matters=days.MATTERS, missed_after=3)[
            :REPORTS
        ]
        http = app.test_client()
        bodies = []
        for event in events:
            told = {name: value for name, value in msgspec.structs.asdict(event).items() if value not in (None, False)}
            for name in ("received_at", "source", "demo"):
                told.pop(name, None)
            told["at"] = datetime.fromtimestamp(event.at, LOCAL).isoformat()
            if event.until is not None:
                told["until"] = datetime.fromtimestamp(event.until, LOCAL).isoformat()
            bodies.append({"sent_at": moment.isoformat(), "events": [told]})
        rates = []
        for first in range(0, REPORTS, ROUND):
            started = time.perf_counter()
            for body in bodies[first : first + ROUND]:
                answer = http.post("/push/v1/hall/events", json=body, headers={"Authorization": f"Bearer {secret}"})
                assert answer.get_json()["counts"] == {"accepted": 1}, answer.get_json()
            rates.append(ROUND / (time.perf_counter() - started))
        return max(rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    per_second: float
    median: float
    p99: float


def queue(folder: Path) -> Load:
    """Answers a second of the queue, of a hall in which things happen, through nginx as
    ``docs/deploy`` configures it, without TLS; the latencies in milliseconds."""
    binary = find()
    if binary is None:
        raise RuntimeError("nginx is missing: run `sudo apt install nginx-light`")
    site(folder / "site")
    _fill(folder)
    behind, front = _free_port(), _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "push_server", "--port", str(behind)],
        cwd=ROOT,
        env={**os.environ, "PUSH_SITE": str(folder / "site"), "PUSH_DATA": str(folder / "var"), "PUSH_DEMO": "off"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    nginx = subprocess.Popen(command(binary, folder, configuration(folder, behind, front), level="crit"))
    try:
        for port in (behind, front):
            wait_for(port)
        return asyncio.run(load(front))
    finally:
        for process in (nginx, server):
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def site(folder: Path) -> None:
    """The published data that a server needs, with a year around today."""
    today = local_day(time.time())
    dates = sorted({days.FIRST + timedelta(days=n) for n in range((today - days.FIRST).days + 30)})
    spans = [msgspec.to_builtins(span) for span in days.SPANS]
    kinds = [{"id": "advice", "name": "咨询", "queue": False}, {"id": KIND, "name": "受理", "queue": True}]
    files = {
        "centre.json": {"name": "中心", "hotline": "12345", "counter_kinds": kinds},
        "calendar.json": {
            "timezone": "Asia/Shanghai",
            "first": dates[0].isoformat(),
            "last": dates[-1].isoformat(),
            "patterns": {"workday": spans},
            "days": [{"date": d.isoformat(), "kind": "workday", "name": None, "pattern": "workday"} for d in dates],
        },
        "release.json": {"id": "00112233445566aa", "source_commit": None, "files": {}},
    }
    (folder / "api" / "v1").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    (folder / "404.html").write_text("<!doctype html><title>x</title>", "utf-8")
    for name, content in files.items():
        (folder / "api" / "v1" / name).write_text(json.dumps(content), "utf-8")


def _fill(folder: Path) -> None:
    """A real hall, today up to now."""
    (folder / "var").mkdir(mode=0o700)
    published = Published(folder / "site")
    store = Store(folder / "var")
    with closing(store):
        hall = HallLog(store.hall, published, Rules())
        for window in WINDOWS:
            hall.declare(window, [KIND])
        now = time.time()
        today = local_day(now)
        events = demo_day(published.current().calendar, today, kind=KIND, matters=days.MATTERS, missed_after=3)
        hall.record([msgspec.structs.replace(e, demo=False) for e in events if e.at <= now], today=today)


def configuration(folder: Path, behind: int, front: int) -> str:
    text = CONFIGURATION.read_text("utf-8")
    text = re.sub(r"\n *(ssl_\w+|listen \[::\])[^\n]*;", "", text)
    for given, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{front};"),
        ("listen 80;", f"listen 127.0.0.1:{_free_port()};"),
        ("/var/cache/nginx-guide", f"{folder}/cache"),
        ("access_log /var/log/nginx/guide.log guide;", "access_log off;"),
    ):
        assert given in text, given
        text = text.replace(given, here)
    return text


async def load(port: int) -> Load:
    """Some connections that ask again as soon as they have their answer."""
    request = b"GET /push/v1/queue HTTP/1.1\r\nHost: guide.example.cn\r\n\r\n"
    latencies: list[float] = []

    async def phone(until: float, keep: list[float]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (started := time.perf_counter()) < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            assert length, head
            await reader.readexactly(int(length[1]))
            keep.append(time.perf_counter() - started)
            if b"Connection: close" in head:  # nginx gives a connection so many answers
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    async def phones(seconds: float, keep: list[float]) -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(phone(until, keep) for _ in range(CONNECTIONS)))

    await phones(0.5, [])  # the first answer is made
    await phones(SECONDS, latencies)
    latencies.sort()
    return Load(
        per_second=len(latencies) / SECONDS,
        median=1000 * statistics.median(latencies),
        p99=1000 * latencies[int(0.99 * len(latencies))],
    )


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(200):
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")
