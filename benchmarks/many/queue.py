"""How often nginx answers who waits, with two nodes behind it."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

from scripts.nginx import find
from scripts.nginx_alone import command
from tests.push_server.nodes import Node
from tests.push_server.ports import free_port
from tests.push_server.postgres import Cluster

from ..hall import speed


def two_nodes(folder: Path, cluster: Cluster) -> speed.Load:
    """Of a hall without numbers; they are asked for as often."""
    nginx = find()
    assert nginx, "nginx is missing: `sudo apt install nginx-light`"
    url = cluster.made()
    speed.site(folder / "site")
    with ExitStack() as stack:
        nodes = []
        for name in ("first", "second"):
            if nodes:
                shutil.copytree(folder / "first", folder / name)
            node = Node(
                "web",
                time.strftime("%Y-%m-%dT%H:%M:%S"),
                time.time(),
                folder / f"{name}.log",
                DATABASE_URL=url,
                PUSH_WORKS="off",
                PUSH_SITE=str(folder / "site"),
                PUSH_DATA=str(folder / name),
                PUSH_TRUSTED_PROXY="127.0.0.1",
            )
            stack.callback(node.end)
            node.ready()
            nodes.append(node)
        front = free_port()
        text = speed.configuration(folder, nodes[0].port, front)
        one = f"server 127.0.0.1:{nodes[0].port};"
        both = text.replace(one, f"{one} server 127.0.0.1:{nodes[1].port};")
        process = subprocess.Popen(command(nginx, folder, both, level="crit"))
        stack.callback(process.wait, 10)
        stack.callback(process.send_signal, signal.SIGTERM)
        speed.wait_for(front)
        return asyncio.run(speed.load(front))
