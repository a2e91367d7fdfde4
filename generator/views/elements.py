"""The view of the elements of the national list: what is known, in words. What is not is silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from ..catalog.forms import KINDS
from ..catalog.model.elements import Answered, FormFile
from ..catalog.model.matter import Confirmation, Matter
from ..catalog.model.record import Basis
from .element_words import DEPTHS, LEVELS, REACHES, WAYS, body_words, intermediary_words, not_counted_words
from .words import CENTRE, Claim, Context, cite, day


class Download(Struct, frozen=True, kw_only=True):
    """A file to take away: where it lies, and what it is called, with edition, kind and size."""

    path: str
    words: str
    source: str


class ElementsView(Struct, frozen=True, kw_only=True):
    """``None`` and empty is unknown, and is not spoken of. ``hours`` are those of a counter that does
    not keep the centre's; ``more_fee`` and ``more_result`` stand below fee and result; ``codes`` are
    (what, code)."""

    number: str | None
    hours: Claim | None
    appointment: Claim | None
    reach: Claim | None
    phone: str | None
    ask_online: str | None
    address: str | None
    mobile: str | None
    depth: str | None
    level: Claim | None
    bodies: tuple[Claim, ...]
    delegated_by: str | None
    not_counted: tuple[Claim, ...]
    visits_reason: Claim | None
    more_fee: tuple[Claim, ...]
    more_result: tuple[Claim, ...]
    result_sample: Download | None
    afterwards: tuple[Claim, ...]
    intermediary: tuple[Claim, ...]
    quota: Claim | None
    codes: tuple[tuple[str, str], ...]
    power_source: str | None
    until: str | None
    remedy: str | None
    complaint: str | None


def elements_view(matter: Matter, context: Context) -> ElementsView:
    laws = context.laws
    kinds = {kind.id: kind.numbers for kind in context.centre.counter_kinds}
    tables = {table.id: table for table in context.centre.other_hours}
    online, delivery = matter.online, matter.delivery

    def claim(text: str, basis: Basis | None, field: str, evidence: str | None = None) -> Claim:
        said = answer(matter.answers, field)
        source = cite(basis, laws) or said
        return Claim(text=text, evidence=evidence if basis else CENTRE if said else evidence, source=source)

    table = tables.get(matter.hours or "")
    return ElementsView(
        number=matter.window_number or kinds.get(matter.counter or ""),
        hours=None if table is None else Claim(text=table.text, source=context.origin(table.source)),
        appointment=matter.appointment
        and Claim(
            text="可以预约" if matter.appointment.value == "yes" else "不用预约，也不能预约",
            source="：".join(filter(None, (matter.appointment.rule, matter.appointment.source))),
        ),
        reach=matter.reach and Claim(text=f"{REACHES[matter.reach.value]}都能办", source=matter.reach.source),
        phone=matter.contact.phone,
        ask_online=matter.contact.online,
        address=online.address,
        mobile=online.mobile,
        depth=DEPTHS.get(online.depth or ""),
        level=matter.level and claim(LEVELS[matter.level.value], matter.level.basis, "level", "law"),
        bodies=tuple(
            claim(body_words(body), body.basis, "joint_bodies", body.evidence) for body in matter.joint_bodies or ()
        ),
        delegated_by=matter.delegated_by,
        not_counted=tuple(
            claim(not_counted_words(item), item.basis, "time_limit.not_counted", item.evidence)
            for item in matter.time_limit.not_counted or ()
        ),
        visits_reason=matter.visits_reason
        and claim(matter.visits_reason.text, matter.visits_reason.basis, "visits_reason", "law"),
        more_fee=tuple(_fee(matter, context)),
        more_result=(
            *(
                Claim(text=f"{what}{'可以' if told.value == 'yes' else '不能'}邮寄", source=told.source)
                for what, told in (("材料", delivery.papers_by_mail), ("结果", delivery.result_by_mail))
                if told is not None
            ),
            *([claim("、".join(WAYS[way] for way in delivery.ways), None, "delivery.ways")] if delivery.ways else ()),
        ),
        result_sample=matter.result.sample
        and Download(path=f"forms/{matter.result.sample.file}", words="看样子", source=matter.result.sample.source),
        afterwards=tuple(claim(duty.text, duty.basis, "afterwards", duty.evidence) for duty in matter.afterwards or ()),
        intermediary=tuple(
            claim(intermediary_words(item), item.basis, "intermediary", item.evidence)
            for item in matter.intermediary or ()
        ),
        quota=matter.quota and claim(matter.quota.text, matter.quota.basis, "quota", "law"),
        codes=tuple(
            (word, code)
            for word, code in (
                ("基本编码", matter.codes.national),
                ("实施编码", matter.codes.local),
                ("业务办理项编码", matter.codes.item),
            )
            if code
        ),
        power_source=matter.power_source,
        until=_until(matter.valid_from, matter.valid_until),
        remedy=remedy_words(context) if matter.type != "公共服务" else None,
        complaint=context.complaint,
    )


def _fee(matter: Matter, context: Context) -> Iterable[Claim]:
    fee = matter.fee
    if fee is None or fee.amount == 0:
        return
    if fee.online_payment is not None:
        text = "可以网上交费" if fee.online_payment == "yes" else "不能网上交费"
        yield Claim(text=text, evidence=CENTRE, source=answer(matter.answers, "fee.online_payment"))
    for reduction in fee.reductions or ():
        yield Claim(
            text=f"{reduction.who}：{reduction.text}", evidence="law", source=cite(reduction.basis, context.laws)
        )


def _until(first: date | None, last: date | None) -> str | None:
    told = (f"从{day(first)}起" if first else "", f"到{day(last)}为止" if last else "")
    return "，".join(filter(None, told)) or None


def remedy_words(context: Context) -> str | None:
    """What one can do against a decision, in half a sentence; the page on supervision tells the rest."""
    remedy = context.remedy
    if remedy is None:
        return None
    review, suit = remedy.review, remedy.suit
    return f"{review.within_days} 日内申请行政复议，或者 {suit.within_months} 个月内起诉"


def answer(answers: Iterable[Answered], field: str) -> str | None:
    """Who has given the value of a field, in words."""
    return next((said(item) for item in answers if item.field == field), None)


def said(word: Answered | Confirmation) -> str:
    return f"{word.by}，{day(word.on)}"


def confirmed(claim: Claim, word: Confirmation | None) -> Claim:
    """``claim``, of which the centre has said that it is right."""
    if word is None:
        return claim
    source = "；".join(filter(None, (said(word), claim.source)))
    return Claim(text=claim.text, evidence=CENTRE, source=source)


def download(form: FormFile | None, what: str, context: Context) -> Download | None:
    """A form to take away: 空白表（2024年版，PDF，35 kB）."""
    if form is None:
        return None
    size = context.forms.get(form.file)
    told = (form.edition, KINDS.get(form.file.rpartition(".")[2], ""), f"{-(-size // 1000)} kB" if size else "")
    return Download(path=f"forms/{form.file}", words=f"{what}（{'，'.join(filter(None, told))}）", source=form.source)
