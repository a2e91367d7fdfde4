"""What the national list of elements (实施清单要素) asks of a matter beside the core of ``matter.py``.

``None`` is unknown, everywhere: it is silent on the page and stands on the centre's work list. A
value says where it comes from: by its own ``basis`` or ``source``, or by one of the ``answers``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from .record import Basis, Evidence, LimitUnit, Record


class Answered(Record, frozen=True, kw_only=True):
    """Who has given the value of a ``field``, and when: the centre, or a page that was read.

    ``field`` is the way to it from the record that holds the answer: ``visits``,
    ``contact.phone``; in centre.yml and other lists by id, ``counter_kinds.advice.place``.
    """

    field: str
    by: str
    on: date


class StepDetail(Record, frozen=True, kw_only=True):
    """One step (办理环节) with what is known of it. A step of which nothing but the words is known is
    plain text. ``days`` in ``unit``, where a text or the centre names a term for this very step."""

    text: str
    who: Literal["applicant", "centre", "authority", "expert"] | None = None
    days: int | None = None
    unit: LimitUnit | None = None
    basis: Basis | None = None


class FormFile(Record, frozen=True, kw_only=True):
    """A file of catalog/forms/: a blank form, or one that is filled in for a model."""

    file: str
    edition: str
    source: str


class ResultSample(Record, frozen=True, kw_only=True):
    """A picture or file of what one gets, in catalog/forms/."""

    file: str
    source: str


class Requirement(Record, frozen=True, kw_only=True):
    """What a paper has to be like to be accepted: size, seals, how to fill it in (填报须知、受理标准)."""

    text: str
    basis: Basis | None
    evidence: Evidence


class YesNo(Record, frozen=True, kw_only=True):
    value: Literal["yes", "no"]
    source: str


class Contact(Record, frozen=True, kw_only=True):
    """Whom to ask about this matter: the number and the page of those who handle it."""

    phone: str | None
    online: str | None


class Appointment(Record, frozen=True, kw_only=True):
    """Whether one can make an appointment, and how."""

    value: Literal["yes", "no"]
    rule: str | None = None
    source: str


class Reach(Record, frozen=True, kw_only=True):
    """In how wide a region one may apply (通办范围)."""

    value: Literal["zone", "city", "province", "national"]
    source: str


class Level(Record, frozen=True, kw_only=True):
    """Whose power it is (行使层级)."""

    value: Literal["zone", "city", "province"]
    basis: Basis | None = None


class JointBody(Record, frozen=True, kw_only=True):
    """Another office that takes part (联办机构), and in what."""

    name: str
    role: str
    basis: Basis | None
    evidence: Evidence


class NotCounted(Record, frozen=True, kw_only=True):
    """Time that does not count towards the limit (特别程序): what for, and how long it may take,
    where a text says so."""

    what: str
    days: int | None = None
    unit: LimitUnit | None = None
    basis: Basis | None
    evidence: Evidence


class Delivery(Record, frozen=True, kw_only=True):
    """How papers come in and the result goes out."""

    papers_by_mail: YesNo | None
    result_by_mail: YesNo | None
    ways: tuple[Literal["window", "mail", "terminal", "electronic"], ...] | None


class Reason(Record, frozen=True, kw_only=True):
    """Why one has to come (必须到现场的原因)."""

    text: str
    basis: Basis | None = None


class Reduction(Record, frozen=True, kw_only=True):
    """Who pays less (收费减免)."""

    who: str
    text: str
    basis: Basis


class Afterwards(Record, frozen=True, kw_only=True):
    """What one has to do once the matter is done (年检、年审、年报 …).

    ``by``: each year by ``date`` (``06-30``); ``within``: so many ``days`` in ``unit`` after what
    ``text`` names; ``from``: not before either.
    """

    text: str
    kind: Literal["by", "from", "within"]
    date: str | None = None
    days: int | None = None
    unit: LimitUnit | None = None
    basis: Basis | None
    evidence: Evidence


class Intermediary(Record, frozen=True, kw_only=True):
    """A service of others that the matter needs (中介服务): for which papers, and who chooses them."""

    service: str
    papers: tuple[str, ...]
    chosen_by: Literal["applicant", "authority"]
    basis: Basis | None
    evidence: Evidence


class Quota(Record, frozen=True, kw_only=True):
    """How many may get it (数量限制)."""

    text: str
    basis: Basis | None = None
