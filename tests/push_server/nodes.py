"""Nodes of one installation as real processes: some serve pages, some send."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from .process import REPO, environment

NODE = """
import sys, time
from datetime import datetime, timedelta
from push_server import commands, create_app
from push_server.serve import serve
from push_server.settings import from_environment
what, start, began = sys.argv[1], datetime.fromisoformat(sys.argv[2]), float(sys.argv[3])
clock = lambda: start + timedelta(seconds=time.time() - began)
if what == "web":
    serve(from_environment(), "127.0.0.1", 0, clock)
else:
    commands.run_deliver(create_app(from_environment(), clock=clock).extensions["push_server"])
"""


class Node:
    """``moment`` is local time when the clock of this machine said ``began``: all nodes have one clock."""

    def __init__(self, what: str, moment: str, began: float, log: Path, **variables: str) -> None:
        self._log = log
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-c", NODE, what, f"{moment}+08:00", str(began)],
                cwd=REPO,
                env=environment(**variables),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.root = ""

    def ready(self) -> None:
        """Wait until it says that it has begun."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said, self.said()
        if "http://" in said:
            self.root = said.split("：")[1].split(" ")[0]

    @property
    def port(self) -> int:
        return int(self.root.rstrip("/").rpartition(":")[2])

    def said(self) -> str:
        return self._log.read_text("utf-8")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()
