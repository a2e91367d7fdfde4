"""The view of how sure the guide is, and the list of what the centre has still to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from ..catalog.model import Centre, Place, Section
from ..catalog.parts import FILES, FOLDER
from ..catalog.services import Hall
from ..summary import Summary
from .words import Context, clock

FIELDS = {
    "authority": "谁审批",
    "counter": "在哪个窗口",
    "time_limit.statutory": "法定时限",
    "time_limit.promised": "承诺时限",
    "noon_service.accepted": "午间能不能办",
    "visits": "跑几次",
    "fee": "收费",
    "result.document": "拿到什么证",
    "result.validity": "有效期",
    "on_site_check": "要不要现场核查",
    "online": "能不能网上办",
}
"""What a matter's open answers are called, in the order of ``summary.py``."""


class SectionCertainty(Struct, frozen=True, kw_only=True):
    """A section: its claims by grade, its open answers, and its matters."""

    section: Section
    evidence: dict[str, int]
    unknown: int
    confirmed: int
    matters: tuple[Summary, ...]


class CertaintyView(Struct, frozen=True, kw_only=True):
    """``fields`` are the open answers by what they are called, most frequent first."""

    guide: str
    hotline: str
    centre: str
    sections: tuple[SectionCertainty, ...]
    fields: tuple[tuple[str, int], ...]


Open = tuple[str, str, str, str]
"""One thing to confirm: the field in the file, the question, what stands there now, and
the mark of the claim; empty where there is none."""


class OpenFile(NamedTuple):
    """What is to be confirmed in one file. ``matter`` and ``name`` are empty for what
    concerns the centre as a whole."""

    matter: str
    name: str
    path: str
    rows: tuple[Open, ...]


def certainty_view(context: Context, summaries: Iterable[Summary]) -> CertaintyView:
    listed = tuple(summaries)
    fields = Counter(field for item in listed for field in item.unknown_fields)
    own: dict[str, list[Summary]] = {section.id: [] for section in context.sections}
    for item in listed:
        own[item.section].append(item)
    return CertaintyView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        centre=context.centre.name,
        sections=tuple(_section(section, tuple(own[section.id])) for section in context.sections if own[section.id]),
        fields=tuple(
            (FIELDS[field], fields[field]) for field in sorted(fields, key=lambda name: (-fields[name], name))
        ),
    )


def _section(section: Section, matters: tuple[Summary, ...]) -> SectionCertainty:
    evidence: Counter[str] = Counter()
    for item in matters:
        evidence.update(item.evidence)
    return SectionCertainty(
        section=section,
        evidence={grade: evidence[grade] for grade in ("law", "guide", "practice")},
        unknown=sum(item.unknown for item in matters),
        confirmed=sum(item.confirmed for item in matters),
        matters=matters,
    )


# --- what is open ---------------------------------------------------------------------

_PRACTICE = "待确认"
"""What pages call a claim that rests on common practice."""


def open_files(context: Context, hall: Hall, places: Iterable[Place], summaries: Iterable[Summary]) -> list[OpenFile]:
    """Everything that the centre has still to say: about itself first, then by matter.

    Papers and claims that rest on common practice are counted, one row a matter.
    """
    files = [
        OpenFile("", "", FILES["centre"], tuple(_of_centre(context.centre))),
        OpenFile("", "", FILES["hall"], tuple(_of_hall(hall))),
        OpenFile("", "", FILES["places"], tuple(_of_places(places))),
    ]
    for item in summaries:
        rows = _of_matter(
            item.unknown_fields,
            item.practice_materials,
            item.evidence["practice"] - item.practice_materials,
            sum(term is None for _, term in item.deferrable),
            item.natural_person and not item.zero_visit,
            item.confirmed,
        )
        files.append(OpenFile(item.id, item.name, f"{FOLDER}/matters/{item.section}/{item.id}.yml", rows))
    return files


@cache
def _of_matter(
    fields: tuple[str, ...], papers: int, others: int, undated: int, candidate: bool, confirmed: bool
) -> tuple[Open, ...]:
    """The rows of a matter. Many matters lack the same, and then share them."""
    rows: list[Open] = [(field, FIELDS[field], "", "") for field in fields]
    if papers:
        rows.append(("materials", "这些材料只是通行做法，要不要收、收原件还是复印件", f"{papers} 件", _PRACTICE))
    if others:
        rows.append(("conditions、faq 等", "这些说法只是通行做法，对不对", f"{others} 处", _PRACTICE))
    if undated:
        rows.append(("materials.deferral", "能不能后补，几个工作日内补齐", f"{undated} 件", ""))
    if candidate:
        rows.append(("zero_visit", "是否纳入网格长上门代办", "", ""))
    if not confirmed:
        rows.append(("confirmed", "全部看过以后，写上谁、哪天确认的", "", ""))
    return tuple(rows)


def _of_centre(centre: Centre) -> Iterator[Open]:
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
            yield f"commitments.{item.id}.status", f"“{item.name}”有没有实行", item.status, ""


def _of_hall(hall: Hall) -> Iterator[Open]:
    for zone in hall.zones:
        if zone.place is None:
            yield f"zones.{zone.id}.place", f"{zone.name}在几楼、什么位置", "", ""


def _of_places(places: Iterable[Place]) -> Iterator[Open]:
    for place in places:
        for name, value, word in (("address", place.address, "地址"), ("phone", place.phone, "电话")):
            if value is None and place.kind != "centre":  # of the centre, centre.yml tells
                yield f"places.{place.id}.{name}", f"{place.name}的{word}", "", ""
