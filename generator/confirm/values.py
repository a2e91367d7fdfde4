"""A clerk's answer in a few words → what is written into the file.

Each kind of answer (``views/work_fields.py``) has a reader. It gives the values to set, by their ways
below the question's own field, as YAML in a line. What it cannot read it refuses, with what to write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from ..catalog.checks.elements import address_fault, phone_fault
from ..catalog.forms import Form
from ..views.element_words import DEPTHS, LEVELS, REACHES, WAYS
from ..views.words import day


class NotUnderstood(ValueError):
    """An answer that cannot be taken; the message says in Chinese what to write."""


class Around(Struct, frozen=True, kw_only=True):
    """What an answer is read against: who gives it when, the counters (name → id), the sites that addresses
    may lead to, and the files of catalog/forms/."""

    by: str
    on: date
    counters: Mapping[str, str]
    hosts: frozenset[str]
    forms: Mapping[str, Form]

    @property
    def source(self) -> str:
        """Who said it, where a value has room for it."""
        return f"中心答复（{self.by}，{day(self.on)}）"


Values = dict[tuple[str, ...], str]
"""YAML in a line, by the way below the question's field; ``()`` is the field itself."""

_YES = {"能", "可以", "要", "是", "有", "需要", "对", "yes"}
_NO = {"不能", "不可以", "不要", "否", "没有", "不需要", "不", "no"}
_SOME = {"有的", "有的能", "有的要", "看情形", "必要时"}
_NONE = {"没有", "无", "不要", "不用"}
_UNITS = {"个工作日": "working_days", "工作日": "working_days", "日": "days", "天": "days", "个月": "months"}
_FREE = {"不收费", "免费", "0", "0元", "不要钱"}


def scalar(text: str) -> str:
    """``text`` as a scalar of YAML that every reader takes for the same text."""
    plain = re.fullmatch(r"[\w\u4e00-\u9fff（《“][\w\u4e00-\u9fff（）《》“”、，；。·/.—–-]*", text)
    risky = text.lower() in {"null", "true", "false", "yes", "no", "on", "off", "~"} or re.fullmatch(r"[\d.]+", text)
    return text if plain and not risky else json.dumps(text, ensure_ascii=False)


def record(**fields: str | None) -> str:
    """A mapping in a line; values are YAML already, ``None`` is ``null``."""
    return "{" + ", ".join(f"{key}: {'null' if value is None else value}" for key, value in fields.items()) + "}"


def read_answer(kind: str, text: str | None, around: Around) -> Values:
    """What to set for an answer of ``kind``. Raises ``NotUnderstood``."""
    answer = re.sub(r"\s+", " ", (text or "").strip())
    if kind in ("claim", "confirmed"):
        if answer and answer not in _YES:
            raise NotUnderstood("都对的写 --value 对，或者不写 --value；有不对的，先改文件里的那一处，再确认")
        return {("confirmed",): record(on=around.on.isoformat(), by=scalar(around.by))}
    if not answer:
        raise NotUnderstood("写上答复：--value …")
    return _READERS[kind](answer, around)


def _text(answer: str, around: Around) -> Values:
    if answer in ("不知道", "未知", "待定", "null", "暂无", "不清楚"):
        raise NotUnderstood("还不知道的不用写，问题会留在清单上")
    return {(): scalar(answer)}


def _number(answer: str, around: Around) -> Values:
    plain = answer.translate({ord(word): str(number) for number, word in enumerate("零一二三四五六七八九")}).replace(
        "两", "2"
    )
    found = re.fullmatch(r"(\d{1,3}) ?(?:份|次|个|天|个工作日)?", plain)
    if found is None:
        raise NotUnderstood(f"“{answer}”不是一个数 — 写半角数字，例如 --value 2")
    return {(): str(int(found[1]))}


def _copies(answer: str, around: Around) -> Values:
    found = _number(answer, around)
    if found[()] == "0":
        raise NotUnderstood("不收的写免交：问题编号末尾换成 exempt，--value 能")
    return found


def _date(answer: str, around: Around) -> Values:
    try:
        return {(): date.fromisoformat(answer).isoformat()}
    except ValueError:
        raise NotUnderstood(f"“{answer}”不是日期 — 写成 --value 2026-01-31") from None


def _clock(answer: str, around: Around) -> Values:
    found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", answer)
    if found is None:
        raise NotUnderstood(f"“{answer}”不是时刻 — 写成 --value 08:30")
    return {("at",): f"{int(found[1]):02}:{found[2]}"}


