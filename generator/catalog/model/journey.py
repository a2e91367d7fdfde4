"""The types of journeys/<id>.yml: several matters as one thing (一件事), a graph with days.

What follows from a journey is computed in ``generator/catalog/journeys.py``.
"""

from __future__ import annotations

from typing import Literal

from .record import Basis, Evidence, LimitUnit, Option, Record

DayKind = Literal["statutory_max", "statutory_min", "immediate", "applicant_deadline", "assumed", "milestone"]
"""``statutory_max``: the office must be done within; ``statutory_min``: the law wants at
least so long (a tender); ``immediate``: done as it is received; ``applicant_deadline``: by
when one must apply, which makes nobody wait; ``assumed``: a source tells how long it takes;
``milestone``: no act but a state, such as the start."""

Actor = Literal["applicant", "authority", "market"]


class Days(Record, frozen=True, kw_only=True):
    """How long a step takes, or by when it is due.

    ``counts_from`` is the step after which a deadline of the applicant runs; ``None``
    where it runs from the steps that the step follows.
    """

    value: int
    unit: LimitUnit
    kind: DayKind
    counts_from: str | None = None
    evidence: Evidence | None = None
    basis: Basis | None = None
    source: str | None = None
    note: str | None = None


class PromisedDays(Record, frozen=True, kw_only=True):
    """What the centre promises instead; 0 is on the spot. ``source`` is a commitment."""

    value: int
    unit: Literal["working_days", "days"]
    provided: str | None = None
    source: str


class JourneyStep(Record, frozen=True, kw_only=True):
    """One step. ``after`` are the steps that the law or the papers put before it; what
    is not ordered runs side by side.

    ``matters`` is empty for acts of the market and for matters of other places.
    ``when`` is an expression over the switches; a step that does not apply hands its
    order on to those that follow it. ``uncounted`` says why a step without ``days``
    adds none.
    """

    id: str
    name: str
    matters: tuple[str, ...]
    by: Actor
    after: tuple[str, ...]
    when: str | None = None
    days: Days | None
    promised: PromisedDays | None = None
    uncounted: str | None = None
    note: str | None = None


class Switch(Record, frozen=True, kw_only=True):
    """A what-if. ``basis`` is the rule that makes the difference, ``note`` who can tell."""

    id: str
    question: str
    options: tuple[Option, ...]
    default: str
    basis: Basis | None = None
    note: str | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """What one wants: the step that brings it, and it in words (拿到施工许可证)."""

    step: str
    text: str


class Goal(Record, frozen=True, kw_only=True):
    """The promise over all: from the start of ``from_step`` to the end of ``to_step``.

    ``unit`` is ``None`` when the source does not say which days it means. ``holds_for``
    are the answers for which it is promised; ``None`` for all.
    """

    text: str
    value: int
    unit: Literal["working_days", "days"] | None
    from_step: str
    to_step: str
    holds_for: str | None = None
    source: str | None
    note: str | None = None


class Journey(Record, frozen=True, kw_only=True):
    """One journey; file name = id = URL.

    The search offers it to those who look for one of the matters in ``sought_as``, or who
    say one of ``words``.
    """

    id: str
    name: str
    name_en: str | None
    summary: str
    sought_as: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    outcome: Outcome
    goal: Goal | None
    switches: tuple[Switch, ...]
    steps: tuple[JourneyStep, ...]
    note: str | None = None
