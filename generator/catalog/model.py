"""The catalogue's types: what an editor may write, and what everything else reads.

All records are frozen. Field names are the YAML keys, the attributes and the JSON
fields alike. Only this module knows the fields: the loader, the JSON Schemas and the
``guide new`` template are derived from it.

An explicit ``null`` means "no source states it"; pages show 待中心确认 for it. A field
without a default must be written, so that nothing is left out by oversight.
"""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from msgspec import Struct

from .icons import Icon

Evidence = Literal["law", "guide", "practice"]
"""``law``: the cited article was read; ``guide``: a public guide, another edition or
another place says so; ``practice``: common practice that nobody has backed yet."""

Answer = Literal["yes", "no", "conditional", "unknown"]
LimitUnit = Literal["working_days", "days", "months"]
"""``days`` are the law's plain 日, which are not converted into working days
(行政许可法第八十二条 counts working days for licences only)."""

MatterType = Literal["行政许可", "行政确认", "备案", "其他行政权力", "公共服务"]
Applicant = Literal["自然人", "法人", "个体工商户", "业主委员会"]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What every record of the catalogue is: immutable, by keyword, closed."""


class Basis(Record, frozen=True, kw_only=True):
    """One legal basis (设定依据): a law of laws.yml and an article of it.

    ``article`` is written as the law writes it (第八条); ``None`` when the article is
    not yet known, which only evidence other than ``law`` allows.
    """

    law: str
    article: str | None


class Confirmation(Record, frozen=True, kw_only=True):
    """The centre's own word that a matter is right."""

    on: date
    by: str


# --- matters ---------------------------------------------------------------------


class Codes(Record, frozen=True, kw_only=True):
    """Codes of the matter (GB/T 39554.1-2020); ``None`` while unknown."""

    national: str | None
    local: str | None


class LegalBasis(Record, frozen=True, kw_only=True):
    law: str
    article: str | None
    evidence: Evidence
    note: str | None = None


class Condition(Record, frozen=True, kw_only=True):
    """What must be true before an application can succeed (受理条件)."""

    text: str
    basis: Basis | None
    evidence: Evidence


class Option(Record, frozen=True, kw_only=True):
    id: str
    label: str


class Situation(Record, frozen=True, kw_only=True):
    """A question whose answer changes the papers (情形)."""

    id: str
    question: str
    options: tuple[Option, ...]


class Deferral(Record, frozen=True, kw_only=True):
    """The terms on which a paper may follow later (容缺受理).

    ``within_working_days`` is ``None`` until the centre sets it; ``promise`` is the
    sentence that the applicant signs.
    """

    within_working_days: int | None
    promise: str | None


class Material(Record, frozen=True, kw_only=True):
    """One line of the papers (申请材料) of a matter.

    ``when`` is an expression over the matter's situations, such as
    ``premises=rent & kind=new | kind=change`` (& binds tighter); ``None`` is always.
    ``needed`` says where it is due: at the window, at the on-site check, or later
    against a promise. ``shareable`` says whether the centre can fetch it itself.
    """

    name: str
    paper: str | None = None
    kind: Literal["申请表", "证照", "证明", "图纸", "合同", "其他"]
    form: Literal["original", "copy", "electronic"]
    copies: int | None
    issued_by: Literal["申请人自备", "政府部门核发", "中介机构"]
    shareable: Literal["yes", "no", "unknown"]
    when: str | None = None
    needed: Literal["window", "on_site", "deferrable"]
    deferral: Deferral | None = None
    evidence: Evidence
    basis: Basis | None = None
    source: str | None = None


class StatutoryLimit(Record, frozen=True, kw_only=True):
    """法定办结时限."""

    value: int
    unit: LimitUnit
    basis: Basis
    evidence: Evidence
    note: str | None = None


class PromisedLimit(Record, frozen=True, kw_only=True):
    """承诺办结时限: on the spot (即来即办), or a number of days; with its source."""

    on_the_spot: bool = False
    value: int | None = None
    unit: LimitUnit | None = None
    provided: str | None = None
    source: str


class TimeLimit(Record, frozen=True, kw_only=True):
    statutory: StatutoryLimit | None
    promised: PromisedLimit | None


