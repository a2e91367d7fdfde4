"""journeys/<id>.yml: a graph without circles, days that say where they come from, switches
that make a difference, and a promise that the steps can keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..articles import article_of
from ..index import Index
from ..journey_clocks import TICKS
from ..journey_goals import Breach, breaches
from ..journeys import answers, applies, length_of
from ..lines import Field, Lines
from ..model.journey import Days, Journey, JourneyStep
from ..model.record import Basis
from ..paths import stem
from ..problems import Problem, instead
from ..when import WhenError, parse, terms
from .answers import UNITS
from .centre import unique_ids
from .evidence import unknown_law
from .identity import ID

CODES = {
    "journey-id": "一件事的编号不合规则，或者和文件名不一致",
    "journey-step": "指向的步骤不存在",
    "journey-circle": "步骤绕成了圈，谁也开始不了",
    "journey-matter": "步骤里或者 sought_as 里的事项不存在",
    "journey-switch": "假设情形少于两个选项，或者默认值不在选项里",
    "journey-switch-unused": "假设情形的选项没有步骤用到，选了没有区别",
    "journey-unreachable": "步骤怎么选都不会出现，或者结果不一定出现",
    "journey-days": "步骤的天数前后矛盾，或者没有写依据",
    "journey-name-long": "步骤的名称太长，时间图上写不下",
    "journey-goal": "目标做不到：各步按承诺（没有承诺的按法定）加起来超过目标",
}

NAME = 16
"""Characters of a step's name: on the chart it stands in one line of a narrow phone."""


def check_journey(journey: Journey, lines: Lines) -> Iterator[Problem]:
    """The file alone. Whether the promise holds is asked once the graph is sound."""
    found = [
        *_ids(journey, lines),
        *_switches(journey, lines),
        *_steps(journey, lines),
        *_whens(journey, lines),
    ]
    found = found or [*_circle(journey, lines), *_unused(journey, lines), *_reach(journey, lines)]
    yield from found or _goal(journey, lines)


def _ids(journey: Journey, lines: Lines) -> Iterator[Problem]:
    expected = stem(lines.path)
    if journey.id != expected or not ID.fullmatch(journey.id):
        hint = f"改为 `id: {expected}`，文件名只用小写英文、数字和连字符"
        yield lines.problem(("id",), "journey-id", f"编号“{journey.id}”和文件名“{expected}”不一致或者不合规则", hint)
    yield from unique_ids([step.id for step in journey.steps], "steps", lines)
    yield from unique_ids([switch.id for switch in journey.switches], "switches", lines)


def _switches(journey: Journey, lines: Lines) -> Iterator[Problem]:
    for position, switch in enumerate(journey.switches):
        options = [option.id for option in switch.options]
        where = ("switches", position)
        if len(set(options)) < 2 or len(set(options)) < len(options):
            hint = "至少写两个不同的选项，不需要问的删去"
            yield lines.problem((*where, "options"), "journey-switch", f"“{switch.id}”的选项少于两个或者重复", hint)
        elif switch.default not in options:
            hint = f"可用的有：{'、'.join(options)}"
            yield lines.problem((*where, "default"), "journey-switch", f"没有选项“{switch.default}”", hint)


def _steps(journey: Journey, lines: Lines) -> Iterator[Problem]:
    known = {step.id for step in journey.steps}

    def unknown(id: str | None, where: Field) -> Iterator[Problem]:
        if id is not None and id not in known:
            yield lines.problem(where, "journey-step", f"没有步骤“{id}”", f"可用的有：{'、'.join(sorted(known))}")

    for position, step in enumerate(journey.steps):
        where: Field = ("steps", position)
        for number, id in enumerate(step.after):
            yield from unknown(id, (*where, "after", number))
        if step.days is not None:
            yield from unknown(step.days.counts_from, (*where, "days", "counts_from"))
        if len(step.name) > NAME:
            hint = f"不超过 {NAME} 个字，别的话写进 note"
            yield lines.problem((*where, "name"), "journey-name-long", f"“{step.name}”太长", hint)
        for told in _days(step):
            yield lines.problem((*where, "days"), "journey-days", *told)
    yield from unknown(journey.outcome.step, ("outcome", "step"))
    if journey.goal is not None:
        yield from unknown(journey.goal.from_step, ("goal", "from_step"))
        yield from unknown(journey.goal.to_step, ("goal", "to_step"))


