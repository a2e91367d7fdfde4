"""Which template, address and layout each page has, and what fills the slots of the hand-written ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..templates import blocks
from ..views.queue import sign_name
from ..views.words import noon_counters, noon_span, regular_hours
from .card import card_path
from .changes import ATOM, JSON
from .jsonld import government_service
from .page import Page, page

if TYPE_CHECKING:
    from ..catalog.model.centre import Centre
    from ..catalog.model.journey import Journey
    from ..catalog.offers import Offers
    from ..views.certainty import CertaintyView
    from ..views.changes import ChangesView
    from ..views.commitments import CommitmentsView
    from ..views.deferrable import DeferrableView, PromiseView
    from ..views.hall import HallView
    from ..views.journeys import JourneyLine, JourneyView
    from ..views.law_page import LawsView, LawView
    from ..views.letters import LettersView
    from ..views.lists import AboutView, HomeView, SectionView
    from ..views.matter import MatterView
    from ..views.noon import NoonView
    from ..views.queue import QueueView
    from ..views.supervision import SupervisionView
    from ..views.visit import VisitView, WaitingPapersView
    from ..views.zero_visit import ZeroVisitView


def home_page(view: HomeView) -> Page:
    return page("home.html", "", "home", home=view)


def matter_page(view: MatterView) -> Page:
    """The page of one matter at ``matters/<id>/``."""
    return page(
        "matter.html",
        f"matters/{view.id}/",
        "matter",
        matter=view,
        titles=view.titles,
        data=government_service(view),
        card=card_path(view.id),
    )


# --- lists of matters -----------------------------------------------------------------


def section_page(view: SectionView) -> Page:
    return page("section.html", f"sections/{view.section.id}/", "list", list=view)


def letters_page(view: LettersView) -> Page:
    """Where the search box leads without scripts, and complete by itself."""
    return page("letters.html", "a-z/", "list", letters=view)


def english_page(centre: Centre, sections: Sequence[SectionView], journeys: Iterable[Journey]) -> Page:
    """All matters in English, for those who invest or work here and do not read Chinese."""
    return page(
        "english.html",
        "en/",
        "list",
        centre=centre,
        noon=noon_span(centre),
        lists=sections,
        journeys=[item for item in journeys if item.name_en],
    )


def journeys_page(lines: Sequence[JourneyLine], guide: str) -> Page:
    return page("journeys.html", "journeys/", "list", journeys=lines, guide=guide)


def journey_page(view: JourneyView) -> Page:
    return page("journey.html", f"journeys/{view.id}/", "page", journey=view, titles=view.titles)


# --- the centre -----------------------------------------------------------------------


def noon_page(view: NoonView) -> Page:
    """Every day: of noon service, or, without it, of opening."""
    return page("noon.html", view.offers.calendar, "page", calendar=view, noon=view.noon, offers=view.offers)


def hall_page(view: HallView) -> Page:
    return page("hall.html", "hall/", "page", hall=view)


def queue_page(view: QueueView) -> Page:
    """Who waits now, and how long."""
    return page("queue.html", "queue/", "live", queue=view)


def ticket_page(view: QueueView) -> Page:
    """One's own number: which, stands behind the # of the address, that the server never sees."""
    return page("ticket.html", "ticket/", "live", queue=view)


def screen_page(view: QueueView) -> Page:
    """The screen in the hall."""
    return page("screen.html", "screen/", "screen", queue=view)


def visit_page(view: VisitView) -> Page:
    """Pre-check, ticket, counter, noon."""
    return page("visit.html", "visit/", "page", visit=view)


def commitments_page(view: CommitmentsView) -> Page:
    return page("commitments.html", "commitments/", "page", commitments=view)


def supervision_page(view: SupervisionView) -> Page:
    """Whom to ask and to complain to, what the law obliges the office to, and all limits."""
    return page("supervision.html", "supervision/", "page", supervision=view, titles=view.titles)


def zero_visit_page(view: ZeroVisitView) -> Page:
    """Help at home by grid workers (零跑动)."""
    return page("zero_visit.html", "zero-visit/", "page", help=view)


# --- papers ---------------------------------------------------------------------------


def deferrable_page(view: DeferrableView) -> Page:
    """Papers that may follow later (容缺受理)."""
    return page("deferrable.html", "deferrable/", "page", deferrable=view)


def promise_page(view: PromiseView) -> Page:
    """The form with which an applicant promises the missing papers (限时补件承诺书)."""
    return page("promise.html", "deferrable/promise/", "page", promise=view)


def waiting_papers_page(view: WaitingPapersView) -> Page:
    """Which papers of a section may wait for the on-site check."""
    return page("waiting_papers.html", f"{view.section.id}-papers/", "page", papers=view)


# --- the guide ------------------------------------------------------------------------


def about_page(view: AboutView) -> Page:
    return page("about.html", "about/", "page", about=view)


def certainty_page(view: CertaintyView, exports: bool) -> Page:
    """How sure the guide is, with the way to the list to work through where there is one."""
    return page("certainty.html", "certainty/", "page", certainty=view, exports=exports)


def law_page(view: LawView) -> Page:
    """The words of the articles of one law."""
    return page("law.html", view.url, "page", law=view)


def laws_page(view: LawsView) -> Page:
    return page("laws.html", "laws/", "page", laws=view)


def changes_page(view: ChangesView) -> Page:
    return page("changes.html", "changes/", "page", changes=view, atom=ATOM, json=JSON)


def open_data_page(centre: Centre, offers: Offers, exports: bool) -> Page:
    """What others may take; the tables of the whole catalogue only with ``exports``."""
    return page("open_data.html", "open-data/", "page", centre=centre, offers=offers, exports=exports)


# --- hand-written pages ---------------------------------------------------------------


def slots(centre: Centre) -> dict[str, str]:
    """HTML by the name of the ``<!--slot:name-->`` mark that it fills, so that no hand-written page repeats a fact of the catalogue."""
    filled = blocks(
        "slots.html",
        centre=centre,
        hours=regular_hours(centre),
        noon_hours=noon_span(centre),
        noon_counters=noon_counters(centre),
        signs=[sign_name(kind) for kind in centre.counter_kinds if kind.queue],
    )
    return {name.replace("_", "-"): text for name, text in filled.items()}
