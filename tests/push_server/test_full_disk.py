"""A full disk: nothing new leaves, and nobody gets twice what has left."""

from __future__ import annotations

import errno
import os

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from push_server.settings import Settings

from .conftest import Clock, Server, Start
from .phone import Phone
from .push_service import PushService
from .test_delivery import tally


def test_a_disk_that_is_full_for_a_while_repeats_nothing(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    """What push services have taken is kept in memory until it can be written down."""
    server.subscribe(phone)
    server.subscribe(Phone(push_service.origin))
    database = server.services.store.engine
    with database.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE UPDATE ON deliveries WHEN NEW.state = 'sent' "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    clock.at("11:15")
    for _ in range(2):
        with pytest.raises(SQLAlchemyError):
            server.run()
        clock.forward(5)
    assert len(push_service.received) == 2
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_room")
    server.run()
    assert len(push_service.received) == 2
    assert tally(server) == {"sent": 2}


def test_a_disk_that_is_full_when_the_process_dies_repeats_nothing_either(
    start: Start,
    settings: Settings,
    clock: Clock,
    push_service: PushService,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For what push services have taken there is room that nothing else takes; without it nothing leaves."""
    server = start()
    server.subscribe(phone)
    server.subscribe(Phone(push_service.origin))
    engine, kept = server.services.store.engine, settings.data / "sender.room"
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.create_function("room", 0, lambda: int(not kept.exists())))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE UPDATE ON deliveries WHEN NEW.state = 'sent' AND NOT room() "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    clock.at("11:15")
    with pytest.raises(SQLAlchemyError):
        server.run()
    assert len(push_service.received) == 2
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_room")
    again = start()  # the first one is killed: what it has in memory is lost
    again.subscribe(Phone(push_service.origin))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        again.run()
    assert len(push_service.received) == 2
    monkeypatch.undo()
    again.run()
    assert len(push_service.received) == 3
    assert tally(again) == {"sent": 3}