def _days(step: JourneyStep) -> Iterator[tuple[str, str]]:
    """What does not fit together in the days of a step, with what to do."""
    days = step.days
    if days is None:
        if step.uncounted is None:
            yield "没有天数，也没有说为什么不算", "补上 uncounted，例如“设计时间没有法定天数，没有算进去”"
        return
    if step.uncounted is not None:
        yield "写了天数，又写了不算的理由", "天数和 uncounted 只留一个"
    if days.kind in ("immediate", "milestone") and days.value:
        yield "即时完成的步骤写了天数", "改为 value: 0，或者换一个 kind"
    if days.kind not in ("immediate", "milestone") and not days.value:
        yield "天数是 0，却不是即时完成", "改为 kind: immediate，或者写出天数"
    if days.unit == "months" and days.kind != "applicant_deadline":
        yield "只有申请人的期限可以用月", "换算成来源写明的工作日或者日"
    if days.counts_from is not None and days.kind != "applicant_deadline":
        yield "只有申请人的期限可以写 counts_from", "删去 counts_from"
    yield from _backing(days)


def _backing(days: Days) -> Iterator[tuple[str, str]]:
    if days.kind == "milestone":
        return
    if days.evidence is None:
        yield "没有写 evidence", "写 law、guide 或者 practice"
    if days.evidence == "law" and (days.basis is None or days.basis.article is None):
        yield "有法律依据，却没有写哪部法第几条", "补上 basis，或者改为 evidence: guide"
    if days.basis is None and days.source is None:
        yield "没有写依据，也没有写来源", "补上 basis 或者 source"


def _whens(journey: Journey, lines: Lines) -> Iterator[Problem]:
    known = {switch.id: [option.id for option in switch.options] for switch in journey.switches}
    places: list[tuple[Field, str | None]] = [
        (("steps", position, "when"), step.when) for position, step in enumerate(journey.steps)
    ]
    if journey.goal is not None:
        places.append((("goal", "holds_for"), journey.goal.holds_for))
    for where, text in places:
        try:
            parsed = parse(text)
        except WhenError as error:
            hint = "写成 `情形=选项`，“并且”用 ` & `，“或者”用 ` | `，符号两边各一个空格"
            yield lines.problem(where, "when-syntax", f"读不懂“{error.part or text}”", hint)
            continue
        for switch, option in terms(parsed):
            if option not in known.get(switch, ()):
                hint = f"可用的有：{'、'.join(f'{id}={one}' for id, options in known.items() for one in options)}"
                yield lines.problem(where, "when-unknown", f"没有“{switch}={option}”", hint)


