"""The lines of the papers of a matter."""

from __future__ import annotations

from msgspec import Struct

from ..catalog.model.matter import Material, Matter
from ..catalog.venues import at_window
from .elements import Download, confirmed, download
from .words import FORMS, GRADES, Claim, Context, backed, cite, condition


class PaperLine(Struct, frozen=True, kw_only=True):
    """One line of the papers. ``seq`` counts from 1 over all lines of the matter;
    ``when`` is the expression, ``condition`` the same in words; ``where`` tells how to
    get the paper, ``promise`` by when and on what word it may follow later. ``forms`` are to take
    away, ``requirements`` what it has to be like; with ``exempt`` nobody has to bring it."""

    seq: int
    name: str
    details: tuple[str, ...]
    when: str | None
    condition: str | None
    where: str | None
    promise: str | None
    claim: Claim
    forms: tuple[Download, ...] = ()
    requirements: tuple[Claim, ...] = ()
    exempt: Claim | None = None

    @property
    def all_details(self) -> str:
        """Everything but the claims, in a line."""
        parts = (
            *self.details,
            f"当{self.condition}时才要" if self.condition else "",
            self.promise or "",
            f"在哪儿拿：{self.where}" if self.where else "",
        )
        return "，".join(part for part in parts if part)

    @property
    def marked(self) -> str:
        """What form, when, how sure and from where, in a line."""
        parts = (
            "，".join(self.details),
            f"当{self.condition}时" if self.condition else "",
            GRADES.get(self.claim.evidence or "", ""),
            self.claim.source or "",
        )
        return "；".join(part for part in parts if part)

    @property
    def sources(self) -> Claim:
        """What is known of the paper's source, and where to get it, as one claim."""
        parts = (self.claim.source, f"在哪儿拿：{self.where}" if self.where else None)
        text = "。".join(part for part in parts if part)
        return Claim(text="", evidence=self.claim.evidence, source=text or None)


def paper_line(seq: int, line: Material, matter: Matter, context: Context) -> PaperLine:
    """Line ``seq`` of the papers of ``matter``."""
    form = FORMS[line.form]
    details = [] if line.name.endswith(form) else [form]
    if line.copies is not None:
        details.append(f"{line.copies} 份")
    details.append(_ISSUERS[line.issued_by])
    if line.shareable == "yes" and at_window(matter):
        details.append("窗口可以调取")
    paper = context.papers.get(line.paper or "")
    return PaperLine(
        seq=seq,
        name=line.name,
        details=tuple(details),
        when=line.when,
        condition=condition(line.when, matter.situations),
        where=paper.where if paper and not paper.where.endswith(_OWN) else None,
        promise=_deferral(line) if line.needed == "deferrable" else None,
        claim=confirmed(
            Claim(
                text="", evidence=line.evidence, source=backed(line.basis, context.origin(line.source), context.laws)
            ),
            line.confirmed,
        ),
        forms=tuple(
            filter(None, (download(line.blank_form, "空白表", context), download(line.sample, "看填好的样子", context)))
        ),
        requirements=tuple(
            Claim(text=item.text, evidence=item.evidence, source=cite(item.basis, context.laws))
            for item in line.requirements or ()
        ),
        exempt=Claim(text="免交", source=line.exempt.source) if line.exempt and line.exempt.value == "yes" else None,
    )


_OWN = "人自备"
"""The end of what says no more than 自己准备, which stands beside the name already."""

_ISSUERS = {"申请人自备": "自己准备", "政府部门核发": "政府部门核发", "中介机构": "机构出具"}


def _deferral(line: Material) -> str | None:
    """By when a paper may follow, and on what word; ``None`` where neither is set."""
    terms = line.deferral
    if terms is None or (terms.within_working_days is None and terms.promise is None):
        return None
    parts = []
    if terms.within_working_days is not None:
        parts.append(f"{terms.within_working_days} 个工作日内补齐")
    if terms.promise is not None:
        parts.append(f"承诺：{terms.promise}")
    return "，".join(parts)
