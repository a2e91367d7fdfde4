"""The list of what the centre has still to say: one row for everything, to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..catalog.model.centre import Centre
from ..catalog.model.lists import Place
from ..catalog.model.matter import Matter
from ..catalog.model.services import Hall
from ..catalog.parts import Parts
from ..catalog.paths import FILES, FOLDER
from .cases import all_lines
from .certainty import FIELDS
from .matter import MatterView
from .summary import asked, summarize
from .words import FORMS, clock

PRACTICE = "待确认"
"""What pages call a claim that rests on common practice."""

Question = tuple[str, str, str, str]
"""The field in the file, the question, what stands there now, and the mark of the claim;
empty where there is none."""


class Open(NamedTuple):
    """One thing to confirm. ``matter`` and ``name`` are empty for what concerns the centre."""

    matter: str
    name: str
    field: str
    question: str
    now: str
    mark: str
    path: str


def to_confirm(parts: Parts, matters: Iterable[tuple[Matter, MatterView]]) -> Iterator[Open]:
    """Everything that is open: about the centre first, then matter by matter."""
    for path, rows in (
        (FILES["centre"], _of_centre(parts.centre)),
        (FILES["hall"], _of_hall(parts.hall)),
        (FILES["places"], _of_places(parts.places)),
    ):
        for row in rows:
            yield Open("", "", *row, path)
    for matter, view in matters:
        path = f"{FOLDER}/matters/{matter.section}/{matter.id}.yml"
        for row in _of_matter(matter, view):
            yield Open(matter.id, matter.name, *row, path)


def _of_matter(matter: Matter, view: MatterView) -> Iterator[Question]:
    summary = asked(summarize(matter), view.offers)
    for field in summary.unknown_fields:
        yield field, FIELDS[field], "", ""
    yield from _of_claims(matter, view)
    for number, line in enumerate(matter.materials, 1):
        if line.evidence == "practice":
            now = f"{line.name}（{FORMS[line.form]}）"
            yield f"materials 第 {number} 项", "这件材料要不要收，收原件还是复印件", now, PRACTICE
        if line.needed == "deferrable" and (line.deferral is None or line.deferral.within_working_days is None):
            yield f"materials 第 {number} 项 deferral", "能不能后补，几个工作日内补齐", line.name, ""
    if view.offers.zero_visit and summary.natural_person and matter.zero_visit is None:
        yield "zero_visit", "是否纳入上门代办", "", ""
    if matter.confirmed is None:
        yield "confirmed", "全部看过以后，写上谁、哪天确认的", "", ""


def _of_claims(matter: Matter, view: MatterView) -> Iterator[Question]:
    """Claims of the lowest grade that are no papers."""
    groups = (*view.deadlines, *((view.renewal,) if view.renewal else ()))
    for field, question, claim in (
        *(("time_limit.statutory", "法定时限对不对", line.told) for line in view.by_law),
        ("fee", "收费对不对", view.fee),
        *(("deadlines", f"{label}，对不对", line.told) for label, line in all_lines(groups)),
    ):
        if claim is not None and claim.evidence == "practice":
            yield field, question, claim.text, PRACTICE
    for number, (basis, law) in enumerate(zip(matter.legal_basis, view.laws, strict=True), 1):
        if basis.evidence == "practice":
            now = f"{law.name}{law.article or ''}"
            yield f"legal_basis 第 {number} 项", "依据对不对，是第几条", now, PRACTICE
    for number, item in enumerate(matter.conditions, 1):
        if item.evidence == "practice":
            yield f"conditions 第 {number} 项", "这个条件对不对", item.text, PRACTICE
    for number, faq in enumerate(matter.faq, 1):
        if faq.evidence == "practice":
            yield f"faq 第 {number} 项", "这样回答对不对", f"{faq.question}{faq.answer}", PRACTICE


def _of_centre(centre: Centre) -> Iterator[Question]:
    for name, value, question in (("address", centre.address, "中心的地址"), ("phone", centre.phone, "中心的电话")):
        if value is None:
            yield name, question, "", ""
    for part in centre.hours:
        for end, boundary, word in (("opens", part.opens, "开门"), ("closes", part.closes, "关门")):
            if boundary.source is None:
                yield f"hours.{part.id}.{end}", f"{part.name}几点{word}", f"{clock(boundary.at)}（暂定）", ""
    for kind in centre.counter_kinds:
        if kind.open_regular is None:
            yield f"counter_kinds.{kind.id}.open_regular", f"平时开几个{kind.name}", "", ""
        if kind.place is None:
            yield f"counter_kinds.{kind.id}.place", f"{kind.name}在哪儿", "", ""
    for item in centre.commitments:
        if item.status == "announced":
            yield f"commitments.{item.id}.status", f"「{item.name}」有没有实行", "宣布过的计划", ""


def _of_hall(hall: Hall) -> Iterator[Question]:
    for zone in hall.zones:
        if zone.place is None:
            yield f"zones.{zone.id}.place", f"{zone.name}在几楼、什么位置", "", ""


def _of_places(places: Iterable[Place]) -> Iterator[Question]:
    for place in places:
        for name, value, word in (("address", place.address, "地址"), ("phone", place.phone, "电话")):
            if value is None and place.kind != "centre":  # of the centre, centre.yml tells
                yield f"places.{place.id}.{name}", f"{place.name}的{word}", "", ""
