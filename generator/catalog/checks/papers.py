"""Papers: concrete and complete.

The national audit of service guides (国办函〔2017〕115号) counts catch-all papers as faults; so
do we.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem, instead
from .phrases import find_catch_all

CODES = {
    "materials-empty": "没有列出任何材料",
    "material-catch-all": "材料名称是兜底说法，办事的人不知道要带什么",
    "material-duplicate": "同一份材料在同一情形下列了两次",
    "paper-unknown": "materials.yml 里没有这份常用材料",
    "on-site-never": "材料等现场核验时交，却没有写要现场核查",
    "deferral-missing": "写了可以容缺，却没有写容缺条件",
    "deferral-unexpected": "不能容缺的材料写了容缺条件",
    "deferral-rules": "材料可以后补，却没有 deferral.yml",
}


def check_materials(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Somebody who brings exactly the listed papers must be able to apply."""
    if not matter.materials:
        hint = "至少写一份材料，例如申请表；确实不收材料的，写出出示的证件"
        yield lines.problem(("materials",), "materials-empty", "没有列出任何材料", hint)
    seen: dict[tuple[str, str | None], int] = {}
    for position, material in enumerate(matter.materials):
        where = ("materials", position)
        if found := _catch_all(material.name):
            sentence = f"“{found}”没有说清是哪一份材料"
            hint = "逐份写出名称；说不清的删去"
            yield lines.problem((*where, "name"), "material-catch-all", sentence, hint)
        key = (material.name, material.when)
        if key in seen:
            sentence = f"“{material.name}”和第 {seen[key] + 1} 份材料重复"
            hint = "删去一份，或者用 when 写明各自的情形"
            yield lines.problem((*where, "name"), "material-duplicate", sentence, hint)
        seen.setdefault(key, position)
        if material.needed == "on_site" and matter.on_site_check.value not in ("yes", "conditional"):
            hint = "needed 改为 window；确实要核查的，on_site_check 写 yes 或者 conditional，并写依据"
            sentence = f"“{material.name}”等现场核验时交，on_site_check 却没有写要核查"
            yield lines.problem((*where, "needed"), "on-site-never", sentence, hint)
        if material.needed == "deferrable" and material.deferral is None:
            hint = "补上 deferral（within_working_days 和 promise，未定的写 null）"
            sentence = f"“{material.name}”可以容缺，却没有写 deferral"
            yield lines.problem((*where, "needed"), "deferral-missing", sentence, hint)
        elif material.needed != "deferrable" and material.deferral is not None:
            hint = "删去 deferral，或者改为 needed: deferrable"
            sentence = f"“{material.name}”不能容缺，却写了 deferral"
            yield lines.problem((*where, "deferral"), "deferral-unexpected", sentence, hint)


def check_papers(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Recurrent papers are those of materials.yml."""
    if index.papers is None:
        return
    for position, material in enumerate(matter.materials):
        if material.paper is not None and material.paper not in index.papers:
            where = ("materials", position, "paper")
            hint = instead(material.paper, index.papers, "改正编号，或者先写进 materials.yml")
            yield lines.problem(where, "paper-unknown", f"没有常用材料“{material.paper}”", hint)


def check_deferral_rules(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Papers follow later only where the centre says on what terms."""
    if index.deferral is not False:
        return
    for position, material in enumerate(matter.materials):
        if material.needed == "deferrable":
            sentence = f"“{material.name}”可以后补，目录里却没有 deferral.yml 写明怎么后补"
            hint = "写好 deferral.yml（commitment、rules、promises），或者改为 needed: window"
            yield lines.problem(("materials", position, "needed"), "deferral-rules", sentence, hint)


def _catch_all(name: str) -> str | None:
    """The words of a paper's name that name no paper. A quick look first: fixed words
    are found sooner than an expression."""
    if not any(word in name for word in ("其他", "其它", "有关", "相关", "等")):
        return None
    return find_catch_all(name)
