"""The questions on single lines of a matter: its papers, and claims that rest on common practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..catalog.model.matter import Matter
from ..catalog.paths import matter_path
from .cases import all_lines
from .matter import MatterView
from .words import FORMS, Claim
from .work_fields import REST, SAVES
from .worklist import PRACTICE, Question

_OF_LINES: tuple[tuple[str, str, str, int], ...] = (
    ("exempt", "“{}”能不能免交（窗口自己查得到）？", "yes-no", SAVES),
    ("blank_form", "“{}”有没有空白表，哪一版？", "form", SAVES),
    ("sample", "“{}”有没有填好的样子？", "form", REST),
    ("requirements", "“{}”有什么格式要求？", "requirements", REST),
)


def line_questions(matters: Iterable[tuple[Matter, MatterView]], weigh: Mapping[str, int]) -> Iterator[Question]:
    """Those of all matters. A form is asked for where there is one to fill in, an exemption where an office
    has issued the paper."""
    for matter, view in matters:
        weight = weigh[matter.id]
        for field, kind, rank, text, now, mark in (*_papers(matter), *_claims(matter, view), *_home(matter, view)):
            yield Question(
                id=f"{matter.id}.{field}",
                text=f"{matter.name}：{text}",
                field=field,
                kind=kind,
                rank=rank,
                weight=weight,
                concerns=1,
                path=matter_path(matter.section, matter.id),
                matters=(matter.id,),
                name=matter.name,
                now=now,
                mark=mark,
            )


Row = tuple[str, str, int, str, str, str]
Claimed = tuple[str, str, Claim | None]
"""Field, question, and what stands there."""


def _papers(matter: Matter) -> Iterator[Row]:
    for number, line in enumerate(matter.materials, 1):
        where, now = f"materials.{number}", f"{line.name}（{FORMS[line.form]}）"
        if line.copies is None and line.paper is None:
            yield f"{where}.copies", "copies", SAVES, f"“{line.name}”收几份？", now, ""
        if line.needed == "deferrable" and (line.deferral is None or line.deferral.within_working_days is None):
            yield (
                f"{where}.deferral.within_working_days",
                "number",
                SAVES,
                f"“{line.name}”后补，几个工作日内补齐？",
                now,
                "",
            )
        for name, question, kind, rank in _OF_LINES:
            wanted = {"exempt": line.issued_by == "政府部门核发", "requirements": True}.get(name, line.kind == "申请表")
            if wanted and getattr(line, name) is None and not (name == "exempt" and line.paper):
                yield f"{where}.{name}", kind, rank, question.format(line.name), now, ""


def _claims(matter: Matter, view: MatterView) -> Iterator[Row]:
    """Claims of the lowest grade that are no papers."""
    told = {answer.field for answer in matter.answers}
    for field, question, claim in (*_limits(view), ("fee", "收费对不对？", view.fee), *_deadlines(view)):
        if claim is not None and claim.evidence == "practice" and field not in told:
            yield field, "claim", SAVES, question, claim.text, PRACTICE
    for number, (basis, law) in enumerate(zip(matter.legal_basis, view.laws, strict=True), 1):
        if basis.evidence == "practice" and basis.confirmed is None:
            now = f"{law.name}{law.article or ''}"
            yield f"legal_basis.{number}", "claim", REST, "依据对不对，是第几条？", now, PRACTICE
    for number, item in enumerate(matter.conditions, 1):
        if item.evidence == "practice" and item.confirmed is None:
            yield f"conditions.{number}", "claim", SAVES, "这个条件对不对？", item.text, PRACTICE
    for number, faq in enumerate(matter.faq, 1):
        if faq.evidence == "practice" and faq.confirmed is None:
            yield f"faq.{number}", "claim", SAVES, "这样回答对不对？", f"{faq.question}{faq.answer}", PRACTICE


def _limits(view: MatterView) -> Iterator[Claimed]:
    """The limit of each case, and the one of all others."""
    for line in view.by_law:
        case = f".cases.{line.number}" if line.number else ""
        yield f"time_limit.statutory{case}", "法定时限对不对？", line.told


def _deadlines(view: MatterView) -> Iterator[Claimed]:
    groups = (*view.deadlines, *((view.renewal,) if view.renewal else ()))
    for label, line in all_lines(groups):
        yield f"deadlines.{line.number}", f"{label}，对不对？", line.told


def _home(matter: Matter, view: MatterView) -> Iterator[Row]:
    if view.offers.zero_visit and "自然人" in matter.applicants and matter.zero_visit is None:
        yield "zero_visit", "by-hand", REST, "是否纳入上门代办？", "", ""
