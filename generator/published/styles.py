"""Style sheets: each has to parse to its end.

A browser mends a broken sheet in silence, by leaving out whatever stands behind the fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import tinycss2

from ..catalog.problems import Problem
from .files import below

CODES = {
    "style-syntax": "样式有语法错误，浏览器会跳过后面的内容",
    "style-open": "样式里有括号、引号或者注释没有结束",
}

_LISTS = frozenset(("media", "supports", "layer", "container", "document", "scope", "starting-style"))
"""At-rules that hold rules."""
_HINT = "检查这一行的冒号、分号和括号"


def check_styles(texts: Mapping[str, str]) -> Iterator[Problem]:
    for folder in ("site_src/css/", "pwa/"):
        for path, text in below(texts, folder, ".css"):
            for line, code, sentence, hint in _faults(text):
                yield Problem(path, line, code, sentence, hint)


@lru_cache(maxsize=64)  # a save in the preview changes one of twenty sheets, and each takes 10 ms
def _faults(text: str) -> list[tuple[int, str, str, str]]:
    """(line, code, sentence, hint) of each."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    found = [(line, "style-syntax", sentence, _HINT) for line, sentence in _in_rules(rules)]
    if not found and (line := _open(text)):
        found.append((line, "style-open", "从这里开始的括号、引号或者注释没有结束", "补上 `}`、引号或者 `*/`"))
    return found


def _open(text: str) -> int:
    """The line of the last rule when it never ends; 0 when every one does. Behind a sheet that
    ends, and there alone, one more brace is one too many."""
    rules = tinycss2.parse_stylesheet(text + "\n}", skip_comments=True, skip_whitespace=True)
    if rules and rules[-1].type == "error":
        return 0
    return rules[-1].source_line if rules else 1


def _in_rules(rules: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, f"样式读不懂（{rule.message}）"
            continue
        yield from _odd(rule.prelude)
        if rule.type == "qualified-rule":
            if not any(token.type not in ("whitespace", "comment") for token in rule.prelude):
                yield rule.source_line, "花括号前面没有选择器"
            yield from _in_block(rule.content)
        elif rule.type == "at-rule" and rule.content is not None:
            if rule.lower_at_keyword in _LISTS:
                yield from _in_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.lower_at_keyword not in ("keyframes", "-webkit-keyframes"):
                yield from _in_block(rule.content)
            else:
                yield from _in_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _odd(tokens: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """What no selector and no condition of an at-rule holds."""
    for token in tokens:
        if token.type == "error":
            yield token.source_line, f"样式读不懂（{token.message}）"
        elif token.type == "{} block" or (token.type == "literal" and token.value in (";", "<", "}", "!", "@")):
            yield token.source_line, f"选择器里不能有 `{token.value if token.type == 'literal' else '{'}`"


def _in_block(content: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            if not any(
                token.type not in ("whitespace", "comment") for token in item.value
            ) and not item.name.startswith("--"):
                yield item.source_line, f"`{item.name}` 没有写值"
            for token in item.value:
                if token.type == "error":
                    yield token.source_line, f"样式读不懂（{token.message}）"
                elif token.type == "literal" and token.value == ":":
                    yield token.source_line, "上一行末尾少了分号"
                elif token.type == "{} block" and not item.name.startswith("--"):
                    yield token.source_line, "值里不能有花括号，多半是前面少了 `}` 或者分号"
        else:
            yield from _in_rules([item])
