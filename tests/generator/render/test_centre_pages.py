"""The hall, a visit, papers that may follow, help at home, supervision, certainty: what the
built pages say beside the catalogue, and that every link of theirs leads somewhere."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.catalog.load import load
from generator.cli import main
from tests.kit import REPO, Project

PAGES = (
    *("hall", "visit", "zero-visit", "deferrable", "deferrable/promise"),
    *("supervision", "certainty", "food-drug-papers", "commitments"),
)


def page(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text("utf-8")


def records(site: Path) -> list[dict]:
    return [json.loads(path.read_bytes()) for path in sorted((site / "api/v1/matters").glob("*.json"))]


def rows(text: str) -> list[tuple[str, list[str]]]:
    """(id of the matter, texts of the cells) of every row that starts with a matter."""
    found = re.findall(r'<tr><th scope="row"><a href="[./]*matters/([\w-]+)/">.*?</th>(.*?)</tr>', text, re.S)
    return [(id, [plain(cell) for cell in re.findall(r"<td>(.*?)</td>", cells, re.S)]) for id, cells in found]


def plain(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """A few matters, one of them confirmed for help at home, and markup in every new file."""
    folder = tmp_path_factory.mktemp("small")
    project = Project(folder / "project", matters=2)
    path = project.write("home", "health", name="上门办的事<b>")
    text = path.read_text("utf-8").replace("[法人]", "[自然人]")
    terms = "{collect: true, handle: false, deliver: true, places: [linhe], source: 中心<来函>}"
    path.write_text(f"{text}zero_visit: {terms}\n", "utf-8")
    for name, old in (
        ("hall.yml", "name: 咨询区"),
        ("zero-visit.yml", "name: 上门取件"),
        ("supervision.yml", "name: 两级督办、催办"),
        ("deferral.yml", "text: 先作出限时补件的承诺"),
    ):
        file = project.catalog / name
        before = file.read_text("utf-8")
        assert before.count(old) == 1
        file.write_text(before.replace(old, f"{old}<i>&"), "utf-8")
    out = folder / "site"
    assert main(project.arguments("build", out)) == 0
    return project, out


# --- what holds for all ---------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path, name: str) -> None:
    here = site / name
    links = re.findall(r'<a\b[^>]*?href="([^"]*)"', page(site, name))
    assert len(links) > 5
    for link in links:
        if link.startswith("tel:"):
            continue
        path, _, anchor = link.partition("#")
        target = (here / path).resolve() if path else here
        target = target / "index.html" if target.is_dir() else target
        assert target.is_file(), link
        if anchor:
            assert f'id="{anchor}"' in target.read_text("utf-8"), link


HELD = re.compile(rb"<(style|script)>.*?</\1>", re.S)


def test_pages_of_matters_are_light(site: Path) -> None:
    """20 kB at most before compression, beside style and script that every page holds; 500 bytes are for what is still to be
    told. And with both no more than what comes in the first round trip of a connection."""
    pages = {page.parent.name: page.read_bytes() for page in site.glob("matters/*/index.html")}
    assert len(pages) >= 124
    assert {id for id, page in pages.items() if len(HELD.sub(b"", page)) > 19_500} == set()
    assert {id for id, page in pages.items() if len(gzip.compress(page, 6)) > 14_000} == set()


@pytest.mark.parametrize("name", PAGES)
def test_tables_say_what_they_are_and_headings_go_down_step_by_step(site: Path, name: str) -> None:
    text = page(site, name)
    for table in re.findall(r"<table.*?</table>", text, re.S):
        assert "<caption>" in table
        assert re.search(r'<th scope="col">', table) and re.search(r'<th scope="row">', table)
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_markup_in_the_catalogue_is_text(small: tuple[Project, Path]) -> None:
    _, out = small
    for name in ("hall", "visit", "zero-visit", "deferrable", "supervision", "certainty"):
        text = page(out, name)
        assert "<i>" not in text and "上门办的事<b>" not in text and "<来函>" not in text, name
    for name in ("hall", "visit", "zero-visit", "deferrable", "supervision"):
        assert "&lt;i&gt;&amp;" in page(out, name), name


# --- the hall -------------------------------------------------------------------------


def test_the_plan_draws_every_zone_apart_from_the_others(site: Path) -> None:
    text = page(site, "hall")
    hall = load(REPO / "catalog").catalogue.hall
    number = r'"([\d.]+)"'
    boxes = {
        id: [float(value) for value in values]
        for id, *values in re.findall(
            rf'<a id="([\w-]+)" class="zone[^>]*><rect x={number} y={number} width={number} height={number}', text
        )
    }
    assert list(boxes) == [zone.id for zone in hall.zones]
    for (_, (left, top, width, height)), (_, (x, y, w, h)) in combinations(boxes.items(), 2):
        assert left + width < x or x + w < left or top + height < y or y + h < top
    width, height = (
        int(value) for value in re.search(r'<figure class="plan"[^>]*><svg viewBox="0 0 (\d+) (\d+)">', text).groups()
    )
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes.values())


def test_the_hall_says_what_it_does_not_know(site: Path) -> None:
    text = page(site, "hall")
    assert "示意图，不是真实布局" in text
    zones = re.findall(r'<section id="about-[\w-]+">.*?</section>', text, re.S)
    assert len(zones) == 7
    assert all("楼层、位置：待中心确认" in zone and "长春日报，2018年11月1日" in zone for zone in zones)
    planned = {plain(re.search(r"<h3>(.*?)</h3>", zone)[1]) for zone in zones if "有没有设好待中心确认" in zone}
    assert planned == {"大厅索引 计划", "自助查询区 计划", "VIP 专区 计划"}


def test_the_index_counts_the_matters_of_a_counter(site: Path) -> None:
    (zone,) = re.findall(r'<section id="about-acceptance">.*?</section>', page(site, "hall"), re.S)
    counted = sum(int(count) for count in re.findall(r" (\d+) 项</a>", zone))
    assert counted == sum(record["counter"] == "acceptance" for record in records(site)) > 100


def test_the_counter_is_marked_and_readable_on_a_small_phone_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(f"{address}hall/#acceptance")
    widths = {
        id: tab.locator(f"#{id} rect").evaluate("box => getComputedStyle(box).strokeWidth")
        for id in ("acceptance", "advice", "vip")
    }
    assert widths == {"acceptance": "3px", "advice": "1px", "vip": "1px"}
    for zone in tab.locator("a.zone").all():
        box, text = zone.locator("rect").bounding_box(), zone.locator("text").bounding_box()
        assert box["x"] <= text["x"] and text["x"] + text["width"] <= box["x"] + box["width"]
        assert box["y"] <= text["y"] and text["y"] + text["height"] <= box["y"] + box["height"]
        size = zone.locator(".name").evaluate("name => parseFloat(getComputedStyle(name).fontSize)")
        assert size * box["width"] / float(zone.locator("rect").get_attribute("width")) >= 14
    for name in PAGES:
        tab.goto(f"{address}{name}/")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, name
    context.close()


def test_a_matter_leads_to_its_counter(site: Path) -> None:
    for record in records(site):
        linked = "hall/#acceptance" in page(site, f"matters/{record['id']}")
        assert linked == (record["counter"] == "acceptance"), record["id"]


# --- promises -------------------------------------------------------------------------


def test_every_commitment_leads_to_what_keeps_it(site: Path) -> None:
    commitments = load(REPO / "catalog").catalogue.centre.commitments
    assert all(item.see for item in commitments)
    articles = dict(
        re.findall(r'<article class="promise" id="([\w-]+)">(.*?)</article>', page(site, "commitments"), re.S)
    )
    assert all('<a href="' in articles[item.id] for item in commitments)
    assert all(("计划" in articles[item.id]) == (item.status == "announced") for item in commitments)
    assert "怎么用上：" in articles["same-day-licence"] and "11:30 到 13:00" in articles["same-day-licence"]


def test_plans_are_told_from_running_services_on_the_page_of_a_matter(site: Path) -> None:
    assert "<li>即来即办（计划）</li>" in page(site, "matters/construction-permit")
    assert "<li>承诺当天办结</li>" in page(site, "matters/limited-company-registration")
    assert "<li>承诺当天办结（计划）</li>" in page(site, "matters/partnership-registration")


def test_noon_is_told_only_of_matters_that_the_source_names(site: Path) -> None:
    """“所有常办业务” names none: the cases do."""
    told = {record["id"] for record in records(site) if record["noon_service"]["accepted"]}
    assert told == {case.matter for case in load(REPO / "catalog").catalogue.cases if case.topic == "noon"}
    assert {item["id"] for item in json.loads((site / "api/v1/matters.json").read_bytes()) if item["noon"]} == told
    assert "午间能不能办：待中心确认" in page(site, "matters/demolition-filing")
    assert "午间可" not in page(site, "sections/construction")
    assert "哪些事算常办，中心没有公布名单" in page(site, "noon")


def test_a_list_that_nobody_published_says_so(site: Path) -> None:
    compiled = "主管部门自己的清单没有公开"
    assert compiled in page(site, "sections/construction") and compiled not in page(site, "sections/business")
    assert page(site, "en").count("compiled from national law") == 1
    assert page(site, "commitments").count(compiled) == page(site, "supervision").count(compiled) == 1
    statuses = {item["id"]: item["list_status"] for item in json.loads((site / "api/v1/sections.json").read_bytes())}
    assert statuses["construction"] == "compiled" and statuses["business"] is None


def test_what_may_follow_or_wait_is_called_a_proposal(site: Path) -> None:
    for record in records(site):
        text, card = page(site, f"matters/{record['id']}"), (site / f"cards/{record['id']}.html").read_text("utf-8")
        for heading, needed in (("可以后补", "deferrable"), ("现场核验时再交", "on_site")):
            if any(line["needed"] == needed for line in record["materials"]):
                assert re.search(rf"<h3>{heading} <span[^>]*>\d+ 件</span> <small[^>]*>建议</small></h3>", text)
                assert f"<h3>{heading}（建议，窗口同意的" in card


def test_limits_stand_beside_each_other_and_only_like_units_are_compared(site: Path) -> None:
    units = {"working_days": "个工作日", "days": "日", "months": "个月"}
    listed = dict(rows(page(site, "supervision")))
    compared = 0
    for record in records(site):
        statutory, promised = record["time_limit"]["statutory"], record["time_limit"]["promised"]
        law, promise = listed.pop(record["id"])
        if statutory is None:
            assert law == ("—" if promised else "待中心确认")
        else:
            limits = [*statutory.get("cases", ()), statutory]
            said = [f"{one['value']} {units[one['unit']]}" if one["value"] else "当天办结" for one in limits]
            marks = {"law": "", "guide": "（参考）", "practice": "（待确认）"}
            if len(set(said)) > 1:
                assert law.startswith("或者 ".join(dict.fromkeys(said)) + "，看情形")
            elif all(one["basis"] == {"law": "XKF", "article": "第四十二条"} for one in limits):
                assert law == f"{said[0]}（一般期限）"
            else:
                assert law == said[0] + marks[statutory["evidence"]]
        if promised is None:
            assert promise == "—"
        elif promised.get("on_the_spot"):
            assert promise == "即来即办（计划）"
        elif statutory and statutory["unit"] == promised["unit"]:
            compared += 1
            less = statutory["value"] - promised["value"]
            assert promise.endswith(f"少 {less} 个工作日" if less else "相同")
        else:
            assert "少" not in promise
    assert listed == {} and compared == 25
    assert f"可以比较的 {compared} 项" in page(site, "supervision")


def test_supervision_tells_rights_with_their_articles(site: Path) -> None:
    text = page(site, "supervision")
    for words in ("《中华人民共和国行政许可法》第三十二条", "一次告知", "12345", "两级督办、催办", "不越级,不转达"):
        assert words in text


# --- papers ---------------------------------------------------------------------------


def test_papers_that_may_follow_are_those_of_the_catalogue(site: Path) -> None:
    text = page(site, "deferrable")
    expected = {
        record["id"]: [line["name"] for line in record["materials"] if line["needed"] == "deferrable"]
        for record in records(site)
    }
    found = {
        id: [html.unescape(name) for name in re.findall(r"<li>([^<]*)", cell)]
        for id, cell in re.findall(
            r'<tr><th scope="row"><a href="[./]*matters/([\w-]+)/">.*?<td>(.*?)</td>', text, re.S
        )
    }
    assert found == {id: names for id, names in expected.items() if names}
    assert f"{sum(map(len, found.values()))} 份" in text and "期限都待中心确认" in text
    for words in ("30 个工作日", "当天为该企业完成了注册登记", "深圳的容缺受理规定（2019）"):
        assert words in text


def test_a_term_that_is_set_is_shown(small: tuple[Project, Path], tmp_path: Path) -> None:
    project, _ = small
    path = project.write("later", "business")
    text = path.read_text("utf-8")
    terms = "needed: deferrable\n    deferral: {within_working_days: 5, promise: 五日内补齐}\n"
    path.write_text(text.replace("needed: window\n", terms, 1), "utf-8")
    try:
        assert main(project.arguments("build", tmp_path / "site")) == 0
        told = page(tmp_path / "site", "deferrable")
        assert "<li>申请表<small>5 个工作日内补齐</small></li>" in told
        assert "其中 1 份写明了期限" in told
    finally:
        path.unlink()


def test_the_promise_can_be_filled_in(site: Path) -> None:
    text = page(site, "deferrable/promise")
    fields = re.findall(r'data-promise-field="(\w+)"', text)
    assert sorted(fields) == ["applicant", "date", "deadline", "matter", "papers"]
    assert "示范文本" in text and "待中心确认" in text


def test_food_and_drug_papers_are_counted_by_where_they_are_due(site: Path) -> None:
    food = [record for record in records(site) if record["section"] == "food-drug"]
    listed = dict(rows(page(site, "food-drug-papers")))
    for record in food:
        due = [line["needed"] for line in record["materials"]]
        counts = [due.count("window"), due.count("on_site"), due.count("deferrable")]
        assert [0 if cell == "–" else int(cell) for cell in listed.pop(record["id"])] == counts
    assert listed == {} and len(food) == 31
    assert "非必要的证件类材料可以不用在窗口提交" in page(site, "food-drug-papers")


# --- help at home ---------------------------------------------------------------------


def test_candidates_are_what_a_natural_person_may_apply_for(site: Path) -> None:
    text = page(site, "zero-visit")
    assert "还是计划" in text and "可以上门代办的事" not in text
    natural = {record["id"] for record in records(site) if "自然人" in record["applicants"]}
    assert set(re.findall(r'matters/([\w-]+)/">', text)) == natural
    assert text.count("地址待中心确认") == 5 and "电话待中心确认" not in text
    for item in json.loads((site / "api/v1/matters.json").read_bytes()):
        assert item["natural_person"] == (item["id"] in natural)
        assert item["zero_visit"] == ("candidate" if item["natural_person"] else None)
        assert "上门代办" not in page(site, f"matters/{item['id']}"), "a plan is told on its own page"


def test_what_the_centre_has_confirmed_is_told_with_its_source(small: tuple[Project, Path]) -> None:
    _, out = small
    confirmed = page(out, "zero-visit").split("可以上门代办的事")[1]
    assert "上门办的事&lt;b&gt;" in confirmed
    told = page(out, "matters/home")
    assert "上门取件、上门送件（临河街道公共服务中心）" in told and "中心&lt;来函&gt;" in told
    (item,) = (item for item in json.loads((out / "api/v1/matters.json").read_bytes()) if item["id"] == "home")
    assert item["zero_visit"] == "confirmed"


# --- certainty ------------------------------------------------------------------------


def to_confirm(site: Path) -> list[list[str]]:
    data = (site / "data/to-confirm.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for another encoding"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_list_to_confirm_holds_every_open_answer(site: Path) -> None:
    heads, *lines = to_confirm(site)
    assert heads[:7] == ["事项编号", "事项", "字段", "要确认什么", "现在写的", "把握", "文件"]
    assert heads[7:] == ["中心的答复", "谁答复的", "哪天", "问题编号", "先后", "关系到几件事", "分量", "怎么答"]
    assert all(line[2] and line[3] and line[7:10] == ["", "", ""] for line in lines), "room for the answer"
    assert all((REPO / line[6]).exists() and line[14] for line in lines)
    assert len({line[10] for line in lines}) == len(lines), "one answer to one id"
    order = [({"先问": 1, "再问": 2, "最后问": 3}[line[11]], -int(line[13])) for line in lines]
    assert order == sorted(order)
    for record in records(site):
        fields = {line[2] for line in lines if line[0] == record["id"]}
        for field, value in {
            "authority": record["authority"],
            "fee": record["fee"],
            "time_limit.promised": record["time_limit"]["promised"],
            "result.validity": record["result"]["validity"],
            "online": None if record["online"]["value"] == "unknown" else True,
            "level": record["level"],
            "afterwards": record["afterwards"],
            "codes.national": record["codes"]["national"],
            "confirmed": record["confirmed"],
        }.items():
            assert (field in fields) == (value is None), (record["id"], field)
    assert 'href="../data/to-confirm.csv"' in page(site, "certainty")
    (opens,) = (line for line in lines if line[10] == "centre.hours.morning.opens")
    assert opens[:7] == ["", "", "hours.morning.opens", "上午几点开门？", "08:30（暂定）", "", "catalog/centre.yml"]
    assert opens[11:13] == ["先问", "124"]


def test_what_many_matters_share_is_asked_once(site: Path) -> None:
    _, *lines = to_confirm(site)
    by_id = {line[10]: line for line in lines}
    sections = Counter(record["section"] for record in records(site))
    for section, size in sections.items():
        line = by_id[f"{section}.delivery.result_by_mail"]
        assert line[0] == "" and line[12] == str(size)
    assert not [line for line in lines if line[0] and line[2] == "delivery.result_by_mail"]
    asking = {
        record["id"]
        for record in records(site)
        for paper in record["materials"]
        if (paper["paper"], paper["form"], paper["copies"]) == ("power-of-attorney", "original", None)
    }
    assert by_id["power-of-attorney.original.copies"][12] == str(len(asking))
    assert by_id["centre.counter_kinds.acceptance.numbers"][3].endswith("是几号窗口？")


def test_the_page_asks_what_concerns_most_first(site: Path) -> None:
    _, *lines = to_confirm(site)
    shown = re.findall(r"编号 ([\w.-]+)</small>", page(site, "certainty").split('id="ask"')[1].split("</ol>")[0])
    known = [line[10] for line in lines]
    assert shown == [id for id in known if id in set(shown)] and len(shown) == 40
    assert {line[11] for line in lines if line[10] in shown} == {"先问"}
    heavy = [line for line in lines if line[2] == "fee"]
    assert heavy[0][0] == "self-employed-registration", "on the home page, in two journeys, meant by most sayings"


def test_the_list_to_confirm_names_every_claim_without_backing(site: Path) -> None:
    _, *lines = to_confirm(site)
    for record in records(site):
        own = [line for line in lines if line[0] == record["id"] and line[5] == "待确认" and line[2] != "needed"]
        statutory = record["time_limit"]["statutory"]
        claims = [statutory, *(statutory or {}).get("cases", ()), *(record["deadlines"] or ()), record["fee"]]
        claims += [*record["legal_basis"], *record["conditions"], *record["faq"]]
        claims += [paper for paper in record["materials"] if paper["paper"] is None]
        assert len(own) == sum(claim is not None and claim["evidence"] == "practice" for claim in claims)
        told = " ".join(line[4] for line in own)
        for paper in record["materials"]:
            if paper["evidence"] == "practice" and paper["paper"] is None:
                assert paper["name"] in told
            elif paper["evidence"] == "practice":
                assert any(line[10] == f"{paper['paper']}.{paper['form']}.needed" for line in lines)


def test_certainty_counts_by_section_and_names_what_is_open(site: Path) -> None:
    text = page(site, "certainty")
    listed = dict(rows(text))
    for record in records(site):
        (told,) = listed.pop(record["id"])
        assert ("跑几次" in told) == (record["visits"] is None)
        practice = sum(line["evidence"] == "practice" for line in record["materials"])
        assert (f"{practice} 件材料" in told) == bool(practice)
    assert listed == {}
    totals = re.findall(r'<tr><th scope="row">(\S+?)</th>((?:<td>\d+</td>){4})</tr>', text)
    assert len(totals) == 5
    about = page(site, "about")
    (claims,) = re.findall(r"一共有 (\d+) 处说法", text)
    assert int(claims) == sum(sum(map(int, re.findall(r"\d+", cells)[:3])) for _, cells in totals)
    for position, word in enumerate(("依据", "参考", "待确认", "待中心确认")):
        total = sum(int(re.findall(r"\d+", cells)[position]) for _, cells in totals)
        assert f">{word}</dt><dd>{total} 处" in about


def test_tables_to_download_are_not_stored_on_the_phone(site: Path) -> None:
    (inventory,) = (path.read_text("utf-8") for path in (site / "offline/inventory").glob("*.json"))
    assert "data/to-confirm.csv" not in inventory and '"hall/"' in inventory
