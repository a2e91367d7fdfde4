"""What the checks are given: the files that are published beside the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Files = Mapping[str, bytes]
"""By path as messages give it: ``site_src/…``, ``pwa/…``, ``mkdocs.yml``."""
WORKER = "pwa/worker/"
"""Where the parts of the service worker lie."""
PARTS = ("bytes", "inventory", "stored", "fetched", "since", "generations", "pages", "push", "events")
"""They are joined in this order into one script, and share its names."""
MODULES = "pwa/app/"
"""Where the browser's modules lie, beside the styles that they fetch."""


def below(files: Mapping[str, str], folder: str, *suffixes: str) -> Iterator[tuple[str, str]]:
    """(path, text) of the files of ``folder`` with one of ``suffixes``, in the order of their paths."""
    for path in sorted(files):
        if path.startswith(folder) and path.endswith(suffixes):
            yield path, files[path]
