"""Home, sections, noon calendar, commitments, about: what is counted, linked and said."""

import re
from datetime import date
from pathlib import Path

import msgspec

from generator.catalog.hours import Timetable
from generator.catalog.model.calendar import CalendarYear
from generator.catalog.model.centre import Centre
from generator.catalog.model.duty import Roster
from generator.catalog.model.lists import Law, Place, Section, Word
from generator.catalog.offers import Offers
from generator.render.pages import (
    about_page,
    commitments_page,
    home_page,
    noon_page,
    queue_page,
    screen_page,
    section_page,
    slots,
    ticket_page,
)
from generator.views.commitments import commitments_view
from generator.views.lists import about_view, home_view, section_view
from generator.views.noon import noon_view
from generator.views.queue import queue_view, sign_name
from generator.views.summary import Summary
from generator.views.words import Context
from tests.generator.render.centre import CENTRE as OF_FILE

CENTRE = msgspec.convert(
    OF_FILE
    | {
        "guide_name": "办事<指南>",
        "counter_kinds": [
            {"id": "advice", "name": "咨询窗口", "open_regular": None, "open_noon": 1, "place": None, "queue": True},
            {"id": "self", "name": "自助机", "open_regular": None, "open_noon": 0, "place": None, "queue": False},
        ],
        "services": [{"id": "printing", "name": "打印", "text": "免费 & 随时", "source": "daily"}],
        "commitments": [
            {"id": "a", "name": "已行", "text": "在做", "status": "running", "quote": "做了<一>", "source": "daily"},
            {"id": "b", "name": "要行", "text": "将做", "status": "announced", "quote": "将做", "source": "daily"},
        ],
        "exceptions": [{"date": "2026-03-02", "reason": "停电<检修>", "spans": [], "source": "daily"}],
    },
    Centre,
)
YEAR_2026 = msgspec.convert(
    {
        "year": 2026,
        "notice": "通知",
        "source": "公报",
        "days_off": [
            {"name": "元旦", "first": "2026-01-01", "last": "2026-01-03"},
            {"name": "春节", "first": "2026-02-15", "last": "2026-02-23"},
            {"name": "清明节", "first": "2026-04-04", "last": "2026-04-06"},
            {"name": "劳动节", "first": "2026-05-01", "last": "2026-05-05"},
            {"name": "端午节", "first": "2026-06-19", "last": "2026-06-21"},
            {"name": "中秋节", "first": "2026-09-25", "last": "2026-09-27"},
            {"name": "国庆节", "first": "2026-10-01", "last": "2026-10-07"},
        ],
        "make_up_workdays": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
    },
    CalendarYear,
)
SECTIONS = tuple(
    Section(id=id, name=name, summary=f"{name}的事。", groups=groups)
    for id, name, groups in (
        ("food-drug", "食品", ("许可", "备案")),
        ("business", "企业", ("登记",)),
        ("empty", "空", ()),
    )
)


BLANK = Summary(
    id="",
    name="",
    name_en=None,
    summary_en=None,
    section="food-drug",
    group="许可",
    type=None,
    applicants=(),
    aliases=(),
    counter=None,
    place="window",
    on_the_spot=False,
    statutory=(),
    general=False,
    promised=None,
    promised_source=None,
    noon=None,
    noon_completed=None,
    free=None,
    on_site_check="unknown",
    materials=2,
    on_site=0,
    deferrable=(),
    zero_visit=False,
    related=(),
    laws=(),
    papers=(),
    evidence={"law": 1, "guide": 2, "practice": 3},
    practice_materials=1,
    practice_lines=((1, "甲", "copy"),),
    valid_until=None,
    recurrent=(),
    unknown_fields=("authority", "visits", "fee", "online"),
    confirmed=False,
    checked_on=date(2026, 11, 23),
)


def summary(id, **changes):
    return msgspec.structs.replace(BLANK, id=id, name=f"事项 {id}", **changes)


