"""About the guide and its data: how sure it is, and where everything comes from."""

from __future__ import annotations

from ..catalog.model import Law, Place
from ..views.lists import AboutView
from ..views.words import day
from .escape import e
from .page import ASK, EVIDENCE, EVIDENCE_MEANING, Page


def about_page(view: AboutView) -> Page:
    """The page at ``about/``."""
    grades = "".join(
        f"<dt>{word}</dt><dd>{view.evidence[grade]} 处。{meaning}</dd>"
        for grade, (word, meaning) in zip(EVIDENCE, EVIDENCE_MEANING, strict=True)
    )
    confirmed = f"其中 {view.confirmed} 项已由中心确认" if view.confirmed else "还没有一项由中心逐条确认"
    assumed = f"<p>开放时间里，{e(view.assumed)}没有公开来源，是暂定的。</p>" if view.assumed else ""
    sources = "".join(f"<li>《{e(title.strip('《》'))}》，{e(origin)}</li>" for title, origin in view.sources)
    places = "\n".join(_place(place, view.noon) for place in view.places)
    laws = "\n".join(_law(law, count) for law, count in view.laws)
    phone = f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'
    return Page(
        url="about/",
        layout="page",
        title=f"关于和数据 · {e(view.guide)}",
        head='<meta name="description" content="这份指南有多可靠：每一条的把握、没有确认的地方、引用的法律、数据。">',
        content=f"""<h1>关于和数据</h1>
<p>这里收了{e(view.centre)}的 {view.matters} 个事项，{confirmed}。拿不准的地方都写明，不猜。</p>
<p><a href="@@ROOT@@en/" lang="en">Services in English</a></p>
<h2>每一条有多少把握</h2>
<dl>{grades}<dt>{ASK}</dt><dd>{view.unknown} 处。公开资料里没有找到，要问中心。办以前打 {phone} 问清。</dd></dl>
<p><a href="@@ROOT@@certainty/">逐个版块、逐个事项看，下载待确认清单</a></p>
{assumed}
<h2>办事的地方</h2>
<ul>
{places}
</ul>
<h2>出处</h2>
<ul>{sources}</ul>
<h2>引用的法律、法规、规章 <span class="count">{len(view.laws)} 部</span></h2>
<ul>
{laws}
</ul>
<h2>数据</h2>
<p>全部内容可以直接取用：表格、日历、给程序读的数据。<a href="@@ROOT@@open-data/">下载和订阅</a></p>
<p>每次发布改了什么，都有记录：<a href="@@ROOT@@changes/">最近改了什么</a></p>""",
    )


def _place(place: Place, noon_told: bool) -> str:
    noon = {True: "午间有服务", False: "午间没有服务", None: f"午间服务{ASK}"}[place.noon_service]
    told = [
        *([noon] if noon_told or place.noon_service else []),
        f"地址{place.address or ASK}",
        f"电话{place.phone or ASK}",
    ]
    if place.note:
        told.append(place.note)
    return f"<li>{e(place.name)}<small>{e('，'.join(told))}</small></li>"


def _law(law: Law, count: int) -> str:
    read = sum(item.verified for item in law.articles)
    version = f"{day(law.version_date)} 版" if law.version_date else "版本待确认"
    told = [law.issuer, version, law.text_status, f"核对了 {read} 条", f"{count} 个事项引用"]
    if law.note:
        told.append(law.note)
    return f"<li>《{e(law.title.strip('《》'))}》<small>{e('，'.join(told))}</small></li>"
