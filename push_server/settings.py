"""What an operator can set, with its checks: environment variables and the command line."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from . import hosts
from .endpoints import valid_origin
from .errors import StartupError
from .logs import FORMS
from .proxies import valid_proxy

KNOWN_PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""Push services of the browsers. ``*.`` stands for one or more whole labels."""

UNSET_CONTACT = "mailto:contact@example.org"
"""Valid in form, so that push services accept it, but nobody reads it (RFC 2606)."""

_MAILTO = re.compile(r"mailto:[^@\s,;<>]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NODE = re.compile(r"[A-Za-z0-9._-]{0,60}")
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the server is told from outside. Invalid values raise ``StartupError``."""

    centre: str = ""
    """The id of the centre, where an installation has several; empty where it has one."""
    kept_connections: int = 8
    """Connections to the database that are kept open between requests. Only in PostgreSQL."""
    site: Path = Path("build/site")
    """The built site; read, never written."""
    data: Path = Path("var")
    """Database, VAPID key and lock live here; made when missing."""
    database: str | None = field(default=None, repr=False)
    """Where the database is when it is no file in ``data``: the URL of one in PostgreSQL, which several
    nodes share. May hold a password, so it is never shown."""
    works: bool = True
    """Whether a node that serves pages also takes its share of the sending. Only in PostgreSQL."""
    node: str = ""
    """How this process is called in its log; the name of the machine when empty."""
    log: str = "text"
    """How it is written: for people, or as one JSON object a line."""
    lease: float = 20.0
    """Seconds after which the work of a worker that nobody sees any more is another's. Only in PostgreSQL."""
    prefix: str = ""
    """Where the site is mounted: ``""`` at the root, else ``/guide`` (no slash at the end)."""
    contact: str = UNSET_CONTACT
    """The ``sub`` claim (RFC 8292 §2.1): where a push service writes about trouble."""
    lead: timedelta = timedelta(minutes=15)
    """How long before the noon service begins its announcement goes out."""
    push_hosts: tuple[str, ...] = KNOWN_PUSH_HOSTS
    local_push_origins: tuple[str, ...] = ()
    """Origins of push services on this machine or network (``http://127.0.0.1:9000``), for
    tests and development. Only these may be ``http``, have a port or a private address."""
    max_subscriptions: int = 200_000
    rate_limits: bool = True
    unfound: bool = True
    """Whether phones may send what they did not find."""
    retry_seconds: float = 5.0
    """The first pause after a failed attempt; it doubles up to five minutes."""
    connections: int = 64
    """Connections to push services at most, and requests in flight at most."""
    proxy: str | None = field(default=None, repr=False)
    """The way out: a proxy that connects to push services (RFC 9110, CONNECT), ``None`` when
    they are reached directly. May hold a password, so it is never shown."""
    max_connections: int = 1000
    """Connections of visitors at most."""
    max_client_connections: int = 100
    """Connections from one address at most; named proxies may have all."""
    request_seconds: float = 20.0
    """A request that has not come in whole after so many seconds is given up."""
    missed_after: int = 3
    """So many others are called before a ticket that was missed comes back."""
    hall_days: int = 30
    """Days for which the hall's events are kept; times without numbers are all that is left after."""
    demo: bool = False
    """Whether a hall is played as long as nobody ever told of a real one."""
    shown_sample: float = 0.1
    """The share of phones that report, without saying who they are, that a message was shown; 0 is none."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies whose X-Forwarded-For is believed; ``unix`` is a
    proxy that comes over a Unix socket."""

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise StartupError(f"访问路径前缀 {self.prefix!r} 写法不对 — 请写成 /guide/ 这样，只用字母、数字和 . _ ~ -")
        if not _MAILTO.fullmatch(self.contact):
            raise StartupError(f"推送联系邮箱 {self.contact!r} 写法不对 — PUSH_CONTACT 请写成 mailto:名字@域名")
        if self.database is not None and not self.database.startswith("postgresql+psycopg://"):
            # The value may hold a password: it is not repeated.
            raise StartupError(
                "DATABASE_URL 写法不对 — 请写成 postgresql+psycopg://用户:密码@主机:5432/数据库，不用它就不要设"
            )
        if self.log not in FORMS:
            raise StartupError(f"日志的写法 {self.log!r} 不认识 — PUSH_LOG 请写 {' 或 '.join(FORMS)}")
        if not _NODE.fullmatch(self.node):
            raise StartupError(
                f"节点的名字 {self.node!r} 不能用 — PUSH_NODE 请用 60 个以内的字母、数字、点、横线或下划线"
            )
        if not timedelta() <= self.lead <= timedelta(hours=3):
            raise StartupError("提前量最多 180 分钟 — 请改 PUSH_LEAD_MINUTES")
        for what, folder in (("网站目录", self.site), ("数据目录", self.data)):
            if found := unseen(str(folder)):
                raise StartupError(f"{what} {str(folder)!r} 里有看不见的字符（{found}）— 请不要复制，重新打一遍")
        if self.proxy is not None and (wrong := hosts.proxy_mistake(self.proxy)):
            # The value may hold a password: it is not repeated.
            raise StartupError(
                f"出口代理的写法不对：{wrong} — PUSH_PROXY 请写成 http://代理主机:3128，要密码时写成 http://用户:密码@代理主机:3128"
            )
        for proxy in self.trusted_proxies:
            if not valid_proxy(proxy):
                raise StartupError(
                    f"代理地址 {proxy!r} 写法不对 — PUSH_TRUSTED_PROXY 请写 IP 地址或网段，如 127.0.0.1 或 10.0.0.0/8，"
                    "几个之间用逗号隔开；经 Unix 套接字来的写 unix"
                )
        for host in self.push_hosts:
            if wrong := hosts.mistake(host):
                raise StartupError(f"推送服务主机名 {host!r} 不能用 — PUSH_HOSTS {wrong}")
        for origin in self.local_push_origins:
            if not valid_origin(origin):
                raise StartupError(
                    f"本地推送服务 {origin!r} 写法不对 — PUSH_LOCAL_ORIGINS 请写成 http://127.0.0.1:9000"
                )

    def with_options(self, **given: object) -> Settings:
        """A copy in which every option that is not ``None`` replaces the setting."""
        chosen = {name: value for name, value in given.items() if value is not None}
        if "prefix" in chosen:
            chosen["prefix"] = tidy_prefix(str(chosen["prefix"]))
        return replace(self, **chosen)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be. Beyond them nothing would work as its name says, or the machine would not."""

    least: float
    most: float
    unit: str
    whole: bool = False

    def __str__(self) -> str:
        kind = "整数" if self.whole else "数字"
        return f"{self.least:g} 到 {self.most:.12g} 之间的{kind}{self.unit}"


NUMBERS = {
    # A lease that is shorter than a slow answer of the database makes two nodes send the same.
    "PUSH_LEASE_SECONDS": Bounds(5, 600, "（秒）"),
    "PUSH_LEAD_MINUTES": Bounds(1, 180, "（分钟）", whole=True),
    "PUSH_MAX_SUBSCRIPTIONS": Bounds(1, 10_000_000, "", whole=True),
    # It doubles up to five minutes.
    "PUSH_RETRY_SECONDS": Bounds(0.1, 300, "（秒）"),
    "PUSH_CONNECTIONS": Bounds(1, 1000, "", whole=True),
    "PUSH_MAX_CONNECTIONS": Bounds(1, 100_000, "", whole=True),
    "PUSH_MAX_CLIENT_CONNECTIONS": Bounds(1, 100_000, "", whole=True),
    "PUSH_REQUEST_SECONDS": Bounds(1, 600, "（秒）"),
    "PUSH_MISSED_AFTER": Bounds(1, 100, "", whole=True),
    # What is left of a day is kept for three years.
    "PUSH_HALL_DAYS": Bounds(1, 1095, "（天）", whole=True),
    "PUSH_SHOWN_SAMPLE": Bounds(0, 1, "，0 是不要"),
}
"""Every setting that is a number, with its bounds; ``docs/running.md`` tells them."""

_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


def unseen(text: str) -> str | None:
    """How the first character is called that nobody sees in ``text``: a line break, a zero-width space …"""
    hidden = (one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return next((f"U+{ord(one):04X}" for one in hidden), None)


@dataclass(frozen=True, slots=True)
class _Source:
    values: Mapping[str, str] = field(repr=False)

    def text(self, name: str, default: str) -> str:
        text = self.values.get(name, "").strip()
        if found := unseen(text):
            # The value may hold a password: it is not repeated.
            raise StartupError(f"环境变量 {name} 的值里有看不见的字符（{found}）— 请不要复制，重新打一遍")
        return text or default

    def listing(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        text = self.text(name, "")
        items = tuple(item.strip() for item in text.split(",") if item.strip())
        if text and not items:
            raise StartupError(f"环境变量 {name} 的值 {text!r} 里只有逗号 — 请写上内容，不用它就不要设")
        return items or default

    def switch(self, name: str, default: bool) -> bool:
        text = self.text(name, "on" if default else "off").lower()
        if text not in ("on", "off"):
            raise StartupError(f"环境变量 {name} 的值 {text!r} 不认识 — 请写 on 或者 off")
        return text == "on"

    def number(self, name: str, default: float) -> float:
        """One of ``NUMBERS``, written in plain digits."""
        bounds = NUMBERS[name]
        text = self.text(name, f"{default:g}")
        number = float(text) if _PLAIN.fullmatch(text) else float("nan")
        if not bounds.least <= number <= bounds.most or (bounds.whole and number != int(number)):
            raise StartupError(f"环境变量 {name} 的值 {text!r} 不能用 — 请用半角数字写 {bounds}")
        return number

    def whole(self, name: str, default: int) -> int:
        return int(self.number(name, default))


def tidy_prefix(text: str) -> str:
    """``guide``, ``/guide`` and ``/guide/`` all mean ``/guide``; ``/`` means the root."""
    inner = text.strip().strip("/")
    return f"/{inner}" if inner else ""


def from_environment(values: Mapping[str, str] | None = None) -> Settings:
    """Settings from the ``PUSH_*`` variables, defaults for the rest."""
    source = _Source(os.environ if values is None else values)
    return Settings(
        site=Path(source.text("PUSH_SITE", "build/site")),
        data=Path(source.text("PUSH_DATA", "var")),
        database=source.text("DATABASE_URL", "") or None,
        works=source.switch("PUSH_WORKS", True),
        node=source.text("PUSH_NODE", ""),
        log=source.text("PUSH_LOG", "text"),
        lease=source.number("PUSH_LEASE_SECONDS", 20),
        prefix=tidy_prefix(source.text("PUSH_PREFIX", "")),
        contact=source.text("PUSH_CONTACT", UNSET_CONTACT),
        lead=timedelta(minutes=source.whole("PUSH_LEAD_MINUTES", 15)),
        push_hosts=source.listing("PUSH_HOSTS", KNOWN_PUSH_HOSTS),
        local_push_origins=source.listing("PUSH_LOCAL_ORIGINS", ()),
        max_subscriptions=source.whole("PUSH_MAX_SUBSCRIPTIONS", 200_000),
        retry_seconds=source.number("PUSH_RETRY_SECONDS", 5),
        connections=source.whole("PUSH_CONNECTIONS", 64),
        proxy=source.text("PUSH_PROXY", "") or None,
        max_connections=source.whole("PUSH_MAX_CONNECTIONS", 1000),
        max_client_connections=source.whole("PUSH_MAX_CLIENT_CONNECTIONS", 100),
        request_seconds=source.number("PUSH_REQUEST_SECONDS", 20),
        unfound=source.switch("PUSH_UNFOUND", True),
        missed_after=source.whole("PUSH_MISSED_AFTER", 3),
        hall_days=source.whole("PUSH_HALL_DAYS", 30),
        demo=source.switch("PUSH_DEMO", False),
        shown_sample=source.number("PUSH_SHOWN_SAMPLE", 0.1),
        trusted_proxies=source.listing("PUSH_TRUSTED_PROXY", ()),
    )
