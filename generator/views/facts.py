"""Single facts of a matter in words: how fast, at noon, what it costs, whether somebody comes to look."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..catalog.model.matter import Fee, Handling, Matter
from ..catalog.venues import at_window
from .cases import short_limits
from .place import place_short
from .words import CENTRE, Claim, Context, term, unsure

CHECK = {"yes": "要现场核查", "no": "不用现场核查", "conditional": "必要时现场核查"}
ONLINE = {"yes": "可以网上办", "no": "不能网上办", "conditional": "有的情形可以网上办"}


_OTHERS = re.compile("[《“〔]|报道|转载")
_OLDER = re.compile("取代|年文本|年版|转载")


def handled(handling: Handling, words: Mapping[str, str]) -> Claim | None:
    text = words.get(handling.value)
    return None if text is None else Claim(text=text, evidence=rests_on(handling.basis), source=handling.basis)


def rests_on(basis: str | None) -> str | None:
    """The grade of an answer, by the words in which its basis is told: an article of a law needs none; what
    somebody else writes, or an older edition, is a hint; what is but usual, says so, or names nobody."""
    if basis is None:
        return None
    if "通行做法" in basis or not _OTHERS.search(basis):
        return "practice"
    return None if re.search("》第.+条", basis) and not _OLDER.search(basis) else "guide"


def four_facts(matter: Matter, context: Context) -> tuple[tuple[str, bool], ...]:
    """At most four facts as words: how fast, at noon (or where, if not at a window), what it costs,
    whether somebody comes to look. ``False`` marks one that is not known, and that one has to know before
    one goes."""
    limit, noon = matter.time_limit, matter.noon_service
    promised = limit.promised
    plan = "（计划）" if promised is not None and context.announced(promised.source) else ""
    if promised is not None and promised.on_the_spot:
        speed = f"即来即办{plan}"
    elif promised is not None and promised.value is not None and promised.unit is not None:
        pause = " " if promised.value else ""
        speed = f"承诺{pause}{term(promised.value, promised.unit)}{plan}"
    else:
        speed = short_limits(matter)
    at_noon = {None: "", True: "午间可办" if noon.completed else "午间可受理", False: "午间不办"}[noon.accepted]
    at_noon += "（计划）" if noon.accepted and context.announced(noon.source) else ""
    fee = "" if matter.fee is None else fee_words(matter)
    looked = handled(matter.on_site_check, CHECK)
    check = "" if looked is None else looked.text + unsure(looked.evidence)
    words = [("办多久", speed), ("午间能不能办", at_noon), ("收不收费", fee)]
    if not at_window(matter):
        # Of the centre's noon nothing is true elsewhere; where that is, helps to choose.
        words[1] = ("在哪儿办", place_short(matter.place and matter.place.kind))
    elif not context.offers.noon:
        del words[1]
    asked = tuple((word, True) if word else (f"{asked}：待中心确认", False) for asked, word in words)
    return (*asked, (check, True)) if check else asked


def fee_words(matter: Matter) -> str:
    """In short, with its mark where the article was not read; nothing where it is not known."""
    return (
        "" if matter.fee is None else _price(matter.fee) + unsure(matter.fee.evidence if matter.fee.basis else CENTRE)
    )


def amount_words(fee: Fee) -> str:
    """What it costs, with all that is to be said of it."""
    return _price(fee) + (f"，{fee.text}" if fee.text else "")


def _price(fee: Fee) -> str:
    if fee.amount is None:
        return "收费看说明"
    return f"收费 {fee.amount} 元" if fee.amount else "不收费"


def noon_words(matter: Matter, context: Context) -> str | None:
    """Whether one may come at noon, in a sentence."""
    noon = matter.noon_service
    if noon.accepted is None:
        return None
    if not noon.accepted:
        return "午间不办这件事"
    if context.announced(noon.source):
        return f"午间能受理{'、能办完' if noon.completed else ''}是已经宣布的计划，有没有实行待中心确认"
    if noon.completed is None:
        return "午间能受理；当场能不能办完，待中心确认"
    return "午间能受理，也能办完" if noon.completed else "午间能受理，不能当场办完"


def noon_state(matter: Matter, context: Context) -> str:
    """For scripts; a plan is no promise yet."""
    noon = matter.noon_service
    if noon.accepted is None or (noon.accepted and context.announced(noon.source)):
        return "unknown"
    if not noon.accepted:
        return "no"
    return "done" if noon.completed else "accepted"


def promised_limit(matter: Matter, context: Context) -> Claim | None:
    promised = matter.time_limit.promised
    if promised is None:
        return None
    if promised.on_the_spot:
        text = "即来即办"
    elif promised.value is not None and promised.unit is not None:
        text = term(promised.value, promised.unit)
    else:
        return None
    if promised.provided:
        text += f"（条件：{promised.provided}）"
    if context.announced(promised.source):
        text += "，是已经宣布的计划，有没有实行待中心确认"
    return Claim(text=text, source=context.origin(promised.source))
