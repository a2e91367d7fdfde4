"""Where a matter is done: what is said of it agrees with what is true there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem, instead
from ..venues import at_window

CODES = {
    "place-name": "不在窗口办，却没有写在哪儿办",
    "place-step": "写了在窗口办，步骤里却没有一步在窗口",
    "place-counter": "不在窗口办，却写了窗口、午间或者容缺",
    "place-words": "不在窗口办，步骤里却说取号、预审",
}

_AT_WINDOW = re.compile(r"窗口|大厅|取号|咨询区|预审")
_OF_CENTRE = re.compile(r"取号|预审|综合窗口")


def check_place(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Pages speak of tickets, windows and noon only where a matter is done there."""
    place = matter.place
    if place is None:
        return
    if at_window(matter):
        if matter.steps and not any(_AT_WINDOW.search(step) for step in matter.step_texts):
            hint = "写出到窗口做什么；不在窗口办的，place 写真正的地方（kind、name、how）"
            yield lines.problem(("steps",), "place-step", "写了在窗口办，没有一步说到窗口", hint)
        return
    if place.name is None and place.at is None:
        hint = "写上 name（在哪儿办）；不知道的，整个写 `place: null`"
        yield lines.problem(("place",), "place-name", f"kind 是 {place.kind}，没有写在哪儿办", hint)
    for position, step in enumerate(matter.step_texts):
        if found := _OF_CENTRE.search(step):
            sentence = f"不在中心的窗口办，步骤里却说“{found[0]}”"
            yield lines.problem(("steps", position), "place-words", sentence, "按那里的办法写")
    if matter.counter is not None:
        yield lines.problem(("counter",), "place-counter", "不在窗口办，却写了窗口", "改为 `counter: null`")
    if matter.noon_service.accepted:
        hint = "改为 `accepted: null`：午间服务是中心窗口的"
        yield lines.problem(("noon_service", "accepted"), "place-counter", "不在窗口办，却写了午间能办", hint)
    for position, material in enumerate(matter.materials):
        if material.needed == "deferrable":
            hint = "needed 改为 window，删去 deferral：容缺受理是中心窗口的办法"
            sentence = f"不在窗口办，“{material.name}”却写了可以容缺"
            yield lines.problem(("materials", position, "needed"), "place-counter", sentence, hint)


def check_place_there(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """The service place is one of places.yml."""
    at = matter.place.at if matter.place is not None else None
    if at is not None and index.places is not None and at not in index.places:
        hint = instead(at, index.places, "改正编号，或者先写进 places.yml；别处的写 name")
        yield lines.problem(("place", "at"), "place-unknown", f"没有地方“{at}”", hint)
