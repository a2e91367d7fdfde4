"""The texts of a record, and what the checks of texts go by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..lines import Field

DOMAINS = "com|cn|net|org|io|info|top|vip|cc|xyz|wang|app|site"
"""Ends of the addresses that are looked for, as an expression."""

PAIRS = ("（）", "《》", "“”", "‘’", "〔〕", "【】", "〈〉", "「」")

VERBATIM = frozenset({"quote"})
"""Fields copied from a source letter by letter."""


def strings(record: Any, field: Field = ()) -> Iterator[tuple[Field, str]]:
    """Every text of a record with its field."""
    if isinstance(record, str):
        yield field, record
    elif isinstance(record, tuple):
        for position, item in enumerate(record):
            yield from strings(item, (*field, position))
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            if name not in VERBATIM:
                yield from strings(getattr(record, name), (*field, name))
