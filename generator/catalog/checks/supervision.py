"""supervision.yml: rights that a law gives, with articles that were read."""

from __future__ import annotations

from collections.abc import Iterator

from ..articles import article_of
from ..index import Index
from ..lines import Field, Lines
from ..model.record import Basis
from ..model.services import Supervision
from ..problems import Problem
from .centre import unique_ids, unknown_source
from .evidence import unknown_law


def check_supervision_file(supervision: Supervision, lines: Lines) -> Iterator[Problem]:
    """Every duty once; what is graded ``law`` names its article."""
    yield from unique_ids([duty.id for duty in supervision.duties], "duties", lines)
    for position, duty in enumerate(supervision.duties):
        if duty.evidence == "law" and duty.basis.article is None:
            where = ("duties", position, "basis", "article")
            hint = "写出第几条，或者改为 evidence: guide 或 practice"
            yield lines.problem(where, "article-missing", f"依据 {duty.basis.law} 没有写条款", hint)


def check_supervision_references(supervision: Supervision, lines: Lines, index: Index) -> Iterator[Problem]:
    """Laws are those of laws.yml and were checked there; sources are those of centre.yml."""
    for position, duty in enumerate(supervision.duties):
        yield from _basis(duty.basis, duty.evidence == "law", ("duties", position, "basis"), lines, index)
    for position, step in enumerate(supervision.overdue):
        if step.basis is not None:
            yield from _basis(step.basis, True, ("overdue", position, "basis"), lines, index)
    for position, item in enumerate(supervision.oversight):
        yield from unknown_source(item.source, ("oversight", position, "source"), lines, index)
    if (remedy := supervision.remedy) is not None:
        for part, name in (
            ("review", "basis"),
            ("review", "first_basis"),
            ("suit", "basis"),
            ("suit", "after_review_basis"),
        ):
            if (basis := getattr(getattr(remedy, part), name)) is not None:
                yield from _basis(basis, True, ("remedy", part, name), lines, index)


def _basis(basis: Basis, read: bool, field: Field, lines: Lines, index: Index) -> Iterator[Problem]:
    if index.laws is None:
        return
    checked = index.laws.get(basis.law)
    if checked is None:
        yield lines.problem((*field, "law"), "law-unknown", *unknown_law(basis.law, index))
    elif read and basis.article and article_of(basis.article) not in checked:
        hint = "核对原文后写进 laws.yml（verified: true）"
        sentence = f"laws.yml 里没有核对过 {basis.law} {basis.article}"
        yield lines.problem((*field, "article"), "article-unchecked", sentence, hint)
