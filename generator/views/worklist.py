"""The centre's work list: what it has still to say, a question a line, by how many citizens it concerns.

One question is asked once, however many matters its answer settles: by section where one office
handles all (appointments, mail), by recurrent paper, by kind of counter. First comes what somebody
has to know before he leaves home, then what saves him a way, then what only statistics ask; within
each the greater ``weight`` first. Nobody counts visitors here: a matter weighs by what the catalogue
knows of how often it is sought (``weight_of``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ..catalog.parts import Parts
from ..catalog.paths import FILES, FOLDER, matter_path
from .summary import Summary
from .words import FORMS, clock
from .work_fields import FIELDS, MUST, RANKS, REST, SAVES, Asked

PRACTICE = "待确认"
"""What pages call a claim that rests on common practice."""


class Question(Struct, frozen=True, kw_only=True):
    """One thing to ask. ``matters`` are the ids of those that the answer settles, empty for what concerns
    the centre; ``field`` is the way to the answer in each of their files, or in ``path``. ``now``
    is what stands there, ``mark`` how sure that is."""

    id: str
    text: str
    field: str
    kind: str
    rank: int
    weight: int
    concerns: int
    path: str
    matters: tuple[str, ...] = ()
    name: str = ""
    now: str = ""
    mark: str = ""

    @property
    def when(self) -> str:
        """When to ask it, in words."""
        return RANKS[self.rank]


HOME, JOURNEY, TOLD, SAYINGS = 5, 2, 2, 10
"""What a matter weighs more: for a place on the home page, for each journey that it is a step of, where a
case or a commitment of the centre names it, and for so many sayings of citizens that mean it first."""


def weights(parts: Parts, summaries: Iterable[Summary]) -> dict[str, int]:
    """How often a matter is sought, as far as the catalogue knows: no number of visitors is known, so
    none is made up. 1, and more as ``HOME`` and the others say."""
    words = parts.words or ()
    common = {word.matters[0] for word in words if word.common}
    first = Counter(word.matters[0] for word in words if word.matters)
    steps = Counter(
        matter
        for journey in (parts.journeys or {}).values()
        for matter in {one for step in journey.steps for one in step.matters}
    )
    told = {case.matter for case in parts.cases or ()}
    promises = {item.id for item in parts.centre.commitments}
    return {
        item.id: 1
        + HOME * (item.id in common)
        + JOURNEY * steps[item.id]
        + TOLD * (item.id in told or item.promised_source in promises)
        + first[item.id] // SAYINGS
        for item in summaries
    }


def questions(parts: Parts, summaries: Iterable[Summary], more: Iterable[Question] = ()) -> tuple[Question, ...]:
    """Everything that is open, in the order in which to ask it. ``more`` are the questions on single lines
    (``worklist_lines.py``), which a summary does not know."""
    listed = tuple(summaries)
    weigh = weights(parts, listed)
    found = [
        *_of_centre(parts, listed, weigh),
        *_shared(parts, listed, weigh),
        *(leaf for item in listed for leaf in _leaves(item, weigh)),
        *_of_papers(parts, listed, weigh),
        *more,
    ]
    return tuple(sorted(found, key=_order))


def pressing(parts: Parts, summaries: Iterable[Summary], number: int) -> tuple[tuple[Question, ...], int]:
    """The first ``number`` of ``questions``, and how many there are, without making them all: a page
    that shows forty of a hundred thousand is made at every save."""
    listed = tuple(summaries)
    weigh = weights(parts, listed)
    found = [*_shared(parts, listed, weigh), *_of_centre(parts, listed, weigh), *_of_papers(parts, listed, weigh)]
    total = len(found) + sum(_leaves_of(item) for item in listed)
    urgent: list[Question] = []
    for item in sorted(listed, key=lambda item: -weigh[item.id]):
        if urgent and len(urgent) >= number and weigh[item.id] < urgent[-1].weight:
            break
        urgent += [leaf for leaf in _leaves(item, weigh) if leaf.rank == MUST]
    if len(urgent) + sum(one.rank == MUST for one in found) < min(number, total):
        return questions(parts, listed)[:number], total
    return tuple(sorted([*found, *urgent], key=_order)[:number]), total


def _order(question: Question) -> tuple[int, int, str]:
    return question.rank, -question.weight, question.id


def _leaves_of(item: Summary) -> int:
    """How many questions are asked of this matter alone."""
    alone = sum(not FIELDS[field].together for field in item.unknown_fields)
    return alone + len(item.practice_lines) + (not item.confirmed)


def _leaves(item: Summary, weigh: Mapping[str, int]) -> Iterator[Question]:
    """What is asked of one matter alone."""
    for field in item.unknown_fields:
        if not FIELDS[field].together:
            yield of_matter(item, field, weigh)
    for number, name, form in item.practice_lines:
        yield Question(
            id=f"{item.id}.materials.{number}",
            text=f"{item.name}：“{name}”要不要收，收原件还是复印件？",
            field=f"materials.{number}",
            kind="paper",
            rank=MUST,
            weight=weigh[item.id],
            concerns=1,
            path=matter_path(item.section, item.id),
            matters=(item.id,),
            name=item.name,
            now=f"{name}（{FORMS[form]}）",
            mark=PRACTICE,
        )
    if not item.confirmed:
        yield Question(
            id=f"{item.id}.confirmed",
            text=f"{item.name}：整页看过一遍，都对吗？",
            field="confirmed",
            kind="confirmed",
            rank=REST,
            weight=weigh[item.id],
            concerns=1,
            path=matter_path(item.section, item.id),
            matters=(item.id,),
            name=item.name,
        )


def _shared(parts: Parts, summaries: tuple[Summary, ...], weigh: Mapping[str, int]) -> Iterator[Question]:
    """What one office answers for all matters of a section; where one matter is left, of that one."""
    names = {section.id: section.name for section in parts.sections or ()}
    together: dict[tuple[str, str], list[Summary]] = defaultdict(list)
    for item in summaries:
        for field in item.unknown_fields:
            if FIELDS[field].together:
                together[item.section, field].append(item)
    for (section, field), items in together.items():
        if len(items) == 1:
            yield of_matter(items[0], field, weigh)
            continue
        asked = FIELDS[field]
        yield Question(
            id=f"{section}.{field}",
            text=f"{names.get(section, section)}的 {len(items)} 件事，{asked.question}",
            field=field,
            kind=asked.kind,
            rank=asked.rank,
            weight=sum(weigh[item.id] for item in items),
            concerns=len(items),
            path=f"{FOLDER}/matters/{section}/",
            matters=tuple(item.id for item in items),
        )


def of_matter(item: Summary, field: str, weigh: Mapping[str, int]) -> Question:
    """One field of one matter, also of those that are asked together: the answer may differ."""
    asked = _ranked(item, field)
    return Question(
        id=f"{item.id}.{field}",
        text=f"{item.name}：{asked.question}",
        field=field,
        kind=asked.kind,
        rank=asked.rank,
        weight=weigh.get(item.id, 1),
        concerns=1,
        path=matter_path(item.section, item.id),
        matters=(item.id,),
        name=item.name,
    )


def _ranked(item: Summary, field: str) -> Asked:
    """Where no limit at all is known, the promised one has to be known before one leaves home."""
    asked = FIELDS[field]
    if field == "time_limit.promised" and not item.statutory:
        return Asked(asked.words, asked.question, MUST, asked.kind)
    return asked


_OF_PAPERS = {
    "needed": ("这 {n} 件事都要收{name}吗，收原件还是复印件？", "paper", MUST),
    "copies": ("{name}（{form}）收几份？{n} 件事要它", "copies", SAVES),
    "exempt": ("{name}能不能免交（窗口自己查得到）？{n} 件事要它", "yes-no", SAVES),
}


def _of_papers(parts: Parts, summaries: tuple[Summary, ...], weigh: Mapping[str, int]) -> Iterator[Question]:
    wanting: dict[tuple[str, str, str], list[Summary]] = defaultdict(list)
    for item in summaries:
        for paper in item.recurrent:
            wanting[paper].append(item)
    papers = parts.papers or {}
    for (id, form, what), items in wanting.items():
        name = papers[id].name if id in papers else id
        text, kind, rank = _OF_PAPERS[what]
        told = text.format(name=name, form=FORMS[form], n=len(items))
        yield Question(
            id=f"{id}.{form}.{what}",
            text=told
            if len(items) > 1
            else f"{items[0].name}：{told}".replace("这 1 件事都", "").replace("1 件事要它", ""),
            field=what,
            kind=kind,
            rank=rank,
            weight=sum(weigh[item.id] for item in items),
            concerns=len(items),
            path=f"{FOLDER}/matters/",
            matters=tuple(item.id for item in items),
            mark=PRACTICE if what == "needed" else "",
        )


def _of_centre(parts: Parts, summaries: tuple[Summary, ...], weigh: Mapping[str, int]) -> Iterator[Question]:
    """What concerns whoever comes: all matters, or those of a kind of counter."""

    def ask(
        file: str,
        field: str,
        text: str,
        kind: str,
        rank: int,
        now: str = "",
        counter: str | None = None,
        decided: bool = False,
    ) -> Question:
        concerned = [
            item.id
            for item in summaries
            if (counter is None or item.counter == counter) and not (decided and item.type == "公共服务")
        ]
        return Question(
            id=f"{file}.{field}",
            text=text,
            field=field,
            kind=kind,
            rank=rank,
            weight=sum(weigh[id] for id in concerned),
            concerns=len(concerned),
            path=FILES[file],
            now=now,
        )

    centre = parts.centre
    for name, value, question, rank in (
        ("address", centre.address, "中心的地址是什么？", MUST),
        ("phone", centre.phone, "中心自己的电话是多少？", SAVES),
    ):
        if value is None:
            yield ask("centre", name, question, "phone" if name == "phone" else "text", rank)
    for part in centre.hours:
        for end, boundary, word in (("opens", part.opens, "开门"), ("closes", part.closes, "关门")):
            if boundary.source is None:
                now = f"{clock(boundary.at)}（暂定）"
                yield ask("centre", f"hours.{part.id}.{end}", f"{part.name}几点{word}？", "clock", MUST, now)
    for kind in centre.counter_kinds:
        for name, value, question, reads in (
            ("place", kind.place, f"{kind.name}在几楼、什么位置？", "text"),
            ("numbers", kind.numbers, f"{kind.name}是几号窗口？", "text"),
            ("open_regular", kind.open_regular, f"平时开几个{kind.name}？", "number"),
        ):
            if value is None:
                rank = SAVES if name == "open_regular" else MUST
                yield ask("centre", f"counter_kinds.{kind.id}.{name}", question, reads, rank, counter=kind.id)
    for item in centre.commitments:
        if item.status == "announced":
            question = f"“{item.name}”有没有实行？"
            yield ask("centre", f"commitments.{item.id}.status", question, "running", SAVES, "宣布过的计划")
    if centre.complaint is not None:
        for name, question, reads in (
            ("phone", "热线以外，投诉还打哪个电话？", "phone"),
            ("online", "网上在哪里投诉？", "address"),
            ("letter", "写信投诉寄到哪里？", "text"),
        ):
            if getattr(centre.complaint, name) is None:
                yield ask("centre", f"complaint.{name}", question, reads, REST)
    for zone in parts.hall.zones:
        # Where a counter stands is asked above.
        if zone.place is None and zone.counter is None:
            yield ask("hall", f"zones.{zone.id}.place", f"{zone.name}在几楼、什么位置？", "text", SAVES)
    for place in parts.places:
        for name, value, question, reads in (
            ("address", place.address, "在哪里？", "text"),
            ("phone", place.phone, "电话是多少？", "phone"),
        ):
            if value is None and place.kind != "centre":  # of the centre, centre.yml tells
                yield ask("places", f"places.{place.id}.{name}", f"{place.name}{question}", reads, REST)
    if (remedy := parts.supervision.remedy) is not None:
        for field, value, question in (
            ("remedy.review.body", remedy.review.body, "对决定不服，向哪个机关申请行政复议？"),
            ("remedy.review.address", remedy.review.address, "行政复议机关在哪里？"),
            ("remedy.suit.court", remedy.suit.court, "对决定不服，向哪个法院起诉？"),
        ):
            if value is None:
                yield ask("supervision", field, question, "text", SAVES, decided=True)
