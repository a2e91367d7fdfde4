"""What became of each event that somebody told, and the words for it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Outcome = Literal["accepted", "repeated", "held", "refused"]
"""Kept; told before; kept, but without effect so far; not kept."""

MESSAGES = {
    "ticket-unknown": "这个号还没有取号记录，先记下了，等取号的那一条到了才算数。",
    "ticket-used": "这个号今天已经有人取过，这一条没有算数；请换一个号再发。",
    "ticket-over": "这个号已经办完、走了或者不在叫号中，这一条没有算数。",
    "nothing-to-correct": "要撤回的那一条还没有收到，等它到了就撤回。",
    "corrected": "这一条已经被撤回。",
    "id-used": "这个 id 已经用在另一件事上，没有记下；请给每个事件一个新的 id。",
    "day-over": "那一天已经整理归档，不能再补记。",
    "demo-over": "已经有真的排队数据，演示到此为止。",
    "window-unknown": "没有这个窗口，请先在工作台登记，或核对窗口号。",
    "kind-unknown": "没有这类排队的窗口，请核对 centre.json 里的 counter_kinds。",
    "undo-over": "已经过了撤回的时间，或者后面又有了别的事，没有撤回。",
    "nobody-waits": "现在没有人在等。",
}


class Result(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``code`` says why an event is held or refused; its words are in ``MESSAGES``."""

    id: str
    result: Outcome
    code: str | None = None

    @property
    def message(self) -> str | None:
        return MESSAGES.get(self.code or "")