SUMMARIES = (
    summary("a", noon=True, noon_completed=True, free=True, laws=("XKF",)),
    summary("b", group="备案", noon=True, laws=("XKF",)),
    summary("c", section="business", group="登记", noon=False, materials=0),
    summary("d<", group="新组", confirmed=True),
)
LAWS = {
    id: msgspec.convert(
        {
            "id": id,
            "title": title,
            "issuer": "某机关",
            "version_date": None,
            "text_status": "现行",
            "note": None,
            "articles": [
                {"article": "第一条", "summary": "", "verified": True},
                {"article": "第二条", "summary": "", "verified": False},
            ],
        },
        Law,
    )
    for id, title in (("XKF", "许可法"), ("NIE", "没人引用的法"))
}
CONTEXT = Context(
    centre=CENTRE,
    laws=LAWS,
    papers={},
    sections=SECTIONS,
    names={item.id: item.name for item in SUMMARIES},
    offers=Offers(noon=True, hall=True, zero_visit=True, deferral=True, supervision=True, queue=True),
)
WORDS = tuple(
    Word(word=word, matters=matters, common=common)
    for word, matters, common in (
        ("吃", ("a", "b"), True),
        ("也是吃", ("a",), False),
        ("公司", ("c",), True),
    )
)


def noon_of(centre=CENTRE, roster=None):
    days = Timetable(centre, {2026: YEAR_2026}, roster).days()
    return noon_view(msgspec.structs.replace(CONTEXT, centre=centre), days)


def pages():
    return [
        home_page(home_view(CONTEXT, SUMMARIES, WORDS)),
        section_page(section_view(SECTIONS[0], CONTEXT, SUMMARIES)),
        noon_page(noon_of()),
        commitments_page(commitments_view(CONTEXT)),
        about_page(about_view(CONTEXT, SUMMARIES, PLACES)),
    ]


PLACES = (
    Place(id="x", name="甲<街>", kind="street", address=None, phone="1", noon_service=None, source=None, note="注"),
    Place(id="y", name="乙镇", kind="town", address="路", phone=None, noon_service=True, source="daily"),
)


def test_home_is_complete_without_scripts():
    html = home_page(home_view(CONTEXT, SUMMARIES, WORDS)).content
    for said in (
        "工作日 11:30–13:00 午间不打烊",
        "1 个咨询窗口在岗",
        "上午 08:30–11:30",
        "08:30 开门是暂定的，待中心确认",
    ):
        assert said in html
    assert "自助机" not in html, "a kind of counter that is shut over noon"
    assert 'data-module="open-now"' in html and 'data-module="queue-status"' in html
    assert "免费 &amp; 随时" in html


def test_the_pages_of_the_hall_say_without_scripts_whom_to_ask_and_where_to_look():
    view = queue_view(CONTEXT)
    queue, ticket, screen = (page(view) for page in (queue_page, ticket_page, screen_page))
    card = re.findall(r'<section class="card" data-kind="(\w+)"><h2>(.*?)</h2>(.*?)</section>', queue.content, re.S)
    [(id, name, text)] = card
    assert (id, name) == ("advice", "咨询窗口"), "nobody draws a number for the other kind"
    assert "tel:" in text and "看大屏" in text
    assert "中午不休息：11:30–13:00，1 个咨询窗口在岗" in queue.content
    assert "只输号码不行" in queue.content
    assert "再扫一次" in ticket.content and "听窗口叫号" in ticket.content
    assert 'class="plain">叫到几号' in screen.content and "中午不休息：11:30–13:00" in screen.content
    assert all("noindex" in page.head for page in (ticket, screen)) and "noindex" not in queue.head


def test_a_sign_shows_the_name_in_brackets():
    kinds = {"受理窗口（综合窗口）": "综合窗口", "咨询台": "咨询台"}
    for name, sign in kinds.items():
        assert sign_name(msgspec.structs.replace(CENTRE.counter_kinds[0], name=name)) == sign


def test_home_counts_the_matters_of_each_section_and_hides_empty_ones():
    html = home_page(home_view(CONTEXT, SUMMARIES, WORDS)).content
    assert re.findall(r'sections/([\w-]+)/">.*?</b> (\d+) 项', html) == [("food-drug", "3"), ("business", "1")]


def test_the_common_matters_are_those_that_editors_chose_in_their_order():
    html = home_page(home_view(CONTEXT, SUMMARIES, WORDS)).content
    assert re.findall(r'matters/([\w-]+)/"><b>(.*?)</b>', html) == [("a", "吃"), ("c", "公司")]


def test_a_section_lists_its_matters_by_group():
    html = section_page(section_view(SECTIONS[0], CONTEXT, SUMMARIES)).content
    assert re.findall(r"<h2>(\S+) <span class=\"count\">(\d) 项", html) == [("许可", "1"), ("备案", "1"), ("新组", "1")]
    assert "午间可办 · 材料 2 件 · 不收费" in html
    assert "午间可受理 · 材料 2 件" in html
    assert "事项 d&lt;" in html
    assert "matters/c/" not in html


