"""What is typed behind a verb, and what is said of it when it is wrong: in Chinese, as everything is."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import NoReturn

from ..catalog.nodes import Node
from ..catalog.problems import Report
from ..catalog.scalars import BAD, date_of
from ..published.settings import address_fault

_SAID = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识“\1” — 有空格的整个加引号；有哪些写法，见 guide --help"),
    (r"argument (.*?): expected (?:one argument|.*)", r"\1 后面没有内容"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", r"没有“\2” — 可用的有：\3"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 和 \2 只能写一个"),
    (r"argument (.*?): ignored explicit argument '(.*)'", r"\1 后面不写“\2”"),
    (r"ambiguous option: (.*?) could match (.*)", r"“\1”不完整，可能是 \2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)
"""The sentences of argparse, and ours."""


class Parser(argparse.ArgumentParser):
    """Tells in Chinese what is wrong, and how the verb is written."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings, add_help=False)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "内容", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def error(self, message: str) -> NoReturn:
        for theirs, ours in _SAID:
            if found := re.fullmatch(theirs, message):
                message = re.sub("'?, '?", "、", found.expand(ours)).replace("'", "")
                break
        self.exit(2, f"{message}\n写法：{self.format_usage().removeprefix('usage: ')}")


def day(text: str) -> date:
    """A date as the catalogue has them; any other way is answered with the right one."""
    report = Report("")
    found = date_of(Node(1, text, True), report, "")
    if found is BAD:
        raise argparse.ArgumentTypeError(f"{report.problems[0].sentence} — {report.problems[0].hint}")
    return found  # type: ignore[no-any-return]


def port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口 — 写 1 到 65535 的整数，例如 8002")
    return int(text)


def address(text: str) -> str:
    if told := address_fault(text):
        raise argparse.ArgumentTypeError("；".join(told))
    return text.rstrip("/") + "/"
