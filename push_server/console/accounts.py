"""Pages of administrators: accounts, tablets, machine tokens."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..services import services
from ..store.accounts import NoAdminLeft
from ..store.tokens import ROLES
from . import passwords
from .blueprint import Refused, console, me, needs, note, page
from .forms import AccountForm, ResetForm, RolesForm, TokenForm


@console.get("/accounts")
@needs("admin")
def accounts() -> Response:
    return _accounts(AccountForm(formdata=None))


@console.post("/accounts")
@needs("admin")
def add_account() -> ResponseReturnValue:
    form = AccountForm()
    if not form.validate_on_submit():
        return _accounts(form, 422)
    s = services()
    name, shown = form.name.data, form.shown.data or form.name.data
    if not s.store.accounts.add(name, shown, form.roles.data, passwords.hashed(form.password.data), s.now()):
        form.name.errors = ["这个账号用过了；停用的可以恢复，或者换一个。"]
        return _accounts(form, 422)
    note("account-added", detail=f"{name}：{' '.join(sorted(form.roles.data))}")
    return redirect(url_for("console.account", name=name))


@console.get("/accounts/<name>")
@needs("admin")
def account(name: str) -> Response:
    return _account(name)


@console.post("/accounts/<name>/roles")
@needs("admin")
def change_roles(name: str) -> ResponseReturnValue:
    form = RolesForm()
    if not form.validate_on_submit():
        return _account(name, 422, roles=form)
    try:
        if not services().store.accounts.set_roles(name, form.shown.data, form.roles.data):
            raise _unknown()
    except NoAdminLeft:
        raise _last() from None
    note("account-changed", detail=f"{name}：{' '.join(sorted(form.roles.data))}")
    return redirect(url_for("console.account", name=name))


@console.post("/accounts/<name>/password")
@needs("admin")
def reset_password(name: str) -> ResponseReturnValue:
    form = ResetForm()
    form.account = name
    if not form.validate_on_submit():
        return _account(name, 422, password=form)
    s = services()
    if not s.store.accounts.set_password(name, passwords.hashed(form.password.data)):
        raise _unknown()
    s.store.attempts.forgive([("account", name)])
    note("password-changed", detail=name)
    return redirect(url_for("console.account", name=name))


@console.post("/accounts/<name>/disable")
@needs("admin")
def disable(name: str) -> ResponseReturnValue:
    s = services()
    try:
        if s.store.accounts.disable(name, s.now()):
            note("account-disabled", detail=name)
    except NoAdminLeft:
        raise _last() from None
    return redirect(url_for("console.account", name=name))


@console.post("/accounts/<name>/enable")
@needs("admin")
def enable(name: str) -> ResponseReturnValue:
    if services().store.accounts.enable(name):
        note("account-enabled", detail=name)
    return redirect(url_for("console.account", name=name))


@console.get("/tablets")
@needs("admin")
def tablets() -> Response:
    return page("tablets.html", devices=services().store.devices.listing())


@console.post("/tablets/revoke")
@needs("admin")
def revoke_tablet() -> ResponseReturnValue:
    s = services()
    name = request.form.get("name", "")
    if s.store.devices.revoke(name, s.now()):
        s.store.staff_sessions.end_on(name)
        note("tablet-revoked", detail=name)
    return redirect(url_for("console.tablets"))


@console.get("/tokens")
@needs("admin")
def tokens() -> Response:
    return _tokens(TokenForm(formdata=None))


@console.post("/tokens")
@needs("admin")
def add_token() -> ResponseReturnValue:
    """Shown this once: the answer is a page, not a redirection."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _tokens(form, 422)
    s = services()
    secret = s.store.tokens.add(form.token.data, s.now(), role=form.role.data)
    if secret is None:
        form.token.errors = ["这个名字用过了，名字不能重复使用，请换一个。"]
        return _tokens(form, 422)
    note("token-added", detail=f"{form.token.data}：{form.role.data}")
    return _tokens(TokenForm(formdata=None), secret=secret, named=form.token.data)


@console.post("/tokens/revoke")
@needs("admin")
def revoke_token() -> ResponseReturnValue:
    s = services()
    name = request.form.get("name", "")
    if s.store.tokens.revoke(name, s.now()):
        note("token-revoked", detail=name)
    return redirect(url_for("console.tokens"))


def _accounts(form: AccountForm, status: int = 200) -> Response:
    return page("accounts.html", status, accounts=services().store.accounts.listing(), form=form)


def _account(name: str, status: int = 200, **forms: RolesForm | ResetForm) -> Response:
    found = services().store.accounts.get(name)
    if found is None:
        raise _unknown()
    fresh = {
        "roles": RolesForm(formdata=None, data={"shown": found.shown, "roles": sorted(found.roles)}),
        "password": ResetForm(formdata=None),
    }
    return page("account.html", status, account=found, forms=fresh | forms, own=found.name == me().name)


def _tokens(form: TokenForm, status: int = 200, secret: str = "", named: str = "") -> Response:
    listing = services().store.tokens.listing()
    return page("tokens.html", status, tokens=listing, form=form, roles=ROLES, secret=secret, named=named)


def _unknown() -> Refused:
    return Refused(404, "account-unknown", "没有这个账号，请从账号表里选。")


def _last() -> Refused:
    return Refused(409, "last-admin", "这是最后一个管理员，没有改。请先让别的账号当管理员。")