class NoonService(Record, frozen=True, kw_only=True):
    """Whether the matter is accepted, and completed, during the noon service."""

    accepted: bool | None
    completed: bool | None
    source: str | None


class Handling(Record, frozen=True, kw_only=True):
    """An answer with its authority: on-site check, online handling."""

    value: Answer
    basis: str | None = None


class Deadline(Record, frozen=True, kw_only=True):
    """By when the applicant must apply."""

    text: str
    basis: Basis | None
    evidence: Evidence


class Fee(Record, frozen=True, kw_only=True):
    """``amount`` in yuan; 0 is free of charge; ``None`` with a ``text`` where a charge
    exists whose amount no source states."""

    amount: int | None
    text: str | None = None
    basis: Basis
    evidence: Evidence


class Result(Record, frozen=True, kw_only=True):
    """What the applicant gets (结果文书) and how long it is valid."""

    document: str | None
    validity: str | None
    basis: Basis | None = None


class Faq(Record, frozen=True, kw_only=True):
    question: str
    answer: str
    evidence: Evidence
    basis: Basis | None = None
    source: str | None = None


class HomeService(Record, frozen=True, kw_only=True):
    """What a grid worker does for the applicant of this matter (零跑动), in which
    ``places`` of places.yml, and who has confirmed it. What may be is zero-visit.yml."""

    collect: bool
    handle: bool
    deliver: bool
    places: tuple[str, ...]
    source: str


class Matter(Record, frozen=True, kw_only=True):
    """One matter (事项); file name = id = URL."""

    id: str
    name: str
    name_en: str | None
    summary_en: str | None = None
    aliases: tuple[str, ...]
    codes: Codes
    section: str
    group: str
    type: MatterType | None
    applicants: tuple[Applicant, ...]
    authority: str | None
    counter: str | None
    legal_basis: tuple[LegalBasis, ...]
    conditions: tuple[Condition, ...]
    variants: tuple[str, ...] = ()
    situations: tuple[Situation, ...]
    materials: tuple[Material, ...]
    steps: tuple[str, ...]
    time_limit: TimeLimit
    noon_service: NoonService
    applicant_deadline: Deadline | None
    visits: int | None
    on_site_check: Handling
    online: Handling
    fee: Fee | None
    result: Result
    faq: tuple[Faq, ...]
    related: tuple[str, ...] = ()
    zero_visit: HomeService | None = None
    note: str | None = None
    checked_on: date
    confirmed: Confirmation | None


# --- the centre --------------------------------------------------------------------


class See(Record, frozen=True, kw_only=True):
    """A page of the guide that helps on, and what the link to it says. ``page`` as in the
    address, with an anchor if need be: ``noon/``, ``hall/#vip``, ``sections/business/``."""

    page: str
    name: str


class Colours(Record, frozen=True, kw_only=True):
    """The colour of links, buttons and the phone's own bar, as ``#rrggbb``: ``light`` on
    white, ``dark`` on the dark ground of phones set to dark."""

    light: str
    dark: str


class Source(Record, frozen=True, kw_only=True):
    """Where a promise or fact of the centre was published."""

    id: str
    title: str
    publisher: str
    published_on: date


class Boundary(Record, frozen=True, kw_only=True):
    """A moment of the day at which the centre opens or closes.

    ``source`` names an entry of ``sources``; ``None`` marks an assumption, and the
    page says so.
    """

    at: time
    source: str | None
    note: str | None = None


class RegularHours(Record, frozen=True, kw_only=True):
    id: str
    name: str
    opens: Boundary
    closes: Boundary


class CounterKind(Record, frozen=True, kw_only=True):
    """A kind of counter (窗口). ``open_regular`` and ``open_noon`` count the counters
    of the kind that are open in regular hours and over noon."""

    id: str
    name: str
    open_regular: int | None
    open_noon: int
    place: str | None
    queue: bool


class Staff(Record, frozen=True, kw_only=True):
    at_least: int
    at_most: int


class CentreNoonService(Record, frozen=True, kw_only=True):
    """午间不间断服务."""

    opens: time
    closes: time
    staff: Staff
    accepts: str
    completes: str
    on_the_spot_minutes: int
    hours_per_year_claimed: int
    workdays_per_year_claimed: int
    source: str


