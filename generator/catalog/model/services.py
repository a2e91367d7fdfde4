"""The types of what the centre offers around its matters: the hall (hall.yml), the help of
grid workers (zero-visit.yml), papers that may follow (deferral.yml), who watches over the
limits (supervision.yml), and how it went for others (cases.yml).
"""

from __future__ import annotations

from typing import Literal

from .duty import Roster
from .elements import Answered
from .record import Basis, Evidence, Record

Status = Literal["running", "announced"]
"""``announced``: the source says that it will be, and nobody has confirmed that it is."""


class Box(Record, frozen=True, kw_only=True):
    """Where a zone is drawn: cells of the plan's grid, counted from 1 at the upper left.
    It is a drawing only and says nothing about the real place."""

    column: int
    row: int
    columns: int
    rows: int


class Zone(Record, frozen=True, kw_only=True):
    """A part of the hall that a source names.

    ``id`` is the anchor on the page: ``hall/#acceptance``. ``counter`` is the kind of
    counter that is there, ``step`` its place in the order of a visit. ``pre_check`` marks the
    one where papers are looked at before one draws a number. ``place`` is floor
    and position, ``None`` until the centre says it.
    """

    id: str
    name: str
    also: str | None = None
    purpose: str
    step: int | None = None
    counter: str | None = None
    pre_check: bool = False
    status: Status
    place: str | None
    box: Box
    quote: str
    source: str
    note: str | None = None


class Hall(Record, frozen=True, kw_only=True):
    """hall.yml: the zones in the order in which they are read out."""

    columns: int
    rows: int
    note: str
    zones: tuple[Zone, ...]
    answers: tuple[Answered, ...] = ()


class Help(Record, frozen=True, kw_only=True):
    """One thing that a grid worker does for a citizen."""

    id: Literal["collect", "handle", "deliver"]
    name: str
    text: str


class ZeroVisit(Record, frozen=True, kw_only=True):
    """zero-visit.yml: natural persons served at home by the grid worker (零跑动).

    ``commitment`` is the promise of centre.yml that tells whether it runs already;
    ``places`` are the service places whose workers come.
    """

    commitment: str
    model: str
    help: tuple[Help, ...]
    places: tuple[str, ...]
    questions: tuple[str, ...]


class Duty(Record, frozen=True, kw_only=True):
    """What the law obliges the office to, in the words of those whom it protects."""

    id: str
    name: str
    text: str
    basis: Basis
    evidence: Evidence


class Step(Record, frozen=True, kw_only=True):
    """One thing to do when a limit has passed; ``basis`` where a law gives the right."""

    text: str
    basis: Basis | None


class Oversight(Record, frozen=True, kw_only=True):
    """How the offices watch over each other. ``quote`` is the sentence of the source."""

    name: str
    text: str
    scope: str
    status: Status
    quote: str
    source: str


class Review(Record, frozen=True, kw_only=True):
    """行政复议: within how many days, at which body. ``first`` is what may go to court only after it,
    in words, with the article that says so."""

    within_days: int
    basis: Basis
    first: str | None = None
    first_basis: Basis | None = None
    body: str | None
    address: str | None


class Suit(Record, frozen=True, kw_only=True):
    """行政诉讼: within how many months of the decision, within how many days of a review's, at
    which court."""

    within_months: int
    basis: Basis
    after_review_days: int
    after_review_basis: Basis
    court: str | None


class Remedy(Record, frozen=True, kw_only=True):
    """What one can do against a decision: the same for all matters that end in one."""

    review: Review
    suit: Suit


class Supervision(Record, frozen=True, kw_only=True):
    """supervision.yml."""

    duties: tuple[Duty, ...]
    overdue: tuple[Step, ...]
    oversight: tuple[Oversight, ...]
    remedy: Remedy | None = None
    answers: tuple[Answered, ...] = ()


class Case(Record, frozen=True, kw_only=True):
    """How somebody got a matter done, as a source tells it; without names. ``completed`` tells that
    it was finished over noon, and not only begun; ``None`` where the source leaves it open."""

    id: str
    topic: Literal["noon", "deferral"]
    matter: str
    text: str
    quote: str
    source: str
    completed: bool | None = None


class Cases(Record, frozen=True, kw_only=True):
    """cases.yml."""

    cases: tuple[Case, ...]


class DeferralRule(Record, frozen=True, kw_only=True):
    """``elsewhere``: other cities have this rule; nobody knows whether it holds here."""

    text: str
    where: Literal["here", "elsewhere"]
    source: str


class DeferralRules(Record, frozen=True, kw_only=True):
    """deferral.yml: how papers may follow later (容缺受理). ``promises`` are the lines of
    the form that the applicant signs; ``commitment`` is the promise of centre.yml."""

    commitment: str
    rules: tuple[DeferralRule, ...]
    promises: tuple[str, ...]


NOTHING: dict[str, Record] = {
    "cases": Cases(cases=()),
    "deferral": DeferralRules(commitment="", rules=(), promises=()),
    "duty": Roster(shifts=()),
    "hall": Hall(columns=0, rows=0, note="", zones=()),
    "supervision": Supervision(duties=(), overdue=(), oversight=()),
    "zero_visit": ZeroVisit(commitment="", model="", help=(), places=(), questions=()),
}
"""What stands for a file that a centre does not need (``paths.OPTIONAL``)."""
