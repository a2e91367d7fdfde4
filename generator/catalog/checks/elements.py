"""The elements of the national list: no value without who said it, terms and addresses that hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from ..index import Index
from ..lines import Field, Lines
from ..model.centre import Centre
from ..model.elements import Answered
from ..model.lists import Places
from ..model.matter import Matter
from ..model.services import Hall, Supervision
from ..problems import Problem, instead

CODES = {
    "value-unsourced": "写了内容，却没有说是谁说的、出自哪里",
    "answer-empty": "answers 里答复的那一项没有内容",
    "term-half": "天数、单位和依据要一起写",
    "afterwards-when": "办完以后要做的事，没有写清什么时候",
    "address-form": "网址的写法不对",
    "address-host": "网址不是 gov.cn 的，也不在 centre.yml 的 online_hosts 里",
    "address-offline": "写了网上办的网址，online 却没有写能网上办",
    "phone-form": "电话的写法不对",
    "code-shape": "事项编码的写法不对",
    "hours-unknown": "centre.yml 的 other_hours 里没有这张时间表",
    "intermediary-paper": "中介服务写的材料，这个事项里没有",
    "valid-order": "到期的日子早于生效的日子",
}

BARE = ("window_number", "delegated_by", "power_source", "themes", "valid_from", "valid_until")
"""Keys whose value has no room for a source: ``answers`` tells it."""
BARE_IN = {
    "codes": ("national", "local", "item"),
    "contact": ("phone", "online"),
    "delivery": ("ways",),
    "online": ("address", "mobile", "depth"),
    "fee": ("online_payment",),
    "result": ("kind",),
}
ADDRESSES = (("contact", "online"), ("online", "address"), ("online", "mobile"))
WITH_BASIS = ("level", "visits_reason", "quota", "joint_bodies", "intermediary", "afterwards")
"""Records that name a basis, or are told by the centre."""

_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{5,39}")
_PHONE = re.compile(r"(?:0[0-9]{2,3}-?)?[1-9][0-9]{2,10}(?:-[0-9]{1,6})?")
_YEARLY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ANSWER = "补上 answers：`- {field: %s, by: 谁说的, on: 哪天}`（guide confirm 会写），不知道的改回 null"


def check_sourced(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A value says who gave it: its own basis, or an answer."""
    told = {answer.field for answer in matter.answers}
    for field in _bare(matter):
        name = ".".join(field)
        if name not in told:
            yield lines.problem(field, "value-unsourced", f"{name} 没有说是谁说的", _ANSWER % name)
    for name in WITH_BASIS:
        value = getattr(matter, name)
        several = isinstance(value, tuple)
        for position, item in enumerate(value if several else filter(None, (value,))):
            if item.basis is None and name not in told:
                field = (name, position) if several else (name,)
                hint = f"写出 basis（law 和 article）；中心说的，{_ANSWER % name}"
                yield lines.problem(field, "value-unsourced", f"{name} 没有依据", hint)
    for position, item in enumerate(matter.time_limit.not_counted or ()):
        if item.basis is None and "time_limit.not_counted" not in told:
            hint = f"写出 basis（law 和 article）；中心说的，{_ANSWER % 'time_limit.not_counted'}"
            yield lines.problem(("time_limit", "not_counted", position), "value-unsourced", "不算的时间没有依据", hint)
    for position, line in enumerate(matter.materials):
        asked = {answer.field for answer in line.answers}
        for number, requirement in enumerate(line.requirements or ()):
            if requirement.basis is None and "requirements" not in asked:
                field = ("materials", position, "requirements", number)
                hint = f"写出 basis（law 和 article）；中心说的，在这份材料里{_ANSWER % 'requirements'}"
                yield lines.problem(field, "value-unsourced", f"“{line.name}”的格式要求没有依据", hint)
    if matter.fee is not None and matter.fee.basis is None and "fee" not in told:
        hint = f"写出 basis（law 和 article）；中心说的，{_ANSWER % 'fee'}"
        yield lines.problem(("fee",), "value-unsourced", "fee 没有依据", hint)


def _bare(matter: Matter) -> Iterator[tuple[str, ...]]:
    for name in BARE:
        if getattr(matter, name) is not None:
            yield (name,)
    for name, fields in BARE_IN.items():
        record = getattr(matter, name)
        for field in fields:
            if record is not None and getattr(record, field) is not None:
                yield name, field


