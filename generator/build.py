"""From catalogue to site: the order of the steps, and how little of it a change needs.

Three cases. Nothing changed: nothing is done. Only matters changed: they and the matters
that name them are rendered, the lists are renewed, their packs patched. Anything else
changed (shared data, style, templates, scripts, the generator itself): all is rendered.
Whatever the case, only files whose bytes differ are written, and the result is the same
as of a build from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from . import packs, release
from . import state as states
from .catalog.files import YAML
from .catalog.model import Matter
from .errors import BuildError
from .inputs import Tree, digest
from .order import Outcome, Paths, environment_of, linked_away
from .outputs import Outputs, matter_paths
from .publish import Workspace
from .reading import Reader, Reading
from .render.address import address_files, canonical, located
from .render.api import matter_json
from .render.card import card
from .render.jsonld import matter_jsonld
from .render.matter import matter_page
from .render.page import Page
from .search import text as search
from .shared import Shared
from .shell import Shell, load_skin
from .stamp import page_path, root_of, stamp
from .state import KnownMatter, State, Summaries
from .summary import Summary
from .views.matter import matter_view

if TYPE_CHECKING:
    from .ahead import Ahead
    from .catalog.parts import Parts
    from .published.gate import Sources
    from .skin import Skin

SKELETONS = "offline/skeleton/"
STATE, SUMMARIES, PARTS = "state", "summaries", "parts"
"""What the workspace remembers."""


def build(paths: Paths, ahead: Ahead | None = None) -> Outcome:
    """Bring the site up to date with its sources. ``ahead`` is already looking over the
    catalogue.

    Raises ``PublishError`` when the site cannot be written. Problems of the catalogue, and
    of what else is published (``published/``), are no exception: they come back in the
    outcome. In every case the last good site stays as it was.
    """
    workspace = Workspace(paths.out)
    try:
        with workspace.locked():
            return _Build(paths, workspace, ahead).run()
    except OSError as error:
        what = f"{error.filename or paths.out} 读不了或者写不进（{error.strerror or error}）"
        raise BuildError(f"{what}— 检查这个文件、权限和磁盘空间后再运行一次；已发布的内容没有动") from error


class _Build:
    def __init__(self, paths: Paths, workspace: Workspace, ahead: Ahead | None) -> None:
        self.paths = paths
        self.workspace = workspace
        self.old = self._recall()
        self.before = self.old.outputs if self.old else Outputs()
        seen = self.old.presentation if self.old else {}
        self.shared = Shared.remembered(self.old.around, lambda: workspace.recall(PARTS)) if self.old else None
        found = ahead.found() if ahead else None
        self.catalogue = Tree(paths.catalog, self.old.catalogue if self.old else {}, YAML, strict=True, found=found)
        self.presentation = {
            "generator": Tree(Path(__file__).parent, seen.get("generator", {}), (".py",)),
            "site_src": Tree(paths.site_src, seen.get("site_src", {})),
            "pwa": Tree(paths.pwa, seen.get("pwa", {})),
        }
        self.environment = f"{environment_of(paths.mkdocs_yml)} {paths.address}"
        self._address = self.old.address if self.old else None
        self.sources: Sources | None = None
        self.commit = release.source_commit(paths.catalog.resolve())
        self.files: dict[str, bytes] = {}
        self.outputs = Outputs()
        self.skeletons: dict[str, str] = {}

    def _recall(self) -> State | None:
        old = states.decode(self.workspace.recall(STATE))
        if old is not None and not all((self.paths.out / last).exists() for last in (release.RELEASE, release.WORKER)):
            return None  # somebody deleted the site, or the kill switch
        return old

    def run(self) -> Outcome:
        if faults := linked_away(self.paths):
            return Outcome(problems=faults)
        old = self.old
        everything = old is None or self._presentation_changed(old)
        if not everything and self.catalogue.same and old.commit == self.commit:
            if self.catalogue.touched or any(tree.touched for tree in self.presentation.values()):
                self._remember_touched(old)
            return Outcome(matters=len(old.matters), release=old.release)
        if everything:
            from .published.gate import Sources

            self.sources = Sources(self.paths.site_src, self.paths.pwa, self.paths.mkdocs_yml)
            if self.sources.hopeless:
                return Outcome(problems=tuple(sorted({*self.sources.problems(), *self._read(True).problems})))
        try:
            return self._made(everything)
        finally:
            if self.sources is not None:
                self.sources.leave()

    def _made(self, everything: bool) -> Outcome:
        reading = self._read(everything)
        if not reading.problems and (everything or not self._render_changes(reading)):
            if not everything:
                reading = self._read(True)
            self._render_all(reading)
        wrong = self.sources.problems() if self.sources is not None else ()
        if reading.problems or wrong:
            return Outcome(problems=tuple(sorted({*reading.problems, *wrong})))
        return self._publish(reading)

    def _remember_touched(self, old: State) -> None:
        """Files that were written anew without being changed need not be read next time."""
        presentation = {name: tree.stamps for name, tree in self.presentation.items()}
        now = msgspec.structs.replace(old, catalogue=self.catalogue.stamps, presentation=presentation)
        self.workspace.remember(STATE, states.encode(now))

    def _presentation_changed(self, old: State) -> bool:
        if old.exports != self.paths.exports:
            return True  # pages name the files, or not
        return old.environment != self.environment or not all(tree.same for tree in self.presentation.values())

    def _read(self, everything: bool) -> Reading:
        old = self.old
        summaries = Summaries(lambda: self.workspace.recall(SUMMARIES))
        return Reader(self.catalogue, self.shared, old.matters if old else {}, summaries).read(everything)

    # --- rendering -------------------------------------------------------------------

    def _render_all(self, reading: Reading) -> None:
        from .pages import fixed_files, fixed_pages

        self._address = self.paths.address
        if self._address is None:
            from .published.settings import address_in

            self._address = address_in(self.paths.mkdocs_yml.read_text(encoding="utf-8"))
        skin = self._skin()
        if skin is None:
            return
        shell = Shell(skin, self.paths.pwa)
        self.skeletons = shell.skeletons
        for path, data in shell.files.items():
            self._put(path, data)
        for layout, text in shell.skeletons.items():
            self._put(f"{SKELETONS}{layout}.html", text.encode())
        pages = self._render_matters(reading)
        for name, packed in _by_pack(pages, reading.known).items():
            self._put_pack(name, packs.Pack("matter", packed))
        parts = reading.shared.parts
        self._render_lists(parts, (reading.summaries or {}).values())
        matters = {id: search.matter_text(matter) for id, matter in reading.fresh.items()}
        self._put(search.TEXT, search.text_json(matters, parts.laws))
        for page in fixed_pages(parts, self.paths.exports):
            self._put_page(page)
        for path, data in fixed_files(parts, self._address).items():
            self._put(path, data)
        for url, text in shell.written_pages(parts.centre).items():
            self._put(page_path(url), located(text, url, self._address).encode())
        self._render_exports(reading)

    def _skin(self) -> Skin | None:
        """``None`` when MkDocs refused a page; the sources then say so."""
        from .skin_error import SkinError

        try:
            skin = load_skin(self.workspace.folder / "skin", self.paths, self._skin_key())
        except SkinError as error:
            if self.sources is None:
                raise
            self.sources.refused(error.messages)
            return None
        if self.sources is not None:
            self.sources.rendered(skin)
        return skin

    def _render_changes(self, reading: Reading) -> bool:
        """Render what depends on the changed matters; ``False`` when that is not enough."""
        old = self.old
        if old is None or reading.shared is not self.shared:
            return False
        before, after = _packing(old.matters), _packing(reading.known)
        if before.moves(after):
            return False  # a section outgrew its packs, and all of its matters move
        renewed = reading.fresh.keys() | reading.gone
        self.outputs = Outputs(files=dict(old.outputs.files), matters=dict(old.outputs.matters))
        self.skeletons = old.skeletons
        pages = self._render_matters(reading)
        new = _by_pack(pages, reading.known)
        left = {before.name(id, old.matters[id].section) for id in renewed & old.matters.keys()}
        for name in new.keys() | left:
            packed = self._take_pack(name)
            if packed is None:
                return False
            for id in renewed:
                packed.pop(_url(id), None)
            packed.update(new.get(name, {}))
            if packed:
                self._put_pack(name, packs.Pack("matter", packed))
        if reading.summaries is not None:
            self._render_lists(reading.shared.parts, reading.summaries.values())
        if not self._renew_text(reading, old):
            return False
        return not renewed or self._render_exports(reading)

    def _renew_text(self, reading: Reading, old: State) -> bool:
        """Exchange the texts of the changed matters; ``False`` when the published file is
        not what it was."""
        same = (id in old.matters and old.matters[id].text == reading.known[id].text for id in reading.fresh)
        if not reading.gone and all(same):
            return True
        try:
            published = (self.paths.out / search.TEXT).read_bytes()
        except OSError:
            return False
        if digest(published) != self.outputs.files.get(search.TEXT):
            return False
        self._put(search.TEXT, search.renewed(published, reading.fresh.values(), reading.gone))
        return True

    def _render_matters(self, reading: Reading) -> dict[str, packs.PackedPage]:
        """The pages and data of the matters that were read, by id."""
        names = {id: matter.name for id, matter in reading.known.items()}
        context = msgspec.structs.replace(reading.shared.context, names=names)
        pages = {}
        for id, matter in sorted(reading.fresh.items()):
            view = matter_view(matter, context)
            page = self._located(matter_page(view))
            contents = (
                matter_json(matter),
                matter_jsonld(matter, view, self._address),
                card(view, self._address).encode(),
                self._stamped(page),
            )
            self.files.update(self.outputs.put_matter(id, contents, self.before))
            pages[id] = packs.PackedPage(page.title, page.head, page.content, root_of(page.url))
        self.outputs.keep(reading.known)
        return pages

    def _render_lists(self, parts: Parts, summaries: Iterable[Summary]) -> None:
        from .pages import letters, list_files, list_pages
        from .search.files import name_files

        listed = list(summaries)
        for page in list_pages(parts, listed, self.paths.exports):
            self._put_page(page)
        for path, data in list_files(parts, listed).items():
            self._put(path, data)
        files, read = name_files(parts, listed, self.workspace.folder / "readings")
        for path, data in files.items():
            self._put(path, data)
        self._put_page(letters(parts, listed, read))

    def _render_exports(self, reading: Reading) -> bool:
        """``False`` when what was not read is not to be had from the last build."""
        if not self.paths.exports:
            return True
        if reading.shared.parts is None:
            return False
        from .exports import export_files

        matters = {id: reading.fresh.get(id) or self._published(id) for id in reading.known}
        if None in matters.values():
            return False
        for path, data in export_files(reading.shared.parts, matters).items():
            self._put(path, data)
        return True

    def _published(self, id: str) -> Matter | None:
        """A matter as the last build published it; ``None`` when the file is another."""
        try:
            data = (self.paths.out / matter_paths(id)[0]).read_bytes()
        except OSError:
            return None
        return msgspec.json.decode(data, type=Matter) if self.outputs.is_data_of(id, data) else None

    def _put_page(self, page: Page) -> None:
        self._put(page_path(page.url), self._stamped(self._located(page)))

    def _located(self, page: Page) -> Page:
        if self._address is None:
            return page
        return msgspec.structs.replace(page, head=page.head + canonical(page.url, self._address))

    def _stamped(self, page: Page) -> bytes:
        skeleton = self.skeletons[page.layout]
        return stamp(skeleton, url=page.url, title=page.title, head=page.head, content=page.content).encode()

    def _put(self, path: str, data: bytes) -> None:
        if self.outputs.put(path, data, self.before):
            self.files[path] = data

    # --- packs ------------------------------------------------------------------------

    def _put_pack(self, name: str, pack: packs.Pack) -> None:
        data = packs.encode(pack)
        self._put(f"{release.PACKS}{name}.{digest(data)}.json", data)

    def _take_pack(self, name: str) -> dict[str, packs.PackedPage | msgspec.Raw] | None:
        """The pages of a published pack, which the outputs then no longer list;
        ``None`` when its file is not what it was."""
        prefix = f"{release.PACKS}{name}."
        path = next((path for path in self.outputs.files if path.startswith(prefix)), None)
        if path is None:
            return {}
        try:
            data = (self.paths.out / path).read_bytes()
        except OSError:
            return None
        return packs.pages_of(data) if digest(data) == self.outputs.files.pop(path) else None

    # --- publishing ---------------------------------------------------------------------

    def _publish(self, reading: Reading) -> Outcome:
        for path, data in address_files(self.outputs.paths(), self._address).items():
            self._put(path, data)
        listing = self.outputs.listing((release.RELEASE, release.WORKER))
        name = release.release_id(listing)
        checked = max((matter.checked_on for matter in reading.known.values()), default=None)
        published = checked and checked.isoformat()
        stored = dict(sorted(self.outputs.files.items()))
        worker = (self.paths.pwa / "sw.js").read_text(encoding="utf-8")
        self._put(release.WORKER, release.service_worker(worker, name, published, stored))
        self._put(release.RELEASE, release.release_json(name, self.commit, listing))
        if switched_off := release.switched_off(self.paths.out):
            release.keep_off(self.files)
        removed = self.outputs.gone_since(self.before) if self.old else self.workspace.strays(self.outputs.paths())
        state = State(
            catalogue=self.catalogue.stamps,
            presentation={name: tree.stamps for name, tree in self.presentation.items()},
            environment=self.environment,
            around=reading.shared.around,
            matters=reading.known,
            skeletons=self.skeletons,
            outputs=self.outputs,
            release=name,
            commit=self.commit,
            exports=self.paths.exports,
            address=self._address,
        )
        remembered = {STATE: states.encode(state)}
        if reading.summaries is not None:
            remembered[SUMMARIES] = states.encode_summaries(reading.summaries)
        if reading.shared is not self.shared:
            remembered[PARTS] = reading.shared.encode()
        self.workspace.publish(self.files, removed, remembered)
        return Outcome(
            matters=len(reading.known),
            written=len(self.files),
            removed=len(removed),
            release=name,
            switched_off=switched_off,
        )

    def _skin_key(self) -> str:
        skin = self.presentation["generator"].stamps["skin.py"].digest
        return digest(f"{self.presentation['site_src'].digest()} {skin} {self.environment}".encode())


def _packing(known: dict[str, KnownMatter]) -> packs.Packing:
    return packs.Packing(matter.section for matter in known.values())


def _by_pack(
    pages: dict[str, packs.PackedPage], known: dict[str, KnownMatter]
) -> dict[str, dict[str, packs.PackedPage]]:
    packing = _packing(known)
    sorted_out: dict[str, dict[str, packs.PackedPage]] = {}
    for id, page in pages.items():
        sorted_out.setdefault(packing.name(id, known[id].section), {})[_url(id)] = page
    return sorted_out


def _url(id: str) -> str:
    return f"matters/{id}/"
