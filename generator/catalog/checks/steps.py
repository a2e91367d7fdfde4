"""Steps: what happens, in order.

The national audit of service guides (国办函〔2017〕115号) counts vague steps as faults; so do we.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem
from .phrases import find_empty_step

CODES = {
    "steps-empty": "没有写办理步骤",
    "step-vague": "步骤是空话，没有说怎么做",
}


def check_steps(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Steps say what happens, in order."""
    if not matter.steps:
        hint = "按先后写出步骤，例如“到咨询区预审材料”"
        yield lines.problem(("steps",), "steps-empty", "没有写办理步骤", hint)
    for position, step in enumerate(matter.step_texts):
        if found := _vague(step):
            where = ("steps", position)
            sentence = f"“{found}”没有说怎么做"
            yield lines.problem(where, "step-vague", sentence, "写出谁、在哪里、做什么")


def _vague(step: str) -> str | None:
    """The words of a step that say nothing; a quick look first: fixed words are
    found sooner than an expression."""
    if "规定" not in step:
        return None
    return find_empty_step(step)
