"""What others may take from here: tables, calendars, data (docs/api.md describes them)."""

from __future__ import annotations

from ..catalog.model import Centre
from ..catalog.offers import Offers
from ..views.addresses import CLOSURES_ICS, NOON_ICS
from .escape import e
from .page import Page, described, phone

Link = tuple[str, str, str]
"""A file below the site, what it is called, what it holds."""

_TABLES: tuple[Link, ...] = (
    ("data/catalogue.xlsx", "整个目录（Excel）", "事项、材料、待确认清单，各一张表"),
    ("data/matters.csv", "事项（CSV）", "一行一个事项：时限、收费、结果、依据和把握"),
    ("data/papers.csv", "材料（CSV）", "一行一件材料：什么情形要、什么时候交、依据"),
    ("data/to-confirm.csv", "待确认清单（CSV）", "还要中心回答的每一条，留着填答复的空格"),
    ("data/catalogue.json", "整个目录（JSON）", "所有事项和它们引用的法律、材料、地点"),
)
"""Only where the site was built with them."""

_NOON: Link = (NOON_ICS, "午间服务（日历）", "哪天中午有人办事")
_CLOSURES: Link = (CLOSURES_ICS, "放假和补班（日历）", "哪天不开放，哪个周末照常上班")

_DATA: tuple[Link, ...] = (
    ("api/v1/matters.json", "事项清单", "每个事项另有一份 JSON 和 JSON-LD，页面里有链接"),
    ("api/v1/sections.json", "分类", "版块、分组和其中的事项"),
    ("api/v1/journeys.json", "一件事", "步骤、先后、时限"),
    (
        "api/v1/changes.json",
        "最近改了什么",
        '每次发布的改动，用文字写明；另有 <a href="@@ROOT@@api/v1/changes.atom">Atom</a>',
    ),
    ("api/v1/centre.json", "中心", "时间、窗口、服务、承诺"),
    ("api/v1/calendar.json", "每一天的开放时间", "含节假日和补班日"),
    ("api/v1/release.json", "这一版", "编号和每个文件的指纹"),
)


def open_data_page(centre: Centre, offers: Offers, exports: bool) -> Page:
    """The page at ``open-data/``; the tables of the whole catalogue only with ``exports``."""
    return Page(
        url="open-data/",
        layout="page",
        title=f"下载和订阅 · {e(centre.guide_name)}",
        head=described("整个目录的表格、可以订阅的日历、给程序读的数据。可以自由使用。"),
        content=f"""<h1>下载和订阅</h1>
<p>这些文件可以自由使用（MIT 许可），转载请注明核对日期。没有公开来源的写“待中心确认”，不要当成已经定了；有疑问打 {phone(centre.hotline)}。</p>
{_tables() if exports else ""}<h2>日历</h2>
<p>存下来就能加进手机日历；怎么订阅，看<a href="@@ROOT@@{offers.calendar}#subscribe">{"午间日历" if offers.noon else "开放日历"}</a>。</p>
{_list((_NOON, _CLOSURES) if offers.noon else (_CLOSURES,), " download")}
<h2>给程序读的</h2>
<p>别的网站可以直接读取。字段不改名、不去掉，非改不可时另起 v2。</p>
{_list(_DATA)}""",
    )


def _tables() -> str:
    return f"<h2>表格</h2>\n{_list(_TABLES, ' download')}\n"


def _list(links: tuple[Link, ...], attribute: str = "") -> str:
    items = "".join(
        f'<li><a href="@@ROOT@@{path}"{attribute}>{name}</a><small>{about}</small></li>' for path, name, about in links
    )
    return f"<ul>{items}</ul>"
