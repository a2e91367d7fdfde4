"""The tree that YAML is read into."""

from __future__ import annotations

from msgspec import Struct

NULL = ("", "null", "~")
"""Plain scalars that mean ``None``."""

MAX_DEPTH = 32
"""How many lists and mappings may lie within each other."""

MAX_KEY = 64
"""Characters of a key; the longest of the model has 21. libyaml itself stops at 1,024."""


class Node(Struct, gc=False):
    """``value`` is text, ``None``, a list or a mapping of nodes. ``line`` counts from 1;
    the value of a key carries the line of the key. ``plain`` is text without quotes."""

    line: int
    value: str | list[Node] | dict[str, Node] | None
    plain: bool = False
