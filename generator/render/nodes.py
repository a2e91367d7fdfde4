"""What descriptions in JSON-LD are made of: addresses, texts with their language, periods."""

from __future__ import annotations

from typing import NamedTuple

from ..catalog.model.matter import Matter
from ..views.claims import Stated
from ..views.words import Claim
from .marks import concept

_ISO = {"days": "D", "months": "M"}


class Addresses(NamedTuple):
    """Of what is told of matter ``id``. They begin with that of the site, or are relative to
    ``api/v1/matters/`` where it is not known."""

    id: str
    site: str | None

    @property
    def root(self) -> str:
        return self.site or "../../../"

    def page(self, id: str | None = None) -> str:
        """The page of the matter, or of another."""
        return f"{self.root}matters/{id or self.id}/"

    def service(self, id: str | None = None) -> str:
        """What the page is about."""
        return f"{self.page(id)}#service"

    def record(self, pointer: str) -> str:
        """A part of the record, by JSON Pointer (RFC 6901, section 6)."""
        return f"{self.site}api/v1/matters/{self.id}.json#{pointer}" if self.site else f"{self.id}.json#{pointer}"

    def mark(self, item: Stated) -> str:
        """How sure a claim is."""
        return self.grade(item.claim)

    def grade(self, claim: Claim) -> str:
        return concept(claim.evidence or "", self.root)


def known(data: dict[str, object]) -> dict[str, object]:
    """Without what is not known, and without empty lists."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], ())}


def chinese(text: str) -> dict[str, object]:
    return {"@language": "zh-CN", "@value": text}


def in_both(text: str, english: str | None) -> list[dict[str, str]]:
    """In Chinese and English, as far as there is either."""
    texts = (("zh-CN", text), ("en", english))
    return [{"@language": language, "@value": told} for language, told in texts if told]


def iso_period(matter: Matter) -> str | None:
    """The limit by law as a period of ISO 8601: of days or months, read in the article, and the
    same in all cases."""
    limit = matter.time_limit.statutory
    if limit is None or limit.unit not in _ISO or limit.evidence != "law" or getattr(limit, "cases", ()):
        return None
    return f"P{limit.value}{_ISO[limit.unit]}"
