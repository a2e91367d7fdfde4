"""WebKitGTK's own small browser, driven over WebDriver: the nearest to an iPhone that runs on Linux.

It has no headless mode, so it gets a screen that nobody sees. WebDriver tells nothing of the
console, and under it the browser writes nothing of it anywhere (it is a private session): a
listener in the page hears what comes after the page was loaded. Asked sooner, its driver
now and then never answers.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from .engine import PATIENCE, Engine

LISTEN = """
const heard = (window.complaints = window.complaints || []);
addEventListener("error", (event) => heard.push(String(event.message)));
addEventListener("unhandledrejection", (event) => heard.push(String(event.reason)));
document.addEventListener("securitypolicyviolation", (event) => heard.push(`${event.violatedDirective} ${event.blockedURI}`));
for (const name of ["error", "warn"]) console[name] = (...words) => heard.push(words.map(String).join(" "));
"""


class WebKit(Engine):
    def __init__(self, driver: str, browser: str, screen: str, folder: Path) -> None:
        self._heard: list[str] = []
        reading, writing = os.pipe()
        command = [screen, "-displayfd", str(writing), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
        with (folder / "screen.log").open("w") as out:
            self._screen = subprocess.Popen(command, pass_fds=[writing], stdout=out, stderr=out)
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            assert number, f"{screen} did not start: {(folder / 'screen.log').read_text()}"
            # A profile of its own: what is stored has to be gone with the folder.
            homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
            surroundings = os.environ | homes | {"DISPLAY": f":{number}", "LC_ALL": "C.UTF-8"}
            options = Options()
            options.binary_location = browser
            options.add_argument("--automation")
            self._service = Service(driver, log_output=str(folder / "driver.log"), env=surroundings)
            self._service.start()
            wire = RemoteConnection(client_config=ClientConfig(self._service.service_url))
            self._driver = Remote(command_executor=wire, options=options)
            self.version = self._driver.capabilities["browserVersion"]
            self._driver.set_window_size(360, 740)
            self._driver.set_script_timeout(PATIENCE)
        except BaseException:
            self._screen.kill()
            raise

    def open(self, url: str) -> None:
        self._harvest()
        self._driver.get(url)
        self._driver.execute_script(LISTEN)
        self.wait("document.readyState === 'complete'")

    @property
    def complaints(self) -> list[str]:  # type: ignore[override]
        self._harvest()
        return self._heard

    def _harvest(self) -> None:
        self._heard += self._driver.execute_script("return (window.complaints || []).splice(0)")

    def evaluate(self, expression: str) -> str:
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(done, () => done(''))"
        return self._driver.execute_async_script(script)

    def type(self, text: str) -> None:
        ActionChains(self._driver).send_keys(text).perform()

    def _tap(self, x: float, y: float) -> None:
        action = ActionBuilder(self._driver)
        action.pointer_action.move_to_location(int(x), int(y))
        action.pointer_action.click()
        action.perform()

    def close(self) -> None:
        try:
            self._driver.quit()
            self._service.stop()
        finally:
            self._screen.terminate()
            self._screen.wait(PATIENCE)
