"""A shortcut for files in the plain style that nearly all of the catalogue has.

It reads one key or list item a line, and gives up (``None``) on everything else: block
scalars, comments behind a value, nested flow, and whatever may be wrong. The full reader
then takes over, and all messages come from there. What the shortcut does read, it reads
exactly as the full reader does; a test compares the two on random text.

It is three times as fast, and spares a build of one changed file the import of PyYAML.
"""

from __future__ import annotations

import re

from .nodes import MAX_DEPTH, NULL, Node

# Indent, dash, key, and what stands behind them: text that cannot be anything else, or
# whatever it is.
_LINE = re.compile(
    r"""^( *)(- +)?(?:([A-Za-z_][A-Za-z0-9_]*):(?= |$))? *+(?:([^-?:,[\]{}#&*!|>'"%@`\n][^:#\n]*+)$|(.*))""",
    re.MULTILINE,
)
_QUOTED = re.compile(r"""'([^']*)'|"([^"\\]*)\"""")
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_]*): +([^:]+)")
# What begins something else than plain text; `-`, `?` and `:` only before a space, but
# that is left to the full reader.
_SPECIAL = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW_SPECIAL = re.compile(r"""[\[\]{}"'#]""")


class _GiveUp(Exception):
    """The text is not in the plain style."""


def read_quickly(text: str) -> Node | None:
    """The root node of a mapping in the plain style; ``None`` for any other text.

    The text must be free of control and hidden characters.
    """
    if "\r" in text or "\ufffe" in text or "\uffff" in text:
        return None
    try:
        text.encode()  # lone surrogates
        return _read(text)
    except (_GiveUp, UnicodeEncodeError):
        return None


def _read(text: str) -> Node:
    root: dict[str, Node] = {}
    # Open lists and mappings with the column of their entries, innermost last.
    stack: list[tuple[int, list[Node] | dict[str, Node]]] = [(0, root)]
    waiting: Node | None = None  # the value of a key that had none on its line
    waiting_column = 0
    for number, (indent, dash, key, plain, rest) in enumerate(_LINE.findall(text), 1):
        if not dash and not key:
            if not plain and (not rest or rest[0] == "#"):
                continue
            raise _GiveUp
        column = len(indent)

        # Find the list or mapping that this line belongs to.
        opened = False
        if waiting is not None:
            if column > waiting_column or (dash and column == waiting_column):
                if len(stack) >= MAX_DEPTH - 2:
                    raise _GiveUp
                below: list[Node] | dict[str, Node] = [] if dash else {}
                waiting.value, waiting.plain = below, False
                stack.append((column, below))
                opened = True
            waiting = None
        if not opened:
            while stack[-1][0] > column or (not dash and stack[-1][0] == column and type(stack[-1][1]) is list):
                stack.pop()
                if not stack:
                    raise _GiveUp
        at, items = stack[-1]
        if at != column:
            raise _GiveUp

        if dash:
            if type(items) is not list:
                raise _GiveUp
            if not key:
                items.append(_plain(plain, number) if plain else _value(rest, number))
                continue
            entry: dict[str, Node] = {}
            items.append(Node(number, entry))
            column += len(dash)
            stack.append((column, entry))
            items = entry
        if type(items) is not dict or key in items:
            raise _GiveUp
        if plain:
            items[key] = _plain(plain, number)
        elif rest:
            items[key] = _value(rest, number)
        else:
            waiting = items[key] = Node(number, None, True)
            waiting_column = column
    if not root:
        raise _GiveUp
    return Node(next(iter(root.values())).line, root)


def _plain(text: str, line: int) -> Node:
    if text[-1] == " ":
        text = text.rstrip(" ")
    return Node(line, None if text in NULL else text, True)


def _value(text: str, line: int) -> Node:
    """What stands behind a key or a dash, on one line."""
    text = text.rstrip(" ")
    if not text:
        raise _GiveUp
    first = text[0]
    if first not in _SPECIAL:
        if ": " in text or " #" in text or text[-1] == ":":
            raise _GiveUp
        return _plain(text, line)
    if first in "'\"":
        quoted = _QUOTED.fullmatch(text)
        if quoted is None:
            raise _GiveUp
        return Node(line, quoted[1] if quoted[1] is not None else quoted[2])
    if first in "[{" and not _FLOW_SPECIAL.search(text, 1, len(text) - 1):
        if text == "[]":
            return Node(line, [])
        parts = [part.strip(" ") for part in text[1:-1].split(",")]
        if first == "[" and text[-1] == "]":
            return Node(line, [_flow_text(part, line) for part in parts])
        if first == "{" and text[-1] == "}":
            return Node(line, _flow_pairs(parts, line))
    raise _GiveUp


def _flow_pairs(parts: list[str], line: int) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    for part in parts:
        found = _PAIR.fullmatch(part)
        if found is None or found[1] in pairs:
            raise _GiveUp
        pairs[found[1]] = _flow_text(found[2], line)
    return pairs


def _flow_text(text: str, line: int) -> Node:
    if not text or text[0] in _SPECIAL or ":" in text:
        raise _GiveUp
    return Node(line, None if text in NULL else text, True)
