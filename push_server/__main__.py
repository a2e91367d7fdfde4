"""``python -m push_server``: start the server, or manage machine tokens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from . import centres as centres_file
from . import commands, keys, logs, startup
from .app import create_app
from .centres import Centre
from .console.secret import renew_secret
from .errors import StartupError
from .installation import Installation
from .restored import count_as_sent, read_moment
from .sending.lock import Lock
from .serve import serve
from .services import Services, utc_now
from .settings import Settings, from_environment
from .store import Store

log = logs.get("push_server")  # __name__ is __main__ here


@click.group(invoke_without_command=True)
@click.option("--site", type=click.Path(path_type=Path), help="生成好的网站目录（build/site）")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录，放数据库和密钥（var）")
@click.option("--prefix", help="访问路径前缀，如 /guide/")
@click.option("--centres", type=click.Path(path_type=Path), help="几个中心共用一处时，写明各中心的文件（TOML）")
@click.option("--centre", help="只管其中一个中心，写代号")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口")
@click.pass_context
def main(
    context: click.Context,
    site: Path | None,
    data: Path | None,
    prefix: str | None,
    centres: Path | None,
    centre: str | None,
    host: str,
    port: int,
) -> None:
    """启动办事指南：网站、提醒和排队情况。其余设置见环境变量 PUSH_*。"""
    command, several = context.invoked_subcommand, _several(centres, centre, site, data, prefix)
    settings = from_environment().with_options(site=site, data=data, prefix=prefix)
    if centre is not None:
        settings, several = centres_file.one(several, centre).settings, []
    if several and command not in (None, "deliver", "centres"):
        raise click.UsageError(f"请用 --centre 写明是哪个中心：{'、'.join(one.id for one in several)}")
    context.obj = settings
    context.meta[SEVERAL] = several
    if command is None:
        serve(settings, host, port, centres=several)


SEVERAL = f"{__name__}.several"
"""Where the centres of an installation are kept for the commands; an empty list where there is one."""


def _several(file: Path | None, centre: str | None, *others: object) -> Sequence[Centre]:
    """The centres of ``file``. Raises ``click.UsageError``, ``StartupError``."""
    if file is None:
        if centre is not None:
            raise click.UsageError("--centre 要和 --centres 一起用，写明各中心的文件在哪里")
        return []
    if any(one is not None for one in others):
        raise click.UsageError("有 --centres 时不写 --site、--data、--prefix — 请写进文件里每个中心的一节")
    return centres_file.read(file, os.environ)


@main.command("centres")
@click.pass_context
def list_centres(context: click.Context) -> None:
    """检查 --centres 的文件，列出各中心"""
    several: Sequence[Centre] = context.meta[SEVERAL]
    if not several:
        raise click.UsageError("请用 --centres 写明各中心的文件，不写 --centre")
    for one in several:
        where = "PostgreSQL" if one.settings.database else "SQLite"
        click.echo(f"{one.id}\t{'、'.join(one.hosts)}\t{one.settings.site}\t{one.settings.data}\t{where}")


_ANY = {"ignore_unknown_options": True, "allow_interspersed_args": False}


@main.command(context_settings=_ANY, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def staff(settings: Settings, arguments: tuple[str, ...]) -> None:
    """工作台的账号"""
    _in_application(settings, "staff", arguments)


@main.command(context_settings=_ANY, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def hall(settings: Settings, arguments: tuple[str, ...]) -> None:
    """大厅：窗口、导入一天、导出一个月"""
    _in_application(settings, "hall", arguments)


def _in_application(settings: Settings, name: str, arguments: tuple[str, ...]) -> None:
    """The command of ``flask --app push_server``, for these settings."""
    app = create_app(settings)
    try:
        with app.app_context():
            group = app.cli.commands[name]
            group.main(args=list(arguments), prog_name=f"python -m push_server {name}", standalone_mode=False)
    finally:
        app.extensions["push_server"].close()


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, folder: Path) -> None:
    """把订阅和密钥备份到一个新目录，不用停服务"""
    startup.backup(settings, folder)
    click.echo(f"已备份到 {folder} — 恢复时把里面的文件放进空的数据目录")


@main.command()
@click.option("--until", required=True, help="丢失之前最后一次正常的时间，如 '2026-11-23 11:25'")
@click.pass_obj
def restored(settings: Settings, until: str) -> None:
    """恢复备份以后、启动之前：到这个时间为止的提醒都算发过，不再发第二次"""
    count = count_as_sent(settings, read_moment(until), utc_now())
    click.echo(f"{until} 以前的 {count} 条提醒按发过记下，不会再发；它以后的照发。现在可以启动了")


@main.command()
@click.option("--to", "url", required=True, help="PostgreSQL 的地址，postgresql+psycopg://用户:密码@主机/数据库")
@click.pass_obj
def copy(settings: Settings, url: str) -> None:
    """把数据目录里的数据拷到 PostgreSQL；可以再拷，每次从头拷"""
    lock = Lock(settings.data.absolute())
    idle = settings.data.is_dir() and lock.acquire()
    for name, count in startup.copy(settings, url).items():
        click.echo(f"{name}\t{count}")
    lock.release()
    click.echo("条数都对。启动时设 DATABASE_URL，各节点的数据目录里都要有这里的 vapid*.pem 和 console.key")
    if not idle:
        click.echo("注意：服务还在运行，拷贝以后写的不在里面 — 请停掉服务，再拷一次")


@main.command()
@click.pass_context
def deliver(context: click.Context) -> None:
    """只发消息，不提供网页"""
    settings: Settings = context.obj
    if several := context.meta[SEVERAL]:
        working = [replace(one, settings=one.settings.with_options(works=True)) for one in several]
        installation = Installation(working)
        commands.until_stopped(settings, lambda: installation.start(_sending), installation.stop)
    else:
        commands.run_deliver(create_app(settings.with_options(works=True)).extensions["push_server"])


def _sending(app: Flask, _centre: Centre) -> Callable[[], None]:
    services: Services = app.extensions["push_server"]
    commands.begin_sending(services)
    return services.close


@main.command("rotate-key")
@click.pass_obj
def rotate_key(settings: Settings) -> None:
    """换一把签名密钥；旧的留着，手机下次打开网页自己换过来"""
    with closing(_store(settings)) as store:
        folder = settings.data.absolute()
        store.subscribers.bind(keys.rotate_key(folder))
        startup.agree_anew(store, folder)
    click.echo("已换新密钥 — 请重启服务；旧密钥不要删，还没来过的手机要靠它")
    if settings.database is not None:
        click.echo("别的节点：先把这里的 vapid*.pem 都拷过去，再重启")


@main.command("rotate-console-key")
@click.pass_obj
def rotate_console_key(settings: Settings) -> None:
    """换一把工作台的密钥：所有工作人员要重新登录"""
    with closing(_store(settings)) as store:
        startup.agree_anew_on_secret(store, renew_secret(settings.data.absolute()))
    click.echo("已换工作台密钥 — 请重启服务；所有工作人员要重新登录")
    if settings.database is not None:
        click.echo("别的节点：先把这里的 console.key 拷过去，再重启")


@main.group()
def token() -> None:
    """取号机和编辑用的令牌"""


@token.command()
@click.argument("name")
@commands.role_option
@click.pass_obj
def add(settings: Settings, name: str, role: str) -> None:
    """发一个新令牌，只显示这一次"""
    with closing(_store(settings)) as store:
        click.echo(commands.add_token(store, name, utc_now().timestamp(), role))


@token.command("list")
@click.pass_obj
def listing(settings: Settings) -> None:
    """列出令牌（不显示内容）"""
    with closing(_store(settings)) as store:
        for line in commands.list_tokens(store):
            click.echo(line)


@token.command()
@click.argument("name")
@click.pass_obj
def revoke(settings: Settings, name: str) -> None:
    """作废一个令牌"""
    with closing(_store(settings)) as store:
        commands.revoke_token(store, name, utc_now().timestamp())
    click.echo(f"{name} 已作废")


def _store(settings: Settings) -> Store:
    return startup.open_data(settings)[0]


def run() -> None:
    """Run the command line; a server that cannot start says why in one line and exits with 1."""
    # Before the settings are looked at: what is wrong with them has to come in this form too.
    form = os.environ.get("PUSH_LOG", "").strip()
    logs.configure(form, os.environ.get("PUSH_NODE", "").strip())
    try:
        main(prog_name="python -m push_server")
    except StartupError as error:
        if form == "json":
            log.critical("start-failed", words=str(error))
        else:
            print(f"启动失败：{error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    run()