def test_the_noon_calendar_counts_day_by_day_beside_what_was_claimed():
    without = msgspec.structs.replace(CENTRE, exceptions=())
    (year,) = noon_of(without).years
    assert (year.days, year.hours) == (248, 372)
    html = noon_page(noon_of(without)).content
    assert "250 个工作日算，多出 375 小时（日报，2018年11月1日）" in html
    assert "248 个工作日、372 小时" in html


def test_every_day_of_the_noon_calendar_says_in_words_what_it_is():
    html = noon_page(noon_of()).content
    cells = dict(re.findall(r'<td(?: class="noon")? data-date="(\S+)">\d+<small>(.*?)</small>', html))
    assert len(cells) == 365
    assert {day: cells[day] for day in ("2026-01-01", "2026-01-04", "2026-01-05", "2026-01-10", "2026-03-02")} == {
        "2026-01-01": "元旦",
        "2026-01-04": "补班",
        "2026-01-05": "午间",
        "2026-01-10": "休",
        "2026-03-02": "休",
    }
    assert "2026年3月2日：不开放（停电&lt;检修&gt;）" in html


def test_months_start_under_the_right_weekday():
    html = noon_page(noon_of()).content
    for month in range(1, 13):
        table = html.split(f'data-month="2026-{month:02}"')[1].split("</table>")[0]
        weeks = [re.findall(r"<td[^>]*>(\d*)", row) for row in re.findall(r"<tr>(<td.*?)</tr>", table)]
        assert all(len(week) == 7 for week in weeks)
        assert weeks[0].index("1") == date(2026, month, 1).weekday()


def test_commitments_keep_plans_apart_and_quote_their_source():
    html = commitments_page(commitments_view(CONTEXT)).content
    running, announced = html.split("已经宣布，还是计划")
    assert 'id="a"' in running and 'id="b"' in announced and 'id="b"' not in running
    assert "<blockquote>做了&lt;一&gt;</blockquote>日报，2018年11月1日" in running
    assert "有没有实行，待中心确认" in announced


def test_about_counts_what_is_sure_and_what_is_not():
    html = about_page(about_view(CONTEXT, SUMMARIES, PLACES)).content
    assert re.findall(r'<dt id="\w+">(\S+)</dt><dd>(\d+) 处', html) == [
        ("依据", "4"),
        ("参考", "8"),
        ("待确认", "12"),
        ("待中心确认", "16"),
    ]
    assert "4 个事项，其中 1 项已由中心确认" in html
    assert "《许可法》</a><small>某机关，版本待确认，现行，核对了 1 条，2 个事项引用</small>" in html
    assert "没人引用的法" not in html
    assert '甲&lt;街&gt;<small>午间服务待中心确认，地址待中心确认，电话<a href="tel:1">1</a>，注</small>' in html


def test_pages_have_a_title_a_place_and_no_markup_of_their_data():
    assert [page.url for page in pages()] == ["", "sections/food-drug/", "noon/", "commitments/", "about/"]
    for page in pages():
        assert "办事&lt;指南&gt;" in page.title
        assert page.head.startswith('<meta name="description" content="')
        for text in ("<指南>", "<一>", "<检修>", "<街>"):
            assert text not in page.title + page.head + page.content
        for link in re.findall(r'href="([^"]*)"', page.head + page.content):
            assert link.startswith(("@@ROOT@@", "#", "tel:"))


def test_slots_give_the_facts_that_hand_written_pages_use():
    filled = slots(CENTRE)
    assert filled["noon-hours"] == "11:30–13:00"
    assert filled["noon-counters"] == "1 个咨询窗口在岗"
    docs = Path(__file__).parents[3] / "site_src" / "docs"
    used = {name for path in docs.glob("*.md") for name in re.findall(r"<!--slot:([\w-]+)-->", path.read_text("utf-8"))}
    assert used and used <= filled.keys()


def test_the_calendar_tells_who_is_on_duty_where_the_roster_does():
    shifts = [
        {"first": "2026-03-02", "last": "2026-03-10", "posts": [{"kind": "advice", "open": 2}]},
        {"date": "2026-03-11", "posts": [{"kind": "advice", "open": 1}], "people": 3, "names": ["甲", "乙", "丙"]},
    ]
    html = noon_page(noon_of(roster=msgspec.convert({"shifts": shifts, "names": True}, Roster))).content
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html) == [
        ("3月3日–10日", "2 个咨询窗口，2 人在岗"),  # on the 2nd there is no noon service
        ("3月11日", "1 个咨询窗口，3 人在岗：甲、乙、丙"),
    ]
    assert 'class="duty"' not in noon_page(noon_of()).content
