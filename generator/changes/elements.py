"""What changed among the elements of the national list, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..views.element_words import DEPTHS, LEVELS, REACHES, WAYS
from .raw import Plain

ASK = "待中心确认"
_YES = {"yes": "能", "no": "不能"}


def element_changes(old: Plain, new: Plain) -> Iterator[str]:
    """Single answers as old → new; of lists, what came and what went."""
    for word, say in _ANSWERS:
        before, after = say(old), say(new)
        if before != after:
            yield f"{word}：{before or ASK} → {after or ASK}"
    for word, say_all in _LISTS:
        was, now = say_all(old), say_all(new)
        yield from (f"加了{word}「{text}」" for text in now if text not in was)
        yield from (f"去掉{word}「{text}」" for text in was if text not in now)


def _at(*way: str) -> Callable[[Plain], str]:
    def say(matter: Plain) -> str:
        value: object = matter.get(way[0])
        for name in way[1:]:
            value = value.get(name) if isinstance(value, dict) else None
        return "、".join(value) if isinstance(value, list) else str(value or "")

    return say


def _word(words: dict[str, str], *way: str) -> Callable[[Plain], str]:
    find = _at(*way)
    return lambda matter: "、".join(words.get(value, value) for value in find(matter).split("、") if value)


def _texts(key: str, *names: str) -> Callable[[Plain], list[str]]:
    return lambda matter: ["，".join(item.get(name) or "" for name in names) for item in matter.get(key) or ()]


def _not_counted(matter: Plain) -> list[str]:
    return [item.get("what") or "" for item in (matter.get("time_limit") or {}).get("not_counted") or ()]


def _reductions(matter: Plain) -> list[str]:
    return [f"{item.get('who')}，{item.get('text')}" for item in (matter.get("fee") or {}).get("reductions") or ()]


_ANSWERS: tuple[tuple[str, Callable[[Plain], str]], ...] = (
    ("几号窗口", _at("window_number")),
    ("办公时间", _at("hours")),
    ("经办部门的电话", _at("contact", "phone")),
    ("网上咨询", _at("contact", "online")),
    ("能不能预约", _word(_YES, "appointment", "value")),
    ("怎么预约", _at("appointment", "rule")),
    ("在哪些地方都能办", _word(REACHES, "reach", "value")),
    ("哪一级审批", _word(LEVELS, "level", "value")),
    ("受谁委托", _at("delegated_by")),
    ("材料能不能邮寄", _word(_YES, "delivery", "papers_by_mail", "value")),
    ("结果能不能邮寄", _word(_YES, "delivery", "result_by_mail", "value")),
    ("怎么领取", _word(WAYS, "delivery", "ways")),
    ("网上办的网址", _at("online", "address")),
    ("手机上办的网址", _at("online", "mobile")),
    ("网上能办到哪一步", _word(DEPTHS, "online", "depth")),
    ("为什么要到现场", _at("visits_reason", "text")),
    ("能不能网上交费", _word(_YES, "fee", "online_payment")),
    ("数量限制", _at("quota", "text")),
    ("从哪天起", _at("valid_from")),
    ("到哪天为止", _at("valid_until")),
)
_LISTS: tuple[tuple[str, Callable[[Plain], list[str]]], ...] = (
    ("一个参加的部门", _texts("joint_bodies", "name", "role")),
    ("不算在期限里的时间", _not_counted),
    ("办完以后要做的事", _texts("afterwards", "text")),
    ("一项中介服务", _texts("intermediary", "service")),
    ("一项收费减免", _reductions),
)
