"""YAML text → a tree of text nodes that know their lines.

Only a plain part of YAML is read: mappings, lists and text. YAML 1.1 would turn
``13:30`` into 810, ``0431`` into 281 and ``off`` into false, so every scalar stays
text and the model converts it. A plain empty, ``null`` or ``~`` scalar is ``None``;
quoted text is always text.
"""

from __future__ import annotations

import re

from msgspec import Struct

from .problems import Problem

CODES = {
    "yaml-encoding": "文件不是 UTF-8 编码，或者带有 BOM",
    "yaml-character": "文件里有制表符或者看不见的控制字符",
    "yaml-syntax": "YAML 写法有误，读不出来",
    "yaml-colon": "键后面的冒号写成了全角，或者冒号后面没有空格",
    "yaml-indent": "缩进没有对齐",
    "yaml-quote": "引号没有成对",
    "yaml-empty": "文件是空的",
    "yaml-documents": "一个文件里写了多份 YAML 文档",
    "yaml-anchor": "使用了锚点（&）或者别名（*）",
    "yaml-tag": "使用了类型标签（!）",
    "yaml-key": "键不是普通文字",
    "yaml-duplicate-key": "同一个键写了两次",
    "yaml-depth": "嵌套太深",
}

MAX_DEPTH = 32


class Node(Struct, gc=False):
    """``value`` is text, ``None``, a list or a mapping of nodes. ``line`` counts from 1;
    the value of a key carries the line of the key. ``plain`` is text without quotes."""

    line: int
    value: str | None | list[Node] | dict[str, Node]
    plain: bool = False