def _circle(journey: Journey, lines: Lines) -> Iterator[Problem]:
    after = {step.id: step.after for step in journey.steps}
    done: set[str] = set()

    def visit(id: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        if id in trail:
            return (*trail[trail.index(id) :], id)
        if id not in done:
            for other in after[id]:
                if circle := visit(other, (*trail, id)):
                    return circle
            done.add(id)
        return ()

    for position, step in enumerate(journey.steps):
        if circle := visit(step.id, ()):
            names = {item.id: item.name for item in journey.steps}
            sentence = f"绕成了圈：{' → '.join(names[id] for id in reversed(circle))}"
            hint = "从其中一步的 after 里去掉前一步"
            yield lines.problem(("steps", position, "after"), "journey-circle", sentence, hint)
            return


def _unused(journey: Journey, lines: Lines) -> Iterator[Problem]:
    """An option that no ``when`` names is "none of the others", of which one is enough."""
    used = {term for step in journey.steps for term in terms(parse(step.when))}
    for position, switch in enumerate(journey.switches):
        idle = [option.id for option in switch.options if (switch.id, option.id) not in used]
        if len(idle) > 1:
            hint = "写进步骤的 when，或者删去选项"
            sentence = f"“{switch.id}”的选项 {'、'.join(idle)} 没有步骤用到"
            yield lines.problem(("switches", position, "options"), "journey-switch-unused", sentence, hint)


def _reach(journey: Journey, lines: Lines) -> Iterator[Problem]:
    everything = list(answers(journey))
    for position, step in enumerate(journey.steps):
        shown = sum(applies(step.when, given) for given in everything)
        where = ("steps", position, "when")
        if not shown:
            yield lines.problem(where, "journey-unreachable", f"“{step.name}”怎么选都不会出现", "改 when，或者删去")
        elif step.id == journey.outcome.step and shown < len(everything):
            hint = "结果的步骤不写 when；不同的路汇合到同一步"
            yield lines.problem(where, "journey-unreachable", f"结果“{step.name}”不一定出现", hint)


def _goal(journey: Journey, lines: Lines) -> Iterator[Problem]:
    """The worst case only: the others are mended with it, or told by the next run."""
    for breach in breaches(journey):
        yield lines.problem(("goal", "value"), "journey-goal", *_too_long(journey, breach))
        return


def _too_long(journey: Journey, breach: Breach) -> tuple[str, str]:
    goal = journey.goal
    case = "、".join(
        f"“{switch.question}”选“{option.label}”"
        for switch in journey.switches
        for option in switch.options
        if breach.given[switch.id] == option.id
    )
    prefix = f"{case}时，" if case else ""
    if goal is None or not breach.path:
        return f"{prefix}目标的起点或者终点不出现", "改 holds_for，或者换 from_step、to_step"
    unit = goal.unit or "working_days"
    by_id = {step.id: step for step in journey.steps}
    chain = " → ".join(f"{by_id[id].name}{_told(by_id[id])}" for id in breach.path)
    length = breach.ticks / TICKS[unit]
    sentence = f"{prefix}要 {length:.1f} {UNITS[unit]}（5 个工作日折 7 日），超过目标 {goal.value}；关键路径：{chain}"
    return sentence, "给关键路径上的步骤写 promised，或者去掉不必要的 after 让它们并行，或者改目标、改 holds_for"


def _told(step: JourneyStep) -> str:
    length = length_of(step, "promised")
    if length is None or not length[0]:
        return ""
    word = "承诺" if step.promised is not None else "法定"
    return f"（{word} {length[0]} {UNITS[length[1]]}）"


# --- what other files offer ------------------------------------------------------------


def check_journey_references(
    journeys: Mapping[str, Journey], paths: Mapping[str, Lines], index: Index
) -> Iterator[Problem]:
    """Matters, laws and sources exist. ``paths`` are the lines of the files by id."""
    for id, journey in journeys.items():
        lines = paths[id]
        for number, matter in enumerate(journey.sought_as):
            if matter not in index.matters:
                hint = instead(matter, index.matters, "改正编号（事项改过编号的写新的）")
                yield lines.problem(("sought_as", number), "journey-matter", f"没有事项“{matter}”", hint)
        for position, step in enumerate(journey.steps):
            where: Field = ("steps", position)
            for number, matter in enumerate(step.matters):
                if matter not in index.matters:
                    hint = instead(
                        matter, index.matters, "改正编号（事项改过编号的写新的）；别的部门的事、市场行为不写 matters"
                    )
                    yield lines.problem((*where, "matters", number), "journey-matter", f"没有事项“{matter}”", hint)
            if step.days is not None:
                read = step.days.evidence == "law"
                yield from _law(step.days.basis, (*where, "days", "basis"), read, lines, index)
                yield from _source(step.days.source, (*where, "days", "source"), lines, index)
            if step.promised is not None:
                yield from _source(step.promised.source, (*where, "promised", "source"), lines, index)
        for position, switch in enumerate(journey.switches):
            yield from _law(switch.basis, ("switches", position, "basis"), False, lines, index)
        if journey.goal is not None:
            yield from _source(journey.goal.source, ("goal", "source"), lines, index)


def _law(basis: Basis | None, where: Field, read: bool, lines: Lines, index: Index) -> Iterator[Problem]:
    if basis is None or index.laws is None:
        return
    checked = index.laws.get(basis.law)
    if checked is None:
        yield lines.problem((*where, "law"), "law-unknown", *unknown_law(basis.law, index))
    elif read and basis.article and article_of(basis.article) not in checked:
        hint = "核对原文后写进 laws.yml（verified: true），或者改为 evidence: guide"
        sentence = f"laws.yml 里没有核对过 {basis.law} {basis.article}"
        yield lines.problem((*where, "article"), "article-unchecked", sentence, hint)


def _source(source: str | None, where: Field, lines: Lines, index: Index) -> Iterator[Problem]:
    if source is None or index.sources is None or index.commitments is None:
        return
    known = index.sources | index.commitments
    if source not in known and ID.fullmatch(source):
        hint = f"可用的有：{'、'.join(sorted(known))}；或者写成一句话"
        yield lines.problem(where, "source-unknown", f"没有来源“{source}”", hint)