def check_answers(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """What was answered is there to be read."""
    yield from _answers(matter, lines)
    for position, material in enumerate(matter.materials):
        yield from _answers(material, lines, ("materials", position))


def check_answers_file(record: Centre | Hall | Places | Supervision, lines: Lines) -> Iterator[Problem]:
    """What was answered of the centre is there to be read."""
    yield from _answers(record, lines)


def _answers(record: Struct, lines: Lines, field: Field = ()) -> Iterator[Problem]:
    answers: tuple[Answered, ...] = record.answers  # type: ignore[attr-defined]
    for position, answer in enumerate(answers):
        if value_at(record, answer.field) is None:
            hint = "核对 field 的写法；那一项又不知道了的，删去这一条"
            sentence = f"“{answer.field}”是空的，或者没有这一项"
            yield lines.problem((*field, "answers", position), "answer-empty", sentence, hint)


def value_at(record: object, way: str) -> object:
    """What stands at ``way``: fields, and entries of lists by their id; ``None`` where nothing does."""
    for name in way.split("."):
        if isinstance(record, tuple):
            record = next((item for item in record if getattr(item, "id", None) == name), None)
        else:
            record = getattr(record, name, None)
    return record


def check_terms(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Days have a unit and somebody who says so; what comes afterwards says when."""
    told = {answer.field for answer in matter.answers}
    for field, item in _terms(matter):
        if (item.days is None) != (item.unit is None):
            hint = "写 days（数字）和 unit（working_days、days 或者 months）；没有来源的两个都删去"
            yield lines.problem(field, "term-half", "天数和单位只写了一个", hint)
        elif item.days is not None and item.basis is None and str(field[0]) not in told:
            hint = f"补上 basis（law 和 article）；中心说的，{_ANSWER % field[0]}；没有来源的删去 days 和 unit"
            yield lines.problem(field, "term-half", "写了天数，没有依据", hint)
    for position, duty in enumerate(matter.afterwards or ()):
        where = ("afterwards", position)
        if duty.date is not None and not _YEARLY.fullmatch(duty.date):
            hint = "写成两位月、两位日，例如 06-30"
            yield lines.problem((*where, "date"), "afterwards-when", f"“{duty.date}”不是一年里的一天", hint)
        wanted = {"by": duty.date, "within": duty.days, "from": duty.date or duty.days}[duty.kind]
        if wanted is None:
            key = {"by": "date（月-日）", "within": "days 和 unit", "from": "date（月-日），或者 days 和 unit"}[
                duty.kind
            ]
            hint = f"补上 {key}；条文没有说什么时候的，kind 换一种"
            yield lines.problem(where, "afterwards-when", f"kind: {duty.kind} 没有写什么时候", hint)


def _terms(matter: Matter) -> Iterator[tuple[Field, Struct]]:
    for name, items in (
        ("steps", [(at, step) for at, step in enumerate(matter.steps) if not isinstance(step, str)]),
        ("afterwards", list(enumerate(matter.afterwards or ()))),
    ):
        for position, item in items:
            yield (name, position), item  # type: ignore[misc]
    for position, item in enumerate(matter.time_limit.not_counted or ()):
        yield ("time_limit", "not_counted", position), item


def check_shapes(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Codes, telephone numbers, dates: as they can be at all. Lengths of codes are not judged: the
    text of the standard was not seen."""
    for name in ("national", "local", "item"):
        code = getattr(matter.codes, name)
        if code is not None and not _CODE.fullmatch(code):
            hint = "照清单抄写：6 到 40 位数字和大写字母，中间可以有连字符；不知道写 null"
            yield lines.problem(("codes", name), "code-shape", f"“{code}”不像事项编码", hint)
    if (found := phone_fault(matter.contact.phone)) is not None:
        yield lines.problem(("contact", "phone"), "phone-form", *found)
    if matter.valid_from is not None and matter.valid_until is not None and matter.valid_until < matter.valid_from:
        sentence = f"{matter.valid_until} 早于 {matter.valid_from}"
        yield lines.problem(("valid_until",), "valid-order", sentence, "核对两个日期")
    if matter.online.value not in ("yes", "conditional"):
        for name in ("address", "mobile"):
            if getattr(matter.online, name) is not None:
                hint = "能网上办的，online.value 改为 yes 或者 conditional，并写依据；不能的，网址改回 null"
                sentence = f"写了 {name}，online 写的是 {matter.online.value}"
                yield lines.problem(("online", name), "address-offline", sentence, hint)


def check_intermediary(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A service of others is for papers that the matter asks for."""
    names = [material.name for material in matter.materials]
    for position, item in enumerate(matter.intermediary or ()):
        for number, paper in enumerate(item.papers):
            if paper not in names:
                where = ("intermediary", position, "papers", number)
                hint = instead(paper, names, "写成材料里的名称，一字不差")
                yield lines.problem(where, "intermediary-paper", f"没有材料“{paper}”", hint)


def check_addresses(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Addresses are of the state's own sites, or of those that the centre has listed."""
    if index.hosts is None:
        return
    for record, name in ADDRESSES:
        if (address := getattr(getattr(matter, record), name)) is not None:
            yield from _address((record, name), address, index.hosts, lines)


def check_hours_table(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Hours of its own are those of a table of centre.yml."""
    if index.other_hours is not None and matter.hours is not None and matter.hours not in index.other_hours:
        known = "、".join(sorted(index.other_hours)) or "还没有"
        hint = f"先写进 centre.yml 的 other_hours（现在有：{known}），或者改为 null"
        yield lines.problem(("hours",), "hours-unknown", f"没有时间表“{matter.hours}”", hint)


def check_complaint(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """Numbers and addresses for complaints can be dialled and opened."""
    complaint = centre.complaint
    if complaint is None:
        return
    yield from unsourced(centre, (f"complaint.{name}" for name in ("phone", "online", "letter")), lines)
    if (found := phone_fault(complaint.phone)) is not None:
        yield lines.problem(("complaint", "phone"), "phone-form", *found)
    if complaint.online is not None:
        yield from _address(("complaint", "online"), complaint.online, frozenset(centre.online_hosts), lines)


def check_centre_phones(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """The centre's own number and the hotline can be dialled. Zeros alone stand where a new centre has
    not written its own yet."""
    for name in ("phone", "hotline"):
        number = getattr(centre, name)
        if number and number.strip("0-") and (found := phone_fault(number)) is not None:
            yield lines.problem((name,), "phone-form", *found)


def check_place_phones(places: Places, lines: Lines) -> Iterator[Problem]:
    """The numbers of the service places can be dialled."""
    for position, place in enumerate(places.places):
        if (found := phone_fault(place.phone)) is not None:
            yield lines.problem(("places", position, "phone"), "phone-form", *found)


def check_remedy(supervision: Supervision, lines: Lines) -> Iterator[Problem]:
    """At which body and which court: the centre's own word."""
    if supervision.remedy is not None:
        ways = ("remedy.review.body", "remedy.review.address", "remedy.suit.court")
        yield from unsourced(supervision, ways, lines)


def unsourced(record: Centre | Supervision, ways: Iterable[str], lines: Lines) -> Iterator[Problem]:
    """Values of ``ways`` that nobody is said to have given."""
    told = {answer.field for answer in record.answers}
    for way in ways:
        if way not in told and value_at(record, way) is not None:
            yield lines.problem(tuple(way.split(".")), "value-unsourced", f"{way} 没有说是谁说的", _ANSWER % way)


def phone_fault(number: str | None) -> tuple[str, str] | None:
    """Sentence and hint for what is no telephone number."""
    if number is None or _PHONE.fullmatch(number):
        return None
    return f"“{number}”不是电话号码", "写数字，区号后面可以有一个连字符，例如 0431-80000000；整个加引号"


def address_fault(address: str, hosts: frozenset[str]) -> tuple[str, str, str] | None:
    """Code, sentence and hint for an address that does not lead to one of the state's own sites."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.username or re.search(r"\s", address):
        return "address-form", f"“{address}”不是网址", "从浏览器地址栏整个复制，以 https:// 开头"
    if found := re.search("[\u2000-\u206f\u3000-\u303f\uff00-\uffef]|[.,;)]$", address):
        return "address-form", f"“{address}”里的“{found[0]}”不是网址的一部分", f"删去“{found[0]}”"
    if port is None and (host == "gov.cn" or host.endswith(".gov.cn") or host in hosts):
        return None
    hint = "核对是不是政府自己的网站；是的话，先把域名写进 centre.yml 的 online_hosts"
    return "address-host", f"“{host}”不在可以用的网站里", hint


def _address(field: Field, address: str, hosts: frozenset[str], lines: Lines) -> Iterator[Problem]:
    if (found := address_fault(address, hosts)) is not None:
        yield lines.problem(field, *found)
