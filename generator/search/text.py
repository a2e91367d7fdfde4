"""The third file of the search: what the pages of matters say beyond their names."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from ..catalog.model.lists import Law
from ..catalog.model.matter import Matter

TEXT = "api/v1/search-text.json"


class MatterText(Struct, frozen=True, array_like=True):
    """The texts of a matter, each once, in the order of its page. ``laws`` are (id, article)."""

    results: tuple[str, ...]
    papers: tuple[str, ...]
    conditions: tuple[str, ...]
    questions: tuple[str, ...]
    laws: tuple[tuple[str, str | None], ...]


class Text(Struct, frozen=True):
    """``search-text.json``: titles of the laws by id, ``MatterText`` by the id of its matter."""

    laws: dict[str, str]
    matters: dict[str, msgspec.Raw]


def matter_text(matter: Matter) -> msgspec.Raw:
    """The encoded ``MatterText`` of a matter."""
    text = MatterText(
        results=(matter.result.document,) if matter.result.document else (),
        papers=tuple(dict.fromkeys(line.name for line in matter.materials)),
        conditions=tuple(dict.fromkeys((*matter.variants, *(line.text for line in matter.conditions)))),
        questions=tuple(dict.fromkeys(line.question for line in matter.faq)),
        laws=tuple(dict.fromkeys((basis.law, basis.article) for basis in matter.legal_basis)),
    )
    return msgspec.Raw(msgspec.json.encode(text))


def text_json(matters: Mapping[str, msgspec.Raw], laws: Mapping[str, Law]) -> bytes:
    """The file, matters in the order of their ids."""
    titles = {id: law.title.strip("《》") for id, law in laws.items()}
    return msgspec.json.encode(Text(titles, dict(sorted(matters.items())))) + b"\n"
