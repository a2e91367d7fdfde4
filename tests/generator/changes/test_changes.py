"""What changed, in words: ``guide diff`` and ``guide record``, the page, the feed."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from generator.catalog.model.change import Change, ChangeEntry
from generator.catalog.model.matter import Matter
from generator.changes.matters import matter_changes
from generator.cli import main
from generator.render.pages import changes_page
from generator.views.changes import changes_view
from tests.kit import REPO, Project, files

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project", matters=2)
    shutil.rmtree(project.catalog / "changes", ignore_errors=True)
    return project


def guide(verb: str, project: Project, *more: str) -> int:
    return main([verb, "--catalog", str(project.catalog), *more])


def git(project: Project, *command: str) -> str:
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    run = subprocess.run(["git", *named, *command], cwd=project.folder, capture_output=True, check=True, text=True)
    return run.stdout.strip()


def commit(project: Project) -> str:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "x")
    return git(project, "rev-parse", "HEAD")


# --- words ---------------------------------------------------------------------------


EDITS = {
    "limit": ("    value: 20\n", "    value: 3\n", ["法定时限：20 → 3 个工作日"]),
    "unit": ("    unit: working_days\n", "    unit: days\n", ["法定时限：20 个工作日 → 20 日"]),
    "promise": (
        "promised: null",
        "promised: {value: 5, unit: working_days, source: changchun-daily-2018-11-01}",
        ["承诺时限：待中心确认 → 5 个工作日"],
    ),
    "fee": (
        "fee: null",
        "fee: {amount: 0, basis: {law: XKF, article: 第五十八条}, evidence: law}",
        ["收费：待中心确认 → 不收费"],
    ),
    "fee-unsure": (
        "fee: null",
        "fee: {amount: 80, basis: {law: XKF, article: null}, evidence: guide}",
        ["收费：待中心确认 → 80 元（参考）"],
    ),
    "deadline-unsure": (
        "deadlines: null",
        "deadlines:\n  - {kind: by, who: applicant, text: 开工以前, basis: null, evidence: practice}",
        ["什么时候来：待中心确认 → 开工以前（待确认）"],
    ),
    "noon": ("accepted: null, completed: null", "accepted: false, completed: null", ["午间：待中心确认 → 不办"]),
    "limit-by-case": (
        "    evidence: law\n  promised: null",
        "    evidence: law\n    cases:\n      - when: agent=agent\n        value: 7\n        unit: days\n"
        "        basis: {law: JZF, article: 第八条}\n        evidence: law\n  promised: null",
        ["法定时限：20 个工作日 → 当「谁来办？」选「代办」时7 日；其他情形20 个工作日"],
    ),
    "deadline": (
        "deadlines: null",
        "deadlines:\n  - {kind: within, who: 刻章点, when: agent=agent, text: 1日内, basis: null, evidence: guide}",
        ["什么时候来：待中心确认 → 当「谁来办？」选「代办」时，1日内（刻章点）（参考）"],
    ),
    "no-deadline": ("deadlines: null", "deadlines: []", ["什么时候来：待中心确认 → 条文没有规定"]),
    "counter": ("counter: acceptance", "counter: advice", ["窗口：业务受理窗口（综合窗口） → 业务咨询窗口"]),
    "no-counter": ("counter: acceptance", "counter: null", ["窗口：业务受理窗口（综合窗口） → 待中心确认"]),
    "visits": ("visits: null", "visits: 1", ["跑几次：待中心确认 → 1"]),
    "paper-gone": (
        "  - name: 申请表\n    kind: 申请表\n    form: original\n    copies: null\n"
        "    issued_by: 申请人自备\n    shareable: no\n    needed: window\n    evidence: practice\n",
        "",
        ["去掉一件材料「申请表」"],
    ),
    "paper-form": ("    form: original\n", "    form: copy\n", ["材料「申请表」原件还是复印件：原件 → 复印件"]),
    "paper-when": ("    when: agent=agent\n", "    when: agent=self\n", ["材料「授权委托书」什么情形要：当「谁来办？」选「代办」时 → 当「谁来办？」选「本人」时"]),
    "paper-sure": ("    needed: window\n    evidence: practice\n", "    needed: window\n    evidence: guide\n", ["材料「申请表」把握：待确认 → 参考"]),
    "paper-renamed": ("  - name: 申请表\n", "  - name: 登记表\n", ["加了一件材料「登记表」（带到窗口，原件，都要，待确认）", "去掉一件材料「申请表」"]),
    "steps-term": (
        "steps: [到窗口提交申请, 领取结果]",
        "steps:\n  - 到窗口提交申请\n  - {text: 领取结果, days: 3, unit: days, basis: {law: XKF, article: 第四十二条}}",
        ["办理步骤改为：到窗口提交申请；领取结果（3 日）"],
    ),
    "level": (
        "level: null",
        "level: {value: city, basis: {law: XKF, article: 第四十二条}}",
        ["哪一级审批：待中心确认 → 市级"],
    ),
    "window-number": (
        "window_number: null",
        "answers:\n  - {field: window_number, by: 窗口, on: 2026-11-24}\nwindow_number: 3 号",
        ["几号窗口：待中心确认 → 3 号"],
    ),
    "afterwards": (
        "afterwards: null",
        "afterwards:\n  - text: 每年报一次\n    kind: by\n    date: 06-30\n"
        "    basis: {law: XKF, article: 第四十二条}\n    evidence: law",
        ["加了办完以后要做的事「每年报一次」"],
    ),
    "steps": ("steps: [到窗口提交申请, 领取结果]", "steps: [到大厅提交, 领取结果]", ["办理步骤改为：到大厅提交；领取结果"]),
    "condition": ("text: 依法登记", "text: 依法成立", ["加了一个条件「依法成立」", "去掉一个条件「依法登记」"]),
    "law": ("article: 第五十八条, evidence: law", "article: 第四十二条, evidence: law", ["加了依据《中华人民共和国行政许可法》第四十二条", "去掉依据《中华人民共和国行政许可法》第五十八条"]),
    "confirmed": ("confirmed: null", "confirmed: {on: 2026-11-24, by: 中心}", ["中心确认：还没有 → 已确认（中心，2026-11-24）"]),
    "name": ("name: 事项m0的核发", "name: 新名字", ["名称：事项m0的核发 → 新名字"]),
    "nothing-to-tell": ("name_en: Permit", "name_en: Licence", []),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_words(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    before, after, words = EDITS[case]
    shutil.copytree(project.catalog, tmp_path / "old")
    path = project.path("m0")
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    assert guide("diff", project, "--from", str(tmp_path / "old")) == 0
    said = capsys.readouterr().out.splitlines()
    name = "新名字" if case == "name" else "事项m0的核发"
    assert said == ([f"{name}（m0）", *(f"  {word}" for word in words)] if words else ["没有变化"])


UNTOLD = {
    *("id", "section", "group", "type", "codes"),  # where it is filed
    *("name_en", "summary_en", "aliases", "related", "checked_on"),  # beside the matter itself
    *("answers", "power_source", "themes"),  # who said it, and what statistics ask
    "situations",  # told with the papers that hang on them
    "grounds",  # what it rests on, not what it is
}
"""Keys of a matter whose changes nobody needs to be told."""


def test_every_key_of_a_matter_is_compared_or_listed_as_untold() -> None:
    asked = set()

    class Asked(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.add(key)
            return default

    assert list(matter_changes(Asked(), Asked(), {})) == []
    known = {field.name for field in msgspec.structs.fields(Matter)}
    assert known - asked == UNTOLD, "generator/changes/matters.py tells what changed"


def test_matters_that_come_and_go(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(project.catalog, tmp_path / "old")
    project.path("m0").unlink()
    project.write("m2")
    assert guide("diff", project, "--from", str(tmp_path / "old")) == 0
    assert capsys.readouterr().out.splitlines() == [
        *("事项m0的核发（m0）", "  不再收录这个事项"),
        *("事项m2的核发（m2）", "  新收录这个事项"),
    ]


def test_hours_of_the_centre(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(project.catalog, tmp_path / "old")
    centre = project.catalog / "centre.yml"
    centre.write_text(centre.read_text("utf-8").replace("at: 08:30", "at: 09:00", 1), "utf-8")
    assert guide("diff", project, "--from", str(tmp_path / "old")) == 0
    assert capsys.readouterr().out.splitlines() == ["整个指南", "  要紧：上午开门：08:30 → 09:00"]


def test_changed_hours_are_recorded_as_urgent(project: Project, tmp_path: Path) -> None:
    git(project, "init", "--quiet")
    commit(project)
    assert guide("record", project, "--date", "2026-11-23") == 0
    centre = project.catalog / "centre.yml"
    centre.write_text(centre.read_text("utf-8").replace("at: 08:30", "at: 09:00", 1), "utf-8")
    project.write("m0", days=5)
    commit(project)
    assert guide("record", project, "--date", "2026-11-24") == 0
    written = (project.catalog / "changes/2026-11-24.yml").read_text("utf-8")
    assert 'text: "上午开门：08:30 → 09:00"\n    urgent: true\n' in written
    assert written.count("urgent: true") == 2, "the comment tells editors of it, and no other change is urgent"
    out = tmp_path / "site"
    assert main(project.arguments("build", out)) == 0
    assert json.loads((out / "api/v1/urgent.json").read_bytes()) == [
        {"entry": "2026-11-24", "date": "2026-11-24", "matter": None, "name": None, "text": "上午开门：08:30 → 09:00"}
    ]
    assert "<li>要紧：上午开门：08:30 → 09:00</li>" in (out / "changes/index.html").read_text("utf-8")
    assert '"recorded":"2026-11-24"' in (out / "sw.js").read_text("utf-8")


def test_urgent_is_yes_or_no(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project.catalog / "changes"
    folder.mkdir()
    (folder / "2026-11-24.yml").write_text(
        'date: 2026-11-24\ncommit: null\nchanges:\n  - {matter: m0, name: "x", text: "y", urgent: soon}\n', "utf-8"
    )
    assert guide("check", project) == 1
    assert "catalog/changes/2026-11-24.yml:4" in capsys.readouterr().err


def test_what_is_published_reads_as_it_was_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of all matters and their files say the same to the word."""
    published = str(site / "data/catalogue.json")
    assert main(["diff", "--catalog", str(REPO / "catalog"), "--from", published]) == 0
    assert capsys.readouterr().out == "没有变化\n"


