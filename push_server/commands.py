"""Command lines: ``token add|list|revoke`` and, for other WSGI servers, ``deliver``."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from . import hall_commands, logs
from .bearer import DEMO
from .published import LOCAL
from .services import Services, services
from .settings import Settings
from .store import Store
from .store.tokens import ROLES

log = logs.get(__name__)

role_option = click.option(
    "--role",
    type=click.Choice(list(ROLES)),
    default="machine",
    show_default=True,
    help="；".join(f"{role} {words}" for role, words in ROLES.items()),
)
_NAME = re.compile(r"[\w.-]{1,40}")


def add_token(store: Store, name: str, now: float, role: str = "machine") -> str:
    """The new secret. Raises ``click.ClickException`` when the name cannot be used."""
    if not _NAME.fullmatch(name):
        raise click.ClickException(f"名字 {name!r} 不能用 — 请用 40 个以内的字、字母、数字、点、横线或下划线")
    if name == DEMO:
        raise click.ClickException(f"名字 {name} 留给演示用 — 请换一个名字")
    secret = store.tokens.add(name, now, role=role)
    if secret is None:
        raise click.ClickException(f"名字 {name} 已经用过 — 名字不能重复使用，请换一个")
    return secret


def list_tokens(store: Store) -> list[str]:
    return [
        f"{token.name}\t{token.role}\t{_day(token.created_at)} 发放\t"
        + (f"{_day(token.revoked_at)} 作废" if token.revoked_at else "有效")
        for token in store.tokens.listing()
    ]


def revoke_token(store: Store, name: str, now: float) -> None:
    """Raises ``click.ClickException`` when there is no such valid token."""
    if not store.tokens.revoke(name, now):
        raise click.ClickException(f"没有名为 {name} 的有效令牌 — 用 token list 看看有哪些")


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, LOCAL).strftime("%Y-%m-%d %H:%M")


def register(app: Flask) -> None:
    """Add the commands to ``flask --app push_server``."""
    group = AppGroup("token", help="取号机和编辑用的令牌")

    @group.command("add")
    @click.argument("name")
    @role_option
    def add(name: str, role: str) -> None:
        """发一个新令牌，只显示这一次"""
        s = services()
        click.echo(add_token(s.store, name, s.now(), role))

    @group.command("list")
    def listing() -> None:
        """列出令牌（不显示内容）"""
        for line in list_tokens(services().store):
            click.echo(line)

    @group.command("revoke")
    @click.argument("name")
    def revoke(name: str) -> None:
        """作废一个令牌"""
        s = services()
        revoke_token(s.store, name, s.now())
        click.echo(f"{name} 已作废")

    @app.cli.command("deliver")
    @with_appcontext
    def deliver() -> None:
        """只发消息，不提供网页；网页由别的 WSGI 服务器提供时用"""
        run_deliver(services())

    app.cli.add_command(group)
    hall_commands.register(app)


def run_deliver(s: Services) -> None:
    """Send until SIGINT or SIGTERM."""
    until_stopped(s.settings, partial(begin_sending, s), s.close)


def begin_sending(s: Services) -> None:
    s.sender.start()
    s.worker.start()
    log.info("started", works=s.sender.state, release=s.published.current().release)


def until_stopped(settings: Settings, begin: Callable[[], None], end: Callable[[], None]) -> None:
    """Between the two, wait for SIGINT or SIGTERM."""
    logs.configure(settings.log, settings.node)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    begin()
    click.echo("正在发送提醒（按 Ctrl-C 停止）")
    stop.wait()
    log.info("stopping")
    end()
