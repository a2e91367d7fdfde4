"""Subscribing and leaving over HTTP, and what is refused."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from flask.testing import FlaskClient

from .conftest import BOTH, Server, Start
from .phone import Phone, padded, unpadded

BACKENDS = BOTH

URL = "/push/v1/subscriptions"


@pytest.fixture
def http(server: Server) -> FlaskClient:
    return server.http


def test_the_key_is_a_point_and_stays(start: Start) -> None:
    first = start()
    key = first.http.get("/push/v1/key").get_json()["public_key"]
    point = padded(key)
    assert (len(point), point[0], "=" in key) == (65, 4, False)
    first.close()
    assert start().http.get("/push/v1/key").get_json()["public_key"] == key
    assert (first.services.settings.data / "vapid.pem").stat().st_mode & 0o777 == 0o600


def test_subscribing_twice_is_one_subscription(server: Server, http: FlaskClient, phone: Phone) -> None:
    first, second = (http.post(URL, json=phone.body()) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert (
        first.get_json() == second.get_json() == {"topics": ["noon"], "wishes": [{"topic": "noon"}, {"topic": "hours"}]}
    )
    assert server.services.store.subscribers.count() == 1


def test_leaving(server: Server, http: FlaskClient, phone: Phone) -> None:
    http.post(URL, json=phone.body())
    for _ in range(2):  # leaving twice is no mistake
        answer = http.delete(URL, json={"endpoint": phone.endpoint})
        assert (answer.status_code, answer.data) == (204, b"")
    assert server.services.store.subscribers.count() == 0


def test_the_cap(start: Start, push_service: Any) -> None:
    server = start(max_subscriptions=2)
    phones = [Phone(push_service.origin) for _ in range(3)]
    assert [server.subscribe(phone) for phone in phones] == [201, 201, 503]
    assert server.subscribe(phones[0]) == 200  # those inside may renew
    assert server.http.post(URL, json=phones[2].body()).get_json()["code"] == "subscriptions-full"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b-_",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QK0",
        "https://api.push.apple.com/QK0",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2bx",
    ],
)
def test_push_services_of_the_browsers(http: FlaskClient, phone: Phone, endpoint: str) -> None:
    phone.endpoint = endpoint
    assert http.post(URL, json=phone.body()).status_code == 201


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com./fcm/send/abc",
        "https://FCM.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com\\@127.0.0.1/x",
        "https://fcm.googleapis.com#@127.0.0.1/x",
        "https://fcm.googleapis.com.example.com/x",
        "https://xfcm.googleapis.com/x",
        "https://127.0.0.1:8443/x.google.com/",
        "https://10.0.0.1/?a=.push.apple.com/",
        "https://127.0.0.1/x.push.apple.com",
        "https://push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://.push.apple.com/x",
        "https://push.apple.com.evil.example/x",
        "https://notify.windows.com/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nHost: x",
        " https://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x\n",
        "https://fcm.googleapis.com/" + "x" * 2048,
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "",
    ],
)
def test_every_other_endpoint_is_refused(http: FlaskClient, phone: Phone, endpoint: str) -> None:
    phone.endpoint = endpoint
    answer = http.post(URL, json=phone.body())
    assert answer.status_code == 400
    assert answer.get_json()["code"] in ("endpoint-not-allowed", "request-invalid")


def test_a_local_push_service_is_allowed_by_its_whole_origin_only(http: FlaskClient, phone: Phone) -> None:
    port = phone.endpoint.split("/")[2].split(":")[1]
    for endpoint in (f"http://127.0.0.1:{port}1/x", "http://127.0.0.1/x", f"http://127.0.0.2:{port}/x"):
        phone.endpoint = endpoint
        assert http.post(URL, json=phone.body()).status_code == 400


def _with(keys: dict[str, Any]) -> Any:
    def change(body: dict[str, Any]) -> None:
        body["subscription"]["keys"].update(keys)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _with({"auth": unpadded(b"123")}),
        _with({"auth": unpadded(bytes(17))}),
        _with({"auth": "****************"}),
        _with({"auth": None}),
        _with({"p256dh": unpadded(b"\x04" + bytes(64))}),  # not on the curve
        _with({"p256dh": unpadded(b"\x04" + b"\x01" * 64)}),
        _with({"p256dh": unpadded(b"\x02" + b"\x01" * 32)}),
        _with({"p256dh": "€"}),
        lambda body: body["subscription"].pop("keys"),
        lambda body: body["subscription"].pop("endpoint"),
        lambda body: body["subscription"].update(endpoint=7),
        lambda body: body.update(topics=[]),
        lambda body: body.update(topics=["weather"]),
        lambda body: body.update(topics=["noon", "noon"]),
        lambda body: body.update(topics="noon"),
        lambda body: body.pop("topics"),
        lambda body: body.clear(),
    ],
)
def test_a_body_that_is_not_as_documented_is_refused(server: Server, phone: Phone, change: Any) -> None:
    body = copy.deepcopy(phone.body())
    change(body)
    answer = server.http.post(URL, json=body)
    assert answer.status_code == 400
    assert answer.get_json()["code"] in ("request-invalid", "keys-invalid")
    assert server.services.store.subscribers.count() == 0


def test_padded_keys_are_understood(server: Server, phone: Phone) -> None:
    body = phone.body()
    keys = body["subscription"]["keys"]
    keys.update(p256dh=keys["p256dh"] + "=", auth=keys["auth"] + "==")
    assert server.http.post(URL, json=body).status_code == 201


def test_too_many_requests(start: Start, phone: Phone) -> None:
    server = start(rate_limits=True)
    server.subscribe(phone)
    answers = [server.http.post("/push/v1/subscriptions/test", json={"endpoint": phone.endpoint}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert answers[-1].get_json()["code"] == "too-many-requests"
    assert int(answers[-1].headers["Retry-After"]) > 0
