"""Registration of companies and others: what the law registers against what the change matters offer, and the
simple way to deregister against its conditions. One table per kind of entity.

市场主体登记管理条例实施细则第六条 lists the items; 条例第三十三条 and 细则第四十八条 the conditions of the simple way.
"""

from __future__ import annotations

import pytest

from generator.catalog.load import load
from tests.kit import REPO

CATALOGUE = load(REPO / "catalog").catalogue
assert CATALOGUE is not None

Option = str
"""``matter/question=option``; ``matter`` alone where the whole matter is that change."""

ITEMS: dict[str, dict[str, Option]] = {
    "公司（一）": {
        "名称": "company-change-registration/what=name",
        "类型": "company-change-registration/what=type",
        "经营范围": "company-change-registration/what=scope",
        "住所": "company-change-registration/what=address",
        "增加注册资本": "company-change-registration/what=increase",
        "减少注册资本": "company-capital-reduction",
        "法定代表人姓名": "company-change-registration/what=legal",
        "股东或者发起人姓名、名称": "company-change-registration/what=shareholder",
    },
    "个人独资企业（三）": {
        "名称": "sole-proprietorship-change/what=name",
        "经营范围": "sole-proprietorship-change/what=scope",
        "住所": "sole-proprietorship-change/what=address",
        "出资额": "sole-proprietorship-change/what=capital",
        "投资人": "sole-proprietorship-change/what=owner",
        "投资人姓名及居所": "sole-proprietorship-change/what=identity",
    },
    "合伙企业（四）": {
        "名称": "partnership-change/what=name",
        "类型": "partnership-change/what=type",
        "经营范围": "partnership-change/what=scope",
        "主要经营场所": "partnership-change/what=address",
        "出资额": "partnership-change/what=capital",
        "执行事务合伙人、委派代表": "partnership-change/what=manager",
        "合伙人": "partnership-change/what=partner",
        "合伙人名称或者姓名、住所": "partnership-change/what=identity",
        "承担责任方式": "partnership-change/what=liability",
    },
    "农民专业合作社（五）": {
        "名称": "cooperative-change-filing/what=name",
        "类型": "cooperative-change-filing/what=type",
        "经营范围": "cooperative-change-filing/what=scope",
        "住所": "cooperative-change-filing/what=address",
        "出资额": "cooperative-change-filing/what=capital",
        "法定代表人姓名": "cooperative-change-filing/what=legal",
    },
    # 类型 is that of what the branch belongs to, and changes with it.
    "分支机构（六）": {
        "名称": "branch-change/what=name",
        "经营范围": "branch-change/what=scope",
        "经营场所": "branch-change/what=address",
        "负责人姓名": "branch-change/what=person",
    },
    "个体工商户（七）": {
        "组成形式": "self-employed-change/what=form",
        "经营范围": "self-employed-change/what=scope",
        "经营场所": "self-employed-change/what=address",
        "经营者": "self-employed-change/what=owner",
        "经营者姓名、住所": "self-employed-change/what=identity",
        "名称": "self-employed-change/what=name",
    },
}

FILED = {"cooperative-change-filing/what=member"}
"""Offered beside the items: what is filed (条例第九条), not registered."""

SIMPLE = (
    "simple-deregistration",
    "partnership-deregistration",
    "sole-proprietorship-deregistration",
    "cooperative-deregistration",
    "self-employed-deregistration",
)
DEBTS = (
    "债权债务",
    "清偿费用",
    "职工工资",
    "社会保险费用",
    "法定补偿金",
    "税款",
    "滞纳金",
    "罚款",
    "全体投资人书面承诺",
)
EXCLUSIONS = (
    *("经营异常名录", "严重违法失信名单", "冻结", "出质", "动产抵押", "对外投资", "立案调查", "强制措施"),
    *("诉讼", "仲裁", "吊销", "责令关闭", "撤销", "批准"),
)


def offered(matter: str) -> set[Option]:
    """The options of the question what changes."""
    return {
        f"{matter}/{situation.id}={option.id}"
        for situation in CATALOGUE.matters[matter].situations
        if situation.id == "what"
        for option in situation.options
    }


@pytest.mark.parametrize("entity", ITEMS)
def test_every_item_that_is_registered_can_be_changed(entity: str) -> None:
    wanted = set(ITEMS[entity].values())
    whole = {option for option in wanted if "/" not in option}
    assert whole <= set(CATALOGUE.matters)
    there = set().union(*(offered(option.partition("/")[0]) for option in wanted - whole))
    assert wanted - whole == there - FILED


@pytest.mark.parametrize("matter", SIMPLE)
def test_the_simple_way_tells_the_debts_and_who_may_not_take_it(matter: str) -> None:
    conditions = CATALOGUE.matters[matter].conditions
    told = {
        article: "".join(
            item.text
            for item in conditions
            if item.basis is not None and (item.basis.law, item.basis.article) == article
        )
        for article in (("ZTT", "第三十三条"), ("ZTX", "第四十八条"))
    }
    assert [word for word in DEBTS if word not in told["ZTT", "第三十三条"]] == []
    assert [word for word in EXCLUSIONS if word not in told["ZTX", "第四十八条"]] == []
