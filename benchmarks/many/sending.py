"""Messages of one announcement over TLS, from its moment until the last has left."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from push_server.keys import make_key
from push_server.published import LOCAL
from push_server.settings import Settings
from push_server.startup import open_data
from tests.push_server import site
from tests.push_server.crowd import CountingService, subscribe_many
from tests.push_server.nodes import Node
from tests.push_server.postgres import Cluster
from tests.push_server.tunnel import certificate

MOMENT = "2026-11-23T11:14:45"
"""All nodes have started by the time that it is said."""
LIMIT = 600.0
"""Seconds after which a run has failed."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages a second from the first to the last, and milliseconds of CPU for each, of the processes
    that send and of those of the database (0 where it is a file)."""

    per_second: float
    cpu: float
    database: float


def send(folder: Path, cluster: Cluster | None, workers: int, messages: int, delay: float) -> Sent:
    """From ``workers`` nodes; from one process with a file where there is no ``cluster``."""
    with ExitStack() as stack:
        authority, key = certificate(folder, "push.example")
        service = CountingService(authority, key, delay=delay)
        stack.callback(service.close)
        url = cluster.made() if cluster else None
        pages, first = site.make(folder / "site"), folder / "first"
        first.mkdir(mode=0o700)
        if url:
            make_key(first)
        with closing(open_data(Settings(site=pages, data=first, database=url))[0]) as store:
            moment = datetime(2026, 11, 23, 11, 0, tzinfo=LOCAL)
            subscribe_many(store, service.origin, messages, moment.timestamp())
        done, begun = service.after(messages), service.after(1)
        before = cluster_cpu(cluster)
        nodes: list[Node] = []
        began = time.time()
        for number in range(max(1, workers)):
            data = folder / f"data{number}" if number else first
            if number:
                shutil.copytree(first, data)
            variables = {"DATABASE_URL": url} if url else {}
            node = Node(
                "worker",
                MOMENT,
                began,
                folder / f"{number}.log",
                PUSH_SITE=str(pages),
                PUSH_DATA=str(data),
                PUSH_LOCAL_ORIGINS=service.origin,
                SSL_CERT_FILE=str(authority),
                PYTHONASYNCIODEBUG="",
                **variables,
            )
            stack.callback(node.end)
            nodes.append(node)
            if not number:
                node.ready()  # it makes the key of the console
        for node in nodes[1:]:
            node.ready()
        assert begun.wait(LIMIT), nodes[0].said()
        idle = [_cpu(node.process.pid) for node in nodes]
        assert done.wait(LIMIT), nodes[0].said()
        spent = sum(_cpu(node.process.pid) for node in nodes) - sum(idle)
        database = cluster_cpu(cluster) - before
        seconds = service.moments[messages - 1] - service.moments[0]
    return Sent(messages / seconds, 1000 * spent / messages, 1000 * database / messages)


def cluster_cpu(cluster: Cluster | None) -> float:
    """Seconds of CPU of all processes of the server, those that have ended too."""
    if cluster is None:
        return 0.0
    children = subprocess.run(["pgrep", "-P", str(cluster.pid)], capture_output=True, text=True).stdout.split()
    return _cpu(cluster.pid, ended=True) + sum(_cpu(int(child)) for child in children)


def _cpu(pid: int, *, ended: bool = False) -> float:
    """Seconds of CPU of a process, and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11 : 15 if ended else 13])) / TICK
