"""The pages and data of the matters, and the packs in which they travel to the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..render.address import canonical
from ..render.api import matter_json
from ..render.card import card
from ..render.jsonld import matter_jsonld
from ..render.pages import matter_page
from ..views.matter import matter_view
from . import packs
from .memory import Facts, Memory
from .packs import PackedPage, Packing
from .reading import Reading, data_path
from .stamp import page_path, stamp
from .steps import Files, Steps, key_of

LAYOUT = "matter"


class Matters:
    """The steps that are done for each matter and each pack."""

    def __init__(self, reading: Reading, past: Fragments, address: str | None) -> None:
        self._reading = reading
        self._past = past
        self._address = address
        self._fresh: dict[str, PackedPage] = {}

    def make(self, steps: Steps, skeleton: str) -> None:
        """Make all of them, on ``skeleton``."""
        reading, stands_on = self._reading, digest(skeleton.encode())
        packing = Packing(matter.summary.section for matter in reading.facts.values())
        members_of: dict[str, list[tuple[str, str]]] = {}
        for id, matter in reading.facts.items():
            data = steps.do(f"matter {id}", reading.depends[id], self._data, matter)
            steps.do(f"page {id}", f"{data.tells} {stands_on}", self._page, id, skeleton)
            members_of.setdefault(packing.name(id, matter.summary.section), []).append((id, data.tells))
        for name, members in members_of.items():
            steps.do(f"pack {name}", key_of(*members), self._pack, name, [id for id, _ in members])

    def _data(self, matter: Facts) -> tuple[Files, str]:
        """The data files, the card, and the digest of the fragment."""
        id, record = matter.summary.id, self._reading.records.of(matter.path)
        view = matter_view(record, self._reading.surroundings.around(matter))
        page = matter_page(view)
        self._fresh[id] = fragment = PackedPage(
            LAYOUT, page.title, page.head + canonical(page.url, self._address), page.content
        )
        files = {
            data_path(id): matter_json(record),
            f"api/v1/matters/{id}.jsonld": matter_jsonld(record, view, self._address),
            f"cards/{id}.html": card(view, self._address).encode(),
        }
        return files, digest(packs.record(fragment).encode())

    def _page(self, id: str, skeleton: str) -> Files:
        part = self._fragment(id)
        page = stamp(skeleton, url=url_of(id), title=part.title, head=part.head, content=part.content)
        return {page_path(url_of(id)): page.encode()}

    def _pack(self, name: str, ids: list[str]) -> tuple[Files, str]:
        return packs.pack(name, {url_of(id): self._fragment(id) for id in ids})

    def _fragment(self, id: str) -> PackedPage:
        """What the page of a matter adds to its skeleton: just made, or as the last build
        made it."""
        if id not in self._fresh:
            known = self._past.of(id)
            if known is None:  # what was published is not what was remembered
                self._data(self._reading.facts[id])
            else:
                self._fresh[id] = known
        return self._fresh[id]


class Fragments:
    """The fragments that the last build made, as they lie in its packs."""

    def __init__(self, site: Path, memory: Memory) -> None:
        self._site = site
        self._memory = memory
        self._packing = Packing(matter.summary.section for matter in memory.facts.values())
        self._names = {matter.summary.id: matter.summary.section for matter in memory.facts.values()}
        self._read: dict[str, dict[str, msgspec.Raw]] = {}

    def of(self, id: str) -> PackedPage | None:
        """``None`` when the pack is not what the build before has written."""
        if id not in self._names:
            return None
        name = self._packing.name(id, self._names[id])
        if name not in self._read:
            self._read[name] = dict(self._pages(f"pack {name}"))
        page = self._read[name].get(url_of(id))
        return None if page is None else packs.parts(msgspec.json.decode(page, type=str))

    def _pages(self, step: str) -> Iterator[tuple[str, msgspec.Raw]]:
        if step in self._memory.steps:
            for path, name in self._memory.steps[step].files.items():
                try:
                    data = (self._site / path).read_bytes()
                except OSError:
                    return
                if digest(data) == name:
                    yield from packs.lazily(data).items()


def url_of(id: str) -> str:
    return f"matters/{id}/"
