"""Pages: one's own password and code, and the tablet in one's hand."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from ..services import limiter, services
from . import passwords, signing
from .blueprint import Refused, console, me, needs, note, page
from .door import TABLET, TABLET_DAYS
from .forms import OwnCodeForm, OwnPasswordForm, TabletForm
from .sessions import PATH


@console.get("/me")
@needs()
def own() -> Response:
    return _page()


@console.post("/me/password")
@limiter.limit("20/minute")
@needs()
def change_password() -> ResponseReturnValue:
    """Everybody who is signed in to the account is signed out but this browser."""
    _by_password()
    form = OwnPasswordForm()
    form.account = me().name
    if not form.validate_on_submit() or not _knows(form.old):
        return _page(422, password=form)
    account = me().account
    services().store.accounts.set_password(account.name, passwords.hashed(form.password.data))
    note("password-changed")
    signing.begin(account)
    return redirect(url_for("console.own", done="password"))


@console.post("/me/code")
@limiter.limit("20/minute")
@needs()
def set_code() -> ResponseReturnValue:
    _by_password()
    form = OwnCodeForm()
    if not form.validate_on_submit() or not _knows(form.present):
        return _page(422, code=form)
    s = services()
    s.store.accounts.set_code(me().name, passwords.hashed(form.code.data))
    s.store.attempts.forgive([("code", me().name)])
    note("code-set")
    return redirect(url_for("console.own", done="code"))


@console.post("/me/code/remove")
@needs()
def remove_code() -> ResponseReturnValue:
    _by_password()
    services().store.accounts.set_code(me().name, None)
    note("code-removed")
    return redirect(url_for("console.own", done="no-code"))


@console.post("/me/sign-out-everywhere")
@needs()
def sign_out_everywhere() -> ResponseReturnValue:
    note("signed-out-everywhere")
    services().store.staff_sessions.end_all(me().name)
    signing.forget()
    return redirect(url_for("console.sign_in"))


@console.post("/me/tablet")
@needs()
def enrol() -> ResponseReturnValue:
    """The browser that asks becomes a shared tablet: clerks may sign in there with their codes."""
    _by_password()
    form = TabletForm()
    if not form.validate_on_submit():
        return _page(422, tablet=form)
    s = services()
    secret = s.store.devices.enrol(form.tablet.data, me().name, s.now())
    if secret is None:
        form.tablet.errors = ["这个名字用过了，请换一个。"]
        return _page(422, tablet=form)
    note("tablet-enrolled", detail=form.tablet.data)
    response = redirect(url_for("console.own", done="tablet"))
    response.set_cookie(
        TABLET,
        secret,
        max_age=TABLET_DAYS * 86400,
        path=f"{request.script_root}{PATH}",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


DONE = {
    "password": "密码改好了，别处的登录都已退出。",
    "code": "短码设好了，可以在登记过的平板上用。",
    "no-code": "短码取消了。",
    "tablet": "这台平板登记好了。退出以后，同事可以在这里用短码登录。",
}


def _page(status: int = 200, **forms: OwnPasswordForm | OwnCodeForm | TabletForm) -> Response:
    fresh = {"password": OwnPasswordForm(formdata=None), "code": OwnCodeForm(formdata=None)}
    return page(
        "own.html",
        status,
        forms=fresh | {"tablet": TabletForm(formdata=None)} | forms,
        done=DONE.get(request.args.get("done", "")),
    )


def _by_password() -> None:
    if me().session.device is not None:
        raise Refused(403, "password-needed", "用短码登录时不能改这些，请退出，用密码登录。")


def _knows(field: PasswordField) -> bool:
    """Whether the present password is right; counted as an attempt to sign in is."""
    try:
        good = signing.with_password(me().name, field.data) is not None
    except signing.TooManyAttempts:
        field.errors = ["试错太多次，请过一会儿再试。"]
        return False
    if not good:
        field.errors = ["现在的密码不对。"]
    return good
