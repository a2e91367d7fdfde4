"""Where a matter is done: words of windows, tickets and noon stand only where they are true."""

import json
import re

import msgspec
import pytest

from generator.catalog.model.matter import Matter
from generator.changes.matters import matter_changes
from generator.render.card import card
from generator.views.matter import matter_view
from generator.views.summary import summarize
from tests.generator.render.test_matter import KNOWN, UNKNOWN, Reader, context, facts, render

OF_WINDOWS = ("带到窗口", "预审", "取号", "午间", "哪些能后补", "容缺")
BANK = {"kind": "bank", "name": "您选的银行", "how": "先预约", "basis": {"law": "XKF", "article": "第五十八条"}}


def elsewhere(**place):
    papers = [{**line, "needed": "window", "deferral": None} for line in KNOWN["materials"]]
    return KNOWN | {
        "place": place,
        "counter": None,
        "noon_service": UNKNOWN["noon_service"],
        "materials": papers,
        "steps": ["签字"],
        "faq": [],
    }


@pytest.mark.parametrize(
    "page",
    [
        lambda record: render(record).content,
        lambda record: card(matter_view(msgspec.convert(record, Matter), context())),
    ],
)
def test_a_bank_is_no_window(page):
    told = page(elsewhere(**BANK))
    for word in ("您选的银行", "先预约", "带到银行", "《行政许可法》第五十八条", "到银行办"):
        assert word in told
    assert [word for word in (*OF_WINDOWS, "窗口") if word in Reader(told).text] == []
    at_window = Reader(page(KNOWN)).text
    assert "带到窗口" in at_window and "午间" in at_window


@pytest.mark.parametrize(
    ("kind", "papers", "short"),
    [
        ("online", "网上要填要传的", "网上办"),
        ("police", "带到公安机关", "到公安机关办"),
        ("engraver", "带到刻章点", "到刻章点办"),
        ("tax", "交给税务机关", "到税务机关办"),
        ("fund", "带到公积金中心", "到公积金中心办"),
        ("other", "要准备的", "不在窗口办"),
    ],
)
def test_each_kind_has_its_words(kind, papers, short):
    page = render(elsewhere(kind=kind, name="某处"))
    assert f"<h3>{papers} <span" in page.content
    assert short in facts(page)
    assert 'data-module="arrive"' not in page.content and 'data-module="arrive"' in render(KNOWN).content


def test_where_nobody_knows_it_is_asked_and_nothing_else_of_windows():
    record = elsewhere(**BANK) | {"place": None}
    page = Reader(render(record).content)
    assert "在哪儿办：待中心确认" in page.text
    assert [word for word in OF_WINDOWS if word in page.text] == []
    summary = summarize(msgspec.convert(record, Matter))
    assert "place" in summary.unknown_fields
    assert {"counter", "noon_service.accepted", "materials.deferral"}.isdisjoint(summary.unknown_fields)


def test_no_page_of_the_guide_tells_of_windows_elsewhere(site, real):
    places = {id: matter for id, matter in real.matters.items() if matter.place.kind != "window"}
    assert len(places) == 12
    told = {}
    for id in places:
        page = (site / f"matters/{id}/index.html").read_text("utf-8")
        own = page[page.index("<h1") : page.index('<nav class="bar"')]
        told[id] = [word for word in OF_WINDOWS if word in own + (site / f"cards/{id}.html").read_text("utf-8")]
    assert {id: words for id, words in told.items() if words} == {}
    listed = {item["id"]: item["place"] for item in json.loads((site / "api/v1/matters.json").read_bytes())}
    assert {id: listed[id] for id in places} == {id: matter.place.kind for id, matter in places.items()}
    assert (
        "网上办"
        in re.search(r'matters/annual-report/".*?</a>', (site / "sections/business/index.html").read_text("utf-8"))[0]
    )


def test_a_record_of_changes_tells_where_it_is_done_by_now():
    old = {"id": "x"}
    assert list(matter_changes(old, {"id": "x", "place": {"kind": "window"}}, {})) == []
    assert list(matter_changes(old, {"id": "x", "place": BANK}, {})) == ["在哪儿办：中心的窗口 → 您选的银行（先预约）"]
    assert list(matter_changes(old, {"id": "x", "place": None}, {})) == ["在哪儿办：中心的窗口 → 待中心确认"]