# --- the record ------------------------------------------------------------------------


def test_record_goes_on_where_the_last_one_ended(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "init", "--quiet")
    first = commit(project)
    assert guide("record", project, "--date", "2026-11-23") == 0
    entry = project.catalog / "changes/2026-11-23.yml"
    assert f'commit: "{first}"' in entry.read_text("utf-8")
    assert "收了 2 个事项" in entry.read_text("utf-8")
    commit(project)
    assert guide("record", project, "--date", "2026-11-24") == 0
    assert "没有变化" in capsys.readouterr().out
    assert not (project.catalog / "changes/2026-11-24.yml").exists()

    project.write("m0", days=5)
    assert guide("record", project, "--date", "2026-11-24") == 1
    assert "先提交" in capsys.readouterr().err
    second = commit(project)
    assert guide("record", project, "--date", "2026-11-24") == 0
    written = (project.catalog / "changes/2026-11-24.yml").read_text("utf-8")
    assert 'text: "法定时限：20 → 5 个工作日"' in written and f'commit: "{second}"' in written
    commit(project)

    project.write("m1", days=6)
    commit(project)
    assert guide("record", project, "--date", "2026-11-24") == 0
    again = (project.catalog / "changes/2026-11-24-2.yml").read_text("utf-8")
    assert '"m1"' in again and '"m0"' not in again, "what was told is not told again"
    assert guide("check", project) == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-22", "2026-11-22 早于上一次记录的 2026-11-23 — 不写 --date，或者写 2026-11-23 以后的一天"),
        ("2062-11-24", "还没有 2062 年的放假安排 — 核对 --date 的年份；没有写错的，先写 calendar/2062.yml"),
    ],
)
def test_a_record_is_of_a_day_behind_the_last_one(
    project: Project, capsys: pytest.CaptureFixture[str], day: str, told: str
) -> None:
    """Dated before, it would not be the newest, and the next one would tell the same again."""
    git(project, "init", "--quiet")
    commit(project)
    assert guide("record", project, "--date", "2026-11-23") == 0
    project.write("m0", days=5)
    commit(project)
    capsys.readouterr()
    assert guide("record", project, "--date", day) == 1
    assert capsys.readouterr().err == f"{told}\n"
    assert len(list((project.catalog / "changes").iterdir())) == 1


