"""Chromium 77, of 2019: what is inside QtWebEngine 5.14, and inside old WebViews and X5."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from .engine import PATIENCE, Engine, until
from .wire import Wire

WINDOW = Path(__file__).parent / "old_window.py"
FLAGS = "--disable-gpu --no-sandbox --lang=zh-CN"


class Oldest(Engine):
    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._log = folder / "old.log"
        surroundings = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_QUICK_BACKEND": "software",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QTWEBENGINE_CHROMIUM_FLAGS": FLAGS,
            "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{port}",
            "XDG_RUNTIME_DIR": str(folder),
        }
        folder.chmod(0o700)
        with self._log.open("w") as out:
            command = [sys.executable, str(WINDOW), str(folder)]
            self._process = subprocess.Popen(
                command, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        try:
            target = until(lambda: self._target(port), "the old engine to start")
            self._wire = Wire(target["webSocketDebuggerUrl"])
            self.version = self.evaluate("navigator.userAgent.match(/Chrome.(\\S+)/)[1]")
            for domain in ("Page", "Runtime", "Log"):
                self._wire.ask(f"{domain}.enable")
        except BaseException:
            self._process.kill()
            raise

    def _target(self, port: int) -> dict[str, Any] | None:
        assert self._process.poll() is None, f"the old engine does not start: {self._log.read_text()}"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=PATIENCE) as answer:
                return next((target for target in json.load(answer) if target["type"] == "page"), None)
        except OSError:
            return None

    @property
    def complaints(self) -> list[str]:  # type: ignore[override]
        """Without what it says of requests that failed, which a stopped server makes it say."""
        found = []
        for name, told in self._wire.events:
            if name == "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                found.append(details.get("exception", {}).get("description") or details["text"])
            elif name == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
                words = [str(given.get("value") or given.get("description")) for given in told["args"]]
                found.append(f"{told['type']}: {' '.join(words)}")
            elif (
                name == "Log.entryAdded" and told["entry"]["level"] == "error" and told["entry"]["source"] != "network"
            ):
                found.append(told["entry"]["text"])
        # An import that a test cuts off by going to the next page.
        return [text for text in found if "did not start TypeError: Failed to fetch" not in text]

    def open(self, url: str) -> None:
        before = len(self._wire.events)
        self._wire.ask("Page.navigate", url=url)
        until(lambda: self._loaded(before), f"{url} to load")

    def _loaded(self, before: int) -> bool:
        self._wire.hear(0.2)
        return any(name == "Page.loadEventFired" for name, _ in self._wire.events[before:])

    def evaluate(self, expression: str) -> str:
        answer = self._wire.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value", "")

    def type(self, text: str) -> None:
        self._wire.ask("Input.insertText", text=text)

    def _tap(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self._wire.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def close(self) -> None:
        self._wire.close()
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
