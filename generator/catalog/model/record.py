"""What the types of all files have in common."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Evidence = Literal["law", "guide", "practice"]
"""``law``: the cited article was read; ``guide``: a public guide, another edition or
another place says so; ``practice``: common practice that nobody has backed yet."""


LimitUnit = Literal["working_days", "days", "months"]
"""``days`` are the law's plain 日, which are not converted into working days
(行政许可法第八十二条 counts working days for licences only)."""


ListStatus = Literal["official", "compiled"]
"""``official``: the authority published this list of matters; ``compiled``: the guide put it together from
national law, and the authority's own list is not public."""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What every record of the catalogue is: immutable, by keyword, closed."""


class Basis(Record, frozen=True, kw_only=True):
    """One legal basis (设定依据): a law of laws.yml and an article of it.

    ``article`` is written as the law writes it (第八条); ``None`` when the article is
    not yet known, which only evidence other than ``law`` allows.
    """

    law: str
    article: str | None


class Option(Record, frozen=True, kw_only=True):
    id: str
    label: str


class See(Record, frozen=True, kw_only=True):
    """A page of the guide that helps on, and what the link to it says. ``page`` as in the
    address, with an anchor if need be: ``noon/``, ``hall/#vip``, ``sections/business/``."""

    page: str
    name: str
