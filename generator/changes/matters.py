"""What changed in one matter, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..catalog.limits import APPLICANT, AUTHORITY
from ..catalog.model.matter import Situation
from ..catalog.model.record import Option
from ..views.place import place_short
from ..views.words import FORMS, UNITS, condition
from .elements import element_changes
from .raw import Plain

ASK = "待中心确认"
_GRADES = {"law": "依据", "guide": "参考", "practice": "待确认"}
_NEEDED = {"window": "带到窗口", "on_site": "现场核验时交", "deferrable": "可以后补"}
_ANSWERS = {"yes": "是", "no": "否", "conditional": "看情形", "unknown": ASK}


def matter_changes(old: Plain, new: Plain, titles: Mapping[str, str]) -> Iterator[str]:
    """The changes of one matter; ``titles`` are those of the laws by id."""
    for word, say in _FIELDS:
        before, after = say(old), say(new)
        if before != after:
            yield f"{word}：{_shortened(before, after)}{_unsure(word, new)}"
    yield from _grades(old, new)
    yield from _papers(old, new)
    yield from _points("条件", _texts(old, "conditions"), _texts(new, "conditions"))
    yield from _points("种类", old.get("variants") or (), new.get("variants") or ())
    yield from _points("依据", _laws(old, titles), _laws(new, titles))
    if (steps := _steps(new)) != _steps(old):
        yield f"办理步骤改为：{'；'.join(steps) or ASK}"
    yield from element_changes(old, new)
    yield from _questions(old, new)


def _shortened(before: str, after: str) -> str:
    """5 → 3 个工作日: what both have at the end is said once."""
    first, _, unit = before.partition(" ")
    second, _, other = after.partition(" ")
    if unit and unit == other and first.isdigit() and second.isdigit():
        return f"{first} → {second} {unit}"
    return f"{before} → {after}"


# --- single answers -----------------------------------------------------------------------


def _statutory(matter: Plain) -> str:
    limit = (matter.get("time_limit") or {}).get("statutory")
    if not limit:
        return ASK
    cases = [f"{_when(case, matter)}{_period(case)}" for case in limit.get("cases") or ()]
    return "；".join([*cases, f"其他情形{_period(limit)}" if cases else _period(limit)])


def _deadlines(matter: Plain) -> str:
    """Whose, in which case, until when; a matter of before there were cases has one."""
    told = matter.get("deadlines")
    if told is None and (old := matter.get("applicant_deadline")) is not None:
        told = [old]
    if told is None:
        return ASK
    return "；".join(_deadline(item, matter) for item in told) or "条文没有规定"


def _deadline(item: Plain, matter: Plain) -> str:
    who = item.get("who") or APPLICANT
    by = "" if who == APPLICANT else f"（{'办理机关' if who == AUTHORITY else who}）"
    case = f"{_when(item, matter)}，" if item.get("when") else ""
    return f"{case}{item.get('text') or ''}{by}{_mark(item)}"


def _period(limit: Plain) -> str:
    if str(limit.get("value")) == "0":
        return "当天办结"
    note = f"（{limit['note']}）" if limit.get("note") else ""
    return f"{limit.get('value')} {UNITS.get(limit.get('unit') or '', '')}{note}"


def _promised(matter: Plain) -> str:
    limit = (matter.get("time_limit") or {}).get("promised")
    if not limit:
        return ASK
    if limit.get("on_the_spot") == "true":
        text = "即来即办"
    else:
        text = _period({key: limit.get(key) for key in ("value", "unit")})
    return text + (f"（条件：{limit['provided']}）" if limit.get("provided") else "")


def _place(matter: Plain) -> str:
    """Where; a matter of before this was asked was taken for one of the window."""
    place = matter.get("place") or ({} if "place" in matter else {"kind": "window"})
    kind = place.get("kind")
    told = place.get("name") or {"window": "中心的窗口"}.get(kind or "", place_short(kind)) or ASK
    return told + (f"（{place['how']}）" if place.get("how") else "")


def _noon(matter: Plain) -> str:
    noon = matter.get("noon_service") or {}
    if noon.get("accepted") is None:
        return ASK
    if noon["accepted"] != "true":
        return "不办"
    return {"true": "能受理，也能办完", "false": "能受理，不能当场办完"}.get(noon.get("completed") or "", "能受理")


def _fee(matter: Plain) -> str:
    fee = matter.get("fee")
    if not fee:
        return ASK
    amount = fee.get("amount")
    text = "看说明" if amount is None else "不收费" if amount == "0" else f"{amount} 元"
    return text + (f"（{fee['text']}）" if fee.get("text") else "")


def _answer(field: str) -> Callable[[Plain], str]:
    return lambda matter: _ANSWERS.get((matter.get(field) or {}).get("value") or "", ASK)


def _within(field: str, key: str) -> Callable[[Plain], str]:
    return lambda matter: (matter.get(field) or {}).get(key) or ASK


def _plain(field: str) -> Callable[[Plain], str]:
    return lambda matter: matter.get(field) or ASK


def _confirmed(matter: Plain) -> str:
    confirmed = matter.get("confirmed")
    return f"已确认（{confirmed.get('by')}，{confirmed.get('on')}）" if confirmed else "还没有"


_FIELDS: tuple[tuple[str, Callable[[Plain], str]], ...] = (
    ("名称", _plain("name")),
    ("法定时限", _statutory),
    ("承诺时限", _promised),
    ("午间", _noon),
    ("收费", _fee),
    ("在哪儿办", _place),
    ("窗口", _plain("counter")),
    ("谁审批", _plain("authority")),
    ("谁能办", lambda matter: "、".join(matter.get("applicants") or ()) or ASK),
    ("跑几次", _plain("visits")),
    ("网上能不能办", _answer("online")),
    ("要不要现场核查", _answer("on_site_check")),
    ("什么时候来", _deadlines),
    ("结果文书", _within("result", "document")),
    ("有效期", _within("result", "validity")),
    ("上门代办", lambda matter: "可以" if matter.get("zero_visit") else ASK),
    ("说明", lambda matter: matter.get("note") or "没有"),
    ("中心确认", _confirmed),
)


_GRADED: dict[str, Callable[[Plain], Plain | None]] = {
    "法定时限": lambda matter: (matter.get("time_limit") or {}).get("statutory"),
    "收费": lambda matter: matter.get("fee"),
}


def _unsure(word: str, matter: Plain) -> str:
    """The mark of a new answer that no article has been read for."""
    return _mark(_GRADED[word](matter) or {}) if word in _GRADED else ""


def _mark(claim: Plain) -> str:
    grade = claim.get("evidence")
    return f"（{_GRADES[grade]}）" if grade in ("guide", "practice") else ""


def _grades(old: Plain, new: Plain) -> Iterator[str]:
    """How sure the answers are, where both were known."""
    for word, pick in _GRADED.items():
        before, after = pick(old), pick(new)
        if before and after and before.get("evidence") != after.get("evidence"):
            yield f"{word}的把握：{_GRADES.get(before.get('evidence'), ASK)} → {_GRADES.get(after.get('evidence'), ASK)}"


# --- lists --------------------------------------------------------------------------------


def _points(word: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    before, after = Counter(old), Counter(new)
    for text in after - before:
        yield f"加了一个{word}「{text}」" if word != "依据" else f"加了依据{text}"
    for text in before - after:
        yield f"去掉一个{word}「{text}」" if word != "依据" else f"去掉依据{text}"


def _texts(matter: Plain, field: str) -> list[str]:
    return [item.get("text") or "" for item in matter.get(field) or ()]


def _laws(matter: Plain, titles: Mapping[str, str]) -> list[str]:
    return [
        f"《{titles.get(basis.get('law') or '', basis.get('law') or '').strip('《》')}》{basis.get('article') or ''}"
        for basis in matter.get("legal_basis") or ()
    ]


def _steps(matter: Plain) -> list[str]:
    """The steps with their terms: from the files, where a step may be a record, and from what was
    published, where its details stand beside."""
    details = {str(item.get("step")): item for item in matter.get("step_details") or ()}
    told = []
    for number, step in enumerate(matter.get("steps") or (), 1):
        detail = step if isinstance(step, dict) else details.get(str(number)) or {}
        text = step.get("text") or "" if isinstance(step, dict) else step
        told.append(
            f"{text}（{detail['days']} {UNITS.get(detail.get('unit') or '', '')}）" if detail.get("days") else text
        )
    return told


def _questions(old: Plain, new: Plain) -> Iterator[str]:
    before = {item.get("question"): item.get("answer") for item in old.get("faq") or ()}
    after = {item.get("question"): item.get("answer") for item in new.get("faq") or ()}
    for question, answer in after.items():
        if question not in before:
            yield f"加了一个问答「{question}」"
        elif before[question] != answer:
            yield f"问答「{question}」改为：{answer}"
    for question in before:
        if question not in after:
            yield f"去掉一个问答「{question}」"


def _papers(old: Plain, new: Plain) -> Iterator[str]:
    before, after = _numbered(old), _numbered(new)
    for key, paper in after.items():
        if key not in before:
            told = "，".join(text for _, text in _paper(paper, new) if text)
            yield f"加了一件材料「{paper.get('name')}」（{told}）"
    for key, paper in before.items():
        if key not in after:
            yield f"去掉一件材料「{paper.get('name')}」"
            continue
        for (word, was), (_, now) in zip(_paper(paper, old), _paper(after[key], new), strict=True):
            if was != now:
                yield f"材料「{paper.get('name')}」{word}：{was or '没有写'} → {now or '没有写'}"


def _numbered(matter: Plain) -> dict[tuple[str, int], Plain]:
    """The papers by name; two of the same name are told apart by their order."""
    seen: Counter[str] = Counter()
    found = {}
    for paper in matter.get("materials") or ():
        name = paper.get("name") or ""
        seen[name] += 1
        found[name, seen[name]] = paper
    return found


def _paper(paper: Plain, matter: Plain) -> tuple[tuple[str, str], ...]:
    """What is asked of a paper: (word, answer)."""
    terms = paper.get("deferral") or {}
    days = terms.get("within_working_days")
    return (
        ("什么时候交", _NEEDED.get(paper.get("needed") or "", "")),
        ("原件还是复印件", FORMS.get(paper.get("form") or "", "")),
        ("份数", f"{paper['copies']} 份" if paper.get("copies") else ""),
        ("什么情形要", _when(paper, matter)),
        ("后补的期限", f"{days} 个工作日内补齐" if days else ""),
        ("后补的承诺", terms.get("promise") or ""),
        ("空白表", (paper.get("blank_form") or {}).get("edition") or ""),
        ("样表", (paper.get("sample") or {}).get("edition") or ""),
        ("格式要求", "；".join(item.get("text") or "" for item in paper.get("requirements") or ())),
        ("能不能免交", {"yes": "能", "no": "不能"}.get((paper.get("exempt") or {}).get("value") or "", "")),
        ("把握", _GRADES.get(paper.get("evidence") or "", "")),
    )


def _when(item: Plain, matter: Plain) -> str:
    """In which case a paper, a limit or a deadline counts."""
    situations = [
        Situation(
            id=item.get("id") or "",
            question=item.get("question") or "",
            options=tuple(
                Option(id=option.get("id") or "", label=option.get("label") or "")
                for option in item.get("options") or ()
            ),
        )
        for item in matter.get("situations") or ()
    ]
    try:
        text = condition(item.get("when"), situations)
    except ValueError:  # an expression of an older form
        return item.get("when") or ""
    return f"当{text}时" if text else "都要"