def test_unknown_commit_is_said(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "init", "--quiet")
    commit(project)
    assert guide("diff", project, "--from", "0" * 40) == 1
    assert "--from" in capsys.readouterr().err


def test_a_copy_without_its_repository_is_told_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Fetching more of a repository that is not there helps nobody."""
    assert guide("diff", project, "--from", "0" * 40) == 1
    told = capsys.readouterr().err
    assert "不在 git 仓库里" in told and "unshallow" not in told


def test_changes_not_yet_committed_are_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is recorded, the last commit is what one compares with."""
    git(project, "init", "--quiet")
    commit(project)
    project.write("m0", days=5)
    assert guide("diff", project) == 0
    assert "法定时限：20 → 5 个工作日" in capsys.readouterr().out


# --- what is published -------------------------------------------------------------------


@pytest.fixture
def published(project: Project, tmp_path: Path) -> Path:
    """Twelve entries, of the matter m0, of one that is gone, and of the centre."""
    folder = project.catalog / "changes"
    folder.mkdir(exist_ok=True)
    for number in range(1, 13):
        id = "2026-11-24" + (f"-{number}" if number > 1 else "")
        (folder / f"{id}.yml").write_text(
            "date: 2026-11-24\ncommit: null\nchanges:\n"
            '  - {matter: null, name: null, text: "上午开门：08:30 → 09:00"}\n'
            f'  - {{matter: m0, name: "旧名", text: "法定时限：{number + 1} → {number} 个工作日"}}\n'
            '  - {matter: gone, name: "没有了的<b>", text: "不再收录这个事项"}\n',
            "utf-8",
        )
    out = tmp_path / "site"
    assert main(project.arguments("build", out)) == 0
    return out


