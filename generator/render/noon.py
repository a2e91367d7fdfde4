"""The noon calendar (午间日历); without noon service, the calendar of opening days (开放日历).

The site reads no clock, so every month of the covered years is printed, folded;
``noon-calendar.js`` opens the month of today and marks the day (``data-date``).
"""

from __future__ import annotations

from ..views.addresses import CLOSURES_ICS, NOON_ICS
from ..views.noon import Noon, NoonDay, NoonMonth, NoonView, NoonYear
from ..views.words import day as words
from .escape import e
from .page import ASK, WEEKDAYS, Page


def noon_page(view: NoonView) -> Page:
    """The page at ``noon/``, or at ``days/``."""
    if view.noon is None:
        return _plain(view)
    noon = view.noon
    years = "\n".join(_year(year, noon) for year in reversed(view.years))
    head = (
        f'<meta name="description" content="哪天中午有人办事：工作日 {e(noon.span)} 不休息，节假日和补班日逐日列明。">'
    )
    return Page(
        url="noon/",
        layout="page",
        title=f"午间日历 · {e(view.guide)}",
        head=f'{head}\n<link rel="alternate" type="application/json" href="@@ROOT@@api/v1/calendar.json">',
        content=f"""<h1>午间日历</h1>
<div class="card"><p><b>工作日 {e(noon.span)} 不休息</b>，{e(noon.counters)}，{e(noon.staff)}值班。</p>
<p>能受理：{e(noon.accepts)}。能办完：{e(noon.completes)}。即办的事 {noon.minutes} 分钟之内办完。</p>
<p><a href="#subscribe">放进手机日历</a></p></div>
{_exceptions(view)}<p class="legend">
<span class="noon">午间</span>照常办　<span class="noon">补班</span>周末上班，午间也办
<span>休</span>或节日名：不开放</p>
<div data-module="noon-calendar">
{years}
</div>
{_subscribe(True)}
<p>表里没有的年份，国务院的放假通知还没有录入，打 <a href="tel:{e(view.hotline)}">{e(view.hotline)}</a> 问。</p>""",
    )


def _plain(view: NoonView) -> Page:
    """The calendar of a centre that shuts over noon, or of which nobody has said."""
    years = "\n".join(_year(year, None) for year in reversed(view.years))
    assumed = f"（{e(view.assumed)}是暂定的，{ASK}）" if view.assumed else ""
    head = '<meta name="description" content="哪天开门：工作日、节假日和补班日逐日列明。">'
    return Page(
        url=view.url,
        layout="page",
        title=f"开放日历 · {e(view.guide)}",
        head=f'{head}\n<link rel="alternate" type="application/json" href="@@ROOT@@api/v1/calendar.json">',
        content=f"""<h1>开放日历</h1>
<div class="card"><p><b>工作日{e(view.hours)}</b>{assumed}</p>
<p><a href="#subscribe">放进手机日历</a></p></div>
{_exceptions(view)}<p class="legend">
<span class="noon">开门</span>工作日　<span class="noon">补班</span>周末上班，也开门
<span>休</span>或节日名：不开放</p>
<div data-module="noon-calendar">
{years}
</div>
{_subscribe(False)}
<p>表里没有的年份，国务院的放假通知还没有录入，打 <a href="tel:{e(view.hotline)}">{e(view.hotline)}</a> 问。</p>""",
    )


def _subscribe(noon: bool) -> str:
    """The calendars to add or to subscribe to; with script also by a tap."""
    first = f'<a class="go" href="@@ROOT@@{NOON_ICS}" download data-module="subscribe">午间服务</a>\n' if noon else ""
    second = " second" if noon else ""
    return f"""<section id="subscribe"><h2>放进手机日历</h2>
<p class="actions">{first}<a class="go{second}" href="@@ROOT@@{CLOSURES_ICS}" download data-module="subscribe">放假和补班</a></p>
<p>点一下存成日历文件，再用手机日历打开、添加。微信里打不开，先选“在浏览器打开”。</p>
<p>存下来的不会自己变，订阅的会跟着更新：在日历应用里选“添加订阅日历”，粘贴上面按钮的链接地址。要填 webcal 的，把地址开头的 https 换成 webcal。</p>
</section>"""


def _exceptions(view: NoonView) -> str:
    if not view.exceptions:
        return ""
    items = "".join(f"<li>{words(date)}：{e(hours)}（{e(reason)}）</li>" for date, reason, hours in view.exceptions)
    return f"<h2>临时调整</h2><ul>{items}</ul>\n"


def _year(year: NoonYear, noon: Noon | None) -> str:
    if noon is None:
        claimed = f"{year.year} 年一天一天数下来，开门 {year.opened} 天。"
    else:
        claimed = (
            f"来源按一年 {noon.days_claimed} 个工作日算，多出 {noon.hours_claimed} 小时（{e(noon.source or '')}）。"
            f"{year.year} 年一天一天数下来是 {year.days} 个工作日、{year.hours:g} 小时。"
        )
    months = "\n".join(_month(month, noon is not None) for month in year.months)
    return (
        f'<section data-year="{year.year}"><h2>{year.year} 年</h2>\n<p class="quiet">{claimed}</p>\n{months}</section>'
    )


def _month(month: NoonMonth, noon: bool) -> str:
    cells = ["<td></td>"] * month.blank + [_day(day, noon) for day in month.days]
    cells += ["<td></td>"] * (-len(cells) % 7)
    rows = "\n".join(f"<tr>{''.join(cells[start : start + 7])}</tr>" for start in range(0, len(cells), 7))
    told = f"午间照常 {month.served} 天" if noon else f"开门 {month.opened} 天"
    heads = "".join(f'<th scope="col">{name}</th>' for name in WEEKDAYS)
    return (
        f'<details class="month" data-month="{month.year}-{month.month:02}"><summary>{month.month} 月'
        f"<small>{told}</small></summary>\n<table><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>{rows}</tbody></table></details>"
    )


def _day(day: NoonDay, noon: bool) -> str:
    """A cell; coloured on the days that the calendar is about."""
    kind = ' class="noon"' if (day.noon if noon else day.open) else ""
    return f'<td{kind} data-date="{day.date.isoformat()}">{day.date.day}<small>{e(day.word)}</small></td>'
