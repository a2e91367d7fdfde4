"""The rules on a matter: one edit of a sound matter, and the codes it must raise."""

from __future__ import annotations

import pytest

from generator.catalog.checks import check_references
from generator.catalog.index import make_index
from generator.catalog.lines import Lines
from generator.catalog.model.matter import Matter
from generator.catalog.record import load_record
from tests.generator.catalog.snippets import MATTER, PATH, edit, found, marked

NO_DEADLINE = "deadlines: null\n"


def renewal(
    opens: str, closes: str, basis: str = "{law: JZF, article: 第八条}", evidence: str = "law", mark: str = ""
) -> str:
    return (
        f"deadlines:\n- kind: within\n  who: applicant\n  text: 届满前90个工作日至三十日期间\n  basis: {basis}\n  evidence: {evidence}\n"
        f"  expiry:{mark}\n    opens: {opens}\n    closes: {closes}\n"
    )


def answered(*fields: str) -> str:
    return "answers:\n" + "".join(f"  - {{field: {field}, by: 窗口, on: 2026-12-01}}\n" for field in fields)


def duty(kind: str, term: str, mark: str = "") -> str:
    terms = "".join(f"    {one}\n" for one in term.split(", ") if one)
    return (
        f"afterwards:\n  - text: 每年报一次{mark}\n    kind: {kind}\n{terms}"
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\n"
    )


def online(value: str, address: str, mark: str = "") -> str:
    return answered("online.address") + f'online:\n  value: {value}\n  basis: 通知\n  address: "{address}" {mark}'


