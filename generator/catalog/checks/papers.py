"""Papers, the situations that decide about them, and steps: concrete and complete.

The national audit of service guides (国办函〔2017〕115号) counts catch-all papers and vague
steps as faults; so do we.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model import Matter
from ..problems import Problem
from ..when import WhenError, options, parse, terms

CODES = {
    "materials-empty": "没有列出任何材料",
    "material-catch-all": "材料名称是兜底说法，办事的人不知道要带什么",
    "material-duplicate": "同一份材料在同一情形下列了两次",
    "paper-unknown": "materials.yml 里没有这份常用材料",
    "deferral-missing": "写了可以容缺，却没有写容缺条件",
    "deferral-unexpected": "不能容缺的材料写了容缺条件",
    "when-syntax": "适用情形的写法不对",
    "when-unknown": "适用情形用了没有定义的情形或者选项",
    "situation-duplicate": "两个情形用了同一个 id",
    "situation-options": "情形的选项少于两个，等于没有问",
    "option-duplicate": "同一情形的选项重复",
    "steps-empty": "没有写办理步骤",
    "step-vague": "步骤是空话，没有说怎么做",
}

_CATCH_ALL = re.compile(r"其[他它](?:材料|相关|有关)|等(?:相关|有关)?材料|(?:有关|相关)材料")
_VAGUE = re.compile(r"按(?:照)?(?:有关|相关)?规定(?:要求)?(?:办理|执行|进行)|(?:有关|相关)规定办理")


def check_materials(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Somebody who brings exactly the listed papers must be able to apply."""
    if not matter.materials:
        hint = "至少写一份材料，例如申请表；确实不收材料的，写出出示的证件"
        yield lines.problem(("materials",), "materials-empty", "没有列出任何材料", hint)
    seen: dict[tuple[str, str | None], int] = {}
    for position, material in enumerate(matter.materials):
        where = ("materials", position)
        if found := _CATCH_ALL.search(material.name):
            sentence = f"“{found[0]}”没有说清是哪一份材料"
            hint = "逐份写出名称；说不清的删去"
            yield lines.problem((*where, "name"), "material-catch-all", sentence, hint)
        key = (material.name, material.when)
        if key in seen:
            sentence = f"“{material.name}”和第 {seen[key] + 1} 份材料重复"
            hint = "删去一份，或者用 when 写明各自的情形"
            yield lines.problem((*where, "name"), "material-duplicate", sentence, hint)
        seen.setdefault(key, position)
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
            hint = "改正编号，或者先写进 materials.yml"
            yield lines.problem(where, "paper-unknown", f"没有常用材料“{material.paper}”", hint)


def check_situations(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A situation is a question with at least two different answers."""
    seen: set[str] = set()
    for position, situation in enumerate(matter.situations):
        where = ("situations", position)
        if situation.id in seen:
            sentence = f"情形“{situation.id}”定义了两次"
            yield lines.problem((*where, "id"), "situation-duplicate", sentence, "换一个 id")
        seen.add(situation.id)
        if len(situation.options) < 2:
            sentence = f"情形“{situation.id}”只有 {len(situation.options)} 个选项"
            hint = "至少写两个选项，不需要问的删去这个情形"
            yield lines.problem((*where, "options"), "situation-options", sentence, hint)
        for field in ("id", "label"):
            values = [getattr(option, field) for option in situation.options]
            for number, value in enumerate(values):
                if value in values[:number]:
                    sentence = f"情形“{situation.id}”有两个选项是“{value}”"
                    at = (*where, "options", number, field)
                    yield lines.problem(at, "option-duplicate", sentence, "改成不同的选项")


def check_when(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """``when`` follows the grammar of ``when.py`` and uses situations of the matter."""
    known = options(matter.situations)
    for position, material in enumerate(matter.materials):
        if material.when is None:
            continue
        where = ("materials", position, "when")
        try:
            parsed = parse(material.when)
        except WhenError as error:
            hint = "写成 `情形=选项`，“并且”用 ` & `，“或者”用 ` | `，符号两边各一个空格"
            sentence = f"读不懂“{error.part or material.when}”"
            yield lines.problem(where, "when-syntax", sentence, hint)
            continue
        for situation, option in terms(parsed):
            if situation not in known:
                hint = f"可用的有：{'、'.join(known)}" if known else "先在 situations 里写出情形"
                yield lines.problem(where, "when-unknown", f"没有情形“{situation}”", hint)
            elif option not in known[situation]:
                hint = f"可用的有：{'、'.join(known[situation])}"
                sentence = f"情形“{situation}”没有选项“{option}”"
                yield lines.problem(where, "when-unknown", sentence, hint)


def check_steps(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Steps say what happens, in order."""
    if not matter.steps:
        hint = "按先后写出步骤，例如“到咨询区预审材料”"
        yield lines.problem(("steps",), "steps-empty", "没有写办理步骤", hint)
    for position, step in enumerate(matter.steps):
        if found := _VAGUE.search(step):
            where = ("steps", position)
            sentence = f"“{found[0]}”没有说怎么做"
            yield lines.problem(where, "step-vague", sentence, "写出谁、在哪里、做什么")
