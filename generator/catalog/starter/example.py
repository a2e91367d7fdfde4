"""The invented centre that a new catalogue begins with. Nothing of it is true.

Whoever takes the guide over replaces it file by file; ``guide check`` tells what no longer
fits. Only the law is real.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ..model.centre import Centre
from ..model.duty import Roster
from ..model.journey import Journey
from ..model.lists import Laws, Papers, Places, Sections, Words
from ..model.matter import Matter
from ..model.search import SearchRules
from ..model.services import Cases, DeferralRules, Hall, Supervision, ZeroVisit
from ..model.texts import LawTexts
from .example_centre import CENTRE, NOTICE, SECTIONS
from .example_matters import NOTICE_BOARD, RENEWAL, STALL
from .example_texts import PERMITS

File = tuple[type[Struct], str, str, dict[str, Any]]
"""The record, its schema's name, what the file is for, and the record as plain data."""

FILES: dict[str, File] = {
    "centre.yml": (
        Centre,
        "centre",
        "中心的基本情况、开放时间、窗口、服务和承诺。先改这一个文件。",
        CENTRE,
    ),
    "sections.yml": (Sections, "sections", "栏目和分组。", SECTIONS),
    "places.yml": (
        Places,
        "places",
        "可以办事的地方。",
        {
            "places": [
                {
                    "id": "centre",
                    "name": "示例县政务服务中心",
                    "kind": "centre",
                    "address": None,
                    "phone": None,
                    "noon_service": True,
                    "source": NOTICE,
                },
                {
                    "id": "north-town",
                    "name": "示例镇便民服务点",
                    "kind": "town",
                    "address": None,
                    "phone": None,
                    "noon_service": None,
                    "source": None,
                },
            ]
        },
    ),
    "laws.yml": (
        Laws,
        "laws",
        "事项引用的法律、法规、规章。条款核对过原文才写 verified: true。",
        {
            "laws": [
                {
                    "id": "XKF",
                    "title": "中华人民共和国行政许可法",
                    "issuer": "全国人大常委会",
                    "version_date": "2019-04-23",
                    "text_status": "现行文本",
                    "note": None,
                    "articles": [
                        {"article": "第三十二条", "summary": "不齐材料当场或者五日内一次告知", "verified": True},
                        {"article": "第四十二条", "summary": "一般许可二十日内决定，可延十日", "verified": True},
                        {
                            "article": "第五十八条",
                            "summary": "实施许可不收费，法律行政法规另有规定除外",
                            "verified": True,
                        },
                        {"article": "第八十二条", "summary": "许可期限以工作日计算", "verified": True},
                    ],
                }
            ]
        },
    ),
    "texts/XKF.yml": (LawTexts, "texts", "条文原文，一字不改；文件名就是法律的编号。", PERMITS),
    "materials.yml": (
        Papers,
        "materials",
        "几个事项都要的材料。",
        {
            "papers": [
                {"id": "identity-card", "name": "居民身份证", "what": "证明是谁的证件", "where": "户籍地公安派出所办理"}
            ]
        },
    ),
    "words.yml": (
        Words,
        "words",
        "群众的说法 → 事项，最合适的排在最前。",
        {
            "words": [
                {"word": "摆个摊", "matters": ["stall-registration", "stall-renewal"], "common": True},
                {"word": "贴寻物启事", "matters": ["notice-board"], "common": True},
                {"word": "出摊", "matters": ["stall-registration"]},
            ]
        },
    ),
    "search.yml": (
        SearchRules,
        "search",
        "查找怎么听懂群众的话。",
        {
            "noise": ["请问", "怎么办", "在哪办", "要什么材料"],
            "actions": [{"id": "renew", "words": ["到期", "延续"]}],
            "families": [
                {"things": ["摊位证"], "matters": {"new": ["stall-registration"], "renew": ["stall-renewal"]}}
            ],
            "elsewhere": [{"about": "婚姻登记", "words": ["结婚", "离婚"]}],
            "lookalikes": ["未末"],
            "examples": ["摆个摊", "贴寻物启事"],
        },
    ),
    "hall.yml": (
        Hall,
        "hall",
        "大厅的分区和示意图。没有就删去这个文件，指南里就没有这一页。",
        {
            "columns": 4,
            "rows": 2,
            "note": "图上按办事的先后排，不是真实的布局。",
            "zones": [
                {
                    "id": "inquiry",
                    "name": "问询台",
                    "purpose": "先到这里看一遍材料。",
                    "step": 1,
                    "counter": "inquiry",
                    "status": "running",
                    "place": None,
                    "box": {"column": 1, "row": 1, "columns": 2, "rows": 1},
                    "quote": "进门设问询台。",
                    "source": NOTICE,
                },
                {
                    "id": "general",
                    "name": "综合窗口",
                    "purpose": "在这里交材料、办理。",
                    "step": 2,
                    "counter": "general",
                    "status": "running",
                    "place": None,
                    "box": {"column": 1, "row": 2, "columns": 4, "rows": 1},
                    "quote": "设综合窗口四个。",
                    "source": NOTICE,
                },
            ],
        },
    ),
    "zero-visit.yml": (
        ZeroVisit,
        "zero-visit",
        "上门代办。没有就删去这个文件，指南里就没有这一页。",
        {
            "commitment": "at-home",
            "model": "示例镇的帮办经验",
            "help": [{"id": "collect", "name": "上门取件", "text": "帮办员到家里取材料。"}],
            "places": ["north-town"],
            "questions": ["哪些事项纳入", "怎么预约"],
        },
    ),
    "deferral.yml": (
        DeferralRules,
        "deferral",
        "容缺受理的规矩。没有就删去这个文件，事项里也不写 deferrable。",
        {
            "commitment": "follow-up",
            "rules": [
                {"text": "只缺一份，而且不是主要材料。", "where": "here", "source": NOTICE},
            ],
            "promises": ["在写明的日期以前把材料补齐。", "到期没有补齐的，按退件处理。"],
        },
    ),
    "duty.yml": (
        Roster,
        "duty",
        "午间值班表：哪天开几个窗口、几个人在岗。没有排的日子照 centre.yml 的承诺说。没有值班表就删去这个文件。\n"
        "一班一班写：- {date: 2026-12-01, posts: [{kind: general, open: 1}], people: 2}\n"
        "一段时间：- {first: 2026-12-01, last: 2026-12-31, weekdays: [1, 3], posts: [{kind: general, open: 1}]}",
        {"names": False, "shifts": []},
    ),
    "supervision.yml": (
        Supervision,
        "supervision",
        "督办、投诉，以及法律对办理机关的要求。没有就删去这个文件。",
        {
            "duties": [
                {
                    "id": "one-time-notice",
                    "name": "缺什么，一次说全",
                    "text": "材料不齐的，要当场或者五日内一次告知要补正的全部内容。",
                    "basis": {"law": "XKF", "article": "第三十二条"},
                    "evidence": "law",
                }
            ],
            "overdue": [
                {"text": "找出受理凭证，看上面的日期。", "basis": {"law": "XKF", "article": "第三十二条"}},
                {"text": "过了期，先问窗口，再打电话反映。", "basis": None},
            ],
            "oversight": [
                {
                    "name": "中心督办",
                    "text": "快到期的事，由中心催办。",
                    "scope": "在中心受理的事",
                    "status": "running",
                    "quote": "由中心督办、催办。",
                    "source": NOTICE,
                }
            ],
        },
    ),
    "cases.yml": (
        Cases,
        "cases",
        "别人是怎么办成的。没有就写 cases: []，或者删去这个文件。",
        {
            "cases": [
                {
                    "id": "notice-at-noon",
                    "topic": "noon",
                    "matter": "notice-board",
                    "text": "一位店主中午来登记，十分钟办完。",
                    "quote": "中午来也办了。",
                    "source": NOTICE,
                }
            ]
        },
    ),
    "journeys/stall.yml": (
        Journey,
        "journey",
        "一件事：几个事项连起来办。没有就删去这个文件。怎么写见 CONTRIBUTING.md。",
        {
            "id": "stall",
            "name": "出摊",
            "name_en": "Setting up a stall",
            "summary": "从登记到出摊。",
            "sought_as": ["stall-registration"],
            "outcome": {"step": "registered", "text": "拿到登记单"},
            "goal": None,
            "switches": [],
            "steps": [
                {
                    "id": "ready",
                    "name": "备齐材料",
                    "matters": [],
                    "by": "applicant",
                    "after": [],
                    "days": {"value": 0, "unit": "working_days", "kind": "milestone"},
                },
                {
                    "id": "registered",
                    "name": "登记",
                    "matters": ["stall-registration"],
                    "by": "authority",
                    "after": ["ready"],
                    "days": {
                        "value": 20,
                        "unit": "working_days",
                        "kind": "statutory_max",
                        "evidence": "law",
                        "basis": {"law": "XKF", "article": "第四十二条"},
                    },
                },
            ],
        },
    ),
    "matters/life/notice-board.yml": (Matter, "matter", "一个事项一个文件。新的用 guide new 建。", NOTICE_BOARD),
    "matters/market/stall-registration.yml": (Matter, "matter", "示例事项。", STALL),
    "matters/market/stall-renewal.yml": (Matter, "matter", "示例事项。", RENEWAL),
}
