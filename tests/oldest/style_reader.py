"""Reads a style sheet of ours and names what the oldest browsers do not know in it.

CSS has a way round of its own, and what uses it is no finding: a block of ``@supports``, and an
older declaration of the same property before the newer one. That does not help a value with
``var()``: a browser takes it for valid until it computes it, and then has thrown away the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from .newer import NEWER, Use

STYLES = NEWER["styles"]
_BLOCKS = ("supports",)


def read(source: str) -> list[Use]:
    """Every use of something newer, by line."""
    return sorted(set(_rules(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True))))


def read_declarations(source: str) -> list[Use]:
    """The same for the ``style`` attribute of an element."""
    return sorted(set(_block(source, "")))


def flexible(source: str) -> set[str]:
    """The selectors of all rules that set a gap in a flex container."""
    found = set()
    for rule, _ in _qualified(source):
        if any(use.feature == "gap (flex)" for use in _block(rule.content, "")):
            found |= _selectors(rule)
    return found


def _qualified(source: str) -> Iterator[tuple[QualifiedRule, tuple[str, ...]]]:
    """Every rule with the conditions that it stands in."""

    def walk(content: Any, within: tuple[str, ...]) -> Iterator[tuple[QualifiedRule, tuple[str, ...]]]:
        for rule in tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                yield rule, within
            elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
                condition = f"@{rule.lower_at_keyword} {tinycss2.serialize(rule.prelude).strip()}"
                yield from walk(rule.content, (*within, condition))

    return walk(source, ())


def conditional(source: str, condition: str) -> set[str]:
    """The selectors of all rules that stand in a block of ``condition``."""
    return {selector for rule, within in _qualified(source) if condition in within for selector in _selectors(rule)}


def _selectors(rule: QualifiedRule) -> set[str]:
    parts: list[list[Any]] = [[]]
    for token in rule.prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return {" ".join(tinycss2.serialize(part).split()) for part in parts}


def _rules(rules: list[Any]) -> Iterator[Use]:
    for rule in rules:
        if rule.type == "error":
            yield Use(rule.source_line, "(does not parse)", "")
        elif rule.type == "qualified-rule":
            yield from _selector(rule)
            yield from _block(rule.content, tinycss2.serialize(rule.prelude))
        elif rule.type == "at-rule":
            yield from _at_rule(rule)


def _at_rule(rule: AtRule) -> Iterator[Use]:
    name = rule.lower_at_keyword
    if since := STYLES["at-rules"].get(name):
        yield Use(rule.source_line, f"@{name}", since)
    known = STYLES["descriptors"].get(name, {})
    if name == "media":
        for block in rule.prelude:
            if block.type == "() block":
                words = [token.lower_value for token in block.content if token.type == "ident"]
                feature = words[0].removeprefix("min-").removeprefix("max-") if words else ""
                if since := known.get(feature):
                    yield Use(rule.source_line, f"@media ({feature})", since)
                if any(token.type == "literal" and token.value in "<>=" for token in block.content):
                    yield Use(rule.source_line, "@media range_syntax", known["range_syntax"])
            elif block.type == "ident" and block.lower_value == "or":
                yield Use(rule.source_line, "@media or_syntax", known["or_syntax"])
    if rule.content is None or name in _BLOCKS:
        return
    if name in ("page", "font-face", "property", "counter-style"):
        for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if item.type == "declaration" and (since := known.get(item.lower_name)):
                yield Use(item.source_line, f"@{name} {item.lower_name}", since)
    elif name not in ("keyframes",):
        yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    else:
        for frame in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
            yield from _block(frame.content, "")


def _selector(rule: QualifiedRule) -> Iterator[Use]:
    """Pseudo-classes and pseudo-elements; a browser drops a rule when it does not know one."""

    def walk(tokens: list[Any]) -> Iterator[Use]:
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type in ("() block", "[] block"):
                yield from walk(token.content)
            if before is None or before != ":":
                continue
            if token.type == "ident" and (since := STYLES["selectors"].get(token.lower_value)):
                yield Use(token.source_line, f":{token.lower_value}", since)
            elif token.type == "function":
                name = token.lower_name
                if since := STYLES["selectors"].get(name):
                    yield Use(token.source_line, f":{name}()", since)
                elif name == "not" and _is_list(token.arguments):
                    yield Use(token.source_line, ":not(list)", STYLES["selectors"]["not(selector_list)"])
                yield from walk(token.arguments)

    found = list(walk(rule.prelude))
    yield from found
    if found and len(_selectors(rule)) > 1:
        yield Use(rule.source_line, f"{found[0].feature} in a list", found[0].since)


def _is_list(tokens: list[Any]) -> bool:
    """Whether ``:not()`` holds more than one simple selector."""
    kept = [token for token in tokens if token.type != "whitespace"]
    simple = sum(token.type in ("ident", "hash", "[] block", "function") for token in kept)
    return "," in kept or simple > 1 or len(kept) < len(tokens)


def _block(content: Any, selector: str) -> Iterator[Use]:
    declarations = [
        item
        for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if item.type in ("declaration", "qualified-rule", "error")
    ]
    old: set[str] = set()
    flex = None
    for item in declarations:
        if item.type == "error":
            yield Use(item.source_line, "(does not parse)", "")
        elif item.type == "qualified-rule":
            yield Use(item.source_line, "&", STYLES["selectors"]["nesting"])
        elif item.lower_name == "display":
            flex = "flex" in tinycss2.serialize(item.value)
        elif item.lower_name.startswith(("grid-template", "columns", "column-count")):
            flex = False
    for item in declarations:
        if item.type != "declaration":
            continue
        found = list(_declaration(item, flex))
        late = any(token.type == "function" and token.lower_name == "var" for token in _tokens(item.value))
        if not found:
            old.add(item.lower_name.removeprefix("-webkit-"))
        elif item.lower_name not in old or late:
            yield from found


def _declaration(item: Declaration, flex: bool | None) -> Iterator[Use]:
    name, line = item.lower_name, item.source_line
    if name.startswith("--"):
        name = ""
    if since := STYLES["properties"].get(name):
        yield Use(line, name, since)
        return
    values = STYLES["values"].get(name, {})
    if name in ("gap", "row-gap", "column-gap") and flex is not False and "flex_context" in values:
        # Where another rule makes it a grid, the exemptions say so.
        yield Use(line, "gap (flex)", values["flex_context"])
    for token in _tokens(item.value):
        if token.type == "function":
            if since := values.get(token.lower_name) or STYLES["functions"].get(token.lower_name):
                yield Use(line, f"{token.lower_name}()", since)
        elif token.type == "ident" and (since := values.get(token.lower_value)):
            yield Use(line, f"{name}: {token.lower_value}", since)
        elif token.type == "dimension" and (since := STYLES["units"].get(token.lower_unit)):
            yield Use(line, token.lower_unit, since)


def _tokens(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        for inner in ("arguments", "content"):
            yield from _tokens(getattr(token, inner, None) or [])
