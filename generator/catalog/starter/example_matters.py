"""The matters of the invented centre."""

from __future__ import annotations

from typing import Any

from .example_centre import NOTICE


def _paper(name: str, **more: object) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "申请表",
        "form": "original",
        "copies": 1,
        "issued_by": "申请人自备",
        "shareable": "no",
        "needed": "window",
        "evidence": "practice",
        **more,
    }


def _matter(id: str, name: str, name_en: str, section: str, group: str, **more: object) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "name_en": name_en,
        "aliases": [],
        "codes": {"national": None, "local": None},
        "section": section,
        "group": group,
        "type": "公共服务",
        "applicants": ["自然人", "法人"],
        "authority": None,
        "counter": "general",
        "place": {"kind": "window"},
        "legal_basis": [{"law": "XKF", "article": "第三十二条", "evidence": "law"}],
        "conditions": [{"text": "在本县有固定住处", "basis": None, "evidence": "practice"}],
        "situations": [],
        "materials": [
            _paper("示例申请表"),
            _paper("身份证", paper="identity-card", kind="证照", form="copy", issued_by="政府部门核发"),
        ],
        "steps": ["到问询台看一遍材料", "到综合窗口提交", "当场拿登记单"],
        "time_limit": {"statutory": None, "promised": None},
        "noon_service": {"accepted": True, "completed": None, "source": "noon"},
        "deadlines": None,
        "visits": 1,
        "on_site_check": {"value": "unknown"},
        "online": {"value": "unknown"},
        "fee": None,
        "result": {"document": "登记单", "validity": None},
        "window_number": None,
        "hours": None,
        "contact": {"phone": None, "online": None},
        "appointment": None,
        "reach": None,
        "level": None,
        "joint_bodies": None,
        "delegated_by": None,
        "delivery": {"papers_by_mail": None, "result_by_mail": None, "ways": None},
        "visits_reason": None,
        "afterwards": None,
        "intermediary": None,
        "power_source": None,
        "quota": None,
        "themes": None,
        "valid_from": None,
        "valid_until": None,
        "faq": [],
        "checked_on": "2026-01-06",
        "confirmed": None,
        **more,
    }


NOTICE_BOARD = _matter(
    *("notice-board", "公告栏使用登记", "Use of a public notice board", "life", "公共设施"),
    aliases=["贴启事", "贴告示"],
    summary_en="Put up a notice on a public board.",
    situations=[
        {
            "id": "agent",
            "question": "谁来办？",
            "options": [{"id": "self", "label": "本人"}, {"id": "other", "label": "托别人办"}],
        }
    ],
    materials=[
        _paper("示例申请表"),
        _paper("身份证", paper="identity-card", kind="证照", form="copy", issued_by="政府部门核发"),
        _paper("委托书", kind="证明", when="agent=other"),
        _paper(
            "启事样张",
            kind="其他",
            needed="deferrable",
            deferral={"within_working_days": 3, "promise": "三个工作日内把样张送来"},
        ),
    ],
    faq=[{"question": "可以贴几天？", "answer": "登记单上写着。", "evidence": "practice"}],
)

_GENERAL = {
    "value": 20,
    "unit": "working_days",
    "basis": {"law": "XKF", "article": "第四十二条"},
    "evidence": "law",
}

STALL = _matter(
    *("stall-registration", "临时摊位登记", "Registration of a market stall", "market", "摊位"),
    aliases=["摆摊", "摆地摊"],
    type="行政许可",
    materials=[
        _paper("示例申请表"),
        _paper("身份证", paper="identity-card", kind="证照", form="copy", issued_by="政府部门核发"),
        _paper("摊位照片", kind="其他", form="electronic", copies=None, needed="on_site"),
    ],
    time_limit={
        "statutory": _GENERAL,
        "promised": {"value": 5, "unit": "working_days", "source": NOTICE},
    },
    noon_service={"accepted": True, "completed": False, "source": "noon"},
    on_site_check={"value": "conditional", "basis": "示例县政务服务中心公告"},
    fee={"amount": 0, "basis": {"law": "XKF", "article": "第五十八条"}, "evidence": "law"},
    related=["stall-renewal"],
)

RENEWAL = _matter(
    *("stall-renewal", "临时摊位登记延续", "Renewal of a market stall", "market", "摊位"),
    aliases=["摊位到期"],
    type="行政许可",
    time_limit={"statutory": _GENERAL, "promised": None},
    related=["stall-registration"],
)
