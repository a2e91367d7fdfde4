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
}

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


class _Open:
    """A list or mapping that is being read; ``key`` waits for its value."""

    __slots__ = ("items", "key", "line")

    def __init__(self, items: list[Node] | dict[str, Node]) -> None:
        self.items = items
        self.key: str | None = None
        self.line = 0


class _Builder:
    """Builds nodes from parser events. Events, not PyYAML's own nodes, because only
    events tell an unused anchor or an explicit tag."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.escapes = "\\" in text
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[_Open] = []

    def say(self, line: int, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, sentence, hint))

    def build(self) -> tuple[Node | None, list[Problem]]:
        try:
            readable = self._read(CParser(self.text))
        except yaml.MarkedYAMLError as error:
            told = conflicts(self.text, self.path) or [explain(error, self.text, self.path)]
            self.problems += [problem for problem in told if problem not in self.problems]
            return None, self.problems
        except (yaml.YAMLError, UnicodeError):
            # What the scan for unseen characters lets through and YAML does not.
            hint = "删去不可见的特殊字符"
            self.say(1, "yaml-character", "文件里有 YAML 不允许的字符", hint)
            return None, self.problems
        if not readable:
            return None, self.problems
        if self.root is None and not self.problems:
            self.say(1, "yaml-empty", "文件是空的", "照着同类文件补上内容")
        return self.root, self.problems

    def _read(self, parser: Any) -> bool:
        """Runs through the events; ``False`` if the tree is of no use."""
        scalar, sequence, mapping = (
            yaml.ScalarEvent,
            yaml.SequenceStartEvent,
            yaml.MappingStartEvent,
        )
        sequence_end, mapping_end = yaml.SequenceEndEvent, yaml.MappingEndEvent
        next_event = parser.get_event
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                self._scalar(event)
            elif kind is mapping or kind is sequence:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                if not self._enter(event, {} if kind is mapping else []):
                    return False
            elif kind is mapping_end or kind is sequence_end:
                self.open.pop()
            elif kind is yaml.AliasEvent:
                self._refuse(event)
                return False
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    line = event.start_mark.line + 1
                    hint = "一个文件只写一份，删去 `---`"
                    self.say(line, "yaml-documents", "这里又开始了一份文档", hint)
                    return False
            elif kind is yaml.StreamEndEvent:
                return True

    def _scalar(self, event: Any) -> None:
        value: str | None = event.value
        plain = not event.style
        line = event.start_mark.line + 1
        if event.style == '"' and self.escapes:
            for _, _, sentence, hint in unfit(value or ""):
                self.say(line, "yaml-character", f"“\\”写法里{sentence}", hint)
                break
        if self.open:
            holder = self.open[-1]
            if holder.key is None and type(holder.items) is dict:
                holder.key, holder.line = value, line
                if len(value) > MAX_KEY:
                    self.say(line, "yaml-key", *long_key(value))
                return
        elif event.start_mark.index == event.end_mark.index:
            return  # nothing but comments
        if plain and value in NULL:
            value = None
        self._put(Node(line, value, plain))

    def _enter(self, event: Any, items: list[Node] | dict[str, Node]) -> bool:
        line = event.start_mark.line + 1
        if self.open and self.open[-1].key is None and type(self.open[-1].items) is dict:
            hint = "键只能是普通文字；`[` `{` `?` 开头的内容请加引号"
            self.say(line, "yaml-key", "键不是普通文字", hint)
            return False
        if len(self.open) >= MAX_DEPTH:
            self.say(line, "yaml-depth", f"嵌套超过 {MAX_DEPTH} 层", "检查括号和缩进")
            return False
        self._put(Node(line, items))
        self.open.append(_Open(items))
        return True

    def _put(self, node: Node) -> None:
        """Hands a value to the list or mapping around it."""
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        items = holder.items
        if type(items) is list:
            items.append(node)
            return
        key, holder.key = holder.key, None
        assert type(items) is dict and key is not None
        node.line = holder.line
        if key in items:
            sentence = f"“{key}” 写了两次，第一次在第 {items[key].line} 行"
            self.say(node.line, "yaml-duplicate-key", sentence, "只留一处")
        else:
            items[key] = node

    def _refuse(self, event: Any) -> None:
        line = event.start_mark.line + 1
        tag = getattr(event, "tag", None)
        if tag is not None:
            hint = "删去 `!` 标签；文字以 `!` 开头时加引号"
            self.say(line, "yaml-tag", f"使用了类型标签 {tag.replace('tag:yaml.org,2002:', '!!')}", hint)
        if event.anchor is not None:
            hint = "把内容原样写出来；文字以 `&` 或者 `*` 开头时加引号"
            self.say(line, "yaml-anchor", f"使用了锚点或者别名 {event.anchor}", hint)
