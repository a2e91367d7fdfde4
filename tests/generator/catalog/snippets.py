"""Snippets of YAML that say themselves which problems they have.

A comment ``# !code`` marks the line on which ``code`` is expected, so that a table needs
no line numbers: ``group: 没有  # !group-unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.catalog.problems import Problem

ROOT = Path(__file__).parents[3]
PATH = "catalog/matters/construction/x-permit.yml"

MATTER = """\
id: x-permit
name: 施工许可
name_en: null
aliases: [开工证, 施工证]
codes: {national: null, local: null}
section: construction
group: 施工
type: 行政许可
applicants: [法人]
authority: null
counter: acceptance
legal_basis:
  - law: JZF
    article: 第七条
    evidence: law
conditions:
  - text: 有图纸
    basis: {law: JZF, article: 第八条}
    evidence: law
situations:
  - id: agent
    question: 谁来办理？
    options:
      - id: self
        label: 本人
      - id: other
        label: 委托他人
materials:
  - name: 申请表
    kind: 申请表
    form: original
    copies: null
    issued_by: 申请人自备
    shareable: no
    needed: window
    evidence: practice
  - name: 授权委托书
    paper: power-of-attorney
    kind: 证明
    form: original
    copies: 1
    issued_by: 申请人自备
    shareable: no
    when: agent=other
    needed: deferrable
    deferral:
      within_working_days: null
      promise: null
    evidence: guide
    source: 某地办事指南
steps:
  - 到咨询区预审材料
  - 取号后到窗口提交
time_limit:
  statutory:
    value: 7
    unit: days
    basis: {law: JZF, article: 第八条}
    evidence: law
  promised:
    value: 5
    unit: days
    source: news-2018
noon_service:
  accepted: null
  completed: null
  source: news-2018
deadlines: null
visits: 1
on_site_check: {value: unknown}
online: {value: unknown}
fee:
  amount: 0
  basis: {law: JZF, article: null}
  evidence: guide
result:
  document: 施工许可证
  validity: null
faq:
  - question: 可以代办吗？
    answer: 可以。
    evidence: practice
related: [y-permit]
checked_on: 2026-11-23
confirmed: null
place: {kind: window}
window_number: null
hours: null
contact: {phone: null, online: null}
appointment: null
reach: null
level: null
joint_bodies: null
delegated_by: null
delivery: {papers_by_mail: null, result_by_mail: null, ways: null}
visits_reason: null
afterwards: null
intermediary: null
power_source: null
quota: null
themes: null
valid_from: null
valid_until: null
"""

SHARED = {
    "centre.yml": """\
name: 中心
short_name: 中心
name_en: Centre
guide_name: 指南
calendar_id: small-guide
colours: {light: '#14477f', dark: '#9cc2f2'}
timezone: Asia/Shanghai
address: null
phone: null
hotline: "12345"
sources:
  - id: news-2018
    title: 报道
    publisher: 日报
    published_on: 2018-11-01
hours:
  - id: morning
    name: 上午
    opens: {at: 08:30, source: null}
    closes: {at: 11:30, source: news-2018}
  - id: afternoon
    name: 下午
    opens: {at: 13:00, source: news-2018}
    closes: {at: 16:30, source: null}
noon_service:
  opens: 11:30
  closes: 13:00
  staff: {at_least: 3, at_most: 5}
  accepts: 常办业务
  completes: 常办业务
  on_the_spot_minutes: 30
  hours_per_year_claimed: 375
  workdays_per_year_claimed: 250
  source: news-2018
counter_kinds:
  - id: advice
    name: 咨询窗口
    open_regular: null
    open_noon: 1
    place: null
    queue: false
  - id: acceptance
    name: 受理窗口
    open_regular: 5
    open_noon: 2
    place: null
    queue: true
services: []
commitments:
  - id: home-visit
    name: 上门
    text: 上门办
    status: announced
    quote: 将上门
    source: news-2018
    covers: [construction]
  - id: same-day
    name: 当天
    text: 当天办
    status: running
    quote: 公司登记,当天办
    source: news-2018
exceptions: []
""",
    "calendar/2026.yml": """\
year: 2026
notice: 通知
source: 国务院办公厅
days_off:
  - name: 元旦
    first: 2026-01-01
    last: 2026-01-03
  - name: 春节
    first: 2026-02-15
    last: 2026-02-23
make_up_workdays:
  - 2026-01-04
  - 2026-02-14
""",
    "laws.yml": """\
