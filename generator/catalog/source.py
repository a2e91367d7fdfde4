"""YAML text → a tree of text nodes that know their lines.

Only a plain part of YAML is read: mappings, lists and text. YAML 1.1 would turn
``13:30`` into 810, ``0431`` into 281 and ``off`` into false, so every scalar stays
text and the model converts it. A plain empty, ``null`` or ``~`` scalar is ``None``;
quoted text is always text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from .characters import Unfit, unfit
from .explain import conflicts, explain, long_key
from .nodes import MAX_DEPTH, MAX_KEY, NULL, Node
from .problems import Problem

try:
    from yaml.cyaml import CParser
except ImportError as error:
    raise RuntimeError("PyYAML was installed without its C parser (libyaml); install the binary wheel") from error

CODES = {
    "yaml-encoding": "文件不是 UTF-8 编码，或者带有 BOM",
    "yaml-character": "文件里有制表符、看不见的字符，或者别人显示不出来、搜不到的字符",
    "yaml-syntax": "YAML 写法有误，读不出来",
    "yaml-colon": "键后面的冒号写成了全角，或者冒号后面没有空格",
    "yaml-indent": "缩进没有对齐",
    "yaml-quote": "引号没有成对",
    "yaml-empty": "文件是空的",
    "yaml-documents": "一个文件里写了多份 YAML 文档",
    "yaml-conflict": "文件里留着合并冲突的标记",
    "yaml-anchor": "使用了锚点（&）或者别名（*）",
    "yaml-tag": "使用了类型标签（!）",
    "yaml-key": "键不是普通文字",
    "yaml-duplicate-key": "同一个键写了两次",
    "yaml-depth": "嵌套太深",
    "yaml-comment": "内容后面的“ #”成了注释，不会显示",
}

_COMMENT = re.compile(r"[^ \n] +#[^ \n]")
"""Who means a comment writes a blank behind its sign; who means number 1 writes #1."""
_WIDE_INDENT = re.compile("^ *\u3000", re.MULTILINE)


