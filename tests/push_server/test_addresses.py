"""Which addresses the server sends to: never one inside its own network."""

from __future__ import annotations

import asyncio
import socket
from functools import partial

import pytest
from pycurl import CurlSockAddr

from push_server.addresses import is_public
from push_server.endpoints import allowed
from push_server.errors import StartupError
from push_server.pushing import Answer, Message, PushClient
from push_server.settings import from_environment
from push_server.store.subscribers import Subscription
from push_server.way_out.transfers import Transfers

from .conftest import Clock, Server, in_own_thread
from .phone import Phone


@pytest.mark.parametrize(
    ("addresses", "opened"),
    [
        (("10.0.0.1",), []),
        (("127.0.0.1", "169.254.169.254"), []),
        (("[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1]"), []),
        (("10.0.0.1", "142.250.1.1"), ["142.250.1.1"]),
        (("[fd00::1]", "[2a00:1450:4001::1]"), ["2a00:1450:4001::1"]),
    ],
)
def test_a_known_name_never_leads_to_a_private_address(
    server: Server, clock: Clock, addresses: tuple[str, ...], opened: list[str]
) -> None:
    services = server.services
    asked: list[str] = []

    def opener(address: CurlSockAddr) -> socket.socket:
        asked.append(address.addr[0])
        raise OSError("no test goes further")

    phone = Phone("https://fcm.googleapis.com")
    keys = phone.subscription()["keys"]
    message = Message(
        subscription=Subscription(endpoint=phone.endpoint, **keys), payload=b"{}", ttl=60, urgency="high", topic="t"
    )

    async def send() -> Answer:
        transfers = partial(Transfers, addresses={"fcm.googleapis.com": addresses}, opener=opener)
        async with PushClient(services.settings, services.signer, clock, transfers) as client:
            return await client(message)

    assert in_own_thread(asyncio.run, send()) == Answer(reason="address-refused", left=False)
    assert asked == opened


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("142.250.1.1", True),
        ("2a00:1450:4001::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::8efa:101", True),  # NAT64 of 142.250.1.1
        ("64:ff9b::c000:aa", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("64:ff9b:1::8efa:101", False),
        ("64:ff9b:2::1", False),
        ("::127.0.0.1", False),
        ("::142.250.1.1", False),
        ("::ffff:142.250.1.1", True),
        ("::ffff:0:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:8efa:101::1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),  # Teredo
        ("2a00:1450:4001::5efe:127.0.0.1", False),  # ISATAP
        ("2a00:1450:4001:0:200:5efe:10.0.0.1", False),
        ("2a00:1450:4001::5efe:142.250.1.1", True),
        ("::", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("2001:2::1", False),
        ("2001:20::1", False),
        ("100::1", False),
        ("5f00::1", False),
        ("4000::1", False),
        ("fec0::1", False),
        ("ff0e::1", False),
        ("2a00:1450:4001::1%1", False),
        ("192.0.0.8", False),
        ("192.0.2.1", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("203.0.113.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("0.1.2.3", False),
        ("", False),
        ("2130706433", False),
        ("0x7f.1", False),
        ("fcm.googleapis.com", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("127.0.0.1", "是 IP 地址"),
        ("142.250.1.1", "是 IP 地址"),
        ("127.1", "是 IP 地址"),
        ("2130706433", "是 IP 地址"),
        ("0x7f000001", "是 IP 地址"),
        ("0X7F.0.0.1", "是 IP 地址"),
        ("0177.0.0.1", "是 IP 地址"),
        ("push.example.127", "是 IP 地址"),
        ("*.0.0.1", "是 IP 地址"),
        ("::1", "是 IP 地址"),
        ("[::1]", "是 IP 地址"),
        ("[::1]:443", "是 IP 地址"),
        ("fe80::1%eth0", "是 IP 地址"),
        ("https://fcm.googleapis.com", "不写 https://"),
        ("fcm.googleapis.com:443", "请写 fcm.googleapis.com"),
        ("fcm.googleapis.com.", "请写 fcm.googleapis.com"),
        ("127.0.0.1.", "是 IP 地址"),
        ("*.push.apple.com.", r"请写 \*.push.apple.com"),
        ("user@fcm.googleapis.com", "用户名"),
        ("fcm.googleapis.com@127.0.0.1", "用户名"),
        ("fcm.googleapis.com/fcm", "路径"),
        ("fcm.googleapis.com?x", "路径"),
        ("fcm.googleapis.com\\x", "路径"),
        ("fcm%2egoogleapis.com", "%"),
        ("FCM.googleapis.com", "请写 fcm.googleapis.com"),
        ("ｆｃｍ.googleapis.com", "请写 fcm.googleapis.com"),
        ("fcm。googleapis。com", "请写 fcm.googleapis.com"),
        ("推送.中国", "请写 xn--jzu200h.xn--fiqs8s"),
        ("xn--a.example", "xn--"),
        ("*", "星号"),
        ("push*.example.com", "星号"),
        ("*.*.example.com", "星号"),
        ("*.com", "不是完整的域名"),
        ("fcm", "不是完整的域名"),
        ("localhost", "内部网络"),
        ("push.localhost", "内部网络"),
        ("push.local", "内部网络"),
        ("a..example", "不是域名"),
        ("-a.example", "不是域名"),
        ("a_b.example", "不是域名"),
        ("a b.example", "不是域名"),
        ("a" * 64 + ".example", "不是域名"),
        ("a." * 130 + "example", "不是域名"),
    ],
)
def test_what_is_no_name_of_a_push_service(host: str, advice: str) -> None:
    with pytest.raises(StartupError, match=rf"PUSH_HOSTS .*{advice}"):
        from_environment({"PUSH_HOSTS": f"fcm.googleapis.com,{host}"})


@pytest.mark.parametrize("host", ["fcm.googleapis.com", "*.push.apple.com", "xn--jzu200h.xn--fiqs8s", "4.push.example"])
def test_what_is_one(host: str) -> None:
    assert from_environment({"PUSH_HOSTS": host}).push_hosts == (host,)


@pytest.mark.parametrize(
    "origin",
    [
        "http://user:word@127.0.0.1:9000",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "http://127.0.0.1:",
        "http://[::1",
        "http://[::1]:9000",
        "http://",
        "ftp://127.0.0.1",
        "http://127.0.0.1?x",
        "HTTP://127.0.0.1",
    ],
)
def test_what_is_no_local_origin(origin: str) -> None:
    with pytest.raises(StartupError, match=r"PUSH_LOCAL_ORIGINS 请写成 http://"):
        from_environment({"PUSH_LOCAL_ORIGINS": origin})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "1.2.3.4.", "x.1"])
def test_an_endpoint_is_never_an_address_whatever_is_configured(host: str) -> None:
    assert not allowed(f"https://{host}/x", (host, "*.x.1", "*.0.0.1"))
