"""A small centre as a file says it: what the tests of pages begin with."""

from __future__ import annotations

from typing import Any

CENTRE: dict[str, Any] = {
    "name": "某中心",
    "short_name": "中心",
    "name_en": "Centre",
    "guide_name": "办事指南",
    "calendar_id": "some-guide",
    "colours": {"light": "#14477f", "dark": "#9cc2f2"},
    "timezone": "Asia/Shanghai",
    "address": None,
    "phone": None,
    "hotline": "12345",
    "sources": [{"id": "daily", "title": "报道", "publisher": "日报", "published_on": "2018-11-01"}],
    "hours": [
        {
            "id": "morning",
            "name": "上午",
            "opens": {"at": "08:30:00", "source": None},
            "closes": {"at": "11:30:00", "source": "daily"},
        }
    ],
    "noon_service": {
        "opens": "11:30:00",
        "closes": "13:00:00",
        "staff": {"at_least": 3, "at_most": 5},
        "accepts": "常办业务",
        "completes": "常办业务",
        "on_the_spot_minutes": 30,
        "hours_per_year_claimed": 375,
        "workdays_per_year_claimed": 250,
        "source": "daily",
    },
    "counter_kinds": [
        {
            "id": "acceptance",
            "name": "受理窗口（综合）",
            "open_regular": None,
            "open_noon": 2,
            "place": None,
            "queue": True,
        }
    ],
    "services": [],
    "commitments": [
        {"id": "plan", "name": "计划", "text": "要做", "status": "announced", "quote": "将要做", "source": "daily"}
    ],
    "exceptions": [],
}
