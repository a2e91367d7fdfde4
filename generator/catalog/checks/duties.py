"""Duties from the laws that the catalogue holds: told where those come whom they bind.

A text that somebody has read and nobody cites is a duty that no citizen hears of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from ..index import Index
from ..lines import Lines
from ..model.lists import Law
from ..model.matter import LegalBasis, Matter
from ..model.record import Basis
from ..parts import Catalogue
from ..paths import FILES
from ..problems import Problem, instead
from .evidence import article_of, claims

CODES = {
    "duty-uncited": "法律写了这件事的申请人要做什么，事项却没有引用那一条",
    "duty-matter": "laws.yml 的 duties 里有不存在的事项",
    "duty-article": "laws.yml 的 duties 里的条款没有核对过",
    "law-idle": "核对过条文的法律没有谁引用",
}


def check_duties_cited(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """What a law obliges the applicants of this matter to is cited somewhere in it."""
    bound = (index.duties or {}).get(matter.id, ())
    if not bound:
        return
    cited = {(basis.law, article_of(basis.article or "")) for _, basis, _ in claims(matter) if basis is not None}
    for law, article in bound:
        if index.laws is not None and article_of(article) not in index.laws.get(law, ()):
            continue  # told at the duty
        if (law, article_of(article)) not in cited:
            sentence = f"{law} {article}写了这件事的申请人要做什么，这里没有引用"
            hint = "在 conditions、materials、faq 或者 legal_basis 里写上；不关这件事的，从 laws.yml 的 duties 里去掉"
            yield lines.problem(("legal_basis",), "duty-uncited", sentence, hint)


def check_duties(laws: Mapping[str, Law], lines: Lines, index: Index) -> Iterator[Problem]:
    """Duties bind matters that exist, by articles that were read."""
    for position, law in enumerate(laws.values()):
        read = {item.article for item in law.articles if item.verified}
        for number, duty in enumerate(law.duties):
            where = ("laws", position, "duties", number)
            if article_of(duty.article) not in read:
                sentence = f"{law.id} {duty.article}没有核对过"
                hint = "核对原文后写进 articles（verified: true），或者删去这一项"
                yield lines.problem((*where, "article"), "duty-article", sentence, hint)
            for place, matter in enumerate(duty.matters):
                if matter not in index.matters:
                    hint = instead(matter, index.matters, "改正编号（事项改过编号的写新的），或者删去")
                    yield lines.problem((*where, "matters", place), "duty-matter", f"没有事项“{matter}”", hint)


def check_idle(catalogue: Catalogue, lines_of: Callable[[str], Lines]) -> Iterator[Problem]:
    """A law of which articles were read is cited, or at least named, by something."""
    records = (*catalogue.matters.values(), *catalogue.journeys.values(), catalogue.supervision)
    cited = {law for record in records for law in cited_laws(record)}
    for position, law in enumerate(catalogue.laws.values()):
        if law.id in cited or not any(item.verified for item in law.articles):
            continue
        name = law.title.removeprefix("中华人民共和国")
        if not any(name in text for record in records for text in texts(record)):
            sentence = f"“{law.title}”核对过条文，没有谁引用"
            hint = "它要求谁做什么，写进那些事项；谁也不管的，从 laws.yml 里删去"
            yield lines_of(FILES["laws"]).problem(("laws", position, "id"), "law-idle", sentence, hint)


def cited_laws(record: Struct) -> Iterator[str]:
    """The laws that a record cites, however deep."""
    return (value.law for value in _values(record) if isinstance(value, Basis | LegalBasis))


def texts(record: Struct) -> Iterator[str]:
    """Every text of a record, however deep."""
    return (value for value in _values(record) if isinstance(value, str))


def _values(record: Struct) -> Iterator[object]:
    pending: list[object] = [record]
    while pending:
        value = pending.pop()
        yield value
        if isinstance(value, Struct):
            pending += [getattr(value, name) for name in value.__struct_fields__]
        elif isinstance(value, tuple):
            pending += value
