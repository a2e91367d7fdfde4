"""The types of matters/<section>/<id>.yml."""

from __future__ import annotations

from datetime import date
from typing import Literal

from .elements import (
    Afterwards,
    Answered,
    Appointment,
    Contact,
    Delivery,
    FormFile,
    Intermediary,
    JointBody,
    Level,
    NotCounted,
    Quota,
    Reach,
    Reason,
    Reduction,
    Requirement,
    ResultSample,
    StepDetail,
    YesNo,
)
from .record import Basis, Evidence, LimitUnit, Option, Record

Answer = Literal["yes", "no", "conditional", "unknown"]


MatterType = Literal["行政许可", "行政确认", "备案", "其他行政权力", "公共服务"]


Applicant = Literal["自然人", "法人", "非法人组织", "个体工商户", "业主委员会"]
"""非法人组织 are 个人独资企业, 合伙企业 and the like (民法典第一百零二条)."""


class Confirmation(Record, frozen=True, kw_only=True):
    """The centre's own word that a matter, or one line of it, is right."""

    on: date
    by: str


class Codes(Record, frozen=True, kw_only=True):
    """Codes of the matter (GB/T 39554.1-2020); ``None`` while unknown. ``item`` is that of the
    single item of business (业务办理项)."""

    national: str | None
    local: str | None
    item: str | None = None


class LegalBasis(Record, frozen=True, kw_only=True):
    law: str
    article: str | None
    evidence: Evidence
    note: str | None = None
    confirmed: Confirmation | None = None


class Condition(Record, frozen=True, kw_only=True):
    """What must be true before an application can succeed (受理条件)."""

    text: str
    basis: Basis | None
    evidence: Evidence
    confirmed: Confirmation | None = None


class Situation(Record, frozen=True, kw_only=True):
    """A question whose answer changes the papers, the limit or the deadline (情形). ``choose: many``
    where several answers may hold together."""

    id: str
    question: str
    choose: Literal["one", "many"] = "one"
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
    against a promise. ``shareable`` says whether the centre can fetch it itself, ``exempt``
    whether nobody has to bring it at all (免提交).
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
    blank_form: FormFile | None = None
    sample: FormFile | None = None
    requirements: tuple[Requirement, ...] | None = None
    exempt: YesNo | None = None
    answers: tuple[Answered, ...] = ()
    confirmed: Confirmation | None = None


class LimitCase(Record, frozen=True, kw_only=True):
    """Another limit for some: ``when`` is an expression over the matter's situations."""

    when: str
    value: int
    unit: LimitUnit
    basis: Basis
    evidence: Evidence
    note: str | None = None
    confirmed: Confirmation | None = None


class StatutoryLimit(Record, frozen=True, kw_only=True):
    """法定办结时限. The first of ``cases`` that holds tells the limit; where none does, the fields
    beside them do."""

    value: int
    unit: LimitUnit
    basis: Basis
    evidence: Evidence
    note: str | None = None
    cases: tuple[LimitCase, ...] = ()


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
    not_counted: tuple[NotCounted, ...] | None = None


class NoonService(Record, frozen=True, kw_only=True):
    """Whether the matter is accepted, and completed, during the noon service."""

    accepted: bool | None
    completed: bool | None
    source: str | None


class Venue(Record, frozen=True, kw_only=True):
    """Where a matter is really done (办理地点). ``at`` is a place of places.yml, ``name`` another in
    words, ``how`` what to do there. Only at a ``window`` of the centre there are tickets, pre-checks,
    the noon service and papers that follow."""

    kind: Literal["window", "online", "bank", "police", "engraver", "tax", "fund", "other"]
    at: str | None = None
    name: str | None = None
    how: str | None = None
    basis: Basis | None = None
    source: str | None = None


class Handling(Record, frozen=True, kw_only=True):
    """An answer with its authority: on-site check."""

    value: Answer
    basis: str | None = None


class Online(Handling, frozen=True, kw_only=True):
    """Online handling: whether, at which address, and how far one gets there (网办深度)."""

    address: str | None = None
    mobile: str | None = None
    depth: Literal["consult", "prefill", "submit", "full"] | None = None


class Before(Record, frozen=True, kw_only=True):
    """So long before a document runs out: counted back from the last day of its validity, which does
    not count."""

    value: int
    unit: LimitUnit


class Expiry(Record, frozen=True, kw_only=True):
    """The first and the last day on which a renewal may be applied for. ``opens`` is ``None`` where the
    law names no first day."""

    opens: Before | None
    closes: Before


