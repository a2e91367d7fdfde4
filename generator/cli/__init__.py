"""The verbs of ``guide``, one module for each kind of them. Exit 0 when all is well, 1 when something
has to be mended, 2 when the command itself is written wrong.

Problems go to stderr, one line each; success is one line on stdout.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..site.skin import ENGINES
from .arguments import Parser, address, day, port
from .build import build_site, publish_site, serve_preview
from .changes import diff, record
from .check import BESIDE, check
from .confirm import confirm_answer
from .new import new, new_centre_folder
from .tables import print_tables
from .texts import list_stale, texts
from .words import words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``guide`` with ``arguments`` (default: the command line's)."""
    if arguments is None:
        _speak_chinese()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.verb(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever read has seen enough (`guide diff | head`); what is left must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_chinese() -> None:
    """A terminal that is said to know ASCII only gets UTF-8 all the same; any other that lacks a
    character gets a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        ascii_only = "".join(filter(str.isalnum, stream.encoding)).lower() in ("ascii", "ansix341968", "usascii")
        stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")  # type: ignore[union-attr]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="guide", description="办事指南：检查目录、生成网站、预览")
    verbs = parser.add_subparsers(
        required=True,
        metavar="check | build | publish | serve | new | new-centre | diff | record | words | texts | stale | tables | confirm",
    )
    for name, verb, text in (
        ("check", check, "检查目录，列出所有要改的地方"),
        ("build", build_site, "检查并生成网站"),
        ("publish", publish_site, "发布：把手机里存着的旧版接到这一版上，更新只传改动"),
        ("serve", serve_preview, "边改边看：保存后页面自动刷新"),
        ("new", new, "新建一个事项文件，字段齐全，等着填写"),
        ("new-centre", new_centre_folder, "给另一个中心建一份小目录，每一项都有说明"),
        ("diff", diff, "用文字说出目录改了什么"),
        ("record", record, "把这一次发布改了什么记进 catalog/changes"),
        ("words", words, "列出群众没找到的词，和相近的事项"),
        ("texts", texts, "列出引用了却没有条文的，和没有谁引用的条文"),
        ("stale", list_stale, "列出过时的：被取代的版本、法律改过以后没有再核对的事项、没有排到的日历"),
        ("tables", print_tables, "列表说出目录有多少把握、缺多少答案、引用多少条文"),
        ("confirm", confirm_answer, "把中心的答复写进目录，写明谁、哪天说的"),
    ):
        one = verbs.add_parser(name, help=text, description=text)
        one.set_defaults(verb=verb)
        one.add_argument("--catalog", type=Path, default=Path("catalog"), metavar="DIR", help="目录（默认 catalog）")
        if name in ("check", "build", "serve"):
            # What ``check`` looks at lies beside the catalogue, unless it is told.
            plain = BESIDE if name != "check" else dict.fromkeys(BESIDE)
            one.add_argument("--site-src", type=Path, default=plain["site_src"], metavar="DIR")
            one.add_argument("--mkdocs", type=Path, default=plain["mkdocs"], metavar="FILE")
            one.add_argument("--pwa", type=Path, default=plain["pwa"], metavar="DIR")
        if name == "publish":
            one.add_argument(
                "--out", type=Path, default=Path("build/site"), metavar="DIR", help="已生成的网站（默认 build/site）"
            )
            one.add_argument(
                "--past", type=Path, metavar="DIR", help="以前各版存在哪里（默认在网站旁边，build/site.releases）"
            )
        if name in ("build", "serve"):
            one.add_argument(
                "--out",
                type=Path,
                default=Path("build/site" if name == "build" else "build/preview"),
                metavar="DIR",
                help="输出（默认 build/%s）" % ("site" if name == "build" else "preview"),
            )
        if name in ("build", "serve"):
            one.add_argument(
                "--address", type=address, metavar="URL", help="网站地址（默认 mkdocs.yml 里的 site_url）"
            )
        if name == "build":
            one.add_argument(
                "--skin", choices=tuple(ENGINES), default="mkdocs", help="用什么生成页面的框架（默认 mkdocs）"
            )
            one.add_argument("--exports", action="store_true", help="连同整个目录的 JSON、CSV 和 Excel 表格")
        if name == "serve":
            one.add_argument("--port", type=port, default=8001, help="端口（默认 8001）")
        if name in ("diff", "record"):
            one.add_argument(
                "--from",
                dest="start",
                metavar="REV|FILE|DIR",
                help="和哪里比：git 版本、catalogue.json 或者目录（默认上一次记录的）",
            )
        if name == "words":
            where = one.add_mutually_exclusive_group()
            where.add_argument("--from", dest="address", metavar="URL", help="网站地址；令牌放在环境变量 GUIDE_TOKEN")
            where.add_argument("--data", type=Path, default=Path("var"), metavar="DIR", help="推送服务的数据目录")
        if name in ("check", "stale"):
            one.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="看哪一天（默认今天）")
        if name == "record":
            one.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="记在哪一天（默认今天）")
        if name == "tables":
            one.add_argument("--into", type=Path, metavar="FILE", help="写进这个文件里 guide tables 的标记之间")
        if name == "confirm":
            one.add_argument("question", nargs="?", help="问题编号或者整句问题，见 certainty/；不写就列出最要紧的")
            one.add_argument("--by", metavar="谁", help="谁答复的，例如 综合窗口张三")
            one.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="哪天答复的（默认今天）")
            one.add_argument("--value", metavar="答复", help="答复；整页确认的不用写")
        if name == "new-centre":
            one.add_argument("folder", type=Path, help="新目录放在哪个文件夹（还没有的，或者空的）")
        if name == "new":
            one.add_argument("section", help="版块，例如 construction")
            one.add_argument("id", help="事项编号：小写英文、数字和连字符，例如 construction-permit")
    return parser
