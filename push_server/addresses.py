"""Addresses: which are reachable for everybody, and what a name hides. Pure.

Python's own ``is_global`` is asked too, but what it knows differs from one version to the
next; the ranges below are those of IANA's registries of special-purpose addresses (RFC 6890).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network; a host takes 0.0.0.0 for itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by a carrier's customers
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and where clouds keep their secrets
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, given up (RFC 7526)
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, given up
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)
"""The upper half of the interface id, of private and of public IPv4 addresses (RFC 5214 §6.1)."""


def is_public(text: str) -> bool:
    """Whether the address ``text`` is reachable for everybody: not private, loopback, …

    An IPv4 address that an IPv6 address carries has to be public, too. The well-known prefix
    of NAT64 passes, since in a network without IPv4 every push service has such an address;
    the prefix for local use (64:ff9b:1::/48, RFC 8215) does not. A zone (``%eth0``) makes
    any address a local one. Text that is no address is not public.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not _special(address)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(str(address.ipv4_mapped))
    if address in _NAT64:
        return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
    if address not in _GLOBAL_UNICAST or _special(address) or not address.is_global:
        return False
    interface = int(address) & 0xFFFFFFFFFFFFFFFF
    return interface >> 32 not in _ISATAP or is_public(str(IPv4Address(interface & 0xFFFFFFFF)))


def is_address(host: str) -> bool:
    """Whether ``host`` is an IP address in any spelling that some program understands.

    A name whose last label is a number is one (WHATWG URL, "ends in a number"): ``127.1``,
    ``2130706433``, ``0x7f000001`` and ``0177.0.0.1`` are 127.0.0.1 for many a library.
    """
    if ":" in host or host.startswith("["):
        return True
    last = host.rstrip(".").rpartition(".")[2]
    return re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", last) is not None


def _special(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _NOT_PUBLIC if network.version == address.version)
