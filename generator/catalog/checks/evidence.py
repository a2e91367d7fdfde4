"""Every claim says how well it is backed, and points to laws and sources that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..articles import article_of, as_article, is_article
from ..index import Index
from ..lines import Field, Lines
from ..model.matter import Ground, LegalBasis, Matter
from ..model.record import Basis, Evidence
from ..problems import Problem

CODES = {
    "law-unknown": "laws.yml 里没有这部法律",
    "basis-missing": "写了 evidence: law，却没有写依据",
    "article-missing": "写了 evidence: law，却没有写条款",
    "article-form": "条款的写法不对",
    "article-unchecked": "写了 evidence: law，但 laws.yml 里没有核对过这一条",
    "source-edition": "来源只写“旧办法”一类的话，没有写是哪部规定",
    "source-unknown": "centre.yml 的 sources（承诺时限还有 commitments）里没有这个来源",
}

# Rarely needed, so made when they are: an expression takes longer to make than to ask.
_EDITION = r"(?:旧|新)的?(?:办法|条例|规定)|现行办法"
_SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")

GROUNDED = ("authority", "counter", "variants", "steps")

Claim = tuple[Field, "Basis | LegalBasis | None", "Evidence | None"]


def claims(matter: Matter) -> Iterator[Claim]:
    """Every claim with the field it stands in, its basis, and its grade (``None`` for a
    basis that carries no grade of its own)."""
    for position, legal in enumerate(matter.legal_basis):
        yield ("legal_basis", position), legal, legal.evidence
    for position, condition in enumerate(matter.conditions):
        yield ("conditions", position), condition.basis, condition.evidence
    for position, material in enumerate(matter.materials):
        yield ("materials", position), material.basis, material.evidence
    if statutory := matter.time_limit.statutory:
        yield ("time_limit", "statutory"), statutory.basis, statutory.evidence
        for position, case in enumerate(statutory.cases):
            yield ("time_limit", "statutory", "cases", position), case.basis, case.evidence
    for position, deadline in enumerate(matter.deadlines or ()):
        yield ("deadlines", position), deadline.basis, deadline.evidence
    if matter.place is not None:
        yield ("place",), matter.place.basis, None
    if fee := matter.fee:
        yield ("fee",), fee.basis, fee.evidence
    yield ("result",), matter.result.basis, None
    yield ("result", "validity_basis"), matter.result.validity_basis, None
    for name, ground in grounds(matter):
        yield ("grounds", name), ground.basis, ground.evidence
    yield from element_claims(matter)
    for position, faq in enumerate(matter.faq):
        yield ("faq", position), faq.basis, faq.evidence


def element_claims(matter: Matter) -> Iterator[Claim]:
    """Those among the elements of the national list."""
    for position, line in enumerate(matter.materials):
        for number, requirement in enumerate(line.requirements or ()):
            yield ("materials", position, "requirements", number), requirement.basis, requirement.evidence
    for position, item in enumerate(matter.time_limit.not_counted or ()):
        yield ("time_limit", "not_counted", position), item.basis, item.evidence
    for name in ("joint_bodies", "afterwards", "intermediary"):
        for position, item in enumerate(getattr(matter, name) or ()):
            yield (name, position), item.basis, item.evidence
    for position, reduction in enumerate((matter.fee and matter.fee.reductions) or ()):
        yield ("fee", "reductions", position), reduction.basis, None
    for position, step in enumerate(matter.steps):
        if not isinstance(step, str) and step.basis is not None:
            yield ("steps", position), step.basis, None
    for name in ("level", "visits_reason", "quota"):
        if (record := getattr(matter, name)) is not None and record.basis is not None:
            yield (name,), record.basis, None


def grounds(matter: Matter) -> Iterator[tuple[str, Ground]]:
    """The grounds that a matter gives, by the field that rests on them."""
    for name in GROUNDED:
        ground = None if matter.grounds is None else getattr(matter.grounds, name)
        if ground is not None:
            yield name, ground


def check_graded(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """``law`` means that an article was read, so the article must be named."""
    for field, basis, evidence in claims(matter):
        if evidence != "law":
            continue
        if basis is None:
            hint = "补上 basis（law 和 article），或者改为 evidence: guide 或 practice"
            where = (*field, "evidence")
            yield lines.problem(where, "basis-missing", "有法律依据，却没有写 basis", hint)
        elif basis.article is None:
            hint = "写出第几条，或者改为 evidence: guide 或 practice"
            sentence = f"依据 {basis.law} 没有写条款"
            yield lines.problem((*basis_field(field, basis), "article"), "article-missing", sentence, hint)


def check_articles(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """An article is named as the law names it: 第三十八条, not 38."""
    for field, basis, _evidence in claims(matter):
        if basis is not None and basis.article is not None and not is_article(basis.article):
            sentence = f"“{basis.article}”不是条款的写法"
            hint = "写成“第三十八条”“第三十八条第二款”这样，数字用中文；附件写成“附件第104项”"
            if (right := as_article(basis.article)) is not None:
                hint = f"改为 {right}"
            yield lines.problem((*basis_field(field, basis), "article"), "article-form", sentence, hint)


def check_laws(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Laws are those of laws.yml; what claims to be read is among the articles checked."""
    if index.laws is None:
        return
    for field, basis, evidence in claims(matter):
        if basis is None:
            continue
        checked = index.laws.get(basis.law)
        if checked is None:
            where = basis_field(field, basis)
            yield lines.problem((*where, "law"), "law-unknown", *unknown_law(basis.law, index))
        elif (
            evidence == "law"
            and basis.article
            and is_article(basis.article)
            and article_of(basis.article) not in checked
        ):
            hint = "核对原文后写进 laws.yml（verified: true），或者改为 evidence: guide"
            sentence = f"laws.yml 里没有核对过 {basis.law} {basis.article}"
            yield lines.problem((*basis_field(field, basis), "article"), "article-unchecked", sentence, hint)


