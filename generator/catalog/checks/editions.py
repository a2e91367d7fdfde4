"""Editions of laws: one that was replaced backs no claim, nor does an item that was struck."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..articles import article_of
from ..index import Index
from ..lines import Lines
from ..model.lists import Law
from ..model.matter import LegalBasis, Matter
from ..problems import Problem
from .evidence import basis_field, claims

CODES = {
    "law-validity": "法律有效期的写法前后不一",
    "law-replaced": "写了 evidence: law，依据却已经被取代",
    "source-replaced": "来源是被取代的规定，却没有写成 basis",
    "article-amended": "依据的这一项已经被删去或者改写，或者没有写明是哪一项",
}

_REPLACED = r"已被取代|旧规范|已废止"


def check_laws(laws: Mapping[str, Law], lines: Lines) -> Iterator[Problem]:
    """A law ends after it begins, and what replaced it begins when it ends."""
    for position, law in enumerate(laws.values()):
        where, after = ("laws", position), law.replaced_by
        if law.valid_from and law.valid_to and law.valid_to < law.valid_from:
            sentence = f"{law.id} 到 {law.valid_to} 为止，早于开始的 {law.valid_from}"
            yield lines.problem((*where, "valid_to"), "law-validity", sentence, "改正 valid_from 或者 valid_to")
        if after is not None and after.on and law.valid_to and law.valid_to >= after.on:
            sentence = f"{law.id} 到 {law.valid_to} 还有效，{after.on} 已经被取代"
            hint = "valid_to 写成被取代的前一天"
            yield lines.problem((*where, "valid_to"), "law-validity", sentence, hint)
        if after is not None and after.law is not None and after.law not in laws:
            hint = "先把这部法律写进 laws.yml，没有见到文本的写 law: null"
            sentence = f"没有法律“{after.law}”"
            yield lines.problem((*where, "replaced_by", "law"), "law-unknown", sentence, hint)


def check_replaced(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """What holds no longer is at best a hint, and stands as a basis, so that the page can say so."""
    for field, basis, evidence in claims(matter):
        if basis is not None and evidence == "law" and basis.law in index.replaced:
            sentence = f"{basis.law} 已经被{index.replaced[basis.law]}取代"
            hint = "改引现行的条文；没有见到的写 evidence: guide"
            yield lines.problem((*basis_field(field, basis), "law"), "law-replaced", sentence, hint)
    for position, line in enumerate(matter.materials):
        if line.evidence == "law" or (line.basis is not None and line.basis.law in index.replaced):
            continue  # what an older edition calls the paper is no claim of its own
        if line.source is not None and (word := re.search(_REPLACED, line.source)):
            hint = "把这个版本写进 laws.yml（replaced_by），材料写 basis: {law: 编号, article: 第几条或者 null}"
            sentence = f"来源写着“{word[0]}”，没有写成 basis"
            yield lines.problem(("materials", position, "source"), "source-replaced", sentence, hint)


def check_amended(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """An article that a later decision has changed is cited by its item, and not by one that is gone."""
    for field, basis, _evidence in claims(matter):
        if basis is None or basis.article is None or isinstance(basis, LegalBasis):
            continue
        gone = index.amended.get(basis.law, {}).get(article_of(basis.article))
        if gone is None:
            continue
        where = (*basis_field(field, basis), "article")
        if basis.article == article_of(basis.article):
            sentence = f"{basis.law} {basis.article}后来有修改，没有写明是哪一项"
            yield lines.problem(where, "article-amended", sentence, "写到款和项，例如“第四条第一款第五项”")
        elif any(basis.article.startswith(item) for item in gone):
            sentence = f"{basis.law} {basis.article}已经被删去或者改写"
            yield lines.problem(where, "article-amended", sentence, "删去这一件，或者改引修改决定")