EDITS = [
    # identity
    ("id: x-permit\n", "id: x-other # !id-file\n"),
    ("id: x-permit\n", "id: X_Permit # !id-file # !id-characters\n"),
    ("id: x-permit\n", "id: z-permit # !id-file\n"),
    ("name: 施工许可\n", "name: 竣工备案 # !name-duplicate\n"),
    ("section: construction", "section: business # !section-folder"),
    ("group: 施工\n", "group: 市政 # !group-unknown\n"),
    ("aliases: [开工证, 施工证]", "aliases:\n  - 开工证\n  - 开工证 # !list-duplicate"),
    ("aliases: [开工证, 施工证]", "aliases: [开工证，施工证] # !alias-comma"),
    # evidence
    ("    article: 第七条\n", "    article: 第七条第二款\n"),
    ("    article: 第七条\n", "    article: 第九条 # !article-unchecked\n"),
    ("    article: 第七条\n", "    article: 第7条 # !article-form\n"),
    ("  basis: {law: JZF, article: null}\n", "  basis: {law: JZF, article: 四} # !article-form\n"),
    ("  basis: {law: JZF, article: null}\n", "  basis: {law: JZF, article: 第四条}\n"),
    ("  basis: {law: JZF, article: null}\n", "  basis: {law: JZF, article: 附件第104项}\n"),
    ("    article: 第七条\n", "    article: 第七条之一 # !article-unchecked\n"),
    ("    article: 第七条\n", "    article: null # !article-missing\n"),
    ("  - law: JZF\n", "  - law: XXX # !law-unknown\n"),
    (
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\nsituations",
        "    basis: null\n    evidence: law # !basis-missing\nsituations",
    ),
    (
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\nsituations",
        "    basis: {law: XXX, article: 第八条} # !law-unknown\n    evidence: guide\nsituations",
    ),
    (
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\n  promised",
        "    basis: {law: JZF, article: 第九条} # !article-unchecked\n    evidence: law\n  promised",
    ),
    ("  basis: {law: JZF, article: null}\n", "  basis: {law: XXX, article: null} # !law-unknown\n"),
    (
        "  basis: {law: JZF, article: null}\n  evidence: guide",
        "  basis: {law: JZF, article: null} # !article-missing\n  evidence: law",
    ),
    ("    answer: 可以。\n    evidence: practice", "    answer: 可以。\n    evidence: law # !basis-missing"),
    ("  completed: null\n  source: news-2018", "  completed: null\n  source: news-2019 # !source-unknown"),
    ("    source: 某地办事指南\n", "    source: some-guide # !source-unknown\n"),
    ("    source: 某地办事指南\n", "    source: 旧办法的材料清单（转载） # !source-edition\n"),
    ("    source: 某地办事指南\n", "    source: 现行办法的延续材料 # !source-edition\n"),
    ("    source: 某地办事指南\n", "    source: 《施工许可管理办法》（旧办法，2014年版）第四条\n"),
    ("    unit: days\n    source: news-2018", "    unit: days\n    source: home-visit"),
    ("    unit: days\n    source: news-2018", "    unit: days\n    source: no-promise # !source-unknown"),
    ("  completed: null\n  source: news-2018", "  completed: null\n  source: home-visit"),
    # grounds
    ("authority: null\n", "authority: 建设局 # !authority-ground\n"),
    (
        "authority: null\n",
        "authority: 建设局\ngrounds:\n  authority: {evidence: law, basis: {law: JZF, article: 第七条}}\n",
    ),
    (
        "authority: null\n",
        "authority: 建设局 # !authority-doubt\nnote: 主管部门是绿化部门\n"
        "grounds:\n  authority: {evidence: guide, source: 条文写的是绿化部门}\n",
    ),
    ("authority: null\n", "authority: null\nnote: 窗口是否受理，待中心确认\n"),
    (
        "authority: null\n",
        "authority: null\ngrounds:\n  authority: {evidence: guide, source: 报道} # !ground-empty\n",
    ),
    ("steps:\n", "grounds:\n  steps: {evidence: practice} # !ground-empty\nsteps:\n"),
    (
        "steps:\n",
        "grounds:\n  steps:\n    evidence: law\n    basis: {law: JZF, article: 第九条} # !article-unchecked\nsteps:\n",
    ),
    ("steps:\n", "grounds:\n  steps:\n    evidence: guide\n    source: news-2019 # !source-unknown\nsteps:\n"),
    ("  validity: null\n", "  validity: 5年 # !validity-ground\n"),
    (
        "  validity: null\n",
        "  validity: 5年 # !validity-ground\n  basis: {law: JZF, article: 第七条}\n",
    ),
    ("  validity: null\n", "  validity: 5年\n  validity_basis: {law: JZF, article: 第七条}\n"),
    ("  validity: null\n", "  validity: 5年\n  validity_basis: {law: JZF, article: 七} # !article-form\n"),
    # applicants
    ("steps:\n", "variants: [合伙企业] # !applicant-missing\nsteps:\n"),
    ("steps:\n", "variants: [转为合伙企业]\nsteps:\n"),
    ("name: 施工许可\n", "name: 个人独资企业施工许可 # !applicant-missing\n"),
    ("applicants: [法人]\n", "applicants: [法人, 个体工商户]\nvariants: [企业, 个体工商户]\n"),
    ("  - 到咨询区预审材料\n", "  - 报业主委员会审核 # !applicant-missing\n"),
    # documents
    ("  - name: 申请表\n", "  - name: 申请表和说明书 # !material-compound\n"),
    ("  - name: 申请表\n", "  - name: 申请表、身份证及房产证复印件 # !material-compound\n"),
    ("  - name: 申请表\n", "  - name: 申请表（基本情况、声明）\n"),
    ("  - name: 申请表\n", "  - name: 经营场所和库房的平面图\n"),
    ("  - name: 申请表\n", "  - name: 营业执照正本、副本\n"),
    (
        "    kind: 申请表\n    form: original\n    copies: null\n    issued_by: 申请人自备\n",
        "    kind: 证照\n    form: original\n    copies: null\n    issued_by: 申请人自备 # !issuer-kind\n",
    ),
    (
        "  - name: 申请表\n    kind: 申请表\n    form: original\n    copies: null\n    issued_by: 申请人自备\n",
        "  - name: 公安机关证明\n    kind: 证明\n    form: original\n    copies: null\n"
        "    issued_by: 中介机构 # !issuer-kind\n",
    ),
    (
        "    evidence: practice\n  - name: 授权委托书\n",
        "    evidence: practice\n    paper: power-of-attorney\n  - name: 授权委托书 # !paper-twice\n",
    ),
    # promises
    ("    unit: days\n    source: news-2018", "    unit: days\n    source: same-day # !promise-elsewhere"),
    ("  accepted: null\n  completed: null\n", "  accepted: true\n  completed: true\n"),
    ("  validity: null\n", "  validity: null\n  basis: {law: XXX, article: null} # !law-unknown\n"),
    (
        "deadlines: null",
        "deadlines: [{kind: by, who: applicant, text: 开工前, basis: null, evidence: law}] # !basis-missing",
    ),
    # papers
    ("    needed: window\n", "    needed: on_site # !on-site-never\n"),
    ("  - name: 申请表\n", "  - name: 其他材料 # !material-catch-all\n"),
    ("  - name: 申请表\n", "  - name: 身份证等材料 # !material-catch-all\n"),
    ("  - name: 申请表\n", "  - name: 其它有关证明 # !material-catch-all\n"),
    ("  - name: 申请表\n", "  - name: 法律规定的相关材料 # !material-catch-all\n"),
    ("    when: agent=other\n", "    when: agent=other | agent=self & agent=other\n"),
    ("    when: agent=other\n", "    when: agent=other | agent=other\n"),
    (
        "  - name: 授权委托书\n",
        "  - {name: 甲, kind: 证明, form: copy, copies: 1, issued_by: 申请人自备, shareable: no, needed: window,"
        " evidence: practice, when: agent=self & agent=other} # !when-never\n  - name: 授权委托书\n",
    ),
    (
        "  - name: 授权委托书\n",
        "  - {name: 甲, kind: 证明, form: copy, copies: 1, issued_by: 申请人自备, shareable: no, needed: window,"
        " evidence: practice, when: agent=self | agent=other} # !when-always\n  - name: 授权委托书\n",
    ),
    (
        "situations:\n",
        "situations:\n  - id: idle # !situation-idle\n    question: 几个人？\n"
        "    options: [{id: one, label: 一个}, {id: two, label: 两个}]\n",
    ),
    # Three answers, of which two are "none of the others".
    ("        label: 委托他人\n", "        label: 委托他人\n      - {id: heir, label: 继承人}\n"),
    ("    when: agent=other\n", "    when: agent=nobody # !when-unknown\n"),
    ("    when: agent=other\n", "    when: who=other # !when-unknown\n"),
    ("    when: agent=other\n", "    when: agent=other | who=a & agent=x # !when-unknown # !when-unknown\n"),
    ("    when: agent=other\n", "    when: agent = other # !when-syntax\n"),
    ("    when: agent=other\n", "    when: agent=self|agent=other # !when-syntax\n"),
    ("    when: agent=other\n", "    when: agent=other & # !when-syntax\n"),
    ("    when: agent=other\n", "    when: 委托办理 # !when-syntax\n"),
    ("    paper: power-of-attorney\n", "    paper: power # !paper-unknown\n"),
    ("    needed: deferrable\n", "    needed: window\n"),
    (
        "    deferral:\n      within_working_days: null\n      promise: null\n",
        "",
    ),
    ("        label: 委托他人\n", "        label: 本人 # !option-duplicate\n"),
    # steps
    ("  - 取号后到窗口提交\n", "  - 按规定办理 # !step-vague\n"),
    ("  - 取号后到窗口提交\n", "  - 依照有关规定办理 # !step-vague\n"),
    ("  - 取号后到窗口提交\n", "  - 按有关规定执行 # !step-vague\n"),
    # limits and other answers
    ("    value: 5\n", "    value: 8 # !promise-longer\n"),
    ("    value: 5\n    unit: days\n", "    value: 7\n    unit: working_days\n"),
    ("    value: 5\n    unit: days\n", "    value: 8 # !promise-longer\n    unit: working_days\n"),
    ("    value: 5\n    unit: days\n", "    value: 1 # !promise-longer\n    unit: months\n"),
    ("    value: 7\n    unit: days\n", "    value: 1\n    unit: months\n"),
    ("    value: 5\n    unit: days\n", "    on_the_spot: true\n"),
    ("  completed: null\n", "  completed: true\n"),
    ("accepted: null\n  completed: null\n", "accepted: false\n  completed: true # !noon-contradiction\n"),
    (
        "  completed: null\n  source: news-2018\ndeadlines: null\nvisits: 1\non_site_check: {value: unknown}\n",
        "  completed: true # !noon-on-site\n  source: news-2018\ndeadlines: null\nvisits: 1\n"
        "on_site_check: {value: yes}\n",
    ),
    ("on_site_check: {value: unknown}", "on_site_check: {value: yes}"),
    ("counter: acceptance", "counter: cashier # !counter-unknown"),
    ("counter: acceptance", "counter: null"),
    ("related: [y-permit]", "related: [x-permit] # !related-self"),
    ("related: [y-permit]", "related: [z-permit] # !related-unknown"),
    (
        "related: [y-permit]",
        "zero_visit: # !home-service-applicant\n  collect: true\n  handle: false\n  deliver: false\n"
        "  places: [town] # !place-unknown\n  source: 中心来函",
    ),
    (
        "applicants: [法人]",
        "applicants: [自然人]\nzero_visit: # !home-service-empty\n  collect: false\n  handle: false\n"
        "  deliver: false\n  places: [centre]\n  source: 中心来函",
    ),
    (
        "applicants: [法人]",
        "applicants: [自然人, 法人]\nzero_visit:\n  collect: true\n  handle: false\n  deliver: true\n"
        "  places: [centre]\n  source: 中心来函",
    ),
    # renewals
    (NO_DEADLINE, renewal("null", "{value: 30, unit: days}")),
    (NO_DEADLINE, renewal("{value: 90, unit: working_days}", "{value: 30, unit: days}")),
    (NO_DEADLINE, renewal("null", "{value: 30, unit: working_days} # !expiry-words")),
    (NO_DEADLINE, renewal("{value: 30, unit: days} # !expiry-order", "{value: 90, unit: working_days}")),
    (NO_DEADLINE, renewal("null", "{value: 30, unit: days}", "null", "practice", " # !expiry-basis")),
    # elements of the national list
    ("window_number: null\n", "window_number: 3 号 # !value-unsourced\n"),
    ("window_number: null\n", answered("window_number") + "window_number: 3 号\n"),
    (
        "window_number: null\n",
        "answers:\n  - {field: window_number, by: 窗口, on: 2026-12-01} # !answer-empty\nwindow_number: null\n",
    ),
    ("level: null\n", "level: {value: city} # !value-unsourced\n"),
    ("level: null\n", answered("level") + "level: {value: city}\n"),
    ("level: null\n", "level: {value: city, basis: {law: JZF, article: 第八条}}\n"),
    ("level: null\n", "level: {value: city, basis: {law: XXX, article: 第八条}} # !law-unknown\n"),
    ("joint_bodies: null\n", "joint_bodies: []\n"),
    (
        "  - name: 申请表\n",
        "  - name: 申请表\n    requirements:\n"
        "      - {text: 每页盖章, basis: null, evidence: practice} # !value-unsourced\n",
    ),
    (
        "  - name: 申请表\n",
        "  - name: 申请表\n    answers: [{field: requirements, by: 窗口, on: 2026-12-01}]\n    requirements:\n"
        "      - {text: 每页盖章, basis: null, evidence: practice}\n",
    ),
    (
        "    source: news-2018\nnoon_service",
        "    source: news-2018\n  not_counted:\n"
        "    - {what: 听证, basis: null, evidence: practice} # !value-unsourced\nnoon_service",
    ),
    (
        "    source: news-2018\nnoon_service",
        "    source: news-2018\n  not_counted:\n"
        "    - {what: 听证, basis: {law: JZF, article: 第八条}, evidence: law}\nnoon_service",
    ),
    (
        "joint_bodies: null\n",
        "joint_bodies:\n  - {name: 某局, role: 看图, basis: null, evidence: guide} # !value-unsourced\n",
    ),
    (
        "fee:\n  amount: 0\n  basis: {law: JZF, article: null}\n",
        "fee: # !value-unsourced\n  amount: 0\n  basis: null\n",
    ),
    ("fee:\n  amount: 0\n  basis: {law: JZF, article: null}\n", answered("fee") + "fee:\n  amount: 0\n  basis: null\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 取号后到窗口提交, who: applicant}\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 按规定办理, who: applicant} # !step-vague\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 作决定, days: 5} # !term-half\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 作决定, days: 5, unit: days} # !term-half\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 作决定, days: 5, unit: days, basis: {law: JZF, article: 第八条}}\n"),
    ("  - 取号后到窗口提交\n", "  - {text: 作决定, who: 窗口} # !value-choice\n"),
    ("  - 取号后到窗口提交\n", "  - 窗口: 收材料 # !type-text\n"),
    ("afterwards: null\n", "afterwards: []\n"),
    ("afterwards: null\n", duty("by", "date: 06-30")),
    ("afterwards: null\n", duty("by", "date: 6月30日 # !afterwards-when")),
    ("afterwards: null\n", duty("within", "days: 15, unit: days")),
    ("afterwards: null\n", duty("within", "date: 06-30", mark=" # !afterwards-when")),
    ("afterwards: null\n", duty("from", "", mark=" # !afterwards-when")),
    ("codes: {national: null", answered("codes.national") + 'codes: {national: "000120"'),
    (
        "codes: {national: null, local: null}",
        answered("codes.national") + "codes:\n  local: null\n  national: 许可1 # !code-shape",
    ),
    ("contact: {phone: null", answered("contact.phone") + 'contact: {phone: "0431-12345678"'),
    ("contact: {phone: null", answered("contact.phone") + "contact: {phone: 转办 # !phone-form\n   "),
    ("online: {value: unknown}", online("yes", "https://zwfw.jl.gov.cn/x")),
    ("online: {value: unknown}", online("unknown", "https://zwfw.jl.gov.cn/x", "# !address-offline")),
    ("online: {value: unknown}", online("yes", "http://www.gov.cn.evil.int/", "# !address-host")),
    ("online: {value: unknown}", online("yes", "https://zwfw.jl.gov.cn@evil.int/", "# !address-form")),
    ("online: {value: unknown}", online("yes", "https://zwfw.jl.gov.cn:8443/", "# !address-host")),
    ("online: {value: unknown}", online("yes", "javascript:alert(1)", "# !address-form")),
    ("online: {value: unknown}", online("yes", "https://a.example.com/", "# !address-host")),
    ("hours: null\n", "hours: mornings # !hours-unknown\n"),
    (
        "intermediary: null\n",
        "intermediary:\n  - service: 检测\n    papers:\n      - 申请表\n      - 报告 # !intermediary-paper\n"
        "    chosen_by: applicant\n    basis: {law: JZF, article: 第八条}\n    evidence: law\n",
    ),
    (
        "valid_from: null\nvalid_until: null\n",
        answered("valid_from", "valid_until") + "valid_from: 2026-05-02\nvalid_until: 2026-05-01 # !valid-order\n",
    ),
    # wording
    ("  - text: 有图纸\n", "  - text: 有图纸,有资金 # !punctuation-ascii\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸(含电子版) # !punctuation-ascii\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸（含 A3、1:500）\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸３份 # !character-wide\n"),
    ("  - text: 有图纸\n", "  - text: 有Ａ类图纸 # !character-wide\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸.  # !punctuation-ascii\n"),
    ("  - text: 有图纸\n", '  - text: 有"合格"图纸 # !punctuation-ascii\n'),
    ("  - text: 有图纸\n", "  - text: 有图纸。。 # !punctuation-double\n"),
    ("  - text: 有图纸\n", "  - text: ，有图纸 # !punctuation-double\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸……没有也行——先问\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸（含电子版 # !punctuation-pair\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸）和（电子版 # !punctuation-pair\n"),
    ("  - text: 有图纸\n", "  - text: 有《图纸”和“电子版》 # !punctuation-pair\n"),
    ("  - text: 有图纸\n", "  - text: 有（甲（乙））《丙〈丁〉》“戊‘己’”\n"),
    ("  - text: 有图纸\n", "  - text: 有 图纸 # !space-inside\n"),
    ("  - text: 有图纸\n", "  - text: “有图纸” # !quotes-around\n"),
    ("  - text: 有图纸\n", "  - text: “有”“图纸”\n"),
    ("  - text: 有图纸\n", "  - text: 有　图纸 # !space-inside\n"),
    ("  - text: 有图纸\n", "  - text: 有 CAD 图纸 3 份\n"),
    ("  - text: 有图纸\n", "  - text: 有圖纸 # !character-traditional\n"),
    ("  - text: 有图纸\n", "  - text: 有100㎡图纸\n"),
    ("name_en: null\n", "name_en: Permit（new） # !english-chinese\n"),
    ("name_en: null\n", "name_en: Permit\nsummary_en: A 许可 # !english-chinese\n"),
    ("name_en: null\n", "name_en: Builder's permit (new), 2nd\n"),
    ("name: 施工许可\n", "name: Permit # !chinese-missing\n"),
    ("    question: 谁来办理？\n", "    question: Who? # !chinese-missing\n"),
    ("  - 取号后到窗口提交\n", "  - go # !chinese-missing\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸和其他有关材料 # !catch-all\n"),
    ("  - text: 有图纸\n", "  - text: 法律法规规定的其他条件 # !catch-all\n"),
    ("  - text: 有图纸\n", "  - text: 有图纸，条文另写“法律法规规定的其他条件”\n"),
    ("  - text: 有图纸\n", "  - text: 其他建设工程要有图纸\n"),
    ("  - 取号后到窗口提交\n", "  - 提交身份证等材料 # !catch-all\n"),
    ("checked_on: 2026-11-23\n", "note: 其他相关文件先问窗口 # !catch-all\nchecked_on: 2026-11-23\n"),
    ("    source: 某地办事指南\n", "    source: 条文只写相关文件\n"),
    ("    source: 某地办事指南\n", "    source: 见 https://www.example.com/a.html # !commercial-url\n"),
    ("    source: 某地办事指南\n", "    source: 某网 bendi.example.cn # !commercial-url\n"),
    ("    source: 某地办事指南\n", "    source: 见 http://www.jl.gov.cn/zwgk/\n"),
]


