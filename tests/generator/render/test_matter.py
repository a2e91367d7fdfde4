"""The page of a matter: what it says, what it never says, and that nothing gets through unescaped."""

import re
from html.parser import HTMLParser

import msgspec
import pytest

from generator.catalog.model.centre import Centre
from generator.catalog.model.lists import Law, Paper, Section
from generator.catalog.model.matter import Matter
from generator.catalog.offers import Offers
from generator.render.pages import matter_page
from generator.views.matter import matter_view
from generator.views.words import Context
from tests.generator.render.centre import CENTRE

LAW = {
    "id": "XKF",
    "title": "行政许可法",
    "issuer": "全国人大常委会",
    "version_date": "2019-04-23",
    "text_status": "现行文本",
    "note": None,
    "articles": [{"article": "第五十八条", "summary": "不收费", "verified": True}],
}
PAPER = {
    "name": "租赁合同",
    "kind": "合同",
    "form": "copy",
    "copies": None,
    "issued_by": "申请人自备",
    "shareable": "no",
    "needed": "window",
    "evidence": "guide",
}
QUESTIONS = [
    {
        "id": "premises",
        "question": "场所是？",
        "options": [{"id": "own", "label": "自有"}, {"id": "rent", "label": "租用"}],
    },
    {
        "id": "agent",
        "question": "谁来办？",
        "options": [{"id": "self", "label": "本人"}, {"id": "other", "label": "代办"}],
    },
]
UNKNOWN = {
    "id": "sample",
    "name": "样例许可",
    "name_en": None,
    "aliases": [],
    "codes": {"national": None, "local": None},
    "section": "business",
    "group": "登记",
    "type": None,
    "applicants": ["法人"],
    "authority": None,
    "counter": None,
    "place": {"kind": "window"},
    "legal_basis": [],
    "conditions": [],
    "situations": QUESTIONS,
    "materials": [],
    "steps": [],
    "time_limit": {"statutory": None, "promised": None},
    "noon_service": {"accepted": None, "completed": None, "source": None},
    "deadlines": None,
    "visits": None,
    "on_site_check": {"value": "unknown"},
    "online": {"value": "unknown"},
    "fee": None,
    "result": {"document": None, "validity": None},
    "window_number": None,
    "hours": None,
    "contact": {"phone": None, "online": None},
    "appointment": None,
    "reach": None,
    "level": None,
    "joint_bodies": None,
    "delegated_by": None,
    "delivery": {"papers_by_mail": None, "result_by_mail": None, "ways": None},
    "visits_reason": None,
    "afterwards": None,
    "intermediary": None,
    "power_source": None,
    "quota": None,
    "themes": None,
    "valid_from": None,
    "valid_until": None,
    "faq": [],
    "checked_on": "2026-11-23",
    "confirmed": None,
}
FEE = {"amount": 0, "basis": {"law": "XKF", "article": "第五十八条"}, "evidence": "law"}
LIMIT = {"value": 20, "unit": "working_days", "basis": {"law": "XKF", "article": "第四十二条"}, "evidence": "law"}
LICENCE = {"law": "XKF", "article": "第五十八条"}
KNOWN = UNKNOWN | {
    "name_en": "Sample permit",
    "summary_en": "A permit.",
    "authority": "某局",
    "counter": "acceptance",
    "variants": ["新办"],
    "legal_basis": [
        {"law": "XKF", "article": "第五十八条", "evidence": "law"},
        {"law": "XKF", "article": "第一条", "evidence": "guide", "note": "转引"},
    ],
    "conditions": [{"text": "有场所", "basis": {"law": "XKF", "article": "第五十八条"}, "evidence": "law"}],
    "materials": [
        PAPER | {"when": "premises=rent", "source": "某地指南"},
        PAPER | {"name": "照片", "needed": "on_site", "paper": "photo", "evidence": "practice"},
        PAPER
        | {
            "name": "证明",
            "needed": "deferrable",
            "deferral": {"within_working_days": 5, "promise": "五日内补交"},
        },
    ],
    "steps": ["取号", "受理"],
    "time_limit": {
        "statutory": LIMIT,
        "promised": {"on_the_spot": True, "provided": "材料齐全", "source": "daily"},
    },
    "noon_service": {"accepted": True, "completed": True, "source": "daily"},
    "deadlines": [{"kind": "by", "who": "applicant", "text": "期满前 30 日", "basis": None, "evidence": "guide"}],
    "visits": 1,
    "on_site_check": {"value": "conditional", "basis": "某规定"},
    "online": {"value": "yes", "basis": "某通知"},
    "fee": FEE,
    "result": {"document": "许可证", "validity": "5年", "basis": {"law": "XKF", "article": "第五十八条"}},
    "faq": [{"question": "要多久？", "answer": "很快。", "evidence": "practice", "source": "窗口"}],
    "related": ["other"],
    "note": "说明",
}


