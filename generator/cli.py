"""The verbs of ``guide``. Exit 0 when all is well, 1 when something has to be mended.

Problems go to stderr, one line each; success is one line on stdout.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from .catalog.change_types import CalendarMarks
from .catalog.checks.advice import check_advice
from .catalog.hours import Timetable
from .catalog.load import load
from .catalog.parts import Catalogue
from .catalog.problems import Problem
from .catalog.record import lines_from
from .catalog.starter import NewCentreError, new_centre
from .catalog.template import NewMatterError, new_matter
from .changes.record import FOLDER, entry_text, new_entry, since_last, told
from .errors import BuildError
from .published.settings import address_fault
from .site import skin
from .site.build import build
from .site.order import Outcome, Paths
from .site.preview import serve
from .site.skin import ENGINES, STAND_IN, look_of

BESIDE = {"site_src": Path("site_src"), "mkdocs": Path("mkdocs.yml"), "pwa": Path("pwa")}
"""What is published beside the catalogue."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``guide`` with ``arguments`` (default: the command line's)."""
    if arguments is None:
        _speak_chinese()
    options = _parser().parse_args(arguments)
    return options.verb(options)


def _speak_chinese() -> None:
    """A terminal that is said to know ASCII only gets UTF-8 all the same; any other that lacks a
    character gets a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        ascii_only = "".join(filter(str.isalnum, stream.encoding)).lower() in ("ascii", "ansix341968", "usascii")
        stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")  # type: ignore[union-attr]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guide", description="办事指南：检查目录、生成网站、预览")
    verbs = parser.add_subparsers(
        required=True, metavar="check | build | serve | new | new-centre | diff | record | words"
    )
    for name, verb, text in (
        ("check", _check, "检查目录，列出所有要改的地方"),
        ("build", _build, "检查并生成网站"),
        ("serve", _serve, "边改边看：保存后页面自动刷新"),
        ("new", _new, "新建一个事项文件，字段齐全，等着填写"),
        ("new-centre", _new_centre, "给另一个中心建一份小目录，每一项都有说明"),
        ("diff", _diff, "用文字说出目录改了什么"),
        ("record", _record, "把这一次发布改了什么记进 catalog/changes"),
        ("words", _words, "列出群众没找到的词，和相近的事项"),
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
                "--address", type=_address, metavar="URL", help="网站地址（默认 mkdocs.yml 里的 site_url）"
            )
        if name == "build":
            one.add_argument(
                "--skin", choices=tuple(ENGINES), default="mkdocs", help="用什么生成页面的框架（默认 mkdocs）"
            )
            one.add_argument("--exports", action="store_true", help="连同整个目录的 JSON、CSV 和 Excel 表格")
        if name == "serve":
            one.add_argument("--port", type=int, default=8001, help="端口（默认 8001）")
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
        if name == "record":
            one.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="记在哪一天（默认今天）")
        if name == "new-centre":
            one.add_argument("folder", type=Path, help="新目录放在哪个文件夹（还没有的，或者空的）")
        if name == "new":
            one.add_argument("section", help="版块，例如 construction")
            one.add_argument("id", help="事项编号：小写英文、数字和连字符，例如 construction-permit")
    return parser


def _address(text: str) -> str:
    if told := address_fault(text):
        raise argparse.ArgumentTypeError("；".join(told))
    return text.rstrip("/") + "/"


_MORE = "方括号里的代码是什么意思、怎么改，见 docs/checks.md，每个都有例子。"


def _check(options: argparse.Namespace) -> int:
    loaded = load(options.catalog)
    wrong = _wrong_sources(options, loaded.catalogue)
    if loaded.catalogue is None or loaded.problems or wrong:
        return _refuse(sorted({*loaded.problems, *wrong}))
    advice = sorted(check_advice(loaded.catalogue, lines_from(options.catalog)))
    for one in advice:
        print(f"提示：{one}", file=sys.stderr)
    if advice:
        print(_MORE, file=sys.stderr)
    print(f"目录没有问题：{len(loaded.catalogue.matters)} 个事项")
    return 0


def _wrong_sources(options: argparse.Namespace, catalogue: Catalogue | None) -> Sequence[Problem]:
    """The faults of what is published beside the catalogue. Where it lies is told, or it lies beside
    the catalogue; a catalogue alone is checked alone."""
    beside = options.catalog.parent
    places = {name: getattr(options, name) or beside / place for name, place in BESIDE.items()}
    told = any(getattr(options, name) for name in places)
    if not told and not any(place.exists() or place.is_symlink() for place in places.values()):
        return ()
    # Here, since what parses pages and pictures takes 50 ms to load, a third of a build with nothing to do.
    from .site.gate import Sources

    sources = Sources(places["site_src"], places["pwa"], places["mkdocs"])
    look = STAND_IN if catalogue is None else look_of(catalogue)
    return sources.checked(lambda: skin.build_skin(look, places["site_src"], places["mkdocs"]))


def _build(options: argparse.Namespace) -> int:
    # Nothing here lives in cycles worth collecting, and the collector would walk the
    # records of 3,000 matters again and again.
    gc.disable()
    try:
        outcome = build(_paths(options))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return _report(outcome)


def _serve(options: argparse.Namespace) -> int:
    # Also where an editor reads it, or a log is kept, each build is told at once.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    print(f"预览地址：http://localhost:{options.port}（按 Ctrl-C 结束）")
    try:
        serve(_paths(options), options.port, _report)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"端口 {options.port} 打不开（{error.strerror}）— 换一个：guide serve --port 8002", file=sys.stderr)
        return 1
    return 0


def _new(options: argparse.Namespace) -> int:
    try:
        path, text = new_matter(options.catalog, options.section, options.id)
    except NewMatterError as error:
        print(error, file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    print(f"已新建 {path} — 填好后运行 guide check")
    return 0


def _new_centre(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    try:
        files = new_centre(folder, options.catalog)
    except NewCentreError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"已新建 {folder} — 先改 centre.yml，再运行 guide check --catalog {folder}")
    return 0


def _diff(options: argparse.Namespace) -> int:
    catalogue = _sound(options.catalog)
    if catalogue is None:
        return 1
    try:
        changes = since_last(options.catalog, catalogue.changes, options.start)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(told(changes) or "没有变化")
    return 0


def _record(options: argparse.Namespace) -> int:
    catalogue = _sound(options.catalog)
    if catalogue is None:
        return 1
    try:
        found = new_entry(
            options.catalog, catalogue.changes, options.date or date.today(), options.start, _marks(catalogue)
        )
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if found is None:
        print("没有变化，不用记录")
        return 0
    path = options.catalog / FOLDER / f"{found[0]}.yml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(entry_text(found[1]))
    print(told(found[1].changes))
    print(f"已记录在 {path} — 看一遍文字，再提交")
    return 0


def _marks(catalogue: Catalogue) -> CalendarMarks:
    # Here, since icalendar takes 95 ms to load.
    from .render.calendars import marks

    return marks(catalogue.centre, tuple(Timetable(catalogue.centre, catalogue.years).days()))


def _words(options: argparse.Namespace) -> int:
    # Here, since what asks a server takes 35 ms to load, a tenth of a rebuild.
    from .search.unfound import from_database, from_server, still_unfound, suggestions

    catalogue = _sound(options.catalog)
    if catalogue is None:
        return 1
    try:
        if options.address is None:
            listed = from_database(options.data)
        else:
            listed = from_server(options.address, os.environ.get("GUIDE_TOKEN"))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(suggestions(still_unfound(listed, catalogue), catalogue) or "没有没找到的词")
    return 0


def _sound(catalog: Path) -> Catalogue | None:
    """The catalogue; ``None`` when there is something to mend, which is then said."""
    loaded = load(catalog)
    if loaded.problems:
        _refuse(loaded.problems)
        return None
    return loaded.catalogue


def _paths(options: argparse.Namespace) -> Paths:
    return Paths(
        catalog=options.catalog,
        site_src=options.site_src,
        mkdocs_yml=options.mkdocs,
        pwa=options.pwa,
        out=options.out,
        address=getattr(options, "address", None),
        exports=getattr(options, "exports", False),  # the preview goes without
        engine=getattr(options, "skin", "mkdocs"),
    )


def _report(outcome: Outcome) -> int:
    if outcome.problems:
        return _refuse(outcome.problems)
    if outcome.changed:
        print(
            f"已生成：{outcome.matters} 个事项，写了 {outcome.written} 个文件，删了 {outcome.removed} 个，版本 {outcome.release}"
        )
    else:
        print(f"没有变化：{outcome.matters} 个事项，版本 {outcome.release}")
    if outcome.switched_off:
        print(
            "离线功能是关着的：网站里的 sw.js 是 sw-kill.js，没有换掉 — 要重新打开，删掉 sw.js 再生成一次",
            file=sys.stderr,
        )
    return 0


def _refuse(problems: Iterable[object]) -> int:
    listed = list(problems)
    for problem in listed:
        print(problem, file=sys.stderr)
    print(f"共 {len(listed)} 处要改，改好再运行；已发布的内容没有动。", file=sys.stderr)
    print(_MORE, file=sys.stderr)
    return 1