def _phone(answer: str, around: Around) -> Values:
    if (fault := phone_fault(answer)) is not None:
        raise NotUnderstood(" — ".join(fault))
    return {(): json.dumps(answer)}


def _address(answer: str, around: Around) -> Values:
    if (fault := address_fault(answer, around.hosts)) is not None:
        raise NotUnderstood(" — ".join(fault[1:]))
    return {(): json.dumps(answer, ensure_ascii=False)}


def _yes_no(answer: str, around: Around) -> Values:
    return {(): record(value=_either(answer), source=scalar(around.source))}


def _yes_no_plain(answer: str, around: Around) -> Values:
    return {(): _either(answer)}


def _either(answer: str) -> str:
    if answer in _YES:
        return "yes"
    if answer in _NO:
        return "no"
    raise NotUnderstood(f"“{answer}”看不出能不能 — 写 --value 能，或者 --value 不能；要说明怎么办的，写进文件")


def _handling(answer: str, around: Around) -> Values:
    value = "conditional" if answer in _SOME else None if answer not in _YES | _NO else _either(answer)
    if value is None:
        raise NotUnderstood(f"“{answer}”看不出是不是 — 写 --value 是、--value 否，或者 --value 有的")
    return {("value",): value, ("basis",): scalar(around.source)}


def _noon(answer: str, around: Around) -> Values:
    words = {
        "能受理也能办完": ("true", "true"),
        "能办完": ("true", "true"),
        "能受理不能办完": ("true", "false"),
        "不能办完": ("true", "false"),
        "能受理": ("true", "null"),
        "不办": ("false", "null"),
        "不能受理": ("false", "null"),
    }
    plain = re.sub("[，、, ]", "", answer)
    if plain not in words:
        raise NotUnderstood(f"“{answer}”没有说清 — 写 --value 能受理也能办完、能受理不能办完、能受理，或者不办")
    accepted, completed = words[plain]
    return {("accepted",): accepted, ("completed",): completed, ("source",): scalar(around.source)}


def _limit(answer: str, around: Around) -> Values:
    plain = answer.replace(" ", "")
    if plain in ("当场", "当场办结", "即办", "即来即办", "当场办完"):
        return {(): record(on_the_spot="true", source=scalar(around.source))}
    found = re.fullmatch(rf"(\d{{1,3}})({'|'.join(_UNITS)})(?:内)?", plain)
    if found is None:
        raise NotUnderstood(f"“{answer}”不是期限 — 写数字和单位，例如 --value 5个工作日，或者 --value 当场办结")
    return {(): record(value=str(int(found[1])), unit=_UNITS[found[2]], source=scalar(around.source))}


def _fee(answer: str, around: Around) -> Values:
    plain = answer.replace(" ", "")
    found = re.fullmatch(r"(\d{1,6})元?(?:/?[每一]?[件次本份])?", plain)
    if plain in _FREE:
        amount, text = "0", None
    elif found:
        amount, text = str(int(found[1])), None
    elif re.search(r"[\u4e00-\u9fff]", plain) and len(plain) > 3:
        amount, text = None, scalar(answer)
    else:
        raise NotUnderstood(
            f"“{answer}”不是收费 — 写 --value 不收费、--value 20元，或者怎么收：--value 按面积计，每平方米2元"
        )
    return {(): record(amount=amount, text=text, basis=None, evidence="practice")}


def _counter(answer: str, around: Around) -> Values:
    for name, id in around.counters.items():
        if answer in (name, id) or answer == name.split("（")[0]:
            return {(): id}
    raise NotUnderstood(f"没有窗口“{answer}” — 可用的有：{'、'.join(around.counters)}")


def _one_of(
    words: Mapping[str, str], *, whole: Callable[[str, Around], str] | None = None
) -> Callable[[str, Around], Values]:
    def read(answer: str, around: Around) -> Values:
        value = next((id for id, word in words.items() if answer in (id, word, word.rstrip("级"))), None)
        if value is None:
            raise NotUnderstood(f"“{answer}”不在可选的里面 — 可用的有：{'、'.join(words.values())}")
        return {(): whole(value, around) if whole else value}

    return read


def _ways(answer: str, around: Around) -> Values:
    short = {"窗口": "window", "邮寄": "mail", "自助机": "terminal", "电子证照": "electronic"}
    known = {**{word: id for id, word in WAYS.items()}, **short}
    given = [one for one in re.split("[、，, ]+", answer) if one]
    if wrong := [one for one in given if one not in known]:
        raise NotUnderstood(f"“{wrong[0]}”不在可选的里面 — 可用的有：{'、'.join(short)}，用顿号分开")
    return {(): f"[{', '.join(dict.fromkeys(known[one] for one in given))}]"}


