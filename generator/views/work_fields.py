"""What the centre is asked about a matter: every key that may be unknown, in a clerk's words.

``MUST`` is what somebody has to know before he leaves home, ``SAVES`` what saves him a way or an
hour, ``REST`` what others ask for: statistics, the national platform.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..catalog.checks.elements import value_at
from ..catalog.model.matter import Material, Matter
from ..catalog.venues import at_window

MUST, SAVES, REST = 1, 2, 3
RANKS = {MUST: "先问", SAVES: "再问", REST: "最后问"}


class Asked(Struct, frozen=True):
    """``words`` is the short name of the answer, ``question`` what a clerk is asked, ``kind`` how the
    answer is read (``generator/confirm/values.py``). ``together`` is asked once for a whole section:
    one office handles it."""

    words: str
    question: str
    rank: int
    kind: str
    together: bool = False


FIELDS: dict[str, Asked] = {
    "authority": Asked("谁审批", "是哪个部门审批？", SAVES, "text"),
    "place": Asked("在哪儿办", "在中心的窗口办，还是别处、网上办？", MUST, "by-hand"),
    "counter": Asked("在哪个窗口", "在哪种窗口办？", MUST, "counter"),
    "time_limit.statutory": Asked("法定时限", "法定几天办完，是哪部法的第几条？", SAVES, "by-hand"),
    "time_limit.promised": Asked("承诺时限", "中心承诺几天办完？", SAVES, "limit"),
    "noon_service.accepted": Asked("午间能不能办", "中午能不能受理，能不能当场办完？", MUST, "noon", together=True),
    "noon_service.completed": Asked("午间能不能办完", "中午受理了，能不能当场办完？", MUST, "noon"),
    "materials.deferral": Asked("哪些材料可以后补", "哪些材料可以先承诺、后补？", MUST, "by-hand"),
    "visits": Asked("跑几次", "一般要跑几次？", SAVES, "number"),
    "fee": Asked("收费", "收不收费，收多少？", MUST, "fee"),
    "result.document": Asked("拿到什么证", "办完拿到什么证件或者文书？", SAVES, "text"),
    "result.validity": Asked("有效期", "拿到的证件有效期多长？", SAVES, "text"),
    "on_site_check": Asked("要不要现场核查", "要不要到现场核查？", SAVES, "handling"),
    "online": Asked("能不能网上办", "能不能网上办？", SAVES, "handling"),
    "online.address": Asked("网上办的网址", "在哪个网址办？", SAVES, "address"),
    "online.depth": Asked("网上能办到哪一步", "网上能办到哪一步？", SAVES, "depth"),
    "contact.phone": Asked("经办部门的电话", "问这些事打哪个电话？", SAVES, "phone", together=True),
    "appointment": Asked("能不能预约", "能不能预约？", SAVES, "yes-no", together=True),
    "delivery.papers_by_mail": Asked("材料能不能邮寄", "材料能不能寄来？", SAVES, "yes-no", together=True),
    "delivery.result_by_mail": Asked("结果能不能邮寄", "办好的证件能不能寄走？", SAVES, "yes-no", together=True),
    "delivery.ways": Asked("怎么领取", "办好的证件怎么领？", SAVES, "ways", together=True),
    "reach": Asked("别处能不能办", "在哪个范围的大厅都能办？", SAVES, "reach", together=True),
    "level": Asked("哪一级审批", "是区级、市级还是省级的权力？", SAVES, "level"),
    "joint_bodies": Asked("还有哪些部门参加", "还有哪些部门参加，做什么？", SAVES, "bodies"),
    "afterwards": Asked("办完以后有没有年审", "办完以后，每年还要做什么？", SAVES, "none-or-by-hand"),
    "intermediary": Asked("要不要找中介机构", "要不要找中介机构做检测、评估？", SAVES, "none-or-by-hand"),
    "time_limit.not_counted": Asked("哪些时间不算", "哪些时间不算在办理期限里？", SAVES, "none-or-by-hand"),
    "visits_reason": Asked("为什么要到现场", "为什么一定要到现场？", SAVES, "reason"),
    "fee.online_payment": Asked("能不能网上交费", "能不能网上交费？", SAVES, "yes-no-plain"),
    "fee.reductions": Asked("收费减免", "谁可以少交？", SAVES, "none-or-by-hand"),
    "contact.online": Asked("网上咨询", "网上咨询上哪个网页？", REST, "address", together=True),
    "online.mobile": Asked("手机上办的网址", "手机上在哪个网址办？", REST, "address"),
    "result.kind": Asked(
        "结果是哪一种", "办完拿到的是证照、批文、证明、备案回执、登记通知还是其他？", REST, "result-kind"
    ),
    "result.sample": Asked("结果样本", "有没有结果的样子可以公开？", REST, "sample"),
    "delegated_by": Asked("受谁委托", "是受谁委托办的？", REST, "text"),
    "power_source": Asked("权力来源", "是法定本级、授权还是委托？", REST, "power", together=True),
    "quota": Asked("数量限制", "有没有数量限制？", REST, "reason"),
    "codes.national": Asked("基本编码", "清单上的基本编码是什么？", REST, "code"),
    "codes.local": Asked("实施编码", "清单上的实施编码是什么？", REST, "code"),
    "codes.item": Asked("业务办理项编码", "清单上的业务办理项编码是什么？", REST, "code"),
    "themes": Asked("主题分类", "清单上的主题分类是什么？", REST, "names"),
    "valid_from": Asked("从哪天起", "清单上的生效日期是哪天？", REST, "date"),
}
"""By the way to the answer in the matter's file. What may be ``null`` for good (``hours``,
``window_number`` and ``valid_until``, which hold only what differs) is not asked."""


def open_fields(matter: Matter) -> Iterator[str]:
    """The fields of a matter that nobody has answered, in the order of ``FIELDS``."""
    charged = matter.fee is not None and matter.fee.amount != 0
    online = matter.online.value in ("yes", "conditional")
    for field in FIELDS:
        head = field.partition(".")[0]
        if not at_window(matter) and (head in ("counter", "noon_service") or field == "materials.deferral"):
            continue  # only at a window of the centre
        if field == "materials.deferral":
            answered: object = any(line.needed == "deferrable" for line in matter.materials) or None
        elif field in ("online", "on_site_check"):
            value = getattr(matter, field).value
            answered = None if value == "unknown" else value
        elif (
            (field.startswith("fee.") and not charged)
            or (field.startswith("online.") and not online)
            or (field in ("result.kind", "result.sample") and matter.result.document is None)
            or (field == "visits_reason" and not matter.visits)
            or (field == "noon_service.completed" and not matter.noon_service.accepted)
        ):
            continue
        elif head == field or head in (
            "time_limit",
            "noon_service",
            "result",
            "online",
            "contact",
            "delivery",
            "fee",
            "codes",
        ):
            answered = value_at(matter, field)
        if answered is None:
            yield field


def open_of_line(line: Material) -> Iterator[str]:
    """What is open of one line of the papers, and alike wherever the same paper is asked for."""
    if line.evidence == "practice" and line.confirmed is None:
        yield "needed"
    if line.copies is None:
        yield "copies"
    if line.issued_by == "政府部门核发" and line.exempt is None:
        yield "exempt"


EXAMPLES = {
    "text": "写一句话",
    "counter": "窗口的名称",
    "limit": "5个工作日 / 3日 / 当场办结",
    "noon": "能受理也能办完 / 能受理不能办完 / 不办",
    "number": "数字，例如 2",
    "copies": "数字，例如 1",
    "fee": "不收费 / 20元 / 怎么收，一句话",
    "handling": "是 / 否 / 有的",
    "yes-no": "能 / 不能",
    "yes-no-plain": "能 / 不能",
    "address": "网址，以 https:// 开头",
    "phone": "电话号码，例如 0431-80000000",
    "depth": "只能咨询 / 可以先填 / 可以网上交材料 / 全程网上办",
    "ways": "窗口、邮寄、自助机、电子证照，用顿号分开",
    "reach": "本区 / 全市 / 全省 / 全国",
    "level": "区级 / 市级 / 省级",
    "bodies": "没有 / 部门（做什么）、部门（做什么）",
    "none-or-by-hand": "没有；有的，写进文件",
    "reason": "写一句话",
    "result-kind": "证照 / 批文 / 证明 / 备案回执 / 登记通知 / 其他",
    "power": "法定本级 / 授权 / 委托",
    "code": "照清单抄",
    "names": "用顿号分开",
    "date": "例如 2026-01-31",
    "clock": "例如 08:30",
    "running": "实行了",
    "paper": "原件 / 复印件 / 电子件",
    "form": "文件名和哪一版，例如 food-permit.pdf 2024年版",
    "sample": "文件名，例如 food-permit.png",
    "requirements": "没有 / 写一句话",
    "claim": "对",
    "confirmed": "对",
    "by-hand": "写进文件",
}
"""By kind of answer, what one may write."""