def read(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file's bytes; ``None`` with the problem if it is not UTF-8."""
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "请用编辑器把文件另存为 UTF-8（无 BOM）"
        return None, [Problem(path, line, "yaml-encoding", "文件不是 UTF-8 编码", hint)]


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The root node of ``text``, or ``None`` and what keeps it from being read.

    Faults that leave the tree readable (a duplicate key) give a node and problems.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # the ends of lines of other systems
    problems = _unseen(text, path)
    if problems:
        return None, problems
    return _Builder(text, path).build()


def _unseen(text: str, path: str) -> list[Problem]:
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        hint = "请用编辑器把文件另存为 UTF-8（无 BOM）"
        problems.append(Problem(path, 1, "yaml-encoding", "文件开头有 BOM", hint))
    told = {number: (sentence, hint) for number, _, sentence, hint in map(_with_tab, unfit(text))}
    if "\u3000" in text:
        for found in _WIDE_INDENT.finditer(text):
            number = text.count("\n", 0, found.start()) + 1
            told.setdefault(number, ("缩进里有全角空格", "缩进请用半角空格，每层两个"))
    return problems + [Problem(path, number, "yaml-character", *said) for number, said in sorted(told.items())]


def _with_tab(found: Unfit) -> Unfit:
    """Tabs are what editors do see, in a way."""
    return (found[0], "\t", "有制表符（Tab）", "缩进和间隔请用空格") if found[1] == "\t" else found


class _Useless(Exception):
    """The tree is of no use; a problem says why."""


class _Builder:
    """Builds nodes from parser events. Events, not PyYAML's own nodes, because only
    events tell an unused anchor or an explicit tag."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.escapes = "\\" in text
        self.comments = _COMMENT.search(text) is not None
        self.problems: list[Problem] = []

    def say(self, line: int, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, sentence, hint))

    def build(self) -> tuple[Node | None, list[Problem]]:
        root = None
        try:
            self.next = CParser(self.text).get_event
            root = self._document()
        except _Useless:
            return None, self.problems
        except yaml.MarkedYAMLError as error:
            told = conflicts(self.text, self.path) or [explain(error, self.text, self.path)]
            self.problems += [problem for problem in told if problem not in self.problems]
            return None, self.problems
        except (yaml.YAMLError, UnicodeError):
            # What the scan for unseen characters lets through and YAML does not.
            hint = "删去不可见的特殊字符"
            self.say(1, "yaml-character", "文件里有 YAML 不允许的字符", hint)
            return None, self.problems
        if root is None and not self.problems:
            self.say(1, "yaml-empty", "文件是空的", "照着同类文件补上内容")
        return root, self.problems

    def _document(self) -> Node | None:
        """The root of the only document; ``None`` where there are but comments."""
        root = None
        documents = 0
        while type(event := self.next()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    line = event.start_mark.line + 1
                    self.say(line, "yaml-documents", "这里又开始了一份文档", "一个文件只写一份，删去 `---`")
                    raise _Useless
                event = self.next()
                node = self._node(event, event.start_mark.line + 1, 0)
                if event.start_mark.index != event.end_mark.index or type(node.value) in (list, dict):
                    root = node
        return root

    def _node(self, event: Any, line: int, depth: int, entry: bool = False) -> Node:
        """The value that begins with ``event``, within ``depth`` lists and mappings; ``line`` is
        its own or that of its key. ``entry`` is one of a list."""
        kind = type(event)
        if kind is AliasEvent:
            self._refuse(event)
            raise _Useless
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        if kind is ScalarEvent:
            value, plain = event.value, not event.style
            if plain and value and (self.comments or " -" in value):
                self._look_at_plain(event)
            if event.style == '"' and self.escapes:
                self._look_at_escaped(event)
            return Node(line, None if plain and value in NULL else value, plain)
        if depth >= MAX_DEPTH:
            at = event.start_mark.line + 1
            self.say(at, "yaml-depth", f"嵌套超过 {MAX_DEPTH} 层", "检查括号和缩进")
            raise _Useless
        depth += 1
        if kind is SequenceStartEvent:
            items = []
            while type(event := self.next()) is not SequenceEndEvent:
                items.append(self._node(event, event.start_mark.line + 1, depth, True))
            return Node(line, items)
        entries: dict[str, Node] = {}
        again = False
        while type(event := self.next()) is not MappingEndEvent:
            at = event.start_mark.line + 1
            key = self._key(event, at)
            if key in entries:
                sentence = f"“{key}” 写了两次，第一次在第 {entries[key].line} 行"
                # An entry of a list that begins anew: then all that follows is written twice.
                anew = entry and key == next(iter(entries))
                again = again or anew
                if anew or not again:
                    hint = "新的一项前面补上 `- `；不是新的一项，只留一处" if anew else "只留一处"
                    self.say(at, "yaml-duplicate-key", sentence, hint)
            node = self._node(self.next(), at, depth)
            entries.setdefault(key, node)
        return Node(line, entries)

    def _key(self, event: Any, line: int) -> str:
        if type(event) is AliasEvent:
            self._refuse(event)
            raise _Useless
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        if type(event) is not ScalarEvent:
            hint = "键只能是普通文字；`[` `{` `?` 开头的内容请加引号"
            self.say(line, "yaml-key", "键不是普通文字", hint)
            raise _Useless
        if event.style == '"' and self.escapes:
            self._look_at_escaped(event)
        key: str = event.value
        if len(key) > MAX_KEY:
            self.say(line, "yaml-key", *long_key(key))
        return key

    def _look_at_plain(self, event: Any) -> None:
        """Text without quotes that ends sooner than its writer thought, or later."""
        first, last = event.start_mark.line, event.end_mark.line
        lines = self.text.split("\n")
        for number in range(first + 1, last + 1):
            text = lines[number].strip()
            if not text.startswith("-"):
                continue
            if not lines[first][: event.start_mark.column].strip():
                text = lines[first].strip().lstrip("-")
                hint = f"列表每项一行，写成 `- {text[:20]}`"
                self.say(first + 1, "yaml-indent", f"“{text[:20]}”前面少了 `- `", hint)
                raise _Useless
            sentence = f"“{text[:20]}”接在上一行后面了"
            self.say(number + 1, "yaml-indent", sentence, "`- ` 和上一行的 `- ` 左边对齐")
        rest = lines[last][event.end_mark.column :]
        if found := re.match(r" +(#[^ ].*)", rest):
            sentence, hint = f"“{found[1][:20]}”是注释，不会显示", "要显示的，整句加引号；是注释，`#` 后面空一格"
            self.say(last + 1, "yaml-comment", sentence, hint)

    def _look_at_escaped(self, event: Any) -> None:
        for _, _, sentence, hint in unfit(event.value or ""):
            self.say(event.start_mark.line + 1, "yaml-character", f"“\\”写法里{sentence}", hint)
            break

    def _refuse(self, event: Any) -> None:
        line = event.start_mark.line + 1
        tag = getattr(event, "tag", None)
        if tag is not None:
            hint = "删去 `!` 标签；文字以 `!` 开头时加引号"
            self.say(line, "yaml-tag", f"使用了类型标签 {tag.replace('tag:yaml.org,2002:', '!!')}", hint)
        if event.anchor is not None:
            hint = "把内容原样写出来；文字以 `&` 或者 `*` 开头时加引号"
            self.say(line, "yaml-anchor", f"使用了锚点或者别名 {event.anchor}", hint)
