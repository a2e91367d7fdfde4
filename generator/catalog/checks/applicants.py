"""Who may apply: whom the matter's own words name is among its applicants.

The filter 谁来办 finds a matter by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lines import Field, Lines
from ..model.matter import Applicant, Matter
from ..problems import Problem

CODES = {"applicant-missing": "名称、问题、分类或者步骤里说到的申请人，applicants 里没有"}

_NAMED: tuple[tuple[str, Applicant], ...] = (
    (r"个体工商户", "个体工商户"),
    (r"合伙企业|个人独资企业", "非法人组织"),
    (r"业主委员会", "业主委员会"),
    (r"医疗机构(?:集体|或者本人|办理)", "法人"),
)
"""Words, and the applicant that they mean. 个人独资企业 and 合伙企业 are no legal persons (民法典第一百零二条)."""

_BECOMES = re.compile(r"转[为成]|转型为")
"""What an applicant turns into is not who applies."""


def check_applicants(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Each kind of applicant is told once, where it is named first."""
    told: set[str] = set()
    for field, text in _texts(matter):
        for words, applicant in _NAMED:
            if applicant in matter.applicants or applicant in told:
                continue
            found = re.search(words, _BECOMES.split(text)[0])
            if found is not None:
                told.add(applicant)
                sentence = f"“{found[0]}”能办这件事，applicants 里没有“{applicant}”"
                hint = f"applicants 加上{applicant}；不是申请人的，换一种说法"
                yield lines.problem(field, "applicant-missing", sentence, hint)


def _texts(matter: Matter) -> Iterator[tuple[Field, str]]:
    yield ("name",), matter.name
    for position, variant in enumerate(matter.variants):
        yield ("variants", position), variant
    for position, situation in enumerate(matter.situations):
        yield ("situations", position, "question"), situation.question
        if _BECOMES.search(situation.question):
            continue
        for number, option in enumerate(situation.options):
            yield ("situations", position, "options", number, "label"), option.label
    for position, step in enumerate(matter.step_texts):
        yield ("steps", position), step
