"""What a field rests on: who decides, at which counter, in which kinds and steps, how long it is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem
from .evidence import GROUNDED, grounds

CODES = {
    "authority-ground": "写了谁审批，却没有写凭什么",
    "authority-doubt": "写了谁审批，说明里却说主管的是别人，或者受不受理还要确认",
    "ground-empty": "写了 grounds，那一项却是空的，或者没有写出处",
    "validity-ground": "写了有效期，却没有写有效期的依据",
}

_DOUBT = re.compile(r"主管部门是|由哪一级部门|(?:窗口|中心)是否受理|(?:实施|受理)机关是")


def check_grounds(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """An authority is told only with its ground, and not beside a note that doubts it; a ground is of
    something and says what it is."""
    given = dict(grounds(matter))
    if matter.authority is not None:
        if "authority" not in given and not _told(matter, "authority"):
            hint = "在 grounds.authority 写上条文或者出处；没有凭据的，authority 写 null"
            sentence = f"“{matter.authority}”没有写凭什么"
            yield lines.problem(("authority",), "authority-ground", sentence, hint)
        if (found := _DOUBT.search(matter.note or "")) is not None:
            sentence = f"写着由“{matter.authority}”审批，说明里却说“{found[0]}”"
            yield lines.problem(("authority",), "authority-doubt", sentence, "authority 写 null，说明留着")
    for name in GROUNDED:
        ground = given.get(name)
        if ground is None:
            continue
        if not getattr(matter, name):
            yield lines.problem(("grounds", name), "ground-empty", f"{name} 是空的，却写了凭什么", "删去这一项")
        elif ground.basis is None and ground.source is None:
            hint = "写 basis 或者 source；都没有的删去这一项，页面会标“待确认”"
            yield lines.problem(("grounds", name), "ground-empty", f"{name} 没有写出处", hint)


def check_validity(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """How long a document is valid is a rule of its own: the article that says so stands beside it."""
    result = matter.result
    if result.validity is not None and result.validity_basis is None and not _told(matter, "result.validity"):
        hint = "补上 validity_basis；写在 basis 里的移过来，basis 留给说发这个文书的条文；没有条文的，validity 写 null"
        where = ("result", "validity")
        yield lines.problem(where, "validity-ground", f"有效期“{result.validity}”没有写依据", hint)


def _told(matter: Matter, field: str) -> bool:
    """Whether the centre itself has said it."""
    return any(answer.field == field for answer in matter.answers)
