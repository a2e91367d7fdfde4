"""The words for the choices of the elements of the national list."""

from __future__ import annotations

from ..catalog.model.elements import Intermediary, JointBody, NotCounted
from .words import term

LEVELS = {"zone": "区级", "city": "市级", "province": "省级"}
REACHES = {"zone": "本区", "city": "全市", "province": "全省", "national": "全国"}
DEPTHS = {"consult": "只能咨询", "prefill": "可以先填", "submit": "可以网上交材料", "full": "全程网上办"}
WAYS = {"window": "窗口领取", "mail": "邮寄", "terminal": "自助机打印", "electronic": "电子证照"}

_CHOSEN = {"applicant": "机构自己选", "authority": "机构由审批部门选"}


def body_words(body: JointBody) -> str:
    return f"{body.name}（{body.role}）"


def not_counted_words(item: NotCounted) -> str:
    """What does not count, and for how long: 专家评审（30 日）."""
    return item.what + (f"（{term(item.days, item.unit)}）" if item.days is not None and item.unit is not None else "")


def intermediary_words(item: Intermediary) -> str:
    return f"{item.service}（{'、'.join(item.papers)}）：{_CHOSEN[item.chosen_by]}"
