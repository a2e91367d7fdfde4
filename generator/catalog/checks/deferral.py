"""deferral.yml and cases.yml: promises, matters and sources that exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..index import Index
from ..lines import Lines
from ..model.services import Case, Cases, DeferralRules
from ..problems import Problem, instead
from .centre import no_noon, unique_ids, unknown_commitment, unknown_source

CODES = {"case-matter": "故事说的事项不存在"}


def check_cases_file(cases: Cases, lines: Lines) -> Iterator[Problem]:
    """Each case once."""
    yield from unique_ids([case.id for case in cases.cases], "cases", lines)


def check_case_references(cases: Sequence[Case], lines: Lines, index: Index) -> Iterator[Problem]:
    """A case is about a matter that exists, and somebody published it."""
    for position, case in enumerate(cases):
        if case.topic == "noon" and index.noon is False:
            yield no_noon(("cases", position, "topic"), f"“{case.id}”说的是午间办成的", lines)
        yield from unknown_source(case.source, ("cases", position, "source"), lines, index)
        if case.matter not in index.matters:
            where = ("cases", position, "matter")
            sentence = f"没有事项“{case.matter}”"
            hint = instead(case.matter, index.matters, "改正编号（事项改过编号的写新的），或者删去这一条")
            yield lines.problem(where, "case-matter", sentence, hint)


def check_deferral_references(rules: DeferralRules, lines: Lines, index: Index) -> Iterator[Problem]:
    """The promise is one of centre.yml; so is the source of what holds here."""
    yield from unknown_commitment(rules.commitment, lines, index)
    for position, rule in enumerate(rules.rules):
        if rule.where == "here":
            yield from unknown_source(rule.source, ("rules", position, "source"), lines, index)
