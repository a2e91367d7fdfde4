"""The pages of the laws, and the pack in which they travel to the phone: one step, since a citation that is
added or taken away is rare, and all of them take less than a tenth of a second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..catalog.articles import article_of
from ..catalog.citations import citations
from ..catalog.paths import FILES, is_journey, is_text
from ..render.address import canonical
from ..render.page import Page
from ..render.pages import law_page, laws_page
from ..views.law_page import Citing, law_view, laws_view
from .memory import Facts
from .packs import PackedPage, pack
from .reading import Reading
from .stamp import page_path, stamp
from .steps import Files, Steps, key_of

LAYOUT = "page"
PACK = "laws"
PAGES = {"centre": ("commitments/", "服务承诺"), "supervision": ("supervision/", "督办和投诉")}
"""Where what these files cite is shown."""


class LawPages:
    """The step of all laws. The catalogue is sound."""

    def __init__(self, reading: Reading, address: str | None) -> None:
        self._reading = reading
        self._address = address

    def make(self, steps: Steps, skeleton: str) -> None:
        """Make all of them, on ``skeleton``."""
        shared, facts = self._reading.shared, self._reading.facts.values()
        own = {FILES[name] for name in ("laws", *PAGES)}
        files = (
            f"{path} {name}" for path, (name, _) in shared.items() if path in own or is_text(path) or is_journey(path)
        )
        key = key_of(skeleton, self._address, *files, *(matter.citing for matter in facts))
        steps.do("laws", key, self._pages, skeleton)

    def _pages(self, skeleton: str) -> tuple[Files, str]:
        """The pages and the pack of their records, whose digests are told."""
        parts = self._reading.parts
        guide, citing = parts.centre.guide_name, self._citing()
        views = [law_view(law, parts.texts.get(id), citing[id], parts.laws, guide) for id, law in parts.laws.items()]
        files, packed = {}, {}
        for page in (laws_page(laws_view(views, guide)), *map(law_page, views)):
            files |= self._stamped(page, skeleton)
            packed[page.url] = PackedPage(LAYOUT, page.title, self._head(page), page.content)
        made, digests = pack(PACK, packed)
        return {**files, **made}, digests

    def _head(self, page: Page) -> str:
        return page.head + canonical(page.url, self._address)

    def _stamped(self, page: Page, skeleton: str) -> Files:
        text = stamp(skeleton, url=page.url, title=page.title, head=self._head(page), content=page.content)
        return {page_path(page.url): text.encode()}

    def _citing(self) -> Mapping[str, list[Citing]]:
        """Which pages cite what, by law: journeys, pages of the centre, then matters by id."""
        parts, titles = self._reading.parts, self._reading.surroundings.titles
        found: dict[str, list[Citing]] = defaultdict(list)
        told = [(f"journeys/{id}/", journey.name, journey) for id, journey in parts.journeys.items()]
        told += [(*place, getattr(parts, name)) for name, place in PAGES.items()]
        for page, name, record in told:
            for _field, (law, article), _basis in citations(record, titles):
                found[law].append(Citing(article, page, name))
        for matter in self._reading.facts.values():
            for law, article in _cited(matter, titles):
                found[law].append(Citing(article, f"matters/{matter.summary.id}/", matter.summary.name))
        return found


def _cited(matter: Facts, titles: Mapping[str, str]) -> set[tuple[str, str | None]]:
    spoken = {(titles[title], article) for title, article in matter.named if title in titles}
    cited = {(law, article and article_of(article)) for law, article in (*matter.cites, *spoken)}
    # Who names an article names the law.
    return {(law, article) for law, article in cited if article or not any(law == other for other, at in cited if at)}
