"""The invented centre itself: its hours, counters, promises and sections."""

from __future__ import annotations

from typing import Any

NOTICE = "example-notice"
"""Where everything about it is said to have been published."""

CENTRE: dict[str, Any] = {
    "name": "示例县政务服务中心",
    "short_name": "示例县政务服务中心",
    "name_en": "Government Service Centre of Example County",
    "guide_name": "示例县办事指南",
    "calendar_id": "example-county-guide",
    "colours": {"light": "#7a1f3d", "dark": "#f2a9bf"},
    "timezone": "Asia/Shanghai",
    "address": None,
    "phone": None,
    "hotline": "000-0000000",
    "sources": [
        {
            "id": NOTICE,
            "title": "示例县政务服务中心公告",
            "publisher": "示例县政务服务中心",
            "published_on": "2026-01-05",
        }
    ],
    "hours": [
        {
            "id": "morning",
            "name": "上午",
            "opens": {"at": "09:00", "source": NOTICE},
            "closes": {"at": "12:00", "source": NOTICE},
        },
        {
            "id": "afternoon",
            "name": "下午",
            "opens": {"at": "14:00", "source": NOTICE},
            "closes": {"at": "17:00", "source": None, "note": "关门时间没有公开来源，17:00 是暂定的，待中心确认。"},
        },
    ],
    "noon_service": {
        "opens": "12:00",
        "closes": "14:00",
        "staff": {"at_least": 1, "at_most": 2},
        "accepts": "登记类业务",
        "completes": "登记类业务",
        "on_the_spot_minutes": 20,
        "hours_per_year_claimed": 500,
        "workdays_per_year_claimed": 250,
        "source": NOTICE,
    },
    "counter_kinds": [
        {"id": "inquiry", "name": "问询台", "open_regular": 1, "open_noon": 0, "place": None, "queue": False},
        {"id": "general", "name": "综合窗口", "open_regular": 4, "open_noon": 1, "place": None, "queue": True},
    ],
    "services": [{"id": "charging", "name": "手机充电", "text": "大厅里可以给手机充电。", "source": NOTICE}],
    "commitments": [
        {
            "id": "noon",
            "name": "午间有人办事",
            "text": "工作日 12:00 至 14:00，综合窗口留一个，登记类业务照办。",
            "status": "running",
            "quote": "工作日12时至14时，综合窗口留一人值守，公共设施、摊位的登记照办。",
            "source": NOTICE,
            "covers": ["公共设施", "摊位"],
            "how": "上班走不开的，中午来。",
            "see": [{"page": "noon/", "name": "午间日历"}],
        },
        {
            "id": "follow-up",
            "name": "缺一份可以后补",
            "text": "材料缺一份的，先作承诺，后补。",
            "status": "running",
            "quote": "缺一份材料的，可以先承诺、后补齐。",
            "source": NOTICE,
            "see": [{"page": "deferrable/", "name": "容缺受理"}],
        },
        {
            "id": "photos-later",
            "name": "照片等现场核验再交",
            "text": "摊位的现场照片不用带到窗口。",
            "status": "announced",
            "quote": "现场照片拟改为核验时提交。",
            "source": NOTICE,
            "see": [{"page": "market-papers/", "name": "哪些等现场再交"}],
        },
        {
            "id": "at-home",
            "name": "上门帮办",
            "text": "行动不便的人，村里帮办员上门取件。",
            "status": "announced",
            "quote": "探索由帮办员上门取件。",
            "source": NOTICE,
            "see": [{"page": "zero-visit/", "name": "上门代办"}],
        },
    ],
    "exceptions": [],
}

SECTIONS = {
    "sections": [
        {
            "id": "life",
            "name": "民生服务",
            "name_en": "Daily life",
            "summary": "公告栏这样的公共设施怎么用。",
            "groups": ["公共设施"],
            "icon": "account-group-outline",
        },
        {
            "id": "market",
            "name": "市场摊位",
            "name_en": "Market stalls",
            "summary": "临时摊位的登记和延续。",
            "groups": ["摊位"],
            "icon": "storefront-outline",
            "on_site_papers": "photos-later",
            "see": [{"page": "market-papers/", "name": "哪些材料等现场核验再交"}],
        },
    ]
}
