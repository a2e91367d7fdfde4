"""``guide confirm``: an answer of the centre, written with who gave it and when."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date

from ..errors import BuildError
from .saying import sound

SHOWN = 20


def confirm_answer(options: argparse.Namespace) -> int:
    # Here, since the views of matters take 30 ms to load, and other verbs need none of them.
    from ..confirm.apply import confirm
    from ..confirm.resolve import everything, resolve
    from ..confirm.values import NotUnderstood
    from ..views.work_fields import EXAMPLES

    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    listed = everything(catalogue)
    if options.question is None:
        for question in listed[:SHOWN]:
            print(f"{question.id}\n  {question.text}（{question.concerns} 件事；--value {EXAMPLES[question.kind]}）")
        print(f"一共 {len(listed)} 问，这是最要紧的 {min(SHOWN, len(listed))} 问")
        return 0
    try:
        question = resolve(options.question, catalogue, listed)
        by, on = _by(options.by), _on(options.on)
        written = confirm(options.catalog, catalogue, question, by, on, options.value)
    except (BuildError, NotUnderstood) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"已写入：{question.text}")
    for path in written.files:
        print(f"  {path}")
    print("看一遍 git diff，再提交")
    return 0


def _by(text: str | None) -> str:
    by = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", (text or "").strip())
    if not by:
        raise BuildError("没有写谁答复的 — 加上 --by，例如 --by 综合窗口张三")
    return by


def _on(on: date | None) -> date:
    today = date.today()
    if on is not None and on > today:
        raise BuildError(f"{on} 还没有到 — --on 写答复的那一天")
    return on or today
