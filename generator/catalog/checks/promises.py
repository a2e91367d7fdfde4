"""What a matter may promise: only what a commitment or a case of the source says of it.

That the centre handles 常办业务 over noon says of no single matter that it is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..index import Index
from ..lines import Lines
from ..model.centre import Commitment
from ..model.matter import Matter
from ..problems import Problem, instead

CODES = {
    "noon-unproven": "写了午间能办，却没有哪条承诺、哪个例子说到这件事",
    "promise-elsewhere": "承诺时限的出处没有说到这件事",
    "covers-unknown": "承诺的 covers 里有不存在的栏目、分组或者事项",
}


def check_noon_proven(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Accepted, and finished, over noon: a case of cases.yml tells it of this matter, or the source is a
    commitment that names it."""
    if index.covers is None or index.done_at_noon is None or not index.noon:
        return
    noon = matter.noon_service
    if noon.source is not None and names(index.covers.get(noon.source, frozenset()), matter):
        return
    finished = index.done_at_noon.get(matter.id)
    for key, shown in (("accepted", finished is not None), ("completed", bool(finished))):
        if getattr(noon, key) and not shown:
            sentence = f"{key}: true，来源却没有说这件事午间{'办得完' if key == 'completed' else '能办'}"
            hint = "改为 null；来源讲过的写进 cases.yml，承诺点到这件事的写进它的 covers，source 写那条承诺"
            yield lines.problem(("noon_service", key), "noon-unproven", sentence, hint)


def check_promise_names(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """A limit is promised by a commitment whose words name the matter, its group or its section."""
    promised = matter.time_limit.promised
    covers = None if promised is None or index.covers is None else index.covers.get(promised.source)
    if promised is None or covers is None or names(covers, matter):
        return
    sentence = f"承诺“{promised.source}”没有说到这件事（covers：{'、'.join(sorted(covers)) or '空'}）"
    hint = "promised 改为 null，或者写说到它的那条承诺；原话确实点到的，写进那条承诺的 covers"
    yield lines.problem(("time_limit", "promised", "source"), "promise-elsewhere", sentence, hint)


def check_covers(commitments: Sequence[Commitment], lines: Lines, index: Index) -> Iterator[Problem]:
    """What a commitment covers exists."""
    if index.sections is None:
        return
    groups = {group for groups in index.sections.values() for group in groups}
    known = {*index.sections, *groups, *index.matters}
    for position, item in enumerate(commitments):
        for number, name in enumerate(item.covers):
            if name not in known:
                where = ("commitments", position, "covers", number)
                hint = instead(name, known, "写栏目编号、分组名称或者事项编号；没有点到哪件事的，不写 covers")
                yield lines.problem(where, "covers-unknown", f"没有栏目、分组或者事项“{name}”", hint)


def names(covers: frozenset[str], matter: Matter) -> bool:
    """Whether one of ``covers`` is the matter, its group or its section."""
    return not covers.isdisjoint((matter.id, matter.group, matter.section))
