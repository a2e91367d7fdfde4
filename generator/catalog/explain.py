"""The YAML parser's complaints in words that an editor can act on."""

from __future__ import annotations

import re
from typing import Any

from .nodes import MAX_KEY
from .problems import Problem

_BAD_COLON = re.compile(r"\s*(?:- +)?([A-Za-z_]+)(：|:)(?:\S|\u3000)")
_WIDE_COLON = re.compile(r"\s*(?:- +)?([A-Za-z_]+)\s*：")
_AFTER_QUOTE = re.compile(r"""[^:]*: +(?:'[^']*'|"[^"]*")[^\s'"#]""")

_LONG_KEY = re.compile(rf"""(?:[^:]*: *\{{)?[\s{{,?-]*["']?([^\s:"']{{{MAX_KEY + 1},}})["']?\s*:""")
_WIDE_COMMA = re.compile(r"[，、]\s*([a-z_]+)\s*[:：]")
_WIDE_BRACKET = re.compile(r"[A-Za-z_]+: *([｛［【])")
_WRONG_DASH = re.compile(r"\s*[-－—–―•·]\s*(\S.*)")
_GLUED_DASH = re.compile(r"( *)-([a-z_]+):(?: |$)")
_ODD_DASH = re.compile(r" *([－—–―•·])\s*([a-z_]+:(?: .*)?)$")
_ENTRY = re.compile(r" *- ")
_ODD_START = re.compile(r"\s*(?:- +|[A-Za-z_]+: +)+([-?:|>] |[],}])(?=.*\S)")
_KEY = re.compile(r"([ -]*)([A-Za-z_]+):")
_ALIGN = "同一层的键左边对齐，列表的 `- ` 也要对齐，每层缩进两个空格"
_COLON_IN_TEXT = "内容里有“: ”（冒号加空格）时整句加引号；若是新的一项，检查上一行的缩进"
_LONG_TEXT = "每一项写成 `键: 内容`；长文字换行时要比键多缩进两格"
_OTHER_QUOTE = "补上另一半引号；引号里面再用引号，请改用中文引号“”"


def long_key(key: str) -> tuple[str, str]:
    """Sentence and hint for a key of more than ``MAX_KEY`` characters."""
    return f"键“{key[:12]}…”有 {len(key)} 个字，太长", f"键最多 {MAX_KEY} 个字，多半是内容前面少了键：写成 `键: 内容`"


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


def conflicts(text: str, path: str) -> list[Problem]:
    """Where git has left both sides of a merge; such a file is never sound YAML."""
    hint = "两边比一比，留下对的内容，删去 `<<<<<<<`、`=======`、`>>>>>>>` 这几行"
    lines = list(enumerate(text.split("\n"), 1))
    begun = [number for number, line in lines if line.startswith("<<<<<<< ")]
    # Whoever has mended it by halves has mostly left the others.
    left = [number for number, line in lines if line == "=======" or line.startswith((">>>>>>> ", "||||||| "))]
    return [Problem(path, number, "yaml-conflict", "这里留着合并冲突的标记", hint) for number in begun or left]


