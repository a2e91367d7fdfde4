"""The card of a matter (办事卡): one file with everything in it, to forward or to print.

No script, and nothing is fetched: it reads the same in a chat, from a memory stick, and on
the notice board. Sources stand open in it, because paper has nothing to unfold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..views.matter import MatterView, PaperLine
from ..views.words import Claim
from .card_style import policy, style
from .escape import e
from .page import ASK, EVIDENCE


def card_path(id: str) -> str:
    return f"cards/{id}.html"


def card(view: MatterView) -> str:
    """The whole file."""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy(view.colours)}">
<title>{e(view.name)} · 办事卡</title>
<style>{style(view.colours)}</style>
</head>
<body>
<main>
{"".join(_parts(view))}</main>
</body>
</html>
"""


def _parts(view: MatterView) -> Iterator[str]:
    yield f'<p class="quiet">{e(view.guide)} · 办事卡</p>\n<h1>{e(view.name)}</h1>\n'
    yield f'<p class="facts">{e(" · ".join(text for text, _ in view.facts))}</p>\n'
    if view.note:
        yield f"<p>{e(view.note)}</p>\n"
    yield "<h2>要带什么材料</h2>\n"
    yield "".join(_papers(view)) or f"<p>{_ask(view)}</p>\n"
    yield "<h2>什么时候去、去哪儿</h2>\n"
    yield _facts(_where(view))
    yield "<h2>要办多久、多少钱、拿到什么</h2>\n"
    yield _facts(_results(view))
    if view.variants:
        yield f"<h2>分哪几种</h2>\n<p>{e('；'.join(view.variants))}</p>\n"
    if view.conditions:
        yield f"<h2>什么条件能办</h2>\n<ul>{''.join(f'<li>{_told(item)}</li>' for item in view.conditions)}</ul>\n"
    if view.steps:
        yield f"<h2>怎么办</h2>\n<ol>{''.join(f'<li>{e(step)}</li>' for step in view.steps)}</ol>\n"
    if view.faq:
        yield "<h2>别人常问</h2>\n"
        yield _facts((question, _told(answer)) for question, answer in view.faq)
    yield "<h2>依据和把握</h2>\n"
    yield _basis(view)


def _ask(view: MatterView) -> str:
    return f"{ASK}，打 {e(view.hotline)} 问"


def _claim(item: Claim | None, view: MatterView) -> str:
    return _ask(view) if item is None else _told(item)


def _told(item: Claim) -> str:
    """A claim with how sure it is and where it comes from."""
    word = EVIDENCE.get(item.evidence or "", "出处" if item.source else "")
    mark = f" <i>{word}{'：' if item.source else ''}{e(item.source or '')}</i>" if word else ""
    return f"{e(item.text)}{mark}"


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<div><dt>{e(term)}</dt><dd>{text}</dd></div>" for term, text in rows) + "</dl>\n"


def _papers(view: MatterView) -> Iterator[str]:
    for heading, lines in (
        ("带到窗口", view.window),
        ("现场核验时再交", view.on_site),
        ("可以后补（窗口同意的，先作承诺，限期补齐）", view.deferrable),
    ):
        if lines:
            items = "".join(_paper(line) for line in lines)
            yield f'<h3>{heading} {len(lines)} 件</h3>\n<ul class="papers">{items}</ul>\n'
    if view.on_site:
        yield "<p><small>等现场核验再交，要窗口同意；不安排核验的，带到窗口。</small></p>\n"


def _paper(line: PaperLine) -> str:
    told = "，".join(
        part
        for part in (
            *line.details,
            f"当{line.condition}时才要" if line.condition else "",
            line.promise or "",
            f"在哪儿拿：{line.where}" if line.where else "",
        )
        if part
    )
    return f"<li>{e(line.name)} <small>{e(told)}</small>{_told(Claim(text='', evidence=line.claim.evidence, source=line.claim.source))}</li>"


def _where(view: MatterView) -> Iterator[tuple[str, str]]:
    assumed = f"（{e(view.assumed)}是暂定的，{ASK}）" if view.assumed else ""
    noon = f"，{e(view.noon)}" if view.noon else f"；这件事午间能不能办：{_ask(view)}"
    yield "地方", e(view.centre)
    yield "窗口", e(view.counter) if view.counter else _ask(view)
    yield "平时", f"工作日{e(view.hours)}{assumed}"
    if view.noon_hours:
        yield "午间", f"工作日 {e(view.noon_hours)}{noon}"
    yield "跑几次", f"{view.visits} 次" if view.visits is not None else _ask(view)
    yield "谁能办", e("、".join(view.applicants)) if view.applicants else _ask(view)
    yield "网上办", _claim(view.online, view)
    yield "现场核查", _claim(view.on_site_check, view)
    yield "谁审批", e(view.authority) if view.authority else _ask(view)
    if view.home is not None:
        yield "上门代办", _told(view.home)


def _results(view: MatterView) -> Iterator[tuple[str, str]]:
    yield "承诺办多久", _claim(view.promised, view)
    yield "法定办多久", _claim(view.statutory, view)
    if view.deadline is not None:
        yield "最晚什么时候来", _told(view.deadline)
    yield "收费", _claim(view.fee, view)
    yield "拿到", _told(Claim(text=view.result, source=view.result_basis)) if view.result else _ask(view)
    yield "有效期", e(view.validity) if view.validity else _ask(view)


def _basis(view: MatterView) -> str:
    laws = "".join(
        f"<li>《{e(law.title.strip('《》'))}》{e(law.article or '（条款待确认）')} <small>"
        f"{e('，'.join(filter(None, (law.version, _READ[law.verified], law.note))))}</small></li>"
        for law in view.laws
    )
    listed = f'<ul class="laws">{laws}</ul>\n' if laws else f"<p>{_ask(view)}</p>\n"
    confirmed = f"中心已经确认：{e(view.confirmed)}。" if view.confirmed else "由公开资料整理，中心还没有逐项确认。"
    open_ones = f"还有 {view.unknown} 处{ASK}，" if view.unknown else ""
    return (
        f"{listed}<p>依据：条文已经看到。参考：公开指南、别的版本或者别的地方这样写。待确认：通行做法，没有明文。</p>\n"
        f'<p class="end">{confirmed}资料核对到 {e(view.checked_on)}。{open_ones}来以前打 '
        f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a> 问清。</p>\n'
        f'<p class="screen"><a href="../matters/{e(view.id)}/">看有没有更新、勾选我的材料</a></p>\n'
    )


_READ = {True: "条文已核", False: "条文待核", None: ""}
