"""The views of the journeys (一件事): each step in words, the chart, what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from ..catalog.journey_clocks import TICKS
from ..catalog.journey_goals import allowed_ticks
from ..catalog.journeys import Plan, Planned, Reading, defaults, drawn
from ..catalog.model.journey import Goal, Journey, JourneyStep, Switch
from ..catalog.model.record import Option
from .chart import Chart, chart
from .journey_steps import StepView, bars, step_view
from .words import UNITS, Claim, Context, cite


class SwitchView(Struct, frozen=True, kw_only=True):
    """A what-if. ``label`` is the default answer, ``told`` who can tell, and the rule."""

    id: str
    question: str
    options: tuple[Option, ...]
    default: str
    label: str
    told: str


class JourneyView(Struct, frozen=True, kw_only=True):
    """``results`` are what the default answers add up to, as sentences; ``plans`` tells that
    some promise is a plan still; ``goal`` says the promise over all, ``verdicts`` how it
    compares."""

    id: str
    name: str
    name_en: str | None
    summary: str
    outcome: str
    results: tuple[str, ...]
    plans: bool
    goal: Claim | None
    goal_note: str | None
    verdicts: tuple[str, ...]
    switches: tuple[SwitchView, ...]
    steps: tuple[StepView, ...]
    chart: Chart
    note: str | None
    guide: str
    hotline: str
    titles: Mapping[str, str]


class JourneyLine(Struct, frozen=True, kw_only=True):
    """A journey in a list, with what it comes to."""

    id: str
    name: str
    summary: str
    result: str


def journey_view(journey: Journey, context: Context) -> JourneyView:
    """The view of one journey for the default answers."""
    given = defaults(journey)
    plan = drawn(journey, given, "statutory")
    planned = {item.id: item for item in plan.steps}
    names = {step.id: step.name for step in journey.steps}
    return JourneyView(
        id=journey.id,
        name=journey.name,
        name_en=journey.name_en,
        summary=journey.summary,
        outcome=journey.outcome.text,
        results=_results(journey, plan, context),
        plans=_has_plans(journey, context),
        goal=None if journey.goal is None else _goal(journey.goal, context),
        goal_note=None if journey.goal is None else journey.goal.note,
        verdicts=tuple(_verdicts(journey)),
        switches=tuple(_switch(switch, context) for switch in journey.switches),
        steps=tuple(step_view(step, journey, planned.get(step.id), names, context) for step in journey.steps),
        chart=chart(bars(journey, planned), journey.name),
        note=journey.note,
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        titles=context.titles,
    )


def journey_lines(journeys: Iterable[Journey], context: Context) -> tuple[JourneyLine, ...]:
    """The journeys as links, those with a promise first."""
    listed = sorted(journeys, key=lambda item: (item.goal is None, item.id))
    return tuple(
        JourneyLine(id=item.id, name=item.name, summary=item.summary, result=_in_short(item, context))
        for item in listed
    )


def _in_short(journey: Journey, context: Context) -> str:
    goal = journey.goal
    if goal is not None:
        plan = "（计划）" if context.announced(goal.source) else ""
        return f"目标 {goal.value} {UNITS[goal.unit] if goal.unit else '天'}{plan}"
    total = total_words(drawn(journey, defaults(journey), "statutory"))
    return f"法定最长 {total}" if total else "看哪几样有最晚期限"


def total_words(plan: Plan) -> str:
    """47 个工作日 + 20 日; empty when the critical path has no days."""
    return " + ".join(f"{plan.lengths[unit]} {UNITS[unit]}" for unit in UNITS if plan.lengths.get(unit))


def about(ticks: int) -> str:
    """Ticks as whole working days and days, rounded up."""
    return f"{-(-ticks // TICKS['working_days'])} 个工作日、{-(-ticks // TICKS['days'])} 天"


def _results(journey: Journey, plan: Plan, context: Context) -> tuple[str, ...]:
    if not total_words(plan):
        due = next((item.due for item in plan.steps if item.id == journey.outcome.step), None)
        step = next(step for step in journey.steps if step.id == journey.outcome.step)
        by = f"，最晚 {step.days.value} {UNITS[step.days.unit]}内报" if due is not None and step.days else ""
        return (f"{journey.outcome.text}：没有要等的法定时限{by}。",)
    told = [f"法定时限全部用满：{total_words(plan)}，{journey.outcome.text}。{_converted(plan)}"]
    promised = drawn(journey, defaults(journey), "promised")
    if promised.lengths != plan.lengths:
        plans = "（有的承诺还是计划）" if _has_plans(journey, context) else ""
        told.append(f"各步都按承诺{plans}：{total_words(promised) or '当天'}。{_converted(promised)}")
    waited = [step.name for step, item in _own(journey, plan) if item.slack is not None and not item.counted]
    if waited:
        told.append(f"没有算进去的（没有法定天数）：{'；'.join(waited)}。")
    return tuple(told)


def _has_plans(journey: Journey, context: Context) -> bool:
    return any(step.promised is not None and context.announced(step.promised.source) for step in journey.steps)


def _own(journey: Journey, plan: Plan) -> list[tuple[JourneyStep, Planned]]:
    by_id = {step.id: step for step in journey.steps}
    return [(by_id[item.id], item) for item in plan.steps]


def _converted(plan: Plan) -> str:
    if len(plan.lengths) < 2:
        return ""
    return f"连起来约 {about(plan.finish)}（没有算放假，示意）。"


def _goal(goal: Goal, context: Context) -> Claim:
    plan = "，是已经宣布的计划，有没有实行待中心确认" if context.announced(goal.source) else ""
    return Claim(text=f"{goal.text}{plan}", source=context.origin(goal.source))


def _verdicts(journey: Journey) -> Iterable[str]:
    """How the steps compare with the promise, in each way of reading it."""
    goal = journey.goal
    if goal is None or allowed_ticks(journey) is None:
        return
    units: tuple[str, ...] = (goal.unit,) if goal.unit else ("working_days", "days")
    words: Mapping[Reading, str] = {"promised": "各步都按承诺办", "statutory": "法定时限全部用满"}
    open_ = False
    for unit in units:
        read = {"working_days": "按工作日读，", "days": "按自然日读，"}[unit] if goal.unit is None else ""
        kept, broken = [], []
        for reading, word in words.items():
            plan = drawn(journey, defaults(journey), reading)
            first, last = plan.step(goal.from_step), plan.step(goal.to_step)
            if first is None or last is None:
                continue
            open_ = open_ or any(item.slack is not None and not item.counted for item in plan.steps)
            ticks = last.finish - first.start
            (kept if ticks <= goal.value * TICKS[unit] else broken).append(word)
        holidays = "（没有算放假）" if unit == "days" else ""
        if kept:
            yield f"{read}{'、'.join(kept)}，{goal.value} {_unit(unit)}之内做得到{holidays}。"
        if broken:
            yield f"{read}{'、'.join(broken)}，{goal.value} {_unit(unit)}做不到。"
    if open_:
        yield "没有法定天数的步骤不在里面，要另外抓紧。"


def _unit(unit: str) -> str:
    return "天" if unit == "days" else UNITS[unit]


def _switch(switch: Switch, context: Context) -> SwitchView:
    told = (switch.note, cite(switch.basis, context.laws))
    return SwitchView(
        id=switch.id,
        question=switch.question,
        options=switch.options,
        default=switch.default,
        label=next(option.label for option in switch.options if option.id == switch.default),
        told="。".join(text.rstrip("。") for text in told if text),
    )
