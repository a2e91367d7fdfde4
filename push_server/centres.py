"""The file that names the centres of one installation (TOML): each with its hosts and settings of its own.

::

    [dongcheng]
    hosts = ["guide.dongcheng.example.cn"]
    PUSH_SITE = "dongcheng/site"
    PUSH_DATA = "dongcheng/var"
    PUSH_CONTACT = "mailto:duty@dongcheng.example.cn"

Everything that is not in it holds for all, from the environment.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from .errors import StartupError
from .settings import Settings, from_environment, unseen

OWN = (
    "PUSH_SITE",
    "PUSH_DATA",
    "DATABASE_URL",
    "PUSH_PREFIX",
    "PUSH_CONTACT",
    "PUSH_LEAD_MINUTES",
    "PUSH_MAX_SUBSCRIPTIONS",
    "PUSH_UNFOUND",
    "PUSH_MISSED_AFTER",
    "PUSH_HALL_DAYS",
    "PUSH_DEMO",
    "PUSH_SHOWN_SAMPLE",
)
"""What a centre may have otherwise than the others."""
NEEDED = ("PUSH_SITE", "PUSH_DATA")
NEVER_COMMON = (*NEEDED, "DATABASE_URL")
"""What two centres never share."""
KEPT_CONNECTIONS = 2
"""Connections that a node keeps to the database of each of several centres."""

_ID = re.compile(r"[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?")
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Centre:
    """``hosts`` are names without port, as browsers send them; each belongs to one centre."""

    id: str
    hosts: tuple[str, ...]
    settings: Settings


def read(file: Path, environment: Mapping[str, str]) -> list[Centre]:
    """All centres of ``file``, at least one. Raises ``StartupError``, without repeating a value that may
    hold a password."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise StartupError(f"读不了中心的名单 {file}（{error.strerror}）— 请检查 --centres 写的路径和权限") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StartupError(f"中心的名单 {file} 不是 TOML（{error}）— 写法见 docs/operations.md") from None
    if not tables:
        raise StartupError(f"中心的名单 {file} 里一个中心也没有 — 写法见 docs/operations.md")
    for name in NEVER_COMMON:
        if environment.get(name, "").strip():
            raise StartupError(f"环境变量 {name} 不能各中心共用 — 请去掉它，写进 {file} 里每个中心的一节")
    found = [_centre(file, name, table, environment, several=len(tables) > 1) for name, table in tables.items()]
    _check_apart(file, found)
    return found


def host_of(header: str) -> str:
    """The name in a header Host: no port, no dot at the end, small letters."""
    text = header.strip().lower()
    host = text[1:].partition("]")[0] if text.startswith("[") else text.partition(":")[0]
    return host.removesuffix(".")


def one(centres: Sequence[Centre], name: str) -> Centre:
    """Raises ``StartupError`` when there is no centre ``name``."""
    for centre in centres:
        if centre.id == name:
            return centre
    raise StartupError(f"没有中心 {name!r} — 可以写 {'、'.join(centre.id for centre in centres)}")


def _centre(file: Path, name: str, table: Any, environment: Mapping[str, str], *, several: bool) -> Centre:
    where = f"{file} 的 [{name}]"
    if not isinstance(table, dict):
        raise StartupError(f"{file} 里的 {name} 不在任何中心的一节里 — 请写在 [中心的代号] 下面")
    if not _ID.fullmatch(name):
        raise StartupError(f"{where} 代号不能用 — 请用 32 个以内的小写字母、数字和横线，字母开头，如 [dongcheng]")
    given = dict(table)
    hosts = _hosts(where, given.pop("hosts", None))
    for key in given:
        if key not in OWN:
            raise StartupError(
                f"{where} 里的 {key} 不能写在这里 — 这里可以写 hosts、{'、'.join(OWN)}，其余的写环境变量"
            )
    values = {key: _text(where, key, value) for key, value in given.items()}
    for key in NEEDED:
        if not values.get(key):
            raise StartupError(f"{where} 里没有 {key} — 每个中心要有自己的网站目录和数据目录")
        # Beside the file, wherever the program is started.
        values[key] = str((file.absolute().parent / values[key]).resolve())
    try:
        settings = from_environment({**environment, **values})
    except StartupError as error:
        raise StartupError(f"{where}：{error}") from None
    more: dict[str, object] = {"kept_connections": KEPT_CONNECTIONS} if several else {}
    return Centre(name, hosts, settings.with_options(centre=name, **more))


def _text(where: str, key: str, value: Any) -> str:
    """A value as a variable of the environment has it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str) and (found := unseen(value.strip())):
        raise StartupError(f"{where} 里 {key} 的值里有看不见的字符（{found}）— 请不要复制，重新打一遍")
    if isinstance(value, str | int | float):
        return str(value)
    raise StartupError(f"{where} 里 {key} 的写法不对 — 请写一个字符串、一个数字，或 true、false")


def _hosts(where: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise StartupError(f'{where} 里没有 hosts — 请写这个中心的域名，如 hosts = ["guide.example.cn"]')
    return tuple(_host(where, text) for text in given)


def _host(where: str, given: Any) -> str:
    text = str(given).strip().lower().removesuffix(".")
    try:
        text = text if text.isascii() else text.encode("idna").decode()
    except UnicodeError:
        text = ""
    if isinstance(given, str) and (_NAME.fullmatch(text) or _is_address(text)):
        return text
    raise StartupError(f"{where} 里的域名 {given!r} 不能用 — 请只写域名，不写 http://、端口和路径，如 guide.example.cn")


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _check_apart(file: Path, centres: Iterable[Centre]) -> None:
    """No two share anything in which rows, keys or pages of one could be found by the other."""
    for a, b in combinations(centres, 2):
        shared = ""
        if both := set(a.hosts) & set(b.hosts):
            shared = f"域名 {'、'.join(sorted(both))}"
        elif a.settings.site == b.settings.site:
            shared = f"网站目录 {a.settings.site}"
        elif a.settings.data == b.settings.data:
            shared = f"数据目录 {a.settings.data}"
        elif a.settings.database and b.settings.database and _same(a.settings.database, b.settings.database):
            shared = "数据库（DATABASE_URL）"
        if shared:
            raise StartupError(f"{file} 里 [{a.id}] 和 [{b.id}] 用了同一个{shared} — 每个中心要有自己的")
    for a in centres:
        for b in centres:
            if a.settings.data.is_relative_to(b.settings.site):
                raise StartupError(
                    f"{file} 里 [{a.id}] 的数据目录在 [{b.id}] 的网站目录里面，谁都看得到 — 请换一个目录"
                )


def _same(one: str, other: str) -> bool:
    """Whether two URLs lead to the same database, as far as they tell."""
    try:
        a, b = make_url(one), make_url(other)
    except ArgumentError:
        return one == other
    return (a.host or "localhost", a.port or 5432, a.database) == (b.host or "localhost", b.port or 5432, b.database)
