"""A stock Firefox, driven over WebDriver BiDi, which it speaks itself: https://w3c.github.io/webdriver-bidi/"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from .engine import PATIENCE, Engine, until
from .wire import Refused, Wire

# Nothing is asked of the network but what a test asks for.
PREFERENCES = {
    "remote.prefs.recommended": True,
    "intl.accept_languages": "zh-CN",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}

# What a test cuts off by going to the next page: an import, and (once in many runs) an answer of the worker that
# Firefox then tells without its address. A worker that answers wrongly is told with it.
CUT_OFF = ("error loading dynamically imported module", "Failed to load \u2018\u2019. A ServiceWorker intercepted")


class Firefox(Engine):
    def __init__(self, path: str, folder: Path, preferences: dict[str, object] | None = None) -> None:
        """``preferences`` besides those of every test."""
        wanted = PREFERENCES | (preferences or {})
        lines = [f'user_pref("{name}", {_literal(value)});\n' for name, value in wanted.items()]
        (folder / "user.js").write_text("".join(lines))
        log = folder / "firefox.log"
        with log.open("w") as out:
            command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            listening = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
            address = until(lambda: listening.search(log.read_text(errors="replace")), "Firefox to start")[1]
            self._wire = Wire(f"{address}/session")
            self.version = self._wire.ask("session.new", capabilities={})["capabilities"]["browserVersion"]
            self._wire.ask("session.subscribe", events=["log.entryAdded"])
            self._context = self._wire.ask("browsingContext.getTree")["contexts"][0]["context"]
            size = {"width": 360, "height": 740}
            self._wire.ask("browsingContext.setViewport", context=self._context, viewport=size)
        except BaseException:
            self._process.kill()
            raise

    @property
    def complaints(self) -> list[str]:  # type: ignore[override]
        entries = [entry for name, entry in self._wire.events if name == "log.entryAdded"]
        told = [f"{entry['level']}: {entry['text']}" for entry in entries if entry["level"] in ("error", "warn")]
        return [text for text in told if not any(cut in text for cut in CUT_OFF)]

    def open(self, url: str) -> None:
        try:
            self._wire.ask("browsingContext.navigate", context=self._context, url=url, wait="complete")
        except Refused as error:
            raise AssertionError(f"{url}: {error}") from None

    def evaluate(self, expression: str) -> str:
        target = {"context": self._context}
        answer = self._wire.ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        return answer.get("result", {}).get("value", "")

    def type(self, text: str) -> None:
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": keys})

    def _tap(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": int(x), "y": int(y)}
        press, lift = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act({"type": "pointer", "id": "finger", "actions": [move, press, lift]})

    def _act(self, source: dict) -> None:
        self._wire.ask("input.performActions", context=self._context, actions=[source])

    def close(self) -> None:
        try:
            self._wire.ask("browser.close")
            self._wire.close()
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"'