def test_page_shows_the_newest_first_and_links_what_there_is(published: Path) -> None:
    page = (published / "changes/index.html").read_text("utf-8")
    assert page.index('id="2026-11-24-12"') < page.index('id="2026-11-24-2"') < page.index('id="2026-11-24"')
    assert '<a href="../matters/m0/">事项m0的核发</a>' in page
    assert "matters/gone" not in page and "没有了的&lt;b&gt;" in page
    assert "../changes/" in (published / "about/index.html").read_text("utf-8")


@pytest.mark.parametrize(("matters", "folded"), [(12, 0), (13, 13)])
def test_a_large_publication_shows_names_first(matters: int, folded: int) -> None:
    names = {f"m{number}": f"事项{number}" for number in range(matters)}
    changes = [Change(matter=id, name=name, text="收费：待中心确认 → 不收费") for id, name in names.items()]
    entry = ChangeEntry(date=date(2026, 11, 24), commit=None, changes=tuple(changes))
    content = changes_page(changes_view([("2026-11-24", entry)], names, "指南")).content
    assert content.count("<small>1 处</small></summary>") == folded
    assert content.count("@@ROOT@@matters/") == matters


def test_feed_is_atom(published: Path) -> None:
    """RFC 4287: what a feed and an entry must have."""
    feed = ElementTree.fromstring((published / "api/v1/changes.atom").read_bytes())
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 12
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries)]
    assert len(set(ids)) == 13 and all(id.startswith("urn:uuid:") for id in ids)
    for one in (feed, *entries):
        assert one.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).utcoffset() is not None
        assert [link.get("href") for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert entries[0].find(f"{ATOM}link").get("href") == "../../changes/#2026-11-24-12"
    content = entries[0].find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "法定时限：13 → 12 个工作日" in content.text and "没有了的&lt;b&gt;" in content.text


def test_json_holds_all(published: Path) -> None:
    entries = json.loads((published / "api/v1/changes.json").read_bytes())
    assert [entry["id"] for entry in entries[:2]] == ["2026-11-24-12", "2026-11-24-11"]
    text = "法定时限：2 → 1 个工作日"
    assert entries[-1]["changes"][1] == {"matter": "m0", "name": "旧名", "text": text, "urgent": False}


def test_a_new_entry_is_published_as_by_a_clean_build(project: Project, published: Path, tmp_path: Path) -> None:
    (project.catalog / "changes/2026-11-25.yml").write_text(
        'date: 2026-11-25\ncommit: null\nchanges:\n  - {matter: m1, name: "x", text: "收费：待中心确认 → 不收费"}\n',
        "utf-8",
    )
    for out in (published, tmp_path / "clean"):
        assert main(project.arguments("build", out)) == 0
    assert files(published) == files(tmp_path / "clean")
    assert "收费：待中心确认 → 不收费" in (published / "changes/index.html").read_text("utf-8")


def test_what_is_done_over_noon_in_words() -> None:
    """The catalogue takes such an answer only where a source names the matter."""
    old = {"id": "x", "noon_service": {"accepted": None, "completed": None}}
    for completed, words in (("true", "能受理，也能办完"), ("false", "能受理，不能当场办完"), (None, "能受理")):
        new = {"id": "x", "noon_service": {"accepted": "true", "completed": completed}}
        assert list(matter_changes(old, new, {})) == [f"午间：待中心确认 → {words}"]


def test_a_matter_of_before_there_were_cases_has_not_changed_by_its_new_form() -> None:
    old = {"id": "x", "applicant_deadline": {"text": "开工前", "evidence": "law"}}
    new = {"id": "x", "deadlines": [{"kind": "by", "who": "applicant", "text": "开工前", "evidence": "law"}]}
    assert list(matter_changes(old, new, {})) == []
    moved = {"id": "x", "deadlines": [{"kind": "by", "who": "applicant", "text": "开工15日前", "evidence": "law"}]}
    assert list(matter_changes(old, moved, {})) == ["什么时候来：开工前 → 开工15日前"]
