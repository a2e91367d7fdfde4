"""The Chromium of all other tests, asked in the same words as the other engines."""

from __future__ import annotations

from playwright.sync_api import Browser, Error

from ..browser.conftest import Complaints, open_context
from .engine import PATIENCE, Engine


class Chromium(Engine):
    def __init__(self, browser: Browser, preparation: str = "") -> None:
        """``preparation`` is a script that runs in every page before its own."""
        self.version = browser.version
        self._context = open_context(browser)
        self._context.set_default_timeout(PATIENCE * 1000)
        if preparation:
            self._context.add_init_script(preparation)
        self.complaints = Complaints()
        self.complaints.listen(self._context)
        self._page = self._context.new_page()

    def open(self, url: str) -> None:
        self._page.goto(url)

    def evaluate(self, expression: str) -> str:
        try:
            return self._page.evaluate(expression)
        except Error as error:
            # The page was left before it answered.
            if "Execution context was destroyed" in error.message:
                return ""
            raise

    def type(self, text: str) -> None:
        self._page.keyboard.insert_text(text)

    def _tap(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def close(self) -> None:
        self._context.close()