def context(change=lambda record: record):
    law = msgspec.convert(change(LAW), Law)
    return Context(
        centre=msgspec.convert(change(CENTRE), Centre),
        laws={"XKF": law},
        papers={
            "photo": msgspec.convert(change({"id": "photo", "name": "照片", "what": "近照", "where": "照相馆"}), Paper)
        },
        sections=(
            msgspec.convert(change({"id": "business", "name": "企业", "summary": "登记", "groups": ["登记"]}), Section),
        ),
        names={"other": change({"name": "另一件事"})["name"]},
        offers=Offers(noon=True, hall=True, zero_visit=True, deferral=True, supervision=True),
    )


def render(record, around=None):
    return matter_page(matter_view(msgspec.convert(record, Matter), around or context()))


class Reader(HTMLParser):
    """What a reader sees, line by line, and which elements and attributes there are."""

    def __init__(self, html):
        super().__init__()
        self.lines, self.tags, self.opened = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if data.strip():
            self.lines.append(data.strip())

    @property
    def text(self):
        return "\n".join(self.lines)

    def with_attribute(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def facts(page):
    return re.findall(r"<li[^>]*>(.*?)</li>", page.content.split('class="facts">')[1].split("</ul>")[0])


def test_the_page_answers_the_questions_of_a_visitor():
    page = render(KNOWN)
    text = Reader(page.content).text
    for answer in (
        "午间能受理，也能办完",
        "11:30–13:00，2 个受理窗口在岗",
        "租赁合同",
        "即来即办（条件：材料齐全）",
        "20 个工作日",
        "期满前 30 日",
        "不收费",
        "许可证",
        "《行政许可法》第五十八条",
        "1 次",
        "可以网上办",
        "日报，2018年11月1日",
    ):
        assert answer in text
    assert "待中心确认" not in text.replace("08:30 开门是暂定的，待中心确认", "")
    assert (page.url, page.layout) == ("matters/sample/", "matter")
    assert page.title == "样例许可 · 办事指南"


def test_what_no_source_states_is_said_to_be_open():
    page = render(UNKNOWN)
    assert facts(page) == [
        "办多久：待中心确认",
        "午间能不能办：待中心确认",
        "收不收费：待中心确认",
    ]
    html = page.content
    for term in ("窗口", "承诺", "收费"):
        assert f'<dt>{term}</dt><dd><a class="ask" href="tel:12345">待中心确认</a></dd>' in html
    for question in ("要带哪些材料", "这件事午间能不能办"):
        assert f'{question}：<a class="ask"' in html
    assert "还有 5 处写着“待中心确认”" in html
    assert "None" not in html + page.head
    assert "中心还没有逐项确认" in html


def test_what_one_need_not_know_before_one_goes_is_silent_while_nobody_has_said_it():
    html = render(UNKNOWN).content
    terms = ("跑几次", "网上办", "现场核查", "谁审批", "法定", "有效期", "预约", "不算在内", "办完以后")
    assert [term for term in terms if term in Reader(html).text] == []
    assert html.count("待中心确认</a>") == 5
    law = {"basis": {"law": "XKF", "article": "第五十八条"}, "evidence": "law"}
    answers = ("window_number", "contact.phone", "contact.online", "online.address", "valid_until", "codes.national")
    told = UNKNOWN | {
        "counter": "acceptance",
        "authority": "某局",
        "visits": 2,
        "window_number": "3 号",
        "contact": {"phone": "0431-12345678", "online": "https://zwfw.jl.gov.cn/ask"},
        "appointment": {"value": "yes", "rule": "打电话约", "source": "中心来函"},
        "reach": {"value": "city", "source": "中心来函"},
        "level": {"value": "city", "basis": law["basis"]},
        "joint_bodies": [{"name": "另一局", "role": "看图"} | law],
        "delegated_by": "某委",
        "delivery": {
            "papers_by_mail": {"value": "no", "source": "中心来函"},
            "result_by_mail": {"value": "yes", "source": "中心来函"},
            "ways": ["window", "mail"],
        },
        "visits_reason": {"text": "要当面核对", "basis": law["basis"]},
        "online": {"value": "yes", "basis": "通知", "address": "https://zwfw.jl.gov.cn/x", "depth": "submit"},
        "time_limit": {
            "statutory": LIMIT,
            "promised": None,
            "not_counted": [{"what": "听证", "days": 3, "unit": "days"} | law],
        },
        "fee": FEE | {"amount": 80, "reductions": [{"who": "残疾人", "text": "免收", "basis": law["basis"]}]},
        "steps": [
            "取号",
            {"text": "作决定", "who": "authority", "days": 5, "unit": "working_days", "basis": law["basis"]},
        ],
        "afterwards": [{"text": "每年报一次", "kind": "by", "date": "06-30"} | law],
        "intermediary": [{"service": "检测", "papers": ["租赁合同"], "chosen_by": "applicant"} | law],
        "quota": {"text": "全区五张", "basis": law["basis"]},
        "valid_until": "2027-05-01",
        "codes": {"national": "000120004000", "local": None},
        "answers": [{"field": field, "by": "受理窗口", "on": "2026-12-01"} for field in answers],
    }
    page = Reader(render(told).content)
    text = page.text.replace("\n", "")
    for word in (
        *(
            "，3 号",
            "可以预约",
            "打电话约：中心来函",
            "全市都能办",
            "0431-12345678",
            "某局",
            "，市级",
            "另一局（看图）",
            "某委",
        ),
        *(
            "2 次：要当面核对",
            "可以网上办",
            "可以网上交材料",
            "听证（3 日）",
            "残疾人：免收",
            "作决定（5 个工作日）",
            "每年报一次",
        ),
        *(
            "材料不能邮寄",
            "结果可以邮寄",
            "窗口领取、邮寄",
            "检测（租赁合同）：机构自己选",
            "全区五张",
            "到2027年5月1日为止",
        ),
        "基本编码 000120004000",
    ):
        assert word in text, word
    links = page.with_attribute("href")
    assert {"tel:0431-12345678", "https://zwfw.jl.gov.cn/ask", "https://zwfw.jl.gov.cn/x"} <= set(links)


def test_hours_of_its_own_take_the_place_of_those_of_the_centre():
    def with_table(record):
        if "other_hours" not in record and "counter_kinds" in record:
            return record | {"other_hours": [{"id": "mornings", "text": "周一 09:00–11:00", "source": "中心来函"}]}
        return record

    html = render(UNKNOWN | {"hours": "mornings"}, context(with_table)).content
    assert "周一 09:00–11:00" in html and "08:30–11:30" not in html
    assert 'data-module="arrive"' not in html, "whoever counts by the centre's hours would be wrong"


def test_what_the_centre_has_said_is_marked_so():
    word = {"on": "2026-12-01", "by": "受理窗口"}
    html = render(
        UNKNOWN
        | {
            "materials": [PAPER | {"evidence": "practice", "confirmed": word}],
            "fee": FEE | {"amount": 20, "basis": None, "evidence": "practice"},
            "answers": [{"field": "fee"} | word],
        }
    ).content
    told = '<details class="mark centre"><summary>中心答复</summary>受理窗口，2026年12月1日</details>'
    assert html.count(told) == 2 and "待确认<" not in html


def test_papers_that_nobody_has_to_bring_are_not_counted_among_those_to_bring():
    papers = [
        PAPER | {"name": "申请表", "blank_form": {"file": "a.pdf", "edition": "2024年版", "source": "某局"}},
        PAPER | {"name": "营业执照", "exempt": {"value": "yes", "source": "中心来函"}},
        PAPER | {"name": "照片", "exempt": {"value": "no", "source": "中心来函"}},
    ]
    page = render(UNKNOWN | {"materials": papers})
    html = page.content
    assert '带到窗口 <span class="count">2 件</span>' in html and "材料 2 件" in html + page.head
    brought, spared = html.split("不用交 ")
    assert "营业执照" not in brought and "营业执照" in spared.split("</ul>")[0]
    assert re.findall(r"data-paper=(\d)", html) == ["1", "3"], "ticks count all lines"
    assert '<a href="@@ROOT@@forms/a.pdf" download>空白表（2024年版，PDF）</a>' in html


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"time_limit": {"statutory": LIMIT, "promised": None}}, "一般期限 20 个工作日"),
        (
            {"time_limit": {"statutory": LIMIT | {"unit": "days", "basis": FEE["basis"]}, "promised": None}},
            "法定 20 日",
        ),
        (
            {"time_limit": {"statutory": LIMIT, "promised": {"value": 2, "unit": "working_days", "source": "daily"}}},
            "承诺 2 个工作日",
        ),
        ({"time_limit": {"statutory": None, "promised": {"on_the_spot": True, "source": "daily"}}}, "即来即办"),
        ({"time_limit": {"statutory": None, "promised": {"on_the_spot": True, "source": "plan"}}}, "即来即办（计划）"),
        ({"noon_service": {"accepted": True, "completed": None, "source": "daily"}}, "午间可受理"),
        ({"noon_service": {"accepted": False, "completed": None, "source": "daily"}}, "午间不办"),
        (
            {"time_limit": {"statutory": LIMIT | {"basis": LICENCE, "evidence": "guide"}, "promised": None}},
            "法定 20 个工作日（参考）",
        ),
        ({"noon_service": {"accepted": True, "completed": True, "source": "plan"}}, "午间可办（计划）"),
        ({"fee": FEE | {"amount": 80}}, "收费 80 元"),
        ({"fee": FEE | {"evidence": "practice"}}, "不收费（待确认）"),
        ({"fee": FEE | {"amount": None, "text": "按件计"}}, "收费看说明"),
        ({"on_site_check": {"value": "no"}}, "不用现场核查"),
        ({"on_site_check": {"value": "yes", "basis": "《许可法》第三条"}}, "要现场核查"),
        ({"on_site_check": {"value": "yes", "basis": "《许可法》第三条只写审查；核查是通行做法"}}, "要现场核查（待确认）"),
        ({"on_site_check": {"value": "no", "basis": "审查的是图纸"}}, "不用现场核查（待确认）"),
        ({"on_site_check": {"value": "yes", "basis": "《许可法》（2015年版，已被取代）第三条"}}, "要现场核查（参考）"),
        ({"on_site_check": {"value": "conditional", "basis": "某县办事指南（转载）"}}, "必要时现场核查（参考）"),
    ],
)
def test_facts(change, fact):
    found = facts(render(UNKNOWN | change))
    assert fact in found
    assert len(found) == (4 if "核查" in fact else 3)