laws:
  - id: JZF
    title: 建筑法
    issuer: 全国人大常委会
    version_date: 2019-04-23
    text_status: 现行文本
    note: null
    articles:
      - article: 第七条
        summary: 施工许可
        verified: true
      - article: 第八条
        summary: 条件
        verified: true
      - article: 第九条
        summary: 延期
        verified: false
""",
    "texts/JZF.yml": """\
law: JZF
edition: null
version_date: 2019-04-23
articles:
  - article: 第七条
    text: 开工前应当申请领取施工许可证,限额以下的除外。
  - article: 第八条
    text: |-
      申请领取施工许可证,应当具备下列条件:
      (一)已经办理用地批准手续;
      (二)已经确定建筑施工企业。自收到申请之日起七日内发证。
""",
    "materials.yml": """\
papers:
  - id: power-of-attorney
    name: 授权委托书
    what: 写明委托事项
    where: 自备
    once: true
""",
    "places.yml": """\
places:
  - id: centre
    name: 中心
    kind: centre
    address: null
    phone: null
    noon_service: true
    source: news-2018
""",
    "sections.yml": """\
sections:
  - id: construction
    name: 工程建设
    summary: 工程
    groups: [施工, 竣工]
""",
    "words.yml": """\
words:
  - word: 开工
    matters: [x-permit]
""",
    "search.yml": """\
noise: [怎么办, 请问]
actions:
  - {id: renew, words: [延期, 到期]}
families:
  - things: [施工证]
    matters: {new: [x-permit]}
elsewhere:
  - about: 婚姻登记
    words: [结婚, 离婚]
lookalikes: [土士]
""",
    "hall.yml": """\
columns: 4
rows: 2
note: 位置待确认
zones:
  - id: acceptance
    name: 综合窗口
    purpose: 办理
    counter: acceptance
    status: running
    place: null
    box: {column: 1, row: 1, columns: 4, rows: 1}
    quote: 窗口,受理
    source: news-2018
  - id: vip
    name: 专区
    purpose: 待确认
    status: announced
    place: null
    box: {column: 1, row: 2, columns: 2, rows: 1}
    quote: 增设专区
    source: news-2018
""",
    "zero-visit.yml": """\
commitment: home-visit
model: 别处经验
help:
  - id: collect
    name: 上门取件
    text: 取材料
places: [centre]
questions: [哪些事项]
""",
    "cases.yml": """\
cases:
  - id: first
    topic: noon
    matter: x-permit
    text: 办成了
    quote: 办了,成了
    source: news-2018
    completed: true
""",
    "deferral.yml": """\
commitment: home-visit
rules:
  - text: 先承诺
    where: here
    source: news-2018
  - text: 别处的规矩
    where: elsewhere
    source: 别处的规定
promises: [补齐]
""",
    "supervision.yml": """\
duties:
  - id: notice
    name: 一次说全
    text: 一次告知
    basis: {law: JZF, article: 第七条}
    evidence: law
overdue:
  - text: 问理由
    basis: {law: JZF, article: 第八条}
oversight:
  - name: 督办
    text: 有人管
    scope: 登记
    status: running
    quote: 督办,催办
    source: news-2018
""",
    "matters/construction/x-permit.yml": MATTER,
    "matters/construction/y-permit.yml": MATTER.replace("x-permit", "y-permit")
    .replace("name: 施工许可\n", "name: 竣工备案\n")
    .replace("aliases: [开工证, 施工证]", "aliases: [竣工表]")
    .replace("related: [y-permit]", "related: []"),
}


def marked(text: str) -> list[tuple[int, str]]:
    """(line, code) of every mark in ``text``, sorted."""
    return sorted(
        (number, code) for number, line in enumerate(text.split("\n"), 1) for code in re.findall(r"# !([a-z-]+)", line)
    )


def found(problems: Iterable[Problem]) -> list[tuple[int, str]]:
    """(line, code) of problems, sorted, each of them with something to say."""
    problems = list(problems)
    for problem in problems:
        assert problem.sentence and problem.hint, problem
        assert re.search("[\u4e00-\u9fff]", problem.sentence), problem
    return sorted((problem.line, problem.code) for problem in problems)


def edit(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    return text.replace(old, new)


def write_tree(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """A small sound catalogue below ``root``; ``changes`` replace files or, with
    ``None``, leave them out."""
    catalog = root / "catalog"
    for name, text in (SHARED | (changes or {})).items():
        if text is not None:
            path = catalog / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return catalog
