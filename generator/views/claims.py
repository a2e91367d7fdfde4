"""Everything that a matter claims, each with its place in the record, its grade and its source.

A claim is a record with a field ``evidence``. They are found by walking the record, so that a new
key of the catalogue is told by every published form from its first day; ``KINDS`` gives it a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from ..catalog.model.elements import Intermediary, JointBody, NotCounted
from ..catalog.model.lists import Law
from ..catalog.model.matter import Fee, Ground, LegalBasis, Matter, Situation
from ..catalog.model.record import Basis, Record
from .element_words import body_words, intermediary_words, not_counted_words
from .elements import answer, confirmed
from .facts import amount_words
from .laws import law_line
from .words import CENTRE, Claim, Context, cite, condition, term

KINDS = {
    "legal_basis": "法律依据",
    "conditions": "受理条件",
    "materials": "申请材料",
    "time_limit/not_counted": "不算在办理期限里的时间",
    "time_limit/statutory": "法定办结时限",
    "deadlines": "什么时候来",
    "fee": "收费",
    "joint_bodies": "参加办理的部门",
    "afterwards": "办完以后要做的事",
    "intermediary": "中介服务",
    "faq": "别人常问",
}
"""What the claims are called, by their place in the record without numbers."""

_NUMBER = re.compile(r"/\d+")


class Stated(Struct, frozen=True, kw_only=True):
    """One graded claim. ``pointer`` is its place in ``matters/<id>.json`` (JSON Pointer, RFC 6901):
    ``/materials/2``. ``about`` is what it answers, where that is a question of its own."""

    pointer: str
    claim: Claim
    about: str | None = None

    @property
    def kind(self) -> str:
        """The place without numbers: ``materials``."""
        return _NUMBER.sub("", self.pointer).removeprefix("/")

    @property
    def name(self) -> str:
        """What it is called: 法定办结时限. One within another is called after that."""
        kind = self.kind
        while kind and kind not in KINDS:
            kind = kind.rpartition("/")[0]
        return self.about or KINDS.get(kind) or self.kind


def claims(matter: Matter, context: Context) -> Iterator[Stated]:
    """The graded claims of ``matter``, in the order of the record. What a record says twice, for readers
    of an older form of it, is no field of ``Matter`` and no claim of its own."""
    own = (found for name in Matter.__struct_fields__ for found in graded(getattr(matter, name), f"/{name}"))
    for pointer, record in own:
        claim = Claim(
            text=_text(record, matter.situations, context.laws),
            evidence=getattr(record, "evidence", None),
            source=_source(record, context),
        )
        yield Stated(
            pointer=pointer, claim=_answered(claim, record, pointer, matter), about=getattr(record, "question", None)
        )


def _answered(claim: Claim, record: Record, pointer: str, matter: Matter) -> Claim:
    """``claim``, or the centre's own word where it is that. Of a law the centre's word tells nothing: whether
    the article was read is what counts."""
    if isinstance(record, LegalBasis):
        return claim
    if claim.source is None:
        field = _NUMBER.sub("", pointer).removeprefix("/").replace("/", ".")
        if (said := answer(matter.answers, field)) is not None:
            return Claim(text=claim.text, evidence=CENTRE, source=said)
    return confirmed(claim, getattr(record, "confirmed", None))


def graded(value: object, pointer: str = "") -> Iterator[tuple[str, Record]]:
    """The records within ``value`` that have a grade, by JSON Pointer."""
    if isinstance(value, Ground):
        return  # the mark of a field, told beside it
    if isinstance(value, Record):
        if "evidence" in value.__struct_fields__:
            yield pointer, value
        for name in value.__struct_fields__:
            below = getattr(value, name)
            if isinstance(below, (Record, tuple)):
                yield from graded(below, f"{pointer}/{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if isinstance(item, Record):
                yield from graded(item, f"{pointer}/{number}")


def _source(record: Record, context: Context) -> str | None:
    if isinstance(record, LegalBasis):
        return law_line(record, context.laws).details_in_full
    basis, source = getattr(record, "basis", None), getattr(record, "source", None)
    cited = cite(basis, context.laws) if isinstance(basis, Basis) else basis
    return cited or context.origin(source)


def _text(record: Record, situations: Iterable[Situation], laws: Mapping[str, Law]) -> str:
    """What ``record`` says, in words, and when."""
    if isinstance(record, LegalBasis):
        text = law_line(record, laws).cited
    elif isinstance(record, Fee):
        text = amount_words(record)
    else:
        text = next((told for words in _WORDS if (told := words(record))), "") or _texts(record)
    note = getattr(record, "note", None)
    if note and not isinstance(record, LegalBasis):  # of a basis, the details tell it
        text += f"（{note}）"
    asked = condition(getattr(record, "when", None), situations)
    return f"{text}，当{asked}时" if asked else text


def _limit(record: Record) -> str | None:
    value, unit = getattr(record, "value", None), getattr(record, "unit", None)
    return None if value is None or unit is None else term(value, unit)


_WORDS: tuple[Callable[[Record], str | None], ...] = (
    lambda record: body_words(record) if isinstance(record, JointBody) else None,
    lambda record: not_counted_words(record) if isinstance(record, NotCounted) else None,
    lambda record: intermediary_words(record) if isinstance(record, Intermediary) else None,
    lambda record: getattr(record, "answer", None),
    lambda record: getattr(record, "text", None),
    lambda record: getattr(record, "name", None),
    _limit,
)
"""Where the words of a claim stand, in order."""


def _texts(record: Record) -> str:
    """All the words of a record that has them under other names."""
    told = (getattr(record, name) for name in record.__struct_fields__ if name not in ("evidence", "source"))
    return "，".join(text for text in told if isinstance(text, str))
