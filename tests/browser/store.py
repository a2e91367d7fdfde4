"""Where records lie on the phone."""

from __future__ import annotations

from playwright.sync_api import Page

from generator.site import inventory, worker

from .conftest import ask, until
from .server import Server


def lies(site: Server, path: str) -> str:
    """Where the record of a page or file lies in the phone's store, or "inventory", its "copy", the "mark"."""
    named = worker.named_in((site.folder / "sw.js").read_bytes())
    hash = str(named["inventory"])
    if path == "mark":
        return f"{site.url}offline/generation/{named['id']}"
    if path in ("inventory", "copy"):
        return f"{site.url}offline/stored/{hash}{'/copy' * (path == 'copy')}"
    listed = inventory.read_inventory((site.folder / inventory.inventory_path(hash)).read_bytes())
    return f"{site.url}offline/stored/{dict(listed.records())[path]}"


def wait_for_later(page: Page, site: Server) -> None:
    """Until the phone has what comes when the release is whole."""
    until(page, lambda: ask(page, "async url => Boolean(await caches.match(url))", lies(site, "laws/JZF/")))