def unknown_law(law: str, index: Index) -> tuple[str, str]:
    """Sentence and hint for what is no law of laws.yml; its title or small letters may have been meant for its id."""
    id = index.titles.get(law.strip("《》")) or (law.upper() if law.upper() in (index.laws or {}) else None)
    hint = "先把这部法律写进 laws.yml，或者改正编号" if id is None else f"改为 {id}"
    return f"没有法律“{law}”", hint


def check_sources(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """A source is a sentence, or the id of an entry of centre.yml. A promised limit names
    the commitment it stands in, so that the page can tell a plan from a running service; so may
    the noon service."""
    if index.sources is None or index.commitments is None:
        return
    for field, source in _sources(matter):
        promise = "promised" in field or "noon_service" in field
        known = index.sources | index.commitments if promise else index.sources
        if source is not None and source not in known and _SOURCE_ID.fullmatch(source):
            hint = f"可用的有：{'、'.join(sorted(known))}；或者写成一句话"
            yield lines.problem(field, "source-unknown", f"没有来源“{source}”", hint)


def check_editions(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """“The old rule” is no source: which rule, and which edition of it?"""
    for field, source in _sources(matter):
        if source is None or "《" in source or not (found := _edition(source)):
            continue
        sentence = f"“{found[0]}”没有写是哪部规定"
        hint = "写出名称和版本，例如“《某某办法》（2015年版，已被取代）第十二条”；查不到的写明查不到"
        yield lines.problem(field, "source-edition", sentence, hint)


def _edition(source: str) -> re.Match[str] | None:
    return re.search(_EDITION, source) if any(word in source for word in "旧新现") else None


def basis_field(field: Field, basis: Basis | LegalBasis) -> Field:
    """Where the law and the article of a claim stand."""
    return field if isinstance(basis, LegalBasis) or field[-1] == "validity_basis" else (*field, "basis")


def _sources(matter: Matter) -> Iterator[tuple[Field, str | None]]:
    for position, material in enumerate(matter.materials):
        yield ("materials", position, "source"), material.source
    if promised := matter.time_limit.promised:
        yield ("time_limit", "promised", "source"), promised.source
    yield ("noon_service", "source"), matter.noon_service.source
    if matter.place is not None:
        yield ("place", "source"), matter.place.source
    for name, ground in grounds(matter):
        yield ("grounds", name, "source"), ground.source
    for position, faq in enumerate(matter.faq):
        yield ("faq", position, "source"), faq.source
