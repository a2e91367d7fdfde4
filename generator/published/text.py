"""What every published text has to be: UTF-8, one kind of line ends, no trace of a merge, and no
character that nobody sees."""

from __future__ import annotations

import html
import re

from ..catalog.characters import unfit
from ..catalog.problems import Problem

CODES = {
    "source-encoding": "文件不是 UTF-8 编码，或者带有 BOM",
    "source-line-end": "行尾不是 LF，或者有 NUL 字符",
    "source-conflict": "文件里留着合并冲突的标记",
    "source-character": "文件里有看不见的字符，或者别人显示不出来、搜不到的字符",
}

_MARKS = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_SAVE = "请用编辑器把文件另存为 UTF-8（无 BOM）"
_CODE = (".js", ".css", ".html", ".md", ".svg", ".webmanifest", ".json")
"""Where tabs indent."""


def check_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file, ``None`` when it is not to be looked at further, and its faults."""

    def told(line: int, code: str, sentence: str, hint: str) -> Problem:
        return Problem(path, line, code, sentence, hint)

    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, [told(data.count(b"\n", 0, error.start) + 1, "source-encoding", "文件不是 UTF-8 编码", _SAVE)]
    if text.startswith("\ufeff"):
        return None, [told(1, "source-encoding", "文件开头有 BOM", _SAVE)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [told(line, "source-line-end", "有 NUL 字符，不是文本文件", "换成文本文件")]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return None, [told(line, "source-line-end", "行尾不是 LF", "请用编辑器把行尾（EOL）改为 LF（Unix）再保存")]
    if marks := list(_MARKS.finditer(text)):
        hint = "两边比一比，留下对的内容，删去 `<<<<<<<`、`=======`、`>>>>>>>` 这几行"
        lines = [text.count("\n", 0, found.start()) + 1 for found in marks if found[0].startswith("<")]
        lines = lines or [text.count("\n", 0, marks[0].start()) + 1]
        return None, [told(line, "source-conflict", "这里留着合并冲突的标记", hint) for line in lines]
    if path == "mkdocs.yml":
        return text, []  # read as the catalogue is, with the same words
    allowed = "\t" if path.endswith(_CODE) else ""
    problems = [told(line, "source-character", sentence, hint) for line, _, sentence, hint in unfit(text, allowed)]
    if "&" in text and path.endswith((".md", ".html", ".svg")):
        hidden = "\n".join(html.unescape(line).replace("\n", " ") for line in text.split("\n"))
        seen = {problem.line for problem in problems}
        problems += [
            told(line, "source-character", f"“&…;”写法里{sentence}", hint)
            for line, _, sentence, hint in unfit(hidden, allowed)
            if line not in seen
        ]
    return text, problems
