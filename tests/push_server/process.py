"""The server as a real process, which can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]

AT_A_MOMENT = """
import sys, time
from datetime import datetime, timedelta
from push_server.serve import serve
from push_server.settings import from_environment
start, began = datetime.fromisoformat(sys.argv[1]), time.monotonic()
serve(from_environment(), "127.0.0.1", 0, lambda: start + timedelta(seconds=time.monotonic() - began))
"""
"""The same server, believing it was started at the moment given."""

_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUSH_")}
    return {**kept, "PYTHONIOENCODING": "utf-8", "PUSH_CONTACT": "mailto:office@example.com", **variables}


class Process:
    """A running server. ``moment`` is local time, ``None`` the real clock."""

    def __init__(self, site: Path, data: Path, moment: str | None = None, **variables: str) -> None:
        command = [sys.executable, "-W", "error"]
        if moment is None:
            command += ["-m", "push_server", "--port", "0"]
        else:
            command += ["-c", AT_A_MOMENT, moment + "+08:00"]
        self.process = subprocess.Popen(
            command,
            cwd=REPO,
            env=environment(PUSH_SITE=str(site), PUSH_DATA=str(data), **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.announced = self.process.stdout.readline()
        self._errors: list[str] = []
        self._drain = threading.Thread(target=lambda: self._errors.extend(self.process.stderr or ()), daemon=True)
        self._drain.start()
        assert "http://" in self.announced, self.end(signal.SIGKILL)
        self.root = self.announced.split("：")[1].split(" ")[0]

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        request = urllib.request.Request(
            self.root + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
        )
        try:
            with _NO_PROXY.open(request, timeout=20) as answer:
                content = answer.read()
                return answer.status, json.loads(content) if content.startswith(b"{") else content
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def end(self, number: int) -> str:
        """Send a signal, wait, and give back what was written to stderr."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(20)
        self._drain.join(20)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return "".join(self._errors)


def eventually(condition: Callable[[], bool], seconds: float = 8) -> bool:
    """Whether ``condition`` becomes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