def test_a_plan_does_not_look_like_a_running_service():
    promised = {"on_the_spot": True, "source": "plan"}
    text = Reader(render(KNOWN | {"time_limit": {"statutory": LIMIT, "promised": promised}}).content).text
    assert "即来即办，是已经宣布的计划，有没有实行待中心确认" in text


def test_papers_are_grouped_by_when_they_are_due_and_numbered_through():
    html = render(KNOWN).content
    groups = re.findall(r'data-needed="(\w+)">(.*?)</ul>', html, re.DOTALL)
    assert [(needed, re.findall(r"data-paper=(\d)", items)) for needed, items in groups] == [
        ("window", ["1"]),
        ("on_site", ["2"]),
        ("deferrable", ["3"]),
    ]
    assert '<li data-when="premises=rent">' in html
    text = Reader(html).text
    assert "5 个工作日内补齐，承诺：五日内补交" in text
    assert "在哪儿拿：照相馆" in text


def test_each_grade_of_evidence_has_its_word():
    for grade, word in (("law", "依据"), ("guide", "参考"), ("practice", "待确认")):
        html = render(UNKNOWN | {"materials": [PAPER | {"evidence": grade, "source": "某处"}]}).content
        assert f'<details class="mark {grade}"><summary>{word}</summary>某处</details>' in html