_UNSEEN = re.compile("[\x00-\x08\t\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_BAD_COLON = re.compile(r"\s*(?:- +)?([A-Za-z_]+)(：|:)\S")
_AFTER_QUOTE = re.compile(r"""[^:]*: +(?:'[^']*'|"[^"]*")[^\s'"#]""")
_WIDE_COLON = re.compile(r"\s*(?:- +)?([A-Za-z_]+)\s*：")


def read(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file's bytes; ``None`` with the problem if it is not plain UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "请用编辑器把文件另存为 UTF-8（无 BOM）"
        return None, [Problem(path, line, "yaml-encoding", "文件不是 UTF-8 编码", hint)]
    return text, []


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The root node of ``text``, or ``None`` and what keeps it from being read.

    Faults that leave the tree readable (a duplicate key) give a node and problems.
    """
    problems = list(_unseen(text, path))
    if problems:
        return None, problems
    return _Builder(text, path).build()


def bad_colon(line: str) -> tuple[str, str] | None:
    """Sentence and hint if ``line`` looks like a key with a full-width colon, or one
    without a space after the colon; ``None`` otherwise."""
    if found := _WIDE_COLON.match(line):
        key = found[1]
        return f"“{key}” 后面用了全角冒号“：”", f"改为半角冒号加空格：`{key}: …`"
    if found := _BAD_COLON.match(line):
        key = found[1]
        return f"“{key}:” 后面少了空格", f"冒号后面加一个空格：`{key}: …`"
    return None


def _unseen(text: str, path: str) -> list[Problem]:
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        hint = "请用编辑器把文件另存为 UTF-8（无 BOM）"
        problems.append(Problem(path, 1, "yaml-encoding", "文件开头有 BOM", hint))
    if _UNSEEN.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if found := _UNSEEN.search(line):
                if found[0] == "\t":
                    sentence, hint = "有制表符（Tab）", "缩进和间隔请用空格"
                else:
                    sentence = f"有看不见的字符 U+{ord(found[0]):04X}"
                    hint = "删去这个字符，多半是从网页或者文档粘贴带来的"
                problems.append(Problem(path, number, "yaml-character", sentence, hint))
    return problems


class _Builder:
    """Builds nodes from parser events. Events, not PyYAML's own nodes, because only
    events tell an unused anchor or an explicit tag."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []

    def say(self, line: int, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, sentence, hint))

    def build(self) -> tuple[Node | None, list[Problem]]:
        import yaml  # costs 15 ms, which a build without changed files need not pay

        try:
            from yaml.cyaml import CParser
        except ImportError as error:
            raise RuntimeError(
                "PyYAML was installed without its C parser (libyaml); install the binary wheel"
            ) from error
        # The parser refuses what is left of non-YAML characters and, deep inside, surrogates.
        try:
            root = self._events(CParser(self.text), yaml)
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            return None, self.problems
        except (yaml.YAMLError, UnicodeError):
            self.say(1, "yaml-character", "文件里有 YAML 不允许的字符", "删去不可见的特殊字符")
            return None, self.problems
        if root is None and not self.problems:
            self.say(1, "yaml-empty", "文件是空的", "照着同类文件补上内容")
        return root, self.problems

    def _events(self, parser, yaml) -> Node | None:
        scalar, sequence, mapping = (
            yaml.ScalarEvent,
            yaml.SequenceStartEvent,
            yaml.MappingStartEvent,
        )
        ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
        root: Node | None = None
        documents = 0
        stack: list[Node] = []  # open lists and mappings
        keys: list[str | None] = []  # for each of them: the key that waits for its value
        key_lines: list[int] = []
        value: str | None | list[Node] | dict[str, Node]
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is scalar:
                value = event.value
                plain = event.style is None or event.style == ""
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
            elif kind is sequence:
                value, plain = [], False
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
            elif kind is mapping:
                value, plain = {}, False
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
            elif kind in ends:
                stack.pop()
                keys.pop()
                key_lines.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._refuse(event)
                value, plain = None, False
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    line = event.start_mark.line + 1
                    self.say(line, "yaml-documents", "这里又开始了一份文档", "一个文件只写一份，删去 `---`")
                    return root
                continue
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                continue

            line = event.start_mark.line + 1
            if stack:
                parent = stack[-1]
                holder = parent.value
                if type(holder) is dict:
                    key = keys[-1]
                    if key is None:
                        if kind is not scalar:
                            hint = "键只能是普通文字；`[` `{` `?` 开头的内容请加引号"
                            self.say(line, "yaml-key", "键不是普通文字", hint)
                            return None
                        keys[-1] = value
                        key_lines[-1] = line
                        continue
                    if plain and value in ("", "null", "~"):
                        value = None
                    line = key_lines[-1]
                    node = Node(line, value, plain)
                    if key in holder:
                        first = holder[key].line
                        self.say(
                            line,
                            "yaml-duplicate-key",
                            f"“{key}” 写了两次，第一次在第 {first} 行",
                            "只留一处",
                        )
                    else:
                        holder[key] = node
                    keys[-1] = None
                else:
                    if plain and value in ("", "null", "~"):
                        value = None
                    node = Node(line, value, plain)
                    holder.append(node)
            else:
                if plain and value in ("", "null", "~"):
                    value = None
                    if event.start_mark.index == event.end_mark.index:
                        continue  # an empty document
                node = root = Node(line, value, plain)
            if kind is not scalar and kind is not yaml.AliasEvent:
                if len(stack) >= MAX_DEPTH:
                    self.say(line, "yaml-depth", f"嵌套超过 {MAX_DEPTH} 层", "检查括号和缩进")
                    return None
                stack.append(node)
                keys.append(None)
                key_lines.append(line)

    def _refuse(self, event) -> None:
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None:
            self.say(line, "yaml-tag", f"使用了类型标签 {event.tag}", "删去 `!` 标签；文字以 `!` 开头时加引号")
        if event.anchor is not None:
            name = event.anchor
            hint = "把内容原样写出来；文字以 `&` 或者 `*` 开头时加引号"
            self.say(line, "yaml-anchor", f"使用了锚点或者别名 {name}", hint)

    def _explain(self, error) -> None:
        """Puts the parser's English into words that an editor can act on."""
        mark = error.problem_mark or error.context_mark
        problem = error.problem or ""
        context = error.context or ""
        lines = self.text.split("\n")
        last = min(mark.line, len(lines) - 1) if mark else 0
        start = error.context_mark.line if error.context_mark else last
        # A missing or full-width colon is noticed a line or more after it was written.
        for number in range(last, max(min(start, last - 2) - 1, last - 20, -1), -1):
            if found := bad_colon(lines[number]):
                self.say(number + 1, "yaml-colon", *found)
                return
        if "escape" in problem:
            hint = "双引号里的 `\\` 有特殊含义，请改用单引号"
            self.say(last + 1, "yaml-quote", "双引号里的 `\\` 后面不能接这个字符", hint)
        elif "quoted scalar" in context or _AFTER_QUOTE.match(lines[last]):
            hint = "补上另一半引号；引号里面再用引号，请改用中文引号“”"
            line = start if "quoted scalar" in context else last
            self.say(line + 1, "yaml-quote", "引号没有成对", hint)
        elif "flow" in context or "',' or" in problem:
            hint = "补上 `]` 或者 `}`，各项之间用半角逗号加空格"
            self.say(start + 1, "yaml-syntax", "方括号或者花括号没有配好", hint)
        elif "mapping values are not allowed" in problem:
            hint = "内容里有“: ”（冒号加空格）时整句加引号；若是新的一项，检查上一行的缩进"
            self.say(last + 1, "yaml-syntax", "这一行多了一个“: ”，或者缩进不对", hint)
        elif "could not find expected ':'" in problem:
            hint = "每一项写成 `键: 内容`；长文字换行时要比键多缩进两格"
            self.say(start + 1, "yaml-syntax", "这一行缺少“: ”", hint)
        elif "cannot start any token" in problem:
            character = lines[last][mark.column : mark.column + 1] if mark else ""
            hint = "整句加引号"
            self.say(last + 1, "yaml-syntax", f"内容不能以“{character}”开头", hint)
        elif "anchor" in context or "alias" in context:
            hint = "文字以 `&` 或者 `*` 开头时加引号"
            self.say(last + 1, "yaml-anchor", "不能使用锚点或者别名", hint)
        elif "tag" in context or "tag" in problem:
            self.say(last + 1, "yaml-tag", "不能使用类型标签", "文字以 `!` 开头时加引号")
        elif "document" in problem:
            self.say(last + 1, "yaml-documents", "这里又开始了一份文档", "一个文件只写一份，删去 `---`")
        elif "block" in context or "indent" in problem or "not allowed in this context" in problem:
            hint = "同一层的键左边对齐，列表的 `- ` 也要对齐，每层缩进两个空格"
            self.say(last + 1, "yaml-indent", "缩进没有和上面对齐", hint)
        else:
            hint = "检查这一行和上一行的冒号、缩进和引号"
            self.say(last + 1, "yaml-syntax", "这里读不懂", hint)