class Service(Record, frozen=True, kw_only=True):
    """Something the centre gives beside its matters (free printing, …)."""

    id: str
    name: str
    text: str
    source: str


class Commitment(Record, frozen=True, kw_only=True):
    """A promise of the centre. ``quote`` is the sentence of the source that makes it;
    ``status`` tells a running service from an announced plan; ``how`` is what one does
    to profit from it, ``see`` are the pages that help."""

    id: str
    name: str
    text: str
    status: Literal["running", "announced"]
    quote: str
    source: str
    how: str | None = None
    see: tuple[See, ...] = ()


class HoursException(Record, frozen=True, kw_only=True):
    """A one-off change of hours on one date; no ``spans`` means closed."""

    date: date
    reason: str
    spans: tuple[ExceptionSpan, ...]
    source: str


class ExceptionSpan(Record, frozen=True, kw_only=True):
    opens: time
    closes: time
    noon_service: bool = False


class Centre(Record, frozen=True, kw_only=True):
    """centre.yml.

    ``calendar_id`` stands behind the @ in the identity of every appointment of the
    calendars (UID, RFC 5545): never change it, or subscribers see each of them twice.
    ``noon_service`` is ``None`` where there is none; the guide then says nothing of noon.
    """

    name: str
    short_name: str
    name_en: str
    guide_name: str
    calendar_id: str
    colours: Colours
    timezone: Literal["Asia/Shanghai"]
    address: str | None
    phone: str | None
    hotline: str
    sources: tuple[Source, ...]
    hours: tuple[RegularHours, ...]
    noon_service: CentreNoonService | None
    counter_kinds: tuple[CounterKind, ...]
    services: tuple[Service, ...]
    commitments: tuple[Commitment, ...]
    exceptions: tuple[HoursException, ...]


# --- calendar ------------------------------------------------------------------------


class DaysOff(Record, frozen=True, kw_only=True):
    name: str
    first: date
    last: date


class CalendarYear(Record, frozen=True, kw_only=True):
    """calendar/<year>.yml: the State Council's notice on public holidays (法定节假日)."""

    year: int
    notice: str
    source: str
    days_off: tuple[DaysOff, ...]
    make_up_workdays: tuple[date, ...]


# --- laws, sections, places, papers, words -------------------------------------------


class Article(Record, frozen=True, kw_only=True):
    article: str
    summary: str
    verified: bool


class Law(Record, frozen=True, kw_only=True):
    """A law that the catalogue cites. ``articles`` are those that were checked."""

    id: str
    title: str
    issuer: str
    version_date: date | None
    text_status: str
    note: str | None
    articles: tuple[Article, ...]


class Section(Record, frozen=True, kw_only=True):
    """A section of the matters. ``icon`` is its symbol on the home page, ``see`` the pages
    that concern many of its matters. ``on_site_papers`` is the promise of centre.yml that
    some of its papers may wait for the on-site check; the section then has a page on that,
    ``<id>-papers/``."""

    id: str
    name: str
    name_en: str | None = None
    summary: str
    groups: tuple[str, ...]
    icon: Icon | None = None
    on_site_papers: str | None = None
    see: tuple[See, ...] = ()


class Place(Record, frozen=True, kw_only=True):
    """A service place: the centre itself, or a public service centre of a street or town."""

    id: str
    name: str
    kind: Literal["centre", "street", "town"]
    address: str | None
    phone: str | None
    noon_service: bool | None
    source: str | None
    note: str | None = None


class Paper(Record, frozen=True, kw_only=True):
    """A recurrent paper (materials.yml): what it is and where one gets it."""

    id: str
    name: str
    what: str
    where: str


class Word(Record, frozen=True, kw_only=True):
    """What citizens say → the matters they mean, best first. A ``common`` word leads from
    the home page to the first of them."""

    word: str
    matters: tuple[str, ...]
    common: bool = False


class Laws(Record, frozen=True, kw_only=True):
    laws: tuple[Law, ...]


class Sections(Record, frozen=True, kw_only=True):
    sections: tuple[Section, ...]


class Places(Record, frozen=True, kw_only=True):
    places: tuple[Place, ...]


class Papers(Record, frozen=True, kw_only=True):
    papers: tuple[Paper, ...]


class Words(Record, frozen=True, kw_only=True):
    words: tuple[Word, ...]
