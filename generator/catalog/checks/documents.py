"""One document a line, by whom it can be: what an applicant ticks off is one thing in his hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ..index import Index
from ..lines import Lines
from ..model.matter import Material, Matter
from ..problems import Problem
from ..when import WhenError, parse

CODES = {
    "material-compound": "一行里写了几份材料",
    "issuer-kind": "材料的种类和谁出具对不上",
    "paper-twice": "只要一份的材料列了两行",
}

# Rarely needed, so made when they are: an expression takes longer to make than to ask.
_JOINTS = r"[、，；]|以及|和|及|与"
_DOCUMENT = (
    r"(?:证|书|照|图|图纸|表|报告|清单|名单|名册|目录|文件|证明|方案|预案|制度|规程|协议|合同|记录|纪要|决议|"
    r"说明|意见|公告|声明|材料|资料|照片|履历|学历|凭证|凭据|章)$"
)
_COPY = r"(?:复印件|原件)$"
_OFFICE = r"公安|人民法院|税务|人民政府|主管部门|登记机关|领事|使（领）馆|公证认证|行政处罚"


def check_documents(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A line names one document; a licence is issued by somebody, a certificate of an office by the office."""
    for position, material in enumerate(matter.materials):
        where = ("materials", position)
        if len(several := documents(material.name)) > 1:
            sentence = f"“{material.name}”是 {len(several)} 份材料：{'、'.join(several)}"
            hint = "一份一行；确实是一份的，把内容写进括号，例如“文件目录（管理制度、工作程序）”"
            yield lines.problem((*where, "name"), "material-compound", sentence, hint)
        if material.kind == "证照" and material.issued_by == "申请人自备":
            hint = "issued_by 写发证的：政府部门核发，或者学校、机构发的写中介机构；不是证照的改 kind"
            yield lines.problem((*where, "issued_by"), "issuer-kind", f"“{material.name}”是证照，不会是自备的", hint)
        elif material.issued_by == "中介机构" and re.search(_OFFICE, material.name):
            sentence = f"“{material.name}”是机关出具的，不是中介机构"
            yield lines.problem((*where, "issued_by"), "issuer-kind", sentence, "改为 issued_by: 政府部门核发")


def check_once(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Of some papers (``once`` in materials.yml) nobody needs two: the one who goes has one identity card."""
    if not index.once:
        return
    own = [(position, line) for position, line in enumerate(matter.materials) if line.paper in index.once]
    for (_, first), (position, second) in combinations(own, 2):
        if first.paper == second.paper and _both(first, second):
            sentence = f"“{second.name}”和“{first.name}”是同一份材料（paper: {second.paper}）"
            hint = "只留一行；两行各有各的情形的，用 when 分开"
            yield lines.problem(("materials", position), "paper-twice", sentence, hint)


def documents(name: str) -> list[str]:
    """The documents that a line's name joins: 授权书 and 身份证 of 身份证和授权书. What stands in brackets is told
    of the one before them, and 正本、副本 are of one licence."""
    bare = re.sub(r"（[^）]*）", "", name).replace("正本、副本", "")
    parts = [re.sub(_COPY, "", part) for part in re.split(_JOINTS, re.sub(_COPY, "", bare))]
    return [part for part in parts if re.search(_DOCUMENT, part)]


def _both(one: Material, other: Material) -> bool:
    """Whether some answers, one to each question, ask for both papers."""
    try:
        pairs = [(first, second) for first in parse(one.when) for second in parse(other.when)]
    except WhenError:
        return False
    return any(len({term[0] for term in (*first, *second)}) == len({*first, *second}) for first, second in pairs)
