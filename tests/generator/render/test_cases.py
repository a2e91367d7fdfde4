"""Limits and deadlines by case, on the page, the card and in the data: each with its condition in words."""

import json

import msgspec
import pytest

from generator.catalog.model.matter import Matter
from generator.render.api import matter_json
from generator.render.card import card
from generator.views.matter import matter_view
from generator.views.worklist_lines import line_questions
from tests.generator.render.test_matter import LIMIT, UNKNOWN, Reader, context, render

BASIS = {"law": "XKF", "article": "第五十八条"}
OWN = {"value": 7, "unit": "days", "basis": BASIS, "evidence": "law", "note": "和新办一样"}


def limited(*cases, **outer):
    return UNKNOWN | {"time_limit": {"statutory": {**LIMIT, **outer, "cases": list(cases)}, "promised": None}}


def deadline(text, kind="within", who="applicant", **more):
    return {"kind": kind, "who": who, "text": text, "basis": BASIS, "evidence": "law", **more}


def view_of(record):
    return matter_view(msgspec.convert(record, Matter), context())


def test_every_limit_stands_there_with_its_case():
    record = limited({"when": "premises=rent", **OWN})
    page = Reader(render(record).content)
    for text in (
        "当「场所是？」选「租用」时",
        "7 日（和新办一样）",
        "其他情形",
        "20 个工作日",
        "法定 7 日或者 20 个工作日，看情形",
    ):
        assert text in page.text
    assert page.with_attribute("data-case") == ["premises=rent", None]
    assert page.with_attribute("data-limit") == ["法定 7 days", "一般期限 20 working_days"]
    # No script may count by one of them as if it held for all.
    assert page.with_attribute("data-statutory") == []
    told = card(view_of(record))
    for text in ("7 日（和新办一样）（当「场所是？」选「租用」时）", "20 个工作日（其他情形）"):
        assert text in told


def test_the_limit_of_all_licences_is_called_so():
    page = Reader(render(limited()).content)
    assert "一般期限 20 个工作日" in page.text and "法定" not in page.text
    assert page.with_attribute("data-statutory") == ["20 working_days"]
    assert "一般期限办多久" in card(view_of(limited()))
    own = Reader(render(limited(basis=BASIS)).content)
    assert "法定 20 个工作日" in own.text and "一般期限" not in own.text


@pytest.mark.parametrize(
    ("kind", "label"),
    [("by", "最晚什么时候来"), ("within", "期限"), ("from", "最早什么时候来"), ("not_before", "不早于")],
)
def test_a_deadline_is_headed_by_its_kind(kind, label):
    record = UNKNOWN | {"deadlines": [deadline("某时", kind)]}
    assert f"<dt>{label}</dt><dd>某时" in render(record).content
    assert f"<dt>{label}</dt><dd><div>某时" in card(view_of(record))


def test_what_others_have_to_do_is_not_told_as_the_applicants_deadline():
    record = UNKNOWN | {
        "deadlines": [deadline("1日内", who="刻章点"), deadline("当天", who="authority"), deadline("3日内")]
    }
    page = render(record).content
    for told in ("<dt>刻章点的期限</dt><dd>1日内", "<dt>办理机关的期限</dt><dd>当天", "<dt>期限</dt><dd>3日内"):
        assert told in page
    assert page.index("3日内") < page.index("1日内")
    assert json.loads(matter_json(msgspec.convert(record, Matter)))["applicant_deadline"]["text"] == "3日内"


def test_deadlines_of_cases_stand_under_one_label():
    record = UNKNOWN | {"deadlines": [deadline("30日内", when="agent=self"), deadline("10日内", when="agent=other")]}
    page = Reader(render(record).content)
    assert page.text.count("期限") == 1
    assert "当「谁来办？」选「代办」时" in page.text
    assert page.with_attribute("data-case") == ["agent=self", "agent=other"]


@pytest.mark.parametrize(
    ("deadlines", "text"),
    [
        (None, None),
        ([], None),
        ([deadline("届满后", "from")], None),
        ([deadline("1日内", who="刻章点")], None),
        ([deadline("届满后", "from"), deadline("搬以前", "by", when="premises=rent")], "搬以前"),
    ],
)
def test_readers_of_before_cases_get_a_last_day_or_nothing(deadlines, text):
    told = json.loads(matter_json(msgspec.convert(UNKNOWN | {"deadlines": deadlines}, Matter)))
    assert (told["applicant_deadline"] or {}).get("text") == text
    assert told["deadlines"] == (
        None if deadlines is None else [{"when": None, "expiry": None, "confirmed": None, **one} for one in deadlines]
    )


def test_what_nobody_has_backed_is_asked_case_by_case():
    record = limited({"when": "premises=rent", **OWN, "evidence": "practice"})
    record["deadlines"] = [deadline("3日内", when="agent=self") | {"evidence": "practice"}]
    matter = msgspec.convert(record, Matter)
    asked = [
        (item.field, item.now)
        for item in line_questions([(matter, matter_view(matter, context()))], {matter.id: 1})
        if item.kind == "claim"
    ]
    assert asked == [
        ("time_limit.statutory.cases.1", "7 日（和新办一样）（当「场所是？」选「租用」时）"),
        ("deadlines.1", "3日内（当「谁来办？」选「本人」时）"),
    ]