def test_only_an_article_that_was_read_is_called_so():
    text = Reader(render(KNOWN).content).text
    assert "2019年4月23日 版，条文待核，转引" in text
    assert text.count("条文待核") == 1 and "条文已核" not in text


def test_related_matters_that_are_not_there_are_not_linked():
    html = render(KNOWN | {"related": ["gone", "other"]}).content
    assert "@@ROOT@@matters/other/" in html
    assert "gone" not in html


HOSTILE = "</script><b onclick=x>&\"'"
KEPT = {
    "id", "section", "group", "counter", "law", "when", "paper", "timezone", "unit", "kind", "form", "issued_by",
    "shareable", "needed", "evidence", "value", "status", "type", "applicants", "related", "at", "opens", "closes",
    "checked_on", "published_on", "version_date", "groups", "hotline",
}  # fmt: skip
"""Fields that hold ids, grades, times: the catalogue's checks let no other text in."""


def poison(value, key=""):
    if isinstance(value, dict):
        return {name: poison(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poison(item, key) for item in value]
    if isinstance(value, str) and key not in KEPT:
        return value + HOSTILE
    return value


def test_markup_in_any_text_stays_text():
    clean = render(KNOWN)
    page = render(poison(KNOWN), context(poison))
    assert HOSTILE in Reader(page.content).text
    for part in ("title", "head", "content"):
        dirty, tags = Reader(getattr(page, part)).tags, Reader(getattr(clean, part)).tags
        assert [(tag, sorted(attrs)) for tag, attrs in dirty] == [(tag, sorted(attrs)) for tag, attrs in tags]


def test_the_data_block_is_json_and_cannot_be_left():
    page = render(poison(KNOWN), context(poison))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.head, re.DOTALL)[1]
    data = msgspec.json.decode(block)
    assert data["@type"] == "GovernmentService"
    assert data["name"] == KNOWN["name"] + HOSTILE