DeadlineKind = Literal["by", "from", "within", "not_before"]
"""``by``: before a day or an event (开工前); ``within``: a period, or a time after an event (30日内);
``from``: an event opens it (公告期届满后); ``not_before``: so much time has to pass first (满2年)."""


class Deadline(Record, frozen=True, kw_only=True):
    """When something has to be done. ``who`` has to do it: ``applicant``, ``authority``, or somebody
    else in words. ``when`` is the case, an expression over the matter's situations; all that hold
    count together. ``expiry`` says the same in numbers where it is counted from the day on which the
    document that is renewed runs out."""

    kind: DeadlineKind
    who: str
    when: str | None = None
    text: str
    basis: Basis | None
    evidence: Evidence
    expiry: Expiry | None = None
    confirmed: Confirmation | None = None


class Fee(Record, frozen=True, kw_only=True):
    """``amount`` in yuan; 0 is free of charge; ``None`` with a ``text`` where a charge
    exists whose amount no source states. ``basis`` is ``None`` only where the centre has
    told the fee."""

    amount: int | None
    text: str | None = None
    basis: Basis | None
    evidence: Evidence
    online_payment: Literal["yes", "no"] | None = None
    reductions: tuple[Reduction, ...] | None = None


class Result(Record, frozen=True, kw_only=True):
    """What the applicant gets (结果文书) and how long it is valid, each with its own basis."""

    document: str | None
    validity: str | None
    basis: Basis | None = None
    validity_basis: Basis | None = None
    kind: Literal["证照", "批文", "证明", "备案回执", "登记通知", "其他"] | None = None
    sample: ResultSample | None = None


class Faq(Record, frozen=True, kw_only=True):
    question: str
    answer: str
    evidence: Evidence
    basis: Basis | None = None
    source: str | None = None
    confirmed: Confirmation | None = None


class Ground(Record, frozen=True, kw_only=True):
    """What a field rests on that is not a claim of its own."""

    evidence: Evidence
    basis: Basis | None = None
    source: str | None = None


class Grounds(Record, frozen=True, kw_only=True):
    """What these fields of the matter rest on; ``None`` is common practice that nobody has backed.
    An authority is never common practice: it has a ground, or is ``None`` itself."""

    authority: Ground | None = None
    counter: Ground | None = None
    variants: Ground | None = None
    steps: Ground | None = None


class HomeService(Record, frozen=True, kw_only=True):
    """What a grid worker does for the applicant of this matter (零跑动), in which
    ``places`` of places.yml, and who has confirmed it. What may be is zero-visit.yml."""

    collect: bool
    handle: bool
    deliver: bool
    places: tuple[str, ...]
    source: str


class Matter(Record, frozen=True, kw_only=True):
    """One matter (事项); file name = id = URL.

    From ``window_number`` to ``valid_until`` stand the elements of the national list that
    ``elements.py`` describes. A matter past ``valid_until`` leaves the lists.
    """

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
    place: Venue | None
    legal_basis: tuple[LegalBasis, ...]
    conditions: tuple[Condition, ...]
    variants: tuple[str, ...] = ()
    situations: tuple[Situation, ...]
    materials: tuple[Material, ...]
    steps: tuple[StepDetail | str, ...]
    time_limit: TimeLimit
    noon_service: NoonService
    deadlines: tuple[Deadline, ...] | None
    visits: int | None
    on_site_check: Handling
    online: Online
    fee: Fee | None
    result: Result
    window_number: str | None
    hours: str | None
    contact: Contact
    appointment: Appointment | None
    reach: Reach | None
    level: Level | None
    joint_bodies: tuple[JointBody, ...] | None
    delegated_by: str | None
    delivery: Delivery
    visits_reason: Reason | None
    afterwards: tuple[Afterwards, ...] | None
    intermediary: tuple[Intermediary, ...] | None
    power_source: Literal["法定本级", "授权", "委托"] | None
    quota: Quota | None
    themes: tuple[str, ...] | None
    valid_from: date | None
    valid_until: date | None
    faq: tuple[Faq, ...]
    related: tuple[str, ...] = ()
    grounds: Grounds | None = None
    zero_visit: HomeService | None = None
    note: str | None = None
    checked_on: date
    answers: tuple[Answered, ...] = ()
    confirmed: Confirmation | None

    @property
    def step_texts(self) -> tuple[str, ...]:
        """The steps in words alone."""
        return tuple(step if isinstance(step, str) else step.text for step in self.steps)
