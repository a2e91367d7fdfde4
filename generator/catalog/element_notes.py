"""What an editor is told beside the keys of the national list of elements."""

from __future__ import annotations

from msgspec import Struct

from .model import elements

OF_MATTER = {
    "window_number": "几号窗口；和同一种窗口都一样的写 null，写在 centre.yml",
    "hours": "办公时间和中心不一样的，写 centre.yml 里 other_hours 的 id；一样的写 null",
    "contact": "问这件事打哪个电话、上哪个网页",
    "appointment": "能不能预约：value、rule、source；不知道写 null",
    "reach": "在哪些地方都能办：value、source；不知道写 null",
    "level": "哪一级审批：value、basis；不知道写 null",
    "joint_bodies": "还有哪些部门参加：name、role、basis、evidence；没有写 []，不知道写 null",
    "delegated_by": "受谁委托办；不知道写 null",
    "delivery": "怎么收材料、怎么发结果",
    "visits_reason": "为什么要到现场：text、basis；不知道写 null",
    "afterwards": "办完以后还要做什么：text、kind、date 或 days、basis、evidence；没有写 []，不知道写 null",
    "intermediary": "要不要找中介机构：service、papers、chosen_by、basis、evidence；不要写 []，不知道写 null",
    "power_source": "权力来源；不知道写 null",
    "quota": "数量限制：text、basis；不知道写 null",
    "themes": "国家平台的主题分类；不知道写 null",
    "valid_from": "从哪天起有这个事项；不知道写 null",
    "valid_until": "到哪天为止，过了这天不再列出；不知道、没有期限写 null",
}
"""Those that stand in the matter itself."""

OF_ELEMENTS: dict[type[Struct], dict[str, str]] = {
    elements.Answered: {
        "field": "哪一项，例如 visits、contact.phone",
        "by": "谁说的：窗口、科室和姓名，或者哪个网页",
        "on": "哪天说的",
    },
    elements.StepDetail: {
        "text": "这一步做什么",
        "who": "谁做：applicant 申请人，centre 中心，authority 审批部门，expert 专家",
    },
    elements.FormFile: {"source": "从哪里来的：哪个部门哪天公布的，或者窗口哪天给的"},
    elements.ResultSample: {"source": "从哪里来的"},
    elements.Requirement: {"text": "什么样才收，例如 A4 纸、每页盖章"},
    elements.YesNo: {"value": "yes 能，no 不能", "source": "谁说的，或者出自哪里"},
    elements.Contact: {"phone": "经办部门的电话，整个加引号", "online": "网上咨询的网址"},
    elements.Appointment: {
        "value": "yes 能预约，no 不能",
        "rule": "怎么约、约几天内的",
        "source": "谁说的，或者出自哪里",
    },
    elements.Reach: {
        "value": "在哪个范围都能办：zone 本区，city 全市，province 全省，national 全国",
        "source": "谁说的，或者出自哪里",
    },
    elements.Level: {"value": "哪一级的权力：zone 区，city 市，province 省"},
    elements.JointBody: {"name": "哪个部门", "role": "参加什么"},
    elements.NotCounted: {"what": "什么时间不算在期限里"},
    elements.Delivery: {
        "papers_by_mail": "材料能不能寄来：value、source",
        "result_by_mail": "结果能不能寄走：value、source",
        "ways": "怎么领取：window 窗口，mail 邮寄，terminal 自助机，electronic 电子证照；不知道写 null",
    },
    elements.Reason: {"text": "为什么要到现场"},
    elements.Reduction: {"who": "谁", "text": "怎么减、减多少"},
    elements.Afterwards: {
        "text": "办完以后要做什么",
        "kind": "by 每年哪天以前，within 几天以内，from 最早从哪天起",
        "date": "每年哪一天，写月-日，例如 06-30",
    },
    elements.Intermediary: {
        "service": "要别人做什么，例如 检测",
        "papers": "为哪几份材料，写材料的名称",
        "chosen_by": "谁来选：applicant 申请人自己，authority 审批部门",
    },
    elements.Quota: {"text": "限多少"},
}