def explain(error: Any, text: str, path: str) -> Problem:
    """The problem behind a ``yaml.MarkedYAMLError``, at the line to be mended."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    last = min(mark.line, len(lines) - 1) if mark else 0
    start = min(error.context_mark.line, last) if error.context_mark else last
    # libyaml gives up on a key of more than 1,024 characters, in words about something else.
    for number in range(start, last + 1):
        if found := _LONG_KEY.match(lines[number]):
            return Problem(path, number + 1, "yaml-key", *long_key(found[1]))
    # A missing or full-width colon is noticed a line or more after it was written.
    for number in range(last, max(min(start, last - 2) - 1, last - 20, -1), -1):
        if found := bad_colon(lines[number]):
            return Problem(path, number + 1, "yaml-colon", *found)
    words = error.problem or "", error.context or ""
    at, code, sentence, hint = _layout(*words, lines, start, last) or _judge(*words, lines[last], start, last, mark)
    return Problem(path, at + 1, code, sentence, hint)


def _layout(problem: str, context: str, lines: list[str], start: int, last: int) -> tuple[int, str, str, str] | None:
    """The same as ``_judge``, where the lines around show what happened."""
    line = lines[last]
    if "could not find expected ':'" in problem:
        text = lines[start].strip()
        if found := _WRONG_DASH.fullmatch(lines[start]):
            return (
                start,
                "yaml-syntax",
                f"“{text[:20]}”不是列表的一项",
                f"写成半角的 `- `，后面空一格：`- {found[1][:20]}`",
            )
        above = _above(lines, start)
        if above is not None and _ENTRY.match(lines[above]) and _indent(lines[above]) == _indent(lines[start]):
            return start, "yaml-syntax", f"“{text[:20]}”前面少了 `- `", f"列表每项一行，写成 `- {text[:20]}`"
    if "flow" in context:
        for number in range(start, last + 1):
            if found := _WIDE_COMMA.search(lines[number]):
                sentence = f"“{found[1]}”前面的逗号“{found[0][0]}”是全角"
                return number, "yaml-syntax", sentence, f"改为半角逗号加空格：`, {found[1]}: …`"
    if "quoted scalar" in context:
        return None
    if found := _ODD_START.match(line):
        return last, "yaml-syntax", f"内容不能以“{found[1]}”开头", "整句加引号"
    for number in range(last, max(last - 2, -1), -1):
        if found := _GLUED_DASH.match(lines[number]):
            return (
                number,
                "yaml-syntax",
                f"“-{found[2]}:”的 `-` 后面少了空格",
                f"写成 `- {found[2]}: …`，和上一项的 `- ` 左边对齐",
            )
        if found := _ODD_DASH.match(lines[number]):
            return (
                number,
                "yaml-syntax",
                f"“{found[1]}”不是列表的短横线",
                f"写成半角的 `- `，后面空一格：`- {found[2][:20]}`",
            )
    if "mapping values are not allowed" in problem:
        if found := _WIDE_BRACKET.search(line):
            return last, "yaml-syntax", f"括号“{found[1]}”是全角", "改为半角的 `{`、`}`、`[`、`]`"
        return _uneven(lines, last)
    if "block mapping" in context and _ENTRY.match(line):
        # The entries of a list begin with a dash, and the first one does not.
        first, above = last, _above(lines, last)
        while above is not None and _indent(lines[above]) > _indent(line):
            first, above = above, _above(lines, above)
        if first < last and not _ENTRY.match(lines[first]):
            hint = "列表的每一项都以 `- ` 开头，`- ` 左边对齐"
            return first, "yaml-indent", "这一项前面少了 `- `", hint
    return None


def _uneven(lines: list[str], last: int) -> tuple[int, str, str, str] | None:
    """A key farther to the right than the one above it, which has a value: which of the two slipped?"""
    above = _above(lines, last)
    if above is None or not (key := _KEY.match(lines[last])) or not (other := _KEY.match(lines[above])):
        return None
    if len(key[1]) <= len(other[1]):
        return None
    before = _above(lines, above)
    left = above, "yaml-indent", f"“{other[2]}”比下一行少缩进了", f"和下一行的“{key[2]}”左边对齐"
    while before is not None and (sibling := _KEY.match(lines[before])) and len(sibling[1]) >= len(other[1]):
        if len(sibling[1]) == len(other[1]):
            # A key that has nothing below it, but for the line that slipped.
            if lines[before].rstrip().endswith(":"):
                return left
            break
        if len(sibling[1]) == len(key[1]):
            return left
        before = _above(lines, before)
    hint = f"和上一行的“{other[2]}”左边对齐；是上一行的文字，整句加引号"
    return last, "yaml-indent", f"“{key[2]}”比上一行多缩进了", hint


def _above(lines: list[str], number: int) -> int | None:
    """The next line above that is neither blank nor a comment."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip() and lines[n].strip()[0] != "#"), None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _judge(problem: str, context: str, line: str, start: int, last: int, mark: Any) -> tuple[int, str, str, str]:
    """Line (from 0), code, sentence and hint, by libyaml's own words."""
    if "escape" in problem:
        hint = "双引号里的 `\\` 有特殊含义，请改用单引号"
        return last, "yaml-quote", "双引号里的 `\\` 后面不能接这个字符", hint
    if "quoted scalar" in context:
        return start, "yaml-quote", "引号没有成对", _OTHER_QUOTE
    if _AFTER_QUOTE.match(line):
        return last, "yaml-quote", "引号没有成对", _OTHER_QUOTE
    if "flow" in context or "',' or" in problem:
        hint = "补上 `]` 或者 `}`，各项之间用半角逗号加空格"
        return start, "yaml-syntax", "方括号或者花括号没有配好", hint
    if "mapping values are not allowed" in problem:
        return last, "yaml-syntax", "这一行多了一个“: ”，或者缩进不对", _COLON_IN_TEXT
    if "could not find expected ':'" in problem:
        return start, "yaml-syntax", "这一行缺少“: ”", _LONG_TEXT
    if "cannot start any token" in problem:
        character = line[mark.column : mark.column + 1] if mark else ""
        return last, "yaml-syntax", f"内容不能以“{character}”开头", "整句加引号"
    if "anchor" in context or "alias" in context:
        return last, "yaml-anchor", "不能使用锚点或者别名", "文字以 `&` 或者 `*` 开头时加引号"
    if "tag" in context or "tag" in problem:
        return last, "yaml-tag", "不能使用类型标签", "文字以 `!` 开头时加引号"
    if "document" in problem:
        hint = "一个文件只写一份，删去 `---`"
        return last, "yaml-documents", "这里又开始了一份文档", hint
    if "block" in context or "not allowed in this context" in problem:
        return last, "yaml-indent", "缩进没有和上面对齐", _ALIGN
    return last, "yaml-syntax", "这里读不懂", "检查这一行和上一行的冒号、缩进和引号"
