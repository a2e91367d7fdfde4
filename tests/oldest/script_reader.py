"""Reads a script of ours and names what the oldest browsers do not know in it.

Syntax is told by the parser. What an object is, nobody knows who only reads: a member's name is
newer when no older object has one of that name; when one has, the object has to be named as
what it is (``AbortSignal.timeout``, ``navigator.…``, ``"".at``), or the name passes. So does the
name of a field of our own records when it is read, and of a method of our own when it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from .newer import NEWER, Use

GRAMMAR = Language(tree_sitter_javascript.language())
SCRIPTS, SYNTAX, MARKUP = NEWER["scripts"], NEWER["syntax"], NEWER["markup"]

SYNTAX_OF = {
    "optional_chain": "operators.optional_chaining",
    "??": "operators.nullish_coalescing",
    "??=": "operators.nullish_coalescing_assignment",
    "||=": "operators.logical_or_assignment",
    "&&=": "operators.logical_and_assignment",
    "class_static_block": "classes.static.initialization_blocks",
    "field_definition": "classes.public_class_fields",
    "private_property_identifier": "classes.private_class_fields",
    "namespace_export": "statements.export.namespace",
    "import_attribute": "statements.import.import_attributes",
    "using_declaration": "statements.using",
}
"""What the parser calls it, and its path in the data."""

REGULAR = {
    r"\(\?<[=!]": "regular_expressions.lookbehind_assertion",
    r"\(\?[a-z]*-?[a-z]*:(?<!\(\?:)": "regular_expressions.modifier",
}
FLAGS = {"d": "hasIndices", "v": "unicodeSets", "s": "dotAll", "u": "unicode", "y": "sticky"}

_INTERFACES = {
    "cache": "Cache",
    "caches": "CacheStorage",
    "globalThis": "Window",
    "localStorage": "Storage",
    "registration": "ServiceWorkerRegistration",
    "self": "ServiceWorkerGlobalScope",
    "serviceWorker": "ServiceWorkerContainer",
    "sessionStorage": "Storage",
    "storage": "StorageManager",
    "subscription": "PushSubscription",
    "string": "String",
    "template_string": "String",
    "array": "Array",
    "regex": "RegExp",
    "number": "Number",
}
_WINDOW = ("window", "self", "globalThis")
_SPACES = ("Intl", "Temporal", "WebAssembly")
_ITERATORS = ("keys", "values", "entries", "matchAll")
_OWN = ("identifier", "shorthand_property_identifier_pattern")
_DECLARES = (
    "variable_declarator",
    "function_declaration",
    "generator_function_declaration",
    "class_declaration",
    "import_specifier",
    "import_clause",
    "namespace_import",
    "formal_parameters",
    "arrow_function",
    "catch_clause",
    "object_pattern",
    "array_pattern",
    "rest_pattern",
    "assignment_pattern",
    "for_in_statement",
    "object_assignment_pattern",
    "pair_pattern",
)


@dataclass
class Own:
    """Names that our own objects have: what is read from them, and what is called."""

    fields: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)

    def learn(self, source: str) -> None:
        """The keys of the objects that a script makes, and the methods of its classes."""
        for node in _all(Parser(GRAMMAR).parse(source.encode()).root_node):
            if node.type == "method_definition":
                self.methods.add(_text(node.child_by_field_name("name")))
            elif node.type == "shorthand_property_identifier":
                self.fields.add(_text(node))
                self.methods.add(_text(node))
            elif node.type == "pair" and node.parent is not None and node.parent.type == "object":
                name = _text(node.child_by_field_name("key")).strip("\"'")
                value = node.child_by_field_name("value")
                (self.methods if "function" in value.type else self.fields).add(name)


NOTHING = Own()


def read(source: str, own: Own = NOTHING) -> list[Use]:
    """Every use of something newer, by line."""
    tree = Parser(GRAMMAR).parse(source.encode())
    if tree.root_node.has_error:
        broken = next(node for node in _all(tree.root_node) if node.is_error or node.is_missing)
        return [Use(broken.start_point.row + 1, "(does not parse)", "")]
    declared = _declared(tree.root_node)
    found = {
        Use(node.start_point.row + 1, feature, since)
        for node in _all(tree.root_node)
        for feature, since in _newer(node, declared, own)
        if since
    }
    return sorted(found)


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _text(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


def _declared(root: Node) -> set[str]:
    """Names that the file gives to something of its own."""
    return {
        _text(node)
        for node in _all(root)
        if node.type in _OWN and node.parent is not None and node.parent.type in _DECLARES and _is_name(node)
    }


def _is_name(node: Node) -> bool:
    """Not the value that a declaration takes, nor the body of an arrow function."""
    parent = node.parent
    assert parent is not None
    for part in ("value", "right", "body"):
        if parent.child_by_field_name(part) == node:
            return parent.type == "pair_pattern"
    return True


def _newer(node: Node, declared: set[str], own: Own) -> Iterator[tuple[str, str]]:
    kind = node.type
    if path := SYNTAX_OF.get(kind):
        yield path.rpartition(".")[2], SYNTAX.get(path, "")
    if kind == "field_definition" and any(child.type == "static" for child in node.children):
        yield "static class_fields", SYNTAX.get("classes.static.class_fields", "")
    elif kind == "method_definition" and node.child_by_field_name("name").type == "private_property_identifier":
        yield "private_class_methods", SYNTAX.get("classes.private_class_methods", "")
    elif kind == "number" and "_" in _text(node):
        yield "numeric_separators", SYNTAX.get("grammar.numeric_separators", "")
    elif kind == "await_expression" and not _in_function(node):
        yield "await.top_level", SYNTAX.get("operators.await.top_level", "")
    elif kind == "regex":
        yield from _regular(_text(node.child_by_field_name("pattern")), _text(node.child_by_field_name("flags")))
    elif kind in ("identifier", "shorthand_property_identifier"):
        name = _text(node)
        asked = node.parent is not None and node.parent.type == "unary_expression" and "typeof" in _text(node.parent)
        if name not in declared and not asked:
            yield name, SCRIPTS["globals"].get(name, "")
    elif kind == "member_expression":
        of, name = node.child_by_field_name("object"), _text(node.child_by_field_name("property"))
        ours = name in (own.methods if _is_called(node) else own.fields)
        if not ours or _is_the_browsers(of, declared):
            yield from _member(of, name)
    elif kind == "subscript_expression" and (index := node.child_by_field_name("index")).type == "string":
        yield from _member(node.child_by_field_name("object"), _text(index)[1:-1])
    elif kind in ("shorthand_property_identifier_pattern", "pair_pattern"):
        name = _text(node) if kind != "pair_pattern" else _text(node.child_by_field_name("key"))
        if name not in own.fields and name not in own.methods:
            yield f".{name}", SCRIPTS["members"].get(name, "")
    elif kind in ("call_expression", "new_expression"):
        yield from _call(node)


def _is_the_browsers(of: Node, declared: set[str]) -> bool:
    """Whether an object is, or hangs on, a global one that the file does not make itself."""
    while of.type == "member_expression":
        of = of.child_by_field_name("object")
    return of.type in ("string", "template_string", "array", "regex") or (
        of.type == "identifier" and _text(of) not in declared
    )


def _is_called(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type == "call_expression" and parent.child_by_field_name("function") == node


def _in_function(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if "function" in parent.type or parent.type == "method_definition":
            return True
        parent = parent.parent
    return False


def _regular(pattern: str, flags: str) -> Iterator[tuple[str, str]]:
    for shape, path in REGULAR.items():
        if re.search(shape, pattern):
            yield path.rpartition(".")[2], SYNTAX.get(path, "")
    for flag in flags:
        if flag in FLAGS:
            yield f"/{flag}", SCRIPTS["members"].get(FLAGS[flag], "")


def _member(of: Node, name: str) -> Iterator[tuple[str, str]]:
    if since := SCRIPTS["members"].get(name):
        yield f".{name}", since
        return
    if name.startswith("on"):
        yield f"event {name[2:]}", SCRIPTS["events"].get(name[2:], "")
    if _text(of) in (*_WINDOW, *_SPACES):
        yield name, SCRIPTS["globals"].get(name, "")
    interface = _interface(of)
    yield f"{interface}.{name}", SCRIPTS["of"].get(interface, {}).get(name, "")


def _interface(of: Node) -> str:
    """What an object is, from how it is written: its last name, or that it is a literal."""
    if of.type == "call_expression":
        callee = of.child_by_field_name("function")
        if callee.type == "member_expression":
            owner, name = _text(callee.child_by_field_name("object")), _text(callee.child_by_field_name("property"))
            if name in _ITERATORS and owner != "Object":
                return "Iterator"
        return ""
    if of.type in _INTERFACES:
        return _INTERFACES[of.type]
    name = re.split(r"[.\s]", _text(of))[-1]
    return _INTERFACES.get(name) or name[:1].upper() + name[1:]


def _call(node: Node) -> Iterator[tuple[str, str]]:
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    name = re.split(r"[.\s]", _text(callee))[-1]
    arguments = node.child_by_field_name("arguments")
    values = arguments.named_children if arguments is not None else []
    if node.type == "new_expression":
        yield f"new {name}", SCRIPTS["of"].get(name, {}).get("new", "")
        if name == "RegExp" and values:
            yield from _regular(_text(values[0]), _text(values[1])[1:-1] if len(values) > 1 else "")
    if name.endswith("EventListener") and values and values[0].type == "string":
        event = _text(values[0])[1:-1]
        yield f"event {event}", SCRIPTS["events"].get(event, "")
    if name in ("createElement", "setAttribute", "toggleAttribute") and values and values[0].type == "string":
        word = _text(values[0])[1:-1]
        known = MARKUP["elements"] if name == "createElement" else MARKUP["attributes"]["*"]
        yield f"<{word}>" if name == "createElement" else f"[{word}]", known.get(word, "")
    # The same options, which the data do not repeat.
    options = SCRIPTS["options"].get("DateTimeFormat" if name.startswith("toLocale") else name, {})
    for value in values:
        if value.type == "object" and options:
            for key in value.named_children:
                field = key.child_by_field_name("key") if key.type == "pair" else key
                yield f"{name}({{{_text(field)}}})", options.get(_text(field), "")
