"""A new key in front: phones that have not been here since are reached with the old one."""

from __future__ import annotations

from click.testing import CliRunner

from push_server.__main__ import main

from .conftest import Clock, Server, Start
from .phone import Phone, claims
from .push_service import PushService


def rotate(server: Server) -> None:
    settings = server.services.settings
    done = CliRunner().invoke(main, ["--site", str(settings.site), "--data", str(settings.data), "rotate-key"])
    assert done.exit_code == 0, done.output


def key(server: Server) -> str:
    answer: str = server.http.get("/push/v1/key").get_json()["public_key"]
    return answer


def test_every_phone_is_signed_for_with_the_key_it_subscribed_with(
    start: Start, clock: Clock, push_service: PushService
) -> None:
    old, new = Phone(push_service.origin), Phone(push_service.origin)
    server = start()
    first = key(server)
    server.subscribe(old)
    server.close()
    rotate(server)
    rotate(server)
    again = start()
    second = key(again)
    assert second != first
    again.subscribe(new)
    clock.at("11:15")
    again.run()
    signed = {message.path: message.headers["authorization"] for message in push_service.received}
    assert claims(signed[old.path], first) and claims(signed[new.path], second)


def test_a_phone_that_has_subscribed_anew_has_the_new_key(
    start: Start, clock: Clock, push_service: PushService
) -> None:
    phone = Phone(push_service.origin)
    server = start()
    server.subscribe(phone)
    server.close()
    rotate(server)
    again = start()
    answer = again.http.post("/push/v1/subscriptions", json={**phone.body(), "key": key(again)})
    assert answer.status_code == 200
    clock.at("11:15")
    again.run()
    assert claims(push_service.received[0].headers["authorization"], key(again))


def test_a_backup_holds_all_keys(start: Start) -> None:
    server = start()
    server.close()
    rotate(server)
    settings = server.services.settings
    folder = settings.data.parent / "copy"
    done = CliRunner().invoke(main, ["--site", str(settings.site), "--data", str(settings.data), "backup", str(folder)])
    assert done.exit_code == 0, done.output
    assert len(list(folder.glob("vapid*.pem"))) == 2
