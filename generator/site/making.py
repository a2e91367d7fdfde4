"""The steps of a build, in their order: what is made of what."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..catalog.forms import FORMS, stored
from ..catalog.model.change import in_order
from ..catalog.offers import offers_of
from ..catalog.paths import FILES
from ..render.address import address_files, canonical
from ..render.page import Page
from ..search.files import name_files
from ..search.text import TEXT, text_json
from ..views.summary import Summary, asked
from . import inventory, release, worker
from .exports import export_files
from .laws import PACK as LAWS
from .laws import LawPages
from .matters import Fragments, Matters
from .memory import Memory
from .order import Paths
from .packs import PackedPage, pack
from .pages import fixed_files, fixed_pages, letters, list_files, list_pages, record_pages
from .reading import Reading
from .shell import LazySkin, Shell
from .stamp import page_path, stamp
from .steps import Files, Steps, key_of

RECORD = "record"
"""The pack of the pages about the guide itself, and of others that few open."""


class Making:
    """The steps of one build, in their order. The catalogue is sound."""

    def __init__(
        self, paths: Paths, folder: Path, known: Memory, reading: Reading, steps: Steps, address: str | None
    ) -> None:
        self.paths = paths
        self.folder = folder
        self.known = known
        self.reading = reading
        self.steps = steps
        self.address = address
        self.parts = reading.parts
        self.parts_key = reading.parts_key
        self.listed = {id: facts for id, facts in reading.facts.items() if not facts.summary.over(paths.today)}
        self.forms = {name for facts in reading.facts.values() for name in facts.forms}

    def render(self, skin: LazySkin, beside: str) -> dict[str, str]:
        """Render, pack and list everything. ``beside`` names all that lies beside the
        catalogue, of which ``skin`` is made; gives the skeletons by layout."""
        paths, steps, reading = self.paths, self.steps, self.reading
        centre, sections = (reading.shared[FILES[name]][0] for name in ("centre", "sections"))
        shell_key = key_of(beside, centre, sections)
        shell = cache(lambda: Shell(skin(), paths.pwa, self.parts))
        if steps.do("shell", shell_key, lambda: shell().files) is self.known.steps.get("shell"):
            skeletons = self.known.skeletons
        else:
            skeletons = shell().skeletons
        steps.do(
            "written pages", key_of(shell_key, centre), lambda: shell().written_pages(self.parts.centre, self.address)
        )
        Matters(reading, Fragments(paths.out, self.known), self.address).make(steps, skeletons["matter"])
        LawPages(reading, self.address).make(steps, skeletons["page"])
        stands_on = key_of(*skeletons.values())
        listed = key_of(*(matter.listed for matter in self.listed.values()))
        listing = key_of(self.parts_key, listed, stands_on, paths.exports)
        steps.do("lists", listing, self._lists, skeletons)
        steps.do(RECORD, listing, self._record, skeletons)
        steps.do("pages", key_of(self.parts_key, stands_on), self._pages, skeletons)
        texts = {id: msgspec.Raw(matter.text) for id, matter in self.listed.items()}
        text_key = key_of(self.parts_key, *texts, digest(b"".join(texts.values())))
        steps.do("text", text_key, lambda: {TEXT: text_json(texts, self.parts.laws)})
        if self.forms:
            self._offer_forms()
        if paths.exports:
            steps.do("exports", key_of(self.parts_key, self.address, *reading.depends.values()), self._exports)
        return skeletons

    def _offer_forms(self) -> None:
        """The files that matters name, as they lie in the catalogue; no others."""
        folder = self.paths.catalog / FORMS
        held = {name: (folder / name).read_bytes() for name in sorted(self.forms)}
        key = key_of(*(f"{name} {digest(data)}" for name, data in held.items()))
        self.steps.do("forms", key, lambda: {f"{FORMS}/{name}": data for name, data in held.items()})

    def _lists(self, skeletons: Mapping[str, str]) -> tuple[Files, str]:
        summaries = self._summaries()
        files, syllables = name_files(self.parts, summaries, self.folder / "readings")
        pages = [*list_pages(self.parts, summaries), letters(self.parts, summaries, syllables)]
        made, digests = self._stamped("lists", pages, skeletons)
        return {**files, **list_files(self.parts, summaries), **made}, digests

    def _record(self, skeletons: Mapping[str, str]) -> tuple[Files, str]:
        return self._stamped(RECORD, record_pages(self.parts, self._summaries(), self.paths.exports), skeletons)

    def _summaries(self) -> list[Summary]:
        offers = offers_of(self.parts)
        return [asked(matter.summary, offers) for matter in self.listed.values()]

    def _pages(self, skeletons: Mapping[str, str]) -> tuple[Files, str]:
        made, digests = self._stamped("pages", fixed_pages(self.parts), skeletons)
        return {**fixed_files(self.parts, self.address), **made}, digests

    def _exports(self) -> Files:
        records = self.reading.records
        matters = {id: records.of(matter.path) for id, matter in self.reading.facts.items()}
        return export_files(self.parts, matters, self.address)

    def name_release(self) -> tuple[str, Set[str]]:
        """The release is named after all that was made; the worker is told what to store. Gives
        the name, and the paths of all files of the site."""
        steps, centre = self.steps, self.parts.centre
        files = steps.files()
        steps.do("address", key_of(self.address, "\0".join(files)), address_files, files.keys(), self.address)
        told = inventory.packs_among((step.files, step.tells) for step in steps.made.values())
        small = {f"{FORMS}/{name}" for name in stored({name: self.reading.forms[name] for name in self.forms})}
        name, listed = inventory.inventory(files, told, small, {LAWS, RECORD})
        steps.do("inventory", name, lambda: {inventory.inventory_path(name): listed})
        (script,) = steps.do("worker", self._worker_key(), worker.joined, self.paths.pwa).files
        bundled = "0"
        if self.paths.exports:
            bundled = steps.do("bundle", name, self._bundle, name, listed).tells
            steps.do("worker beside", script, self._beside, script)
        files = steps.files()
        id = release.release_id(files)
        checked = max((matter.summary.checked_on for matter in self.reading.facts.values()), default=None)
        published = checked and checked.isoformat()
        commit = release.source_commit(self.paths.catalog.resolve())
        source = (self.paths.pwa / "sw.js").read_text(encoding="utf-8")

        def work() -> Files:
            stub = worker.stub(
                source,
                id=id,
                published=published,
                inventory=name,
                total=sum(1 for _ in inventory.read_inventory(listed).needed()),
                bundle=int(bundled),
                worker=script,
                recorded=max(self.parts.changes, key=in_order, default=None),
                centre=centre,
            )
            return {release.WORKER: stub, release.RELEASE: release.release_json(id, commit, files)}

        key = key_of(id, commit, published, digest(source.encode()), centre.guide_name, centre.hotline)
        named = steps.do("release", key, work)
        return id, files.keys() | named.files.keys()

    def _worker_key(self) -> str:
        folder = self.paths.pwa / "worker"
        return key_of(*(digest(path.read_bytes()) for path in sorted(folder.glob("*.js"))))

    def _bundle(self, name: str, listed: bytes) -> tuple[Files, str]:
        """The bundle, and how many bytes it has."""
        found = inventory.contents(inventory.read_inventory(listed), lambda path: self.steps.read(path, self.paths.out))
        data = inventory.bundle(listed, found)
        return inventory.compressed(inventory.bundle_path(name), data), str(len(data))

    def _beside(self, path: str) -> Files:
        """The script of the worker, compressed."""
        made = inventory.compressed(path, self.steps.read(path, self.paths.out))
        del made[path]
        return made

    def _stamped(self, name: str, pages: list[Page], skeletons: Mapping[str, str]) -> tuple[Files, str]:
        """The pages and the pack ``name`` of their records, whose digests are told."""
        made, packed = {}, {}
        for page in pages:
            head = page.head + canonical(page.url, self.address)
            text = stamp(skeletons[page.layout], url=page.url, title=page.title, head=head, content=page.content)
            made[page_path(page.url)] = text.encode()
            packed[page.url] = PackedPage(page.layout, page.title, head, page.content)
        files, digests = pack(name, packed)
        return {**made, **files}, digests
