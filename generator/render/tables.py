"""The catalogue as tables: one row a matter, one row a line of papers, one row a question.

Rows hold text, in the words of the pages: 待中心确认 where no source states the answer, and
beside what is claimed how sure it is (依据, 参考, 待确认) and where it stands.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..catalog.model.matter import Material, Matter
from ..views.matter import MatterView
from ..views.papers import PaperLine
from ..views.words import ASK, FORMS, GRADES, Claim
from ..views.work_fields import EXAMPLES
from ..views.worklist import Question
from .marks import marked

Row = tuple[str, ...]

MATTERS: Row = (
    *("事项编号", "事项", "英文名", "版块", "分组", "类型", "申请人", "俗称", "谁审批", "窗口"),
    *("法定时限", "法定时限的把握", "法定时限的出处", "承诺时限", "承诺的出处"),
    *("不算在时限里的", "什么时候来", "午间", "午间的出处", "跑几次"),
    *("现场核查", "现场核查的出处", "网上办", "网上办的出处", "收费", "收费的把握", "收费的出处"),
    *("结果文书", "结果文书的出处", "有效期", "材料件数"),
    *(
        "受理条件",
        "参加的部门",
        "中介服务",
        "办理步骤",
        "办完以后",
        "法律依据",
        "待中心确认的项数",
        "资料核对到",
        "中心确认",
        "说明",
    ),
)
PAPERS: Row = (
    *("事项编号", "事项", "序号", "材料", "什么情形要", "什么时候交", "原件还是复印件", "份数"),
    *("谁出具", "窗口能不能调取", "在哪儿拿", "后补的期限和承诺", "格式要求", "把握", "出处"),
)
TO_CONFIRM: Row = (
    *("事项编号", "事项", "字段", "要确认什么", "现在写的", "把握", "文件"),
    *("中心的答复", "谁答复的", "哪天"),  # to be filled in
    *("问题编号", "先后", "关系到几件事", "分量", "怎么答"),
)

_NEEDED = {"on_site": "现场核验时交", "deferrable": "可以后补"}
_SHAREABLE = {"yes": "能", "no": "不能", "unknown": ASK}


def matter_row(matter: Matter, view: MatterView) -> Row:
    """One matter under the headings ``MATTERS``."""
    return (
        matter.id,
        matter.name,
        matter.name_en or "",
        view.section,
        matter.group,
        matter.type or ASK,
        "、".join(matter.applicants),
        "、".join(matter.aliases),
        _grounded(view, "authority", matter.authority),
        _grounded(view, "counter", view.counter)
        if view.place.window
        else marked(view.place.name)
        if view.place.name
        else ASK,
        *_claims([line.told for line in view.by_law]),
        *_told(view.promised),
        _stated(view, "time_limit/not_counted"),
        _stated(view, "deadlines"),
        *(_told(view.at_noon_told) if view.offers.noon and view.place.window else ("", "")),
        ASK if matter.visits is None else str(matter.visits),
        *_told(view.on_site_check),
        *_told(view.online),
        *_claim(view.fee),
        *_told(view.outcome),
        marked(view.validity) if view.validity else ASK,
        str(len(matter.materials)),
        _stated(view, "conditions"),
        _stated(view, "joint_bodies"),
        _stated(view, "intermediary"),
        _grounded(view, "steps", "；".join(matter.step_texts)),
        _stated(view, "afterwards"),
        _stated(view, "legal_basis"),
        str(view.unknown),
        matter.checked_on.isoformat(),
        view.confirmed or "",
        matter.note or "",
    )


def paper_rows(matter: Matter, view: MatterView) -> Iterable[Row]:
    """The papers of one matter under the headings ``PAPERS``."""
    for material, line in zip(matter.materials, view.lines, strict=True):
        yield _paper_row(matter, material, line, view.place.papers)


def _paper_row(matter: Matter, material: Material, line: PaperLine, to_place: str) -> Row:
    return (
        matter.id,
        matter.name,
        str(line.seq),
        line.name,
        line.condition or "都要",
        to_place if material.needed == "window" else _NEEDED[material.needed],
        FORMS[material.form],
        "" if material.copies is None else str(material.copies),
        material.issued_by,
        _SHAREABLE[material.shareable],
        line.where or "",
        line.promise or "",
        "；".join(marked(item) for item in line.requirements),
        GRADES[line.claim.evidence or material.evidence],
        line.claim.source or "",
    )


def question_row(item: Question) -> Row:
    """Something to confirm under the headings ``TO_CONFIRM``."""
    one = item.matters[0] if len(item.matters) == 1 else ""
    asked = (one, item.name, item.field, item.text, item.now, item.mark, item.path)
    return (*asked, "", "", "", item.id, item.when, str(item.concerns), str(item.weight), EXAMPLES[item.kind])


def _stated(view: MatterView, kind: str) -> str:
    """All claims of a kind in one cell, each with its mark behind it; empty where there is none."""
    return "；".join(marked(item.claim) for item in view.claims if item.kind == kind)


def _grounded(view: MatterView, name: str, text: str | None) -> str:
    """What stands in a field whose mark stands beside it (``Matter.grounds``)."""
    if not text:
        return ASK
    ground = view.grounds[name]
    return marked(Claim(text=text, evidence=ground.evidence, source=ground.source))


def _told(claim: Claim | None) -> Row:
    return (ASK, "") if claim is None else (claim.text, claim.source or "")


def _claim(claim: Claim | None) -> Row:
    return (ASK, "", "") if claim is None else (claim.text, GRADES.get(claim.evidence or "", ""), claim.source or "")


def _claims(claims: Sequence[Claim]) -> Row:
    """Several claims in a cell; their marks in the same order, or one where all are alike."""
    if not claims:
        return ASK, "", ""
    marks = [GRADES.get(claim.evidence or "", "") for claim in claims]
    sources = dict.fromkeys(claim.source for claim in claims if claim.source)
    told = marks[:1] if len(set(marks)) == 1 else marks
    return "；".join(claim.text for claim in claims), "；".join(told), "；".join(sources)


# --- CSV ----------------------------------------------------------------------------------

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for another encoding."""

_RISKY = frozenset("=+-@|%")
"""What a spreadsheet may take for the beginning of a formula or of a call of another program;
Chinese ones read the full-width forms alike."""

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u208b")
"""Dashes that may be mended into a minus when a table is opened."""

_PASSED_OVER = re.compile(r"""[\s'"\u2018-\u201f]*""")
"""What programs drop, or mend, before they look: blanks, quotation marks."""


def formula(cell: str) -> bool:
    """Whether some spreadsheet may take ``cell`` for a formula. Control characters in front count
    as one whatever follows, for programs differ in what they make of them."""
    plain = unicodedata.normalize("NFKC", cell)
    if plain[:1] in ("\t", "\r", "\n", "\0"):
        return True
    first = plain[_PASSED_OVER.match(plain).end() :][:1]  # type: ignore[union-attr]
    return first != "" and (first in _RISKY or first in _DASHES)


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula: with ``'`` in front, if it
    may begin as one."""
    return f"'{cell}" if formula(cell) else cell


def csv_bytes(head: Row, rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
