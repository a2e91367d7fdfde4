"""The record of a matter as it is published, and back.

What the model has learnt since ``/api/v1/`` was opened is added beside what readers know: ``steps`` are
texts still, and ``step_details`` says more of those of which more is known. ``applicant_deadline`` is what
``deadlines`` was before there were cases: by when the applicant has to come, the first that tells so, of all cases.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ..catalog.limits import last_day
from ..catalog.model.elements import StepDetail
from ..catalog.model.matter import Matter


def published(matter: Matter) -> dict[str, Any]:
    """The record as JSON types, in the order of the model's fields."""
    record = msgspec.to_builtins(matter)
    record["steps"] = list(matter.step_texts)
    record = _with(record, "steps", "step_details", list(_details(matter)))
    return _with(record, "deadlines", "applicant_deadline", _last_day(matter))


def _with(record: dict[str, Any], after: str, key: str, value: object) -> dict[str, Any]:
    """``record`` with ``key`` behind the key ``after``."""
    placed = {}
    for name, own in record.items():
        placed[name] = own
        if name == after:
            placed[key] = value
    return placed


def _last_day(matter: Matter) -> dict[str, Any] | None:
    told = last_day(matter)
    if told is None:
        return None
    record = msgspec.to_builtins(told)
    return {key: record[key] for key in ("text", "basis", "evidence", "expiry")}


def _details(matter: Matter) -> Any:
    for number, step in enumerate(matter.steps, 1):
        if isinstance(step, StepDetail):
            yield {"step": number, **{key: own for key, own in msgspec.to_builtins(step).items() if key != "text"}}


def matter_of(data: bytes) -> Matter:
    """The matter that was published as ``data``."""
    record = msgspec.json.decode(data)
    del record["applicant_deadline"]
    for detail in record.pop("step_details"):
        at = detail.pop("step") - 1
        record["steps"][at] = {"text": record["steps"][at], **detail}
    return msgspec.convert(record, Matter)
