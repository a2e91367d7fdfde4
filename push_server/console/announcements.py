"""Pages of editors: what the centre announces, from the draft to the correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..notices import Unknown
from ..services import services
from ..voice import notices as rules
from ..voice.notices import NotAllowed, Notice
from . import notice_view, presets
from .announcement_form import ADDRESSED, NoticeForm, form_of, new_form, same
from .blueprint import Refused, console, me, needs, note, page
from .foresight import Foresight, foresee, foresee_cancelling
from .presets import PRESETS

EDITORS = ("editor", "admin")


@console.get("/announcements")
@needs(*EDITORS)
def announcements() -> Response:
    s = services()
    known = s.notices.listing()
    return page(
        "announcements.html",
        groups=notice_view.grouped(known, s.now()),
        ended={one.id: notice_view.ended(one, known, s.now()) for one in known},
        names=notice_view.GROUPS,
        presets=PRESETS,
        hints=presets.HINTS,
        **_people(),
    )


@console.get("/announcements/new")
@needs(*EDITORS)
def new_announcement() -> Response:
    if corrected := request.args.get("corrects"):
        return _correction(corrected)
    s = services()
    preset = request.args.get("preset", "other")
    since = request.args.get("since") or None
    if since is not None and not presets.CLOCK.fullmatch(since):
        raise Refused(400, "since-invalid", "从几点起写得不对，请写成 14:00 这样。")
    values = presets.filled(
        preset if preset in PRESETS else "other", s.published.current().calendar, s.clock(), since=since
    )
    return _edited(new_form(values))


@console.post("/announcements/new")
@needs(*EDITORS)
def add_announcement() -> ResponseReturnValue:
    return _save(NoticeForm(), None)


@console.post("/announcements/look")
@needs(*EDITORS)
def look_at_announcement() -> Response:
    """The preview of what is being typed; nothing is kept."""
    return page("_look.html", **_look(NoticeForm()))


@console.get("/announcements/<notice>")
@needs(*EDITORS)
def announcement(notice: str) -> Response:
    return _shown(_get(notice))


@console.get("/announcements/<notice>/edit")
@needs(*EDITORS)
def edit_announcement(notice: str) -> Response:
    found, now = _get(notice), services().now()
    try:
        rules.may_edit(found, now)
    except NotAllowed as error:
        return _shown(found, str(error))
    return _edited(form_of(found, now), found)


@console.post("/announcements/<notice>/edit")
@needs(*EDITORS)
def change_announcement(notice: str) -> ResponseReturnValue:
    return _save(NoticeForm(), _get(notice))


@console.post("/announcements/<notice>/approve")
@needs(*EDITORS)
def approve_announcement(notice: str) -> ResponseReturnValue:
    s = services()
    found = _get(notice)
    try:
        found = s.notices.approve(found.id, _who(), seen=request.form.get("seen", ""))
    except NotAllowed as error:
        found = _get(notice)
        if not (found.state == "approved" and found.approved_by == _who()):
            return _shown(found, str(error))
    _noted("notice-approved", found)
    return redirect(url_for("console.announcement", notice=notice))


@console.get("/announcements/<notice>/cancel")
@needs(*EDITORS)
def cancelling(notice: str) -> Response:
    found = _get(notice)
    try:
        rules.may_cancel(found, services().now())
    except NotAllowed as error:
        return _shown(found, str(error))
    is_out = _group(found) == "standing"
    foresight = foresee_cancelling(found) if is_out else Foresight()
    return page("announcement-cancel.html", notice=found, is_out=is_out, foresight=foresight, **_reach())


@console.post("/announcements/<notice>/cancel")
@needs(*EDITORS)
def cancel_announcement(notice: str) -> ResponseReturnValue:
    found = _get(notice)
    try:
        found = services().notices.cancel(found.id, _who())
    except NotAllowed as error:
        found = _get(notice)
        if found.state != "cancelled":
            return _shown(found, str(error))
    if found.cancelled_by == _who():
        _noted("notice-cancelled", found)
    return redirect(url_for("console.announcement", notice=notice))


def _correction(corrected: str) -> Response:
    """A new notice in place of one that is out; what it says so far is filled in."""
    found = _get(corrected)
    if _group(found) != "standing":
        raise Refused(409, "notice-not-out", "只有正在生效的公告才能更正，请回公告表看现在的情况。")
    form = form_of(found, services().now())
    form.seen.data, form.corrects.data = "", found.id
    return _edited(form)


def _save(form: NoticeForm, notice: Notice | None) -> ResponseReturnValue:
    """Keep what was filled in, or give it back with what is wrong."""
    submit = request.form.get("do") == "submit"
    if not form.validate_on_submit():
        return _edited(form, notice, 422)
    try:
        kept, is_new = _kept(form, notice, submit)
    except NotAllowed as error:
        return _edited(form, notice, 422, message=form.forbid(error))
    except Unknown:
        raise Refused(409, "notice-unknown", "要更正的那条公告不在了，请从公告表重新开始。") from None
    if is_new:
        _noted("notice-submitted" if submit else "notice-drafted", kept)
    return redirect(url_for("console.announcement", notice=kept.id))


def _kept(form: NoticeForm, notice: Notice | None, submit: bool) -> tuple[Notice, bool]:
    """The notice of a form, made once however often it is sent; and whether it was made or changed
    now. Raises ``NotAllowed``, ``Unknown``."""
    s = services()
    values = form.values()
    if notice is None:
        key = form.key.data or None
        before = s.store.notices.by_request(_who(), key) if key else None
        made = s.notices.draft(values, _who(), request_key=key, submit=submit)
        # Sent again with other words, after a look back: then it is these that count.
        if same(made, values, s.now()) and not (submit and made.state == "draft"):
            return made, before is None
        return s.notices.edit(made.id, values, _who(), submit=submit), True
    try:
        return s.notices.edit(notice.id, values, _who(), submit=submit, seen=form.seen.data or ""), True
    except NotAllowed:
        now = s.notices.get(notice.id)
        if now.created_by == _who() and same(now, values, s.now()) and (now.state == "submitted") == submit:
            return now, False
        raise


def _edited(form: NoticeForm, notice: Notice | None = None, status: int = 200, message: str | None = None) -> Response:
    if not form.key.data:
        form.key.data = new_form({}).key.data
    corrected = _get(form.corrects.data) if form.corrects.data else None
    return page(
        "announcement-edit.html", status, form=form, notice=notice, corrected=corrected, message=message, **_look(form)
    )


def _shown(notice: Notice, message: str | None = None) -> Response:
    s = services()
    known = s.notices.listing()
    state = _group(notice)
    pending = state in ("draft", "submitted", "waiting")
    return page(
        "announcement.html",
        409 if message else 200,
        notice=notice,
        state=state,
        ended=notice_view.ended(notice, known, s.now()),
        names=notice_view.GROUPS,
        is_own=notice.created_by == _who(),
        message=message,
        foresight=foresee(notice) if pending else Foresight(),
        corrected=next((one for one in known if one.id == notice.corrects), None),
        **_people(),
        **_reach(),
    )


def _look(form: NoticeForm) -> dict[str, Any]:
    """What the preview shows of a form, as far as it is filled in."""
    s = services()
    made, foresight, lacking = None, None, None
    try:
        made = s.notices.made({**form.values(), "title": form.title.data or "（标题）"}, _who())
        foresight = foresee(made)
    except NotAllowed as error:
        lacking = str(error)
    except Unknown:
        lacking = "要更正的那条公告不在了。"
    return {"looked": made, "foresight": foresight, "lacking": lacking, **_reach()}


def _reach() -> dict[str, Any]:
    """``reach`` gives the words about whom an audience has."""
    s = services()
    found = s.store.figures.audiences(s.now())
    return {"reach": {name: _people_of(found, name) for name in ADDRESSED}, "audiences": ADDRESSED}


def _people_of(found: Mapping[str, tuple[int, int]], audience: str) -> str:
    people, lately = found.get(audience, (0, 0))
    return f"{people} 人，一周内收到过消息的 {lately} 人" if people else "现在没有人"


def _people() -> dict[str, Any]:
    accounts = {one.name: one.shown for one in services().store.accounts.listing()}
    return {"who": lambda name: notice_view.who(name, accounts)}


def _group(notice: Notice) -> str:
    s = services()
    return notice_view.group(notice, {one.id for one in s.notices.standing()}, s.now())


def _get(notice: str) -> Notice:
    try:
        return services().notices.get(notice)
    except Unknown:
        raise Refused(404, "notice-unknown", "没有这条公告，请从公告表里选。") from None


def _noted(action: str, notice: Notice) -> None:
    """Once for each version, however often it was sent."""
    note(action, detail=f"{notice.title}（{notice.id}）", event=f"{action}:{notice.id}:{notice.version}")


def _who() -> str:
    return f"staff:{me().name}"