def test_the_sound_matter_is_sound(judge):
    assert judge(MATTER) == []


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_edit(judge, old, new):
    text = edit(MATTER, old, new)
    expected = marked(text)
    if new == "    needed: window\n":
        expected = [(line_of(text, "    deferral:"), "deferral-unexpected")]
    if new == "":
        expected = [(line_of(text, "    needed: deferrable"), "deferral-missing")]
    assert judge(text) == expected


def line_of(text: str, start: str) -> int:
    (number,) = (n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start))
    return number


def cut(text: str, first: str, last: str, instead: str) -> str:
    """``text`` with what stands from ``first`` up to before ``last`` replaced."""
    start = text.index(first)
    return text[:start] + instead + text[text.index(last, start) :]


@pytest.mark.parametrize(
    ("first", "last", "instead"),
    [
        ("materials:", "steps:", "materials: [] # !materials-empty\n"),
        ("steps:", "time_limit:", "steps: [] # !steps-empty\n"),
        (
            "materials:",
            "  - name: 授权委托书",
            "materials:\n"
            "  - {name: 表, kind: 申请表, form: original, copies: null, issued_by: 申请人自备,"
            " shareable: no, needed: window, evidence: practice}\n"
            "  - {name: 表, kind: 申请表, form: copy, copies: null, issued_by: 申请人自备,"
            " shareable: no, needed: window, evidence: practice} # !material-duplicate\n",
        ),
        (
            "situations:",
            "materials:",
            "situations:\n"
            "  - id: agent\n    question: 谁？\n"
            "    options: [{id: self, label: 本人}, {id: other, label: 他人}]\n"
            "  - id: agent # !situation-duplicate\n    question: 谁？\n"
            "    options: [{id: self, label: 本人}, {id: other, label: 他人}]\n"
            "  - id: lonely\n    question: 谁？\n"
            "    options: [{id: self, label: 本人}] # !situation-options\n",
        ),
        (
            "    options:",
            "materials:",
            "    options:\n"
            "      - {id: self, label: 本人}\n"
            "      - {id: other, label: 他人}\n"
            "      - {id: self, label: 家人} # !option-duplicate\n",
        ),
        ("  promised:", "noon_service:", "  promised: {source: 报道} # !promise-shape\n"),
        ("  promised:", "noon_service:", "  promised: {value: 3, source: 报道} # !promise-shape\n"),
        (
            "  promised:",
            "noon_service:",
            "  promised: {on_the_spot: true, value: 3, unit: days, source: 报道} # !promise-shape\n",
        ),
        (
            "fee:",
            "result:",
            "fee: {amount: null, basis: {law: JZF, article: null}, evidence: guide} # !fee-empty\n",
        ),
        ("fee:", "result:", "fee: null\n"),
    ],
)
def test_replaced_part(judge, first, last, instead):
    text = cut(MATTER, first, last, instead)
    assert judge(text) == marked(text)


