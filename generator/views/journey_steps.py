"""The steps of a journey: each in words, and as a bar of the chart."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..catalog.journey_clocks import TICKS
from ..catalog.journeys import Planned
from ..catalog.model.journey import Journey, JourneyStep
from .chart import Bar
from .words import UNITS, Claim, Context, cite, condition, term

KINDS = {
    "statutory_max": "法定最长 ",
    "statutory_min": "法定最短 ",
    "applicant_deadline": "最晚 ",
    "assumed": "按 ",
}
ACTORS = {"applicant": "自己办", "authority": "部门办", "market": "市场上办"}


class StepView(Struct, frozen=True, kw_only=True):
    """One step. ``shown`` tells whether it applies before anybody has answered, ``label``
    is its line on the chart without the mark of the critical path. ``after`` and
    ``together`` are names of steps."""

    id: str
    name: str
    by: str
    matters: tuple[tuple[str, str], ...]
    condition: str | None
    shown: bool
    critical: bool
    label: str
    days: Claim | None
    promised: Claim | None
    uncounted: str | None
    after: tuple[str, ...]
    together: tuple[str, ...]
    note: str | None


def step_view(
    step: JourneyStep, journey: Journey, planned: Planned | None, names: Mapping[str, str], context: Context
) -> StepView:
    after = planned.after if planned is not None else step.after
    return StepView(
        id=step.id,
        name=step.name,
        by=ACTORS[step.by],
        matters=tuple((id, context.names[id]) for id in step.matters if id in context.names),
        condition=condition(step.when, journey.switches),
        shown=planned is not None,
        critical=planned is not None and planned.critical,
        label=_label(step),
        days=_days(step, context),
        promised=_promised(step, context),
        uncounted=step.uncounted,
        after=tuple(names[id] for id in after),
        together=tuple(names[id] for id in planned.together) if planned is not None else (),
        note=step.note,
    )


def _label(step: JourneyStep) -> str:
    days = step.days
    if days is None:
        return f"{step.name} · 没有法定天数"
    if days.kind == "milestone":
        return step.name
    if days.kind == "immediate":
        return f"{step.name} · 当场"
    word = {"statutory_min": "最短 ", "applicant_deadline": "最晚 "}.get(days.kind, "")
    return f"{step.name} · {word}{days.value} {UNITS[days.unit]}"


def _days(step: JourneyStep, context: Context) -> Claim | None:
    days = step.days
    if days is None or days.kind == "milestone":
        return None
    if days.kind == "immediate":
        text = "当场办完"
    else:
        tail = {"applicant_deadline": "内要办", "assumed": "算"}.get(days.kind, "")
        text = f"{KINDS[days.kind]}{days.value} {UNITS[days.unit]}{tail}"
    if days.note:
        text += f"（{days.note}）"
    return Claim(
        text=text,
        evidence=days.evidence,
        source=cite(days.basis, context.laws) or context.origin(days.source),
    )


def _promised(step: JourneyStep, context: Context) -> Claim | None:
    promised = step.promised
    if promised is None:
        return None
    pause = " " if promised.value else ""
    text = f"承诺{pause}{term(promised.value, promised.unit)}"
    told = [context.origin(promised.source), promised.provided and f"条件：{promised.provided}"]
    if context.announced(promised.source):
        text += "（计划）"
        told.append("有没有实行待中心确认")
    return Claim(text=text, source="；".join(part for part in told if part))


def bars(journey: Journey, planned: Mapping[str, Planned]) -> tuple[Bar, ...]:
    """The rows as they follow each other in time; those without a place come last."""
    day = TICKS["working_days"]
    rows = []
    for step in journey.steps:
        item = planned.get(step.id)
        rows.append(
            Bar(
                id=step.id,
                label=_label(step),
                shown=item is not None,
                critical=item is not None and item.critical,
                counted=step.days is not None,
                start=0 if item is None else item.start / day,
                finish=0 if item is None else item.finish / day,
                due=None if item is None or item.due is None else item.due / day,
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.shown, row.start, row.finish)))
