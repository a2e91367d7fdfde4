"""The page of a matter.

Python on markupsafe and not a template: importing Jinja costs 50 ms, a third of what a
rebuild of one matter may take. ``e`` escapes; every value of a view goes through it
(a test puts markup into every field of a matter).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..views.matter import LawLine, MatterView, PaperLine
from ..views.words import Claim
from .card import card_path
from .escape import e
from .jsonld import government_service
from .page import ASK, EVIDENCE, Page


def matter_page(view: MatterView) -> Page:
    """The page of one matter at ``matters/<id>/``."""
    return Page(
        url=f"matters/{view.id}/",
        layout="matter",
        title=f"{e(view.name)} · {e(view.guide)}",
        head="\n".join(_head(view)),
        content="\n".join(part for part in _parts(view) if part),
    )


def _head(view: MatterView) -> Iterable[str]:
    told = "，".join(text for text, known in view.facts if known)
    papers = len(view.window) + len(view.on_site) + len(view.deferrable)
    yield (
        f'<meta name="description" content="{e(view.name)}：{e(told)}。材料 {papers} 件，时限、收费、窗口和法律依据。">'
    )
    data = f"@@ROOT@@api/v1/matters/{e(view.id)}.json"
    yield f'<link rel="alternate" type="application/json" href="{data}">'
    yield f'<link rel="alternate" type="application/ld+json" href="{data}ld">'
    yield government_service(view)


def _parts(view: MatterView) -> Iterable[str]:
    yield _top(view)
    yield _section("papers", "要带什么材料", _papers(view), f' data-module="checklist" data-matter="{e(view.id)}"')
    spot = " data-spot" if view.on_the_spot else ""
    yield _section(
        "where", "什么时候去、去哪儿", _where(view), f' data-module="arrive" data-noon="{view.at_noon}"{spot}'
    )
    limits = "".join(f' data-{kind}="{limit}"' for kind, limit in view.limits)
    yield _section("time", "要办多久", _time(view), f' data-module="due"{limits}' if limits else "")
    if view.steps or view.conditions or view.variants:
        yield _section("steps", "怎么办", _steps(view))
    yield _section("fee", "多少钱、拿到什么", _fee(view))
    if view.faq:
        yield _section("faq", "别人常问", "\n".join(_question(text, answer) for text, answer in view.faq))
    yield _section("basis", "依据和把握", _basis(view))
    yield _more(view)
    yield _bar(view)


def _section(id: str, heading: str, body: str, attributes: str = "") -> str:
    return f'<section id="{id}"{attributes}>\n<h2>{heading}</h2>\n{body}\n</section>'


def _ask(view: MatterView) -> str:
    """待中心确认, with whom to ask."""
    return f'<a class="ask" href="tel:{e(view.hotline)}">{ASK}</a>'


def claim(item: Claim | None, ask: str) -> str:
    """A claim with its mark, which opens the source; ``ask`` where nothing is known."""
    if item is None:
        return ask
    return f"{e(item.text)} {mark(item)}".rstrip()


def mark(item: Claim) -> str:
    """How sure a claim is, opening its source in words. Nothing where neither is known."""
    word = EVIDENCE.get(item.evidence or "", "出处")
    if item.source:
        return f'<details class="mark {item.evidence or "told"}"><summary>{word}</summary>{e(item.source)}</details>'
    return f'<span class="mark {item.evidence}">{word}</span>' if item.evidence else ""


# --- the top ----------------------------------------------------------------------


def _top(view: MatterView) -> str:
    facts = "".join(
        f"<li>{e(text)}</li>" if known else f'<li class="open">{e(text)}</li>' for text, known in view.facts
    )
    note = f'\n<p class="note">{e(view.note)}</p>' if view.note else ""
    return (
        f'<nav class="path" aria-label="位置"><a href="@@ROOT@@sections/{e(view.section_id)}/">{e(view.section)}</a>'
        f'› {e(view.group)}<button type="button" class="share" data-module="share" hidden>分享</button></nav>\n'
        f"<h1>{e(view.name)}</h1>\n"
        f'<ul class="facts">{facts}</ul>{note}'
    )


# --- 1: papers ----------------------------------------------------------------------


def _papers(view: MatterView) -> str:
    parts = []
    if view.situations:
        questions = "".join(
            f'<fieldset data-situation="{e(item.id)}"><legend>{e(item.question)}</legend>'
            + "".join(f'<span data-option="{e(option.id)}">{e(option.label)}</span>' for option in item.options)
            + "</fieldset>"
            for item in view.situations
        )
        parts.append(
            f'<details class="questions"><summary>看情形：{len(view.situations)} 个问题，'
            f"写着“当…时”的符合才要带</summary>{questions}</details>"
        )
    groups = (
        ("window", "带到窗口", view.window, ""),
        ("on_site", "现场核验时再交", view.on_site, "窗口同意的，等现场核验时交；不安排核验的，带到窗口。"),
        (
            "deferrable",
            "可以后补",
            view.deferrable,
            '窗口同意的，按<a href="@@ROOT@@deferrable/">容缺受理</a>办：先作承诺，限期补齐。',
        ),
    )
    for id, heading, lines, hint in groups:
        if lines:
            items = "".join(_paper(line) for line in lines)
            told = f"<p>{hint}</p>" if hint else ""
            parts.append(
                f'<h3>{heading} <span class="count">{len(lines)} 件</span></h3>{told}'
                f'<ul class="papers" data-needed="{id}">{items}</ul>'
            )
    if view.window or view.on_site or view.deferrable:
        later = "" if view.deferrable else f"哪些能后补：{_ask(view)}<br>"
        parts.append(_TICKS)
        next = "先预审，再取号" if view.offers.pre_check else "到大厅怎么走"
        parts.append(f'<p class="next">{later}<a href="@@ROOT@@visit/">备齐以后：{next}</a></p>')
    else:
        parts.append(f"<p>要带哪些材料：{_ask(view)}</p>")
    return "\n".join(parts)


_TICKS = """<p class="ticks"><span data-slot="count"></span><b data-slot="verdict"></b> <button type="button" data-action="print" hidden>打印</button>
<button type="button" data-action="clear" hidden>清空勾选</button></p>"""
"""What ``checklist.js`` shows; the buttons stay hidden where it does not run."""


def _paper(line: PaperLine) -> str:
    when = f' data-when="{e(line.when)}"' if line.when else ""
    told = " · ".join(line.details)
    condition = f"<em>当{e(line.condition)}时</em>" if line.condition else ""
    promise = f'<em class="later">{e(line.promise)}</em>' if line.promise else ""
    sources = [line.claim.source] if line.claim.source else []
    if line.where:
        sources.append(f"在哪儿拿：{line.where}")
    claim = Claim(text="", evidence=line.claim.evidence, source="。".join(sources) or None)
    return (
        f'<li{when}><label><input type="checkbox" data-paper="{line.seq}"><span>{e(line.name)}'
        f"<small>{e(told)}</small>{condition}{promise}</span></label>{mark(claim)}</li>"
    )


# --- 2 to 5 --------------------------------------------------------------------------


def _facts_list(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>\n" + "\n".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows) + "\n</dl>"


def _where(view: MatterView) -> str:
    ask = _ask(view)
    noon = claim(Claim(text=view.noon, source=view.noon_source), ask) if view.noon else f"这件事午间能不能办：{ask}"
    assumed = f"<small>{e(view.assumed)}是暂定的，{ASK}</small>" if view.assumed else ""
    counter = e(view.counter) if view.counter else ask
    if view.zone and view.offers.hall:
        counter = f'{counter} <a href="@@ROOT@@hall/#{e(view.zone)}">在大厅哪儿</a>'
    return _facts_list(
        (
            ("窗口", counter),
            ("平时", f"工作日{e(view.hours)}{assumed}"),
            *([("午间", f"工作日 {e(view.noon_hours)}，{e(view.noon_counters)}<div>{noon}</div>")] * view.offers.noon),
            ("跑几次", f"{view.visits} 次" if view.visits is not None else ask),
            ("网上办", claim(view.online, ask)),
            ("现场核查", claim(view.on_site_check, ask)),
            ("谁审批", e(view.authority) if view.authority else ask),
            *_home(view),
        )
    )


def _home(view: MatterView) -> Iterable[tuple[str, str]]:
    """Help at home: a row only where a natural person may apply."""
    if view.home is not None:
        text = str(e(view.home.text))
        link = f'<a href="@@ROOT@@zero-visit/">{text}</a>' if view.offers.zero_visit else text
        yield "上门代办", f"{link} {mark(view.home)}".rstrip()


def _time(view: MatterView) -> str:
    ask = _ask(view)
    rows = [("承诺", claim(view.promised, ask)), ("法定", claim(view.statutory, ask))]
    if view.deadline is not None:
        rows.append(("最晚什么时候来", claim(view.deadline, ask)))
    return _facts_list(rows)


def _steps(view: MatterView) -> str:
    parts = []
    if view.variants:
        parts.append("<h3>分哪几种</h3>")
        parts.append("<ul>" + "".join(f"<li>{e(text)}</li>" for text in view.variants) + "</ul>")
    if view.conditions:
        parts.append("<h3>什么条件能办</h3>")
        parts.append("<ul>" + "".join(f"<li>{claim(item, '')}</li>" for item in view.conditions) + "</ul>")
    if view.steps:
        parts.append("<h3>一步一步</h3>" if parts else "")
        parts.append("<ol>" + "".join(f"<li>{e(step)}</li>" for step in view.steps) + "</ol>")
    return "\n".join(parts)


def _fee(view: MatterView) -> str:
    ask = _ask(view)
    result = ask
    if view.result:
        basis = mark(Claim(text="", source=view.result_basis)) if view.result_basis else ""
        result = f"{e(view.result)} {basis}".rstrip()
    return _facts_list(
        (
            ("收费", claim(view.fee, ask)),
            ("拿到", result),
            ("有效期", e(view.validity) if view.validity else ask),
        )
    )


# --- 6, 7, and what follows -----------------------------------------------------------


def _question(text: str, answer: Claim) -> str:
    return f'<details class="faq"><summary>{e(text)}</summary><div>{claim(answer, "")}</div></details>'


def _basis(view: MatterView) -> str:
    laws = "".join(f"<li>{_law(line)}</li>" for line in view.laws)
    parts = [f"<ul>{laws}</ul>" if laws else f"<p>办这件事的法律依据：{_ask(view)}</p>"]
    if view.confirmed:
        parts.append(f"<p>中心已经确认：{e(view.confirmed)}。</p>")
    else:
        parts.append("<p>本页由公开资料整理，中心还没有逐项确认。</p>")
    sure = f"还有 {view.unknown} 处写着“{ASK}”，办以前打 {_phone(view)} 问清。" if view.unknown else ""
    parts.append(
        f'<p>{sure}资料核对到 {e(view.checked_on)}。<a href="@@ROOT@@about/">依据、参考、待确认是什么意思</a></p>'
    )
    return "\n".join(parts)


def _law(line: LawLine) -> str:
    told = [] if line.version is None else [line.version]
    if line.article is None:
        told.append("条款待确认")
    else:
        told.append("条文已核" if line.verified else "条文待核")
    if line.note:
        told.append(line.note)
    return f"《{e(line.title.strip('《》'))}》{e(line.article or '')}<small>{e('，'.join(told))}</small>"


def _phone(view: MatterView) -> str:
    return f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'


def _more(view: MatterView) -> str:
    parts = [f'<p><a href="@@ROOT@@{card_path(view.id)}">办事卡，可转发、打印</a></p>']
    if view.journeys:
        links = "、".join(f'<a href="@@ROOT@@journeys/{e(id)}/">{e(name)}</a>' for id, name in view.journeys)
        parts.append(f'<p class="part-of">属于一件事：{links}</p>')
    if view.related:
        links = "".join(f'<li><a href="@@ROOT@@matters/{e(id)}/">{e(name)}</a></li>' for id, name in view.related)
        parts.append(
            f'<nav class="related" aria-labelledby="related"><h2 id="related">相关的事</h2><ul>{links}</ul></nav>'
        )
    if view.name_en:
        summary = f"<p>{e(view.summary_en)}</p>" if view.summary_en else ""
        parts.append(f'<section class="english" lang="en"><h2>{e(view.name_en)}</h2>{summary}</section>')
    return "\n".join(parts)


_REMIND = '<a href="@@ROOT@@reminders/"><svg class="i" aria-hidden="true"><use href="#i-bell"/></svg>提醒我</a>'


def _bar(view: MatterView) -> str:
    papers = len(view.window) + len(view.on_site) + len(view.deferrable)
    return (
        '<nav class="bar" aria-label="这件事">'
        f'<a href="#papers"><svg class="i" aria-hidden="true"><use href="#i-papers"/></svg>'
        f'<span>我的材料 <span data-slot="checklist-count">{papers} 件</span></span></a>'
        f'<a href="tel:{e(view.hotline)}"><svg class="i" aria-hidden="true"><use href="#i-phone"/></svg>'
        f"问 {e(view.hotline)}</a>"
        f"{_REMIND if view.offers.noon else ''}</nav>"
    )
