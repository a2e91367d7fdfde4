"""A small published site, as the generator writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORKDAY: list[dict[str, Any]] = [
    {"opens": "08:30", "closes": "11:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
    {"opens": "11:30", "closes": "13:00", "service": "noon", "counters": {"advice": 1, "acceptance": 2}},
    {"opens": "13:00", "closes": "16:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
]
DAYS = [  # 2026-11-20 is a Friday
    {"date": "2026-11-20", "kind": "workday", "name": None, "pattern": "workday"},
    {"date": "2026-11-21", "kind": "weekend", "name": None, "pattern": "closed"},
    {"date": "2026-11-22", "kind": "make_up_workday", "name": "调休上班", "pattern": "workday"},
    {"date": "2026-11-23", "kind": "workday", "name": None, "pattern": "workday"},
    {"date": "2026-11-24", "kind": "workday", "name": None, "pattern": "workday"},
]
CENTRE = {
    "name": "长春经济技术开发区政务服务中心",
    "hotline": "0100-2000",
    "noon_service": {"opens": "11:30", "closes": "13:00", "staff": {"at_least": 3, "at_most": 5}, "hours_per_year_claimed": 375},
    "counter_kinds": [
        {"id": "advice", "name": "业务咨询窗口", "open_regular": None, "open_noon": 1, "place": None, "queue": False},
        {
            "id": "acceptance",
            "name": "业务受理窗口",
            "open_regular": None,
            "open_noon": 2,
            "place": None,
            "queue": True,
        },
    ],
}


def calendar(noon: bool = True, **changes: Any) -> dict[str, Any]:
    workday = WORKDAY if noon else [span for span in WORKDAY if span["service"] != "noon"]
    return {
        "timezone": "Asia/Shanghai",
        "first": DAYS[0]["date"],
        "last": DAYS[-1]["date"],
        "patterns": {"workday": workday, "closed": []},
        "days": DAYS,
        **changes,
    }


def put(site: Path, name: str, content: str | bytes | dict[str, Any]) -> None:
    """Write as the generator does: beside the file, then over it."""
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False)
    if isinstance(content, str):
        content = content.encode()
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(content)
    draft.replace(path)


def make(site: Path) -> Path:
    page = '<!doctype html><html lang="zh-CN"><head><title>%s</title></head><body>%s</body></html>'
    put(site, "index.html", page % ("首页", "办事指南" * 200))
    put(site, "noon/index.html", page % ("午间日历", "午间"))
    put(site, "404.html", page % ("没有这一页", '<a href="./">首页</a>'))
    put(site, "sw.js", "self.addEventListener('push', () => {});")
    put(site, "manifest.webmanifest", {"name": "经开区办事指南"})
    put(site, "assets/app/0123456789abcdef/main.js", "export {};")
    put(site, "icons/192.png", b"\x89PNG\r\n\x1a\n")
    put(site, "api/v1/release.json", {"id": "00112233445566aa", "source_commit": None, "files": {}})
    put(site, "api/v1/centre.json", CENTRE)
    put(site, "api/v1/calendar.json", calendar())
    return site
