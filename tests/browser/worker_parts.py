"""The parts of the service worker on a page: each function can be called, and a write can be the last.

The page stands in for the worker's own scope; its caches, digests and requests are the browser's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from generator.site import worker

from .small_site import PWA

CALLED = [
    *("install", "activate", "heal", "status", "page", "missing", "openStore", "readInventory", "generations", "sweep"),
    *("reason", "patched", "madeSince", "Incoming", "partsOf", "compose", "parseInventory", "digest"),
]

SCOPE = """
const self = {
  registration: {scope: %(scope)s},
  release: %(release)s,
  clients: {matchAll: async () => [], },
  addEventListener: () => {},
};
"""

LAST = """
/* As if the browser were killed: after so many writes nothing is written any more, and nobody is answered. */
window.lastWrite = (most) => {
  window.written = 0;
  return new Promise((killed) => {
    for (const name of ["put", "delete"]) {
      const real = Cache.prototype[name];
      Cache.prototype[name] = function (...given) {
        window.written += 1;
        if (window.written <= most) return real.apply(this, given);
        setTimeout(() => killed("killed"), 20);
        return new Promise(() => {});
      };
    }
  });
};
"""


STAGE = "sw-kill.js"
"""Where the worker's part is played: a text of the same origin, which starts no worker itself."""


def playing(url: str, script: bytes) -> str:
    """An expression that makes a page of the site at ``url`` the worker that ``script`` (``sw.js``) names, as ``parts``."""
    scope = SCOPE % {"scope": json.dumps(url), "release": json.dumps(dict(worker.named_in(script)))}
    (source,) = worker.joined(PWA).values()
    return f"(() => {{ {scope} {source.decode()}\n window.parts = {{ {', '.join(CALLED)} }};\n{LAST} }})()"


def load(page: Page, url: str, script: bytes) -> None:
    """Be the worker that ``script`` names, just started."""
    page.goto(url + STAGE)
    page.evaluate(playing(url, script))


def current(folder: Path) -> bytes:
    return (folder / "sw.js").read_bytes()


def call(page: Page, script: str, argument: Any = None) -> Any:
    """What ``script`` gives: an async function of ``parts`` and an argument."""
    return page.evaluate(f"(argument) => ({script})(window.parts, argument)", argument)


SHOWN = """async (parts, paths) => {
  const shown = {};
  for (const path of paths) {
    const answer = await parts.page(path).catch((error) => null);
    shown[path] = answer && (await answer.text());
  }
  return shown;
}"""


def shown(page: Page, paths: list[str]) -> dict[str, str | None]:
    """The pages that the phone gives, by path."""
    return call(page, SHOWN, paths)