@pytest.mark.parametrize(("check", "mark"), [("no", " # !on-site-never"), ("yes", ""), ("conditional", "")])
def test_what_waits_for_an_on_site_check_needs_one(judge, check, mark):
    text = edit(MATTER, "on_site_check: {value: unknown}", f"on_site_check: {{value: {check}}}")
    text = edit(text, "    needed: window\n", f"    needed: on_site{mark}\n")
    assert judge(text) == marked(text)


def test_a_folder_that_is_no_section_either(judge):
    """Where only the folder is one, the matter has another name than its folder, and that is all."""
    text = edit(MATTER, "section: construction", "section: trade # !section-unknown")
    assert judge(text, PATH.replace("construction", "trade")) == marked(text)


def test_every_problem_of_a_file_comes_in_one_run(judge):
    text = edit(MATTER, "group: 施工\n", "group: 市政 # !group-unknown\n")
    text = edit(text, "counter: acceptance", "counter: cashier # !counter-unknown")
    text = edit(text, "    when: agent=other\n", "    when: who=other # !when-unknown\n")
    assert len(marked(text)) == 3
    assert judge(text) == marked(text)


def test_parts_that_could_not_be_read_raise_nothing(small):
    """A broken laws.yml must not fill the screen with unknown laws."""

    class Nothing:
        centre = years = laws = texts = sections = places = papers = words = cases = journeys = deferral = None

    matter, lines, _ = load_record(MATTER, PATH, Matter)
    index = make_index(Nothing(), [("x-permit", "施工许可", PATH), ("y-permit", None, "y")])
    assert list(check_references(matter, lines, index)) == []


def test_a_cached_matter_reads_its_file_for_the_line_only(small):
    matter, _, _ = load_record(MATTER, PATH, Matter)
    index = make_index(small, [("x-permit", "施工许可", PATH)])
    problems = list(check_references(matter, Lines(PATH, lambda: MATTER), index))
    assert found(problems) == [(line_of(MATTER, "related:"), "related-unknown")]


def test_both_of_two_files_with_one_id_are_told(small):
    """Whichever of them was edited, and so checked, last."""
    paths = ["catalog/matters/business/x-permit.yml", PATH]
    index = make_index(small, [*(("x-permit", "施工许可", path) for path in paths), ("y-permit", "丙", "y")])
    for path, other in (paths, paths[::-1]):
        matter, lines, _ = load_record(MATTER, path, Matter)
        (problem,) = check_references(matter, lines, index)
        assert (problem.path, problem.code) == (path, "id-duplicate")
        assert other in problem.sentence
