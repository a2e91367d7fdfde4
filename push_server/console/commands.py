"""Command line: ``staff add|list|password|disable``, for the first administrator and for who is locked out."""

from __future__ import annotations

from datetime import datetime

import click
from flask import Flask
from flask.cli import AppGroup

from ..published import LOCAL
from ..services import services
from ..store.accounts import NoAdminLeft
from . import passwords
from .forms import NAME, NAMES, folded
from .roles import ROLES

_password = click.option(
    "--password", prompt="密码", hide_input=True, confirmation_prompt="再写一遍", help="不写就会问，问的时候不显示"
)


def register(app: Flask) -> None:
    """Add the commands to ``flask --app push_server``."""
    group = AppGroup("staff", help="工作台的账号")

    @group.command("add")
    @click.argument("name")
    @click.option("--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLES)), help="可以写几次")
    @click.option("--shown", help="显示的名字，不写就是账号")
    @_password
    def add(name: str, roles: tuple[str, ...], shown: str | None, password: str) -> None:
        """添加一个账号"""
        s, name = services(), folded(name)
        if not NAME.fullmatch(name):
            raise click.ClickException(f"账号 {name!r} 不能用 — {NAMES}")
        if not s.store.accounts.add(name, shown or name, roles, _new(password, name), s.now()):
            raise click.ClickException(f"账号 {name} 已经用过 — 请换一个")
        s.store.audit.add(s.now(), None, "account-added", detail=f"{name}：{' '.join(sorted(roles))}")
        click.echo(f"{name} 添加好了，打开 /console/ 登录")

    @group.command("list")
    def listing() -> None:
        """列出账号"""
        for account in services().store.accounts.listing():
            made = datetime.fromtimestamp(account.created_at, LOCAL).strftime("%Y-%m-%d")
            roles = "、".join(ROLES[role] for role in ROLES if role in account.roles)
            click.echo("\t".join((account.name, account.shown, roles, made, "停用" if account.disabled_at else "在用")))

    @group.command("password")
    @click.argument("name")
    @_password
    def password(name: str, password: str) -> None:
        """重设密码；这个账号在各处的登录都退出"""
        s, name = services(), folded(name)
        if not s.store.accounts.set_password(name, _new(password, name)):
            raise _unknown(name)
        s.store.attempts.forgive([("account", name)])
        s.store.audit.add(s.now(), None, "password-changed", detail=name)
        click.echo(f"{name} 的密码改好了，各处的登录都已退出")

    @group.command("disable")
    @click.argument("name")
    def disable(name: str) -> None:
        """停用账号，马上退出"""
        s, name = services(), folded(name)
        try:
            if not s.store.accounts.disable(name, s.now()):
                raise _unknown(name)
        except NoAdminLeft:
            raise click.ClickException(f"{name} 是最后一个管理员，没有停用 — 请先让别的账号当管理员") from None
        s.store.audit.add(s.now(), None, "account-disabled", detail=name)
        click.echo(f"{name} 停用了")

    app.cli.add_command(group)


def _new(password: str, name: str) -> str:
    if wrong := passwords.password_mistake(password, name):
        raise click.ClickException(wrong)
    return passwords.hashed(password)


def _unknown(name: str) -> click.ClickException:
    return click.ClickException(f"没有名为 {name} 的在用账号 — 用 staff list 看看有哪些")
