"""Limits and deadlines as a page tells them: a line for each case, with its condition in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ..catalog.limits import APPLICANT, AUTHORITY, Limit, is_general, limits
from ..catalog.model.lists import Law
from ..catalog.model.matter import Deadline, LimitCase, Matter, StatutoryLimit
from .elements import confirmed
from .words import CENTRE, Claim, Context, cite, condition, term, unsure, weakest

OWN, GENERAL = "法定", "一般期限"
"""What a limit is called: one that a law sets for this matter, or the one that holds for all licences."""

LABELS = {"by": "最晚什么时候来", "within": "期限", "from": "最早什么时候来", "not_before": "不早于"}
OTHERS = "其他情形"


class CaseLine(Struct, frozen=True, kw_only=True):
    """A limit or a deadline. ``when`` is the expression and ``condition`` the same in words, ``None``
    where it always holds. A limit has a ``word`` and ``limit``, ``"20 working_days"`` for scripts. ``number``
    is its place among those of the record, from 1; 0 is what holds where no case does."""

    claim: Claim
    when: str | None = None
    condition: str | None = None
    word: str = ""
    limit: str = ""
    number: int = 0

    @property
    def told(self) -> Claim:
        """All of it as one claim."""
        case = f"（{self.condition}）" if self.condition else ""
        return Claim(text=f"{self.claim.text}{case}", evidence=self.claim.evidence, source=self.claim.source)


class DeadlineGroup(Struct, frozen=True, kw_only=True):
    """The deadlines of one kind, under their label."""

    label: str
    lines: tuple[CaseLine, ...]


def limit_lines(matter: Matter, laws: Mapping[str, Law]) -> tuple[CaseLine, ...]:
    """The limits that the law sets: each case, then what holds for all others."""
    statutory = matter.time_limit.statutory
    return tuple(_limit_line(number, limit, matter, laws) for number, limit in enumerate(limits(statutory), 1))


def _limit_line(number: int, limit: Limit, matter: Matter, laws: Mapping[str, Law]) -> CaseLine:
    note = f"（{limit.note}）" if limit.note else ""
    case = None
    if not isinstance(limit, StatutoryLimit):
        case = f"当{condition(limit.when, matter.situations)}时"
    elif limit.cases:
        case = OTHERS
    claim = Claim(text=term(limit.value, limit.unit) + note, evidence=limit.evidence, source=cite(limit.basis, laws))
    return CaseLine(
        claim=claim if isinstance(limit, StatutoryLimit) else confirmed(claim, limit.confirmed),
        when=None if isinstance(limit, StatutoryLimit) else limit.when,
        number=0 if isinstance(limit, StatutoryLimit) else number,
        condition=case,
        word=GENERAL if is_general(limit.basis) else OWN,
        limit=f"{limit.value} {limit.unit}",
    )


def limit_word(lines: tuple[CaseLine, ...]) -> str:
    """What the limits of a matter are called together."""
    return GENERAL if lines and all(line.word == GENERAL for line in lines) else OWN


def short_limits(matter: Matter) -> str:
    """The limits in a few words: 法定 7 个工作日或者 20 个工作日，看情形; empty where there is none."""
    found = limits(matter.time_limit.statutory)
    told = tuple(dict.fromkeys(term(limit.value, limit.unit) for limit in found))
    if not told:
        return ""
    word = GENERAL if all(is_general(limit.basis) for limit in found) else OWN
    case = "，看情形" if len(told) > 1 else ""
    return f"{word} {'或者 '.join(told)}{case}{unsure(weakest(_grade(limit) for limit in found))}"


def _grade(limit: Limit) -> str:
    return CENTRE if isinstance(limit, LimitCase) and limit.confirmed else limit.evidence


def together(claims: Iterable[Claim]) -> Claim | None:
    """Several claims as one, which is as sure as the least of them; ``None`` where there is none."""
    told = tuple(claims)
    if not told:
        return None
    sources = dict.fromkeys(claim.source for claim in told if claim.source)
    return Claim(
        text="；".join(claim.text for claim in told),
        evidence=weakest(claim.evidence for claim in told),
        source="；".join(sources) or None,
    )


def deadline_groups(matter: Matter, context: Context) -> tuple[DeadlineGroup, ...]:
    """All deadlines but the one that is counted back from an expiry, the applicant's first."""
    groups: dict[str, list[CaseLine]] = {}
    plain = [(number, item) for number, item in enumerate(matter.deadlines or (), 1) if item.expiry is None]
    for number, item in sorted(plain, key=lambda one: one[1].who != APPLICANT):
        groups.setdefault(_label(item), []).append(deadline_line(number, item, matter, context))
    return tuple(DeadlineGroup(label=label, lines=tuple(lines)) for label, lines in groups.items())


def _label(item: Deadline) -> str:
    if item.who == APPLICANT:
        return LABELS[item.kind]
    return f"{'办理机关' if item.who == AUTHORITY else item.who}的期限"


def renewal_group(item: Deadline, matter: Matter, context: Context) -> DeadlineGroup:
    """The deadline that is counted back from an expiry, alone."""
    number = (matter.deadlines or ()).index(item) + 1
    return DeadlineGroup(label=_label(item), lines=(deadline_line(number, item, matter, context),))


def deadline_line(number: int, item: Deadline, matter: Matter, context: Context) -> CaseLine:
    case = condition(item.when, matter.situations)
    return CaseLine(
        claim=confirmed(
            Claim(text=item.text, evidence=item.evidence, source=cite(item.basis, context.laws)), item.confirmed
        ),
        when=item.when,
        number=number,
        condition=f"当{case}时" if case else None,
    )


def all_lines(groups: tuple[DeadlineGroup, ...]) -> Iterator[tuple[str, CaseLine]]:
    """Each line with its label."""
    return ((group.label, line) for group in groups for line in group.lines)
