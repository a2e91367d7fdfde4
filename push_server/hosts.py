"""Names of push services, and the proxy before them, as an operator writes them: what is wrong. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .addresses import is_address

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_INSIDE = ("localhost", "local", "internal", "lan", "home.arpa", "in-addr.arpa", "ip6.arpa")
"""Names that lead into one's own network (RFC 6761, 6762, 8375)."""
LONGEST = 253


def mistake(pattern: str) -> str | None:
    """Why ``pattern`` is no host of ``PUSH_HOSTS``, and what to write; ``None`` when it is one.

    A whole name, or ``*.`` before one. Nothing that leads to an address without asking a
    name server, since such a connection would pass by the check of addresses.
    """
    if "://" in pattern:
        return f"请只写域名，不写 {pattern.partition('://')[0]}://，如 fcm.googleapis.com"
    if "@" in pattern:
        return "里面有用户名（@）；请只写域名，如 fcm.googleapis.com"
    if any(mark in pattern for mark in "/?#\\"):
        return "里面有路径；请只写域名，如 fcm.googleapis.com"
    host = pattern.removeprefix("*.")
    if host.count(":") > 1 or host.startswith("["):
        return "是 IP 地址；请写域名，本机测试用的推送服务写在 PUSH_LOCAL_ORIGINS"
    if ":" in host:
        return f"不能写端口，推送服务都用 443；请写 {host.partition(':')[0]}"
    if "%" in host:
        return "里面有 %；请只写域名，如 fcm.googleapis.com"
    if is_address(host):
        return "是 IP 地址（十进制、八进制、十六进制的写法也算）；请写域名，本机测试用的推送服务写在 PUSH_LOCAL_ORIGINS"
    if host.endswith("."):
        return f"末尾多了一个点；请写 {pattern.rstrip('.')}"
    if "*" in host:
        return "星号只能放在最前面，后面跟一个点；请写成 *.push.apple.com 这样"
    if not host.isascii():
        return _in_ascii(host)
    if host != host.lower():
        return f"要用小写；请写 {pattern.lower()}"
    labels = host.split(".")
    if len(labels) < 2 and host not in _INSIDE:
        return "不是完整的域名；请写成 fcm.googleapis.com 这样"
    if any(host == name or host.endswith(f".{name}") for name in _INSIDE):
        return "是内部网络的名字；请写推送服务公开的域名，本机测试用的写在 PUSH_LOCAL_ORIGINS"
    if len(host) > LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        return "不是域名；请只用小写字母、数字、横线和点，请写成 fcm.googleapis.com 这样，几个之间用逗号隔开"
    if any(label.startswith("xn--") for label in labels) and not _is_punycode(host):
        return "里面的 xn-- 写法不对；请核对推送服务的域名"
    return None


def proxy_mistake(url: str) -> str | None:
    """What is wrong with the address of a proxy, without repeating any of it; ``None`` when nothing is."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "端口或者括号不对；用户名、密码里的 : / @ # 要写成 %3A %2F %40 %23"
    if parts.scheme not in ("http", "https"):
        return "只认 http:// 和 https:// 的代理"
    if not parts.hostname or port is None or not port > 0:
        return "要写明主机和端口；密码里的 : / @ # 要写成 %3A %2F %40 %23"
    if parts.path.strip("/") or parts.query or parts.fragment or any(one.isspace() for one in url):
        return "端口后面不要再写别的；密码里的 : / @ # 要写成 %3A %2F %40 %23"
    if parts.netloc.count("@") > 1:
        return "密码里的 @ 要写成 %40"
    return None


def _in_ascii(host: str) -> str:
    try:
        plain = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return "不是域名；请写成 fcm.googleapis.com 这样"
    # Full-width letters and dots come out as plain ones, Chinese as xn--…
    return f"里面有不是英文字母的字符；请写 {plain}"


def _is_punycode(host: str) -> bool:
    try:
        return host.encode("ascii").decode("idna").encode("idna") == host.encode("ascii")
    except UnicodeError:
        return False
