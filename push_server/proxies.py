"""Who asks, when a proxy asks for them: the address that limits count.

X-Forwarded-For is what anybody may write. It is read from the right, where the nearest proxy
has added whom it saw, and only as far as each next proxy is one that the operator named
(``PUSH_TRUSTED_PROXY``): the first address that is none is the visitor.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from . import logs
from .addresses import is_public

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logs.get(__name__)

UNIX = "unix"
"""How a peer is called that comes over a Unix socket, and has no address."""
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
MOST_HOPS = 16
REMEMBERED = 86400.0
"""Seconds for which a proxy that was not believed is shown as a problem."""

Network = IPv4Network | IPv6Network


def valid_proxy(text: str) -> bool:
    """An address, a network such as ``10.0.0.0/8``, or ``unix``. Not everybody: ``0.0.0.0/0``."""
    if text == UNIX:
        return True
    try:
        return ip_network(text).prefixlen > 0
    except ValueError:
        return False


def visitor(peer: str, forwarded: str, trusted: Sequence[str | Network]) -> str:
    """The address of who asks; ``unix`` for a Unix socket behind which nobody is named.

    ``peer`` is the other end of the connection, ``forwarded`` the header X-Forwarded-For. What is
    no address ends the search: then the proxy that said so is as near as we get.
    """
    here = _address(peer)
    for hop in reversed(forwarded.split(",")[-MOST_HOPS:]):
        if not _among(here, trusted):
            break
        further = _address(hop)
        if further is None:
            break
        here = further
    return str(here) if here is not None else UNIX


def bucket(address: str) -> str:
    """Whom a limit counts. An IPv6 household has a /64, and so 2⁶⁴ addresses of its own."""
    found = _address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, 64), strict=False))
    return str(found) if found is not None else UNIX


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: perhaps with a port, in brackets, with a zone, quoted."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # A socket for both families sees IPv4 peers so.
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _among(address: IPv4Address | IPv6Address | None, trusted: Sequence[str | Network]) -> bool:
    if address is None:
        return UNIX in trusted
    return any(not isinstance(one, str) and one.version == address.version and address in one for one in trusted)


class Proxies:
    """Tells every request who asks, and remembers when the setting seems to be wrong."""

    def __init__(self, trusted: tuple[str, ...], clock: Callable[[], datetime]) -> None:
        self._trusted = [text if text == UNIX else ip_network(text) for text in trusted]
        self._clock = clock
        self._guard = threading.Lock()
        self._seen: dict[str, float] = {}
        """Problem → the moment it was last seen."""

    @property
    def problems(self) -> dict[str, str]:
        """Code and words. ``proxy-untrusted``: a proxy passes visitors on that nobody has named, so all of them
        are counted as one. ``proxy-silent``: a named proxy does not say for whom it asks."""
        now = self._clock().timestamp()
        with self._guard:
            return {name: _WORDS[name] for name, at in sorted(self._seen.items()) if abs(now - at) < REMEMBERED}

    def believes(self, peer: str) -> bool:
        """Whether ``peer`` is one of the proxies that the operator named."""
        return _among(_address(peer), self._trusted)

    def around(self, inner: WSGIApplication) -> WSGIApplication:
        """``inner`` with the visitor's address as ``REMOTE_ADDR``."""

        def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            peer = str(environ.get("REMOTE_ADDR") or "")
            forwarded = str(environ.get("HTTP_X_FORWARDED_FOR") or "")
            environ["REMOTE_ADDR"] = visitor(peer, forwarded, self._trusted)
            if self.believes(peer):
                if environ.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
                    environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]
                # A ticket machine or a monitor beside the server needs no proxy.
                if not forwarded.strip() and environ["REQUEST_METHOD"] == "POST":
                    self._note("proxy-silent", peer)
            elif any(environ.get(name) for name in FORWARDED) and not is_public(peer):
                # A proxy stands in one's own network. Others may write what they like.
                self._note("proxy-untrusted", peer)
            return inner(environ, start_response)

        return application

    def _note(self, problem: str, peer: str) -> None:
        now = self._clock().timestamp()
        with self._guard:
            new = problem not in self._seen or abs(now - self._seen[problem]) >= REMEMBERED
            self._seen[problem] = now
        if new:
            log.warning(problem, proxy=bucket(peer), words=_WORDS[problem])


_WORDS = {
    "proxy-untrusted": "代理转来的访客没有认，所有人合起来限次数；是自己的代理，请把它的地址写进 PUSH_TRUSTED_PROXY。",
    "proxy-silent": "代理没有说是替谁转的，所有人合起来限次数；请让它发 X-Forwarded-For（见 docs/deploy/nginx.conf）。",
}