def _names(answer: str, around: Around) -> Values:
    return {(): f"[{', '.join(scalar(one) for one in re.split('[、，]', answer) if one)}]"}


def _none(answer: str, around: Around) -> Values:
    if answer not in _NONE:
        raise NotUnderstood("没有的写 --value 没有；有的要写明依据，照 docs/checks.md 里的例子写进文件")
    return {(): "[]"}


def _bodies(answer: str, around: Around) -> Values:
    if answer in _NONE:
        return {(): "[]"}
    found = re.findall(r"([^（）、，；]+)（([^（）]+)）[、，；]?", answer)
    if not found or "".join(f"{name}（{role}）" for name, role in found) != re.sub("(?<=）)[、，；]", "", answer):
        raise NotUnderstood("没有的写 --value 没有；有的写部门和做什么：--value 某局（看图纸）、某局（会签）")
    told = (record(name=scalar(name), role=scalar(role), basis=None, evidence="practice") for name, role in found)
    return {(): f"[{', '.join(told)}]"}


def _reason(answer: str, around: Around) -> Values:
    return {(): record(text=scalar(answer))}


def _requirements(answer: str, around: Around) -> Values:
    if answer in _NONE:
        return {(): "[]"}
    return {(): f"[{record(text=scalar(answer), basis=None, evidence='practice')}]"}


def _code(answer: str, around: Around) -> Values:
    return {(): json.dumps(answer)}


def _running(answer: str, around: Around) -> Values:
    if answer not in ("实行了", "已经实行", "实行", "有", "是"):
        raise NotUnderstood("实行了的写 --value 实行了；还没有实行的不用写，问题会留在清单上")
    return {(): "running"}


def _paper(answer: str, around: Around) -> Values:
    forms = {"原件": "original", "复印件": "copy", "电子件": "electronic"}
    plain = answer.removeprefix("要").removeprefix("，")
    if answer in ("不要", "不收"):
        raise NotUnderstood(
            "不收的材料，请把文件里这一份整段删去（从 - name 到下一份前面）；先收、以后免交的，写 exempt"
        )
    if plain not in forms:
        raise NotUnderstood(f"“{answer}”没有说清收什么 — 写 --value 原件、复印件，或者电子件；不收的，从文件里删去")
    confirmed = record(on=around.on.isoformat(), by=scalar(around.by))
    return {("form",): forms[plain], ("confirmed",): confirmed}


def _file(answer: str, around: Around, *, edition: bool) -> Values:
    name, _, rest = answer.partition(" ")
    if name not in around.forms:
        raise NotUnderstood(
            f"catalog/forms/ 里没有“{name}” — 先把文件放进去，再写 --value 文件名{' 哪一版' if edition else ''}"
        )
    if not edition:
        return {(): record(file=name, source=scalar(around.source))}
    if not rest:
        raise NotUnderstood(f"没有写哪一版 — 写 --value '{name} 2024年版'")
    return {(): record(file=name, edition=scalar(rest), source=scalar(around.source))}


def _by_hand(answer: str, around: Around) -> Values:
    raise NotUnderstood("这一项要写明依据或者分情形，请直接改文件；怎么写，照 docs/checks.md 和旁边的事项")


_READERS: dict[str, Callable[[str, Around], Values]] = {
    "text": _text,
    "number": _number,
    "copies": _copies,
    "date": _date,
    "clock": _clock,
    "phone": _phone,
    "address": _address,
    "yes-no": _yes_no,
    "yes-no-plain": _yes_no_plain,
    "handling": _handling,
    "noon": _noon,
    "limit": _limit,
    "fee": _fee,
    "counter": _counter,
    "depth": _one_of(DEPTHS),
    "level": _one_of(LEVELS, whole=lambda value, around: record(value=value)),
    "reach": _one_of(REACHES, whole=lambda value, around: record(value=value, source=scalar(around.source))),
    "result-kind": _one_of({word: word for word in ("证照", "批文", "证明", "备案回执", "登记通知", "其他")}),
    "power": _one_of({word: word for word in ("法定本级", "授权", "委托")}),
    "ways": _ways,
    "names": _names,
    "none-or-by-hand": _none,
    "bodies": _bodies,
    "reason": _reason,
    "requirements": _requirements,
    "code": _code,
    "running": _running,
    "paper": _paper,
    "form": lambda answer, around: _file(answer, around, edition=True),
    "sample": lambda answer, around: _file(answer, around, edition=False),
    "by-hand": _by_hand,
}
