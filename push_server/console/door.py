"""Pages: signing in and out, the first page."""

from __future__ import annotations

import math
from collections.abc import Callable

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ..services import limiter, services
from ..store.accounts import Account
from ..store.devices import Device
from . import signing
from .blueprint import Refused, console, me, needs, note, page
from .forms import CodeSignInForm, SignInForm, options
from .sessions import PATH

TABLET = "guide-tablet"
"""The cookie of an enrolled tablet; its value is a secret of 256 bits."""
TABLET_DAYS = 400


@console.get("/")
@needs()
def home() -> Response:
    staff = me()
    return page("home.html", tablet=tablet(), by_code=staff.session.device is not None)


@console.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("60/minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("console.home"))
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        account = _tried(lambda: signing.with_password(form.name.data, form.password.data))
        if account is not None:
            signing.begin(account)
            return redirect(_onward(form.next.data))
        form.password.errors = ["账号或者密码不对。忘了密码，请管理员重设。"]
    return page("sign-in.html", 200 if request.method == "GET" else 422, form=form, tablet=tablet())


@console.route("/sign-in/code", methods=["GET", "POST"])
@limiter.limit("30/minute", methods=["POST"])
def sign_in_code() -> ResponseReturnValue:
    """On enrolled tablets only."""
    device = tablet()
    if device is None:
        raise Refused(403, "tablet-unknown", "这台设备没有登记，不能用短码。请用密码登录。")
    form = CodeSignInForm()
    clerks = [account for account in services().store.accounts.listing() if account.code and not account.disabled_at]
    form.name.choices = options({account.name: account.shown for account in clerks})
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        account = _tried(lambda: signing.with_code(form.name.data, form.code.data, device))
        if account is not None:
            signing.begin(account, device)
            return redirect(_onward(form.next.data))
        form.code.errors = ["短码不对。试错几次要等一会儿，再多就作废，要用密码登录重新设。"]
    return page("sign-in-code.html", 200 if request.method == "GET" else 422, form=form, tablet=device)


@console.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        note("signed-out")
        signing.end(me())
    return redirect(url_for("console.sign_in_code" if tablet() else "console.sign_in"))


def tablet() -> Device | None:
    """The enrolled tablet that this request comes from, if it comes from one."""
    secret = request.cookies.get(TABLET)
    return services().store.devices.find(secret) if secret else None


def _tried(attempt: Callable[[], Account | None]) -> Account | None:
    try:
        return attempt()
    except signing.TooManyAttempts as error:
        seconds = max(1, math.ceil(error.until - services().now()))
        wait = f"{seconds} 秒" if seconds < 60 else f"{math.ceil(seconds / 60)} 分钟"
        message = f"试错太多次，请过 {wait}再试。"
        raise Refused(429, "too-many-attempts", message, {"Retry-After": str(seconds)}) from None


def _onward(asked: str | None) -> str:
    """Where one was going; nothing outside the console."""
    inside = url_for("console.home")
    home = f"{request.script_root}{PATH}/"
    if asked and asked.startswith(home) and "\\" not in asked and asked.isprintable():
        return asked
    return inside
