"""``guide build``, ``guide publish`` and ``guide serve``: the site, once or at every save."""

from __future__ import annotations

import argparse
import gc
import sys
from datetime import date

from ..catalog.load import folder_fault
from ..errors import BuildError
from ..site.build import build
from ..site.order import Outcome, Paths
from .saying import refuse


def build_site(options: argparse.Namespace) -> int:
    if (fault := folder_fault(options.catalog)) is not None:
        return refuse([fault])
    try:
        outcome = build(_paths(options))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    # The collector would look through 3,000 matters once more on the way out: 15 ms.
    gc.freeze()
    return _report(outcome)


def publish_site(options: argparse.Namespace) -> int:
    # Here, since difflib and the forms of a release take 15 ms to load, and a build needs none of it.
    from ..site.publication import publish

    try:
        published = publish(options.out, options.past)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if published.switched_off:
        print(f"离线功能是关着的，没有要接的：版本 {published.release}", file=sys.stderr)
    else:
        print(f"已发布：版本 {published.release}，存着以前 {published.led_on} 版的手机只下载改动")
    return 0


def serve_preview(options: argparse.Namespace) -> int:
    if (fault := folder_fault(options.catalog)) is not None:
        return refuse([fault])
    # Here, since http.server takes 15 ms to load, and a build serves nothing.
    from ..site.preview import serve

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
        today=date.today(),
    )


def _report(outcome: Outcome) -> int:
    if outcome.problems:
        return refuse(outcome.problems)
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