def test_nothing_in_a_page_needs_inline_code_or_another_host():
    page = render(KNOWN)
    reader = Reader(page.head + page.content)
    for tag, attrs in reader.tags:
        assert tag != "style"
        assert tag != "script" or attrs["type"] == "application/ld+json"
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
    for link in reader.with_attribute("href"):
        assert link.startswith(("@@ROOT@@", "#", "tel:"))


def test_the_bar_reaches_papers_telephone_and_reminders():
    bar = render(KNOWN).content.split('class="bar"')[1]
    assert [attrs["href"] for tag, attrs in Reader(bar).tags if tag == "a"] == [
        "#papers",
        "tel:12345",
        "@@ROOT@@reminders/",
    ]
    assert "3 件" in bar


def test_a_matter_with_many_papers_stays_small():
    paper = PAPER | {
        "name": "房屋所有权证明或者房屋租赁合同复印件",
        "when": "premises=rent",
        "paper": "photo",
        "source": "《某某省某某办事指南》（2024年版，转载）",
    }
    page = render(KNOWN | {"materials": [paper] * 17})
    assert len((page.title + page.head + page.content).encode()) <= 14_000


def test_the_same_matter_gives_the_same_bytes():
    assert render(KNOWN) == render(KNOWN)


def test_who_decides_where_and_in_which_steps_say_what_they_rest_on():
    """Without a ground they are common practice, and do not look surer than that."""
    law = {"evidence": "law", "basis": {"law": "XKF", "article": "第五十八条"}}
    grounded = KNOWN | {"grounds": {"authority": law, "steps": {"evidence": "guide", "source": "daily"}}}
    marks = r"(?:<(?:span|details) class=\"mark (\w+)\">.*?(?:</span>|</details>))"
    html = render(grounded).content
    assert re.search(rf"<dt>谁审批</dt><dd>某局 {marks}", html)[1] == "law"
    assert re.search(rf"<dt>窗口</dt><dd>受理窗口[^<]* {marks}", html)[1] == "practice"
    assert re.search(rf"<h3>分哪几种 {marks}</h3>", html)[1] == "practice"
    assert re.search(rf"<h3>一步一步 {marks}</h3>", html)[1] == "guide"
    assert "日报，2018年11月1日" in re.search("一步一步 .*?</h3>", html)[0]


def test_how_long_it_is_valid_has_an_article_of_its_own():
    result = {"document": "许可证", "validity": "5年", "validity_basis": {"law": "XKF", "article": "第五十条"}}
    html = render(KNOWN | {"result": result}).content
    assert re.search(r"<dt>拿到</dt><dd>许可证</dd>", html)
    assert re.search(r"<dt>有效期</dt><dd>5年 <details class=\"mark guide\">.*?第五十条", html), "it was not read"
    read = result | {"validity_basis": {"law": "XKF", "article": "第五十八条"}}
    assert re.search(r"<dt>有效期</dt><dd>5年 <details class=\"mark law\">", render(KNOWN | {"result": read}).content)
    untold = KNOWN | {"result": {"document": "许可证", "validity": "5年"}}
    assert '<dt>有效期</dt><dd>5年 <span class="mark practice">' in render(untold).content
