"""The guard before every connection: to public addresses only."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pycurl

from ..addresses import is_public

Open = Callable[[pycurl.CurlSockAddr], socket.socket]


def open_socket(address: pycurl.CurlSockAddr) -> socket.socket:
    """A socket for ``address``, not connected. Raises ``OSError``."""
    return socket.socket(address.family, address.socktype, address.protocol)


class Guard:
    """What libcurl asks for a socket (``OPENSOCKETFUNCTION``), with the very address that it connects to next.

    So a name cannot change to an address inside the network between check and use. Where a name
    has several addresses, libcurl asks for each in turn, until one will do.
    """

    def __init__(self, opener: Open = open_socket) -> None:
        self._opener = opener
        self.refused = False
        """Whether an address has been refused since this was last set to false."""

    def __call__(self, _purpose: int, address: pycurl.CurlSockAddr) -> socket.socket | int:
        if not is_public(_text(address)):
            self.refused = True
            return pycurl.SOCKET_BAD
        try:
            return self._opener(address)
        except OSError:
            return pycurl.SOCKET_BAD


def _text(address: pycurl.CurlSockAddr) -> str:
    """As ``addresses`` reads it, with the zone of an IPv6 address that has one; empty for what is no IP address."""
    if address.family == socket.AF_INET:
        return str(address.addr[0])
    if address.family == socket.AF_INET6:
        host, _port, _flow, zone = address.addr
        return f"{host}%{zone}" if zone else str(host)
    return ""
