"""What a test asks of a browser, whichever it is: open, look, tap, type, and what it complained of."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

PATIENCE = 20
"""Seconds; a machine with two cores runs another engine beside this one."""


class Late(AssertionError):
    """What a test waited for did not come."""


class Engine(ABC):
    """A browser with one window."""

    version: str

    complaints: list[str]
    """Uncaught errors, refused policies, and what a page wrote to the console as an error or a warning."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Go there and wait for the page to load. An error page of the browser's own is a page, too."""

    @abstractmethod
    def evaluate(self, expression: str) -> str:
        """The text that an expression (or the promise that it makes) comes to."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _tap(self, x: float, y: float) -> None: ...

    @abstractmethod
    def type(self, text: str) -> None:
        """Into what has the focus."""

    def look(self, expression: str) -> Any:
        """What a JavaScript expression is, as JSON tells it; ``null`` where it fails."""
        told = self.evaluate(f"(async () => JSON.stringify(await ({expression})))().catch(() => 'null')")
        return json.loads(told or "null")

    def wait(self, expression: str) -> Any:
        """Look until it is true."""
        return until(lambda: self.look(expression), expression)

    def tap(self, selector: str) -> None:
        """With the pointer, in the middle of what is seen of an element: what lies over it gets the tap."""
        there = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"!!{there}")
        x, y = self.look(
            f"(({there}).scrollIntoView({{block: 'center'}}), (box => [box.x + box.width / 2, box.y + box.height / 2])"
            f"({there}.getBoundingClientRect()))"
        )
        self._tap(x, y)

    def started(self, *modules: str) -> None:
        """Until these modules of the page are at work."""
        for module in modules:
            self.wait(f"!!document.querySelector('[data-module~=\"{module}\"][data-started]')")

    def text(self, selector: str) -> str:
        return self.look(f"(document.querySelector({json.dumps(selector)}) || {{textContent: ''}}).textContent.trim()")


def until(condition: Callable[[], Any], what: str) -> Any:
    """What ``condition`` gives once it is true; raises ``Late``."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > end:
            raise Late(f"waited {PATIENCE} seconds for {what}")
        time.sleep(0.05)
    return found


def heard(engine: Engine) -> list[str]:
    """All complaints, after one made on purpose: an ear that hears nothing would prove nothing."""
    purpose = "on purpose"
    engine.look(f"void setTimeout(() => {{ throw new Error('{purpose}') }})")
    until(lambda: engine.look("1") and any(purpose in text for text in engine.complaints), "an error to be told")
    return [text for text in engine.complaints if purpose not in text]
