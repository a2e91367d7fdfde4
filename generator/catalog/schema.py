"""JSON Schemas of the catalogue's files, for the completion and hints of editors.

Derived from the model, so that nothing is said twice. They describe what an editor
types; what a schema cannot say, the checks do.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from .model.calendar import CalendarYear
from .model.centre import Centre
from .model.change import ChangeEntry
from .model.duty import Roster
from .model.journey import Journey
from .model.lists import Laws, Papers, Places, Sections, Words
from .model.matter import Matter
from .model.search import SearchRules
from .model.services import Cases, DeferralRules, Hall, Supervision, ZeroVisit
from .model.texts import LawTexts

TYPES: dict[str, type[msgspec.Struct]] = {
    "calendar": CalendarYear,
    "cases": Cases,
    "centre": Centre,
    "change": ChangeEntry,
    "deferral": DeferralRules,
    "duty": Roster,
    "hall": Hall,
    "journey": Journey,
    "laws": Laws,
    "materials": Papers,
    "matter": Matter,
    "places": Places,
    "search": SearchRules,
    "sections": Sections,
    "supervision": Supervision,
    "texts": LawTexts,
    "words": Words,
    "zero-visit": ZeroVisit,
}
"""Name of the schema's file, without ``.json`` → the record of the file it describes."""

TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
TEXT = {"type": "string", "pattern": "\\S"}


def schemas() -> dict[str, str]:
    """File name → content, for ``catalog/schema/``."""
    return {f"{name}.json": schema(type_) for name, type_ in TYPES.items()}


def schema(type_: type[msgspec.Struct]) -> str:
    """The JSON Schema of one kind of file."""
    raw = msgspec.json.schema(type_)
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_as_typed(raw)}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _as_typed(value: Any) -> Any:
    """JSON's view of a record turned into an editor's: a time is ``HH:MM``, text is not
    empty, and numbers are not negative."""
    if isinstance(value, list):
        return [_as_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "string" and "enum" not in value:
        plain = {"time": TIME, "date": DATE}.get(value.get("format", ""), TEXT)
        return {**plain, **{key: value[key] for key in ("default",) if key in value}}
    if value.get("type") == "integer":
        return {**value, "minimum": 0}
    return {key: _as_typed(item) for key, item in value.items()} | _described(value)


def _described(value: dict[str, Any]) -> dict[str, str]:
    """The docstring in a line, in an editor's words."""
    text = value.get("description")
    if not isinstance(text, str):
        return {}
    return {"description": " ".join(text.split()).replace("``None``", "null").replace("``", "`")}
