"""Commands and events as JSON over a web socket: the form that WebDriver BiDi and the DevTools protocol share."""

from __future__ import annotations

import itertools
import json
from typing import Any

from websocket import WebSocketTimeoutException, create_connection


class Refused(Exception):
    """The browser answered a command with an error."""


class Wire:
    def __init__(self, address: str) -> None:
        # Firefox and Chromium refuse a client that says it is a page.
        self._socket = create_connection(address, timeout=30, suppress_origin=True, enable_multithread=False)
        self._numbers = itertools.count(1)
        self.events: list[tuple[str, dict[str, Any]]] = []

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of a command. Raises ``Refused``; what happened meanwhile is in ``events``."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") != number:
                self._keep(answer)
            elif "result" in answer and answer.get("type") != "error":
                return answer["result"]
            else:
                raise Refused(f"{method}: {answer.get('message') or answer.get('error')}")

    def hear(self, seconds: float) -> bool:
        """Take one event; false when none came."""
        self._socket.settimeout(seconds)
        try:
            self._keep(json.loads(self._socket.recv()))
        except WebSocketTimeoutException:
            return False
        finally:
            self._socket.settimeout(30)
        return True

    def close(self) -> None:
        self._socket.close()

    def _keep(self, answer: dict[str, Any]) -> None:
        if "method" in answer:
            self.events.append((answer["method"], answer["params"]))
