"""After a backup was put back: what left between the backup and the loss is not said again.

The ledger of a backup knows nothing of it. A node that went on from there would announce the noon of today
once more, to everybody. So that time is gone through once with a push service that takes every message and
hands none on; afterwards the ledger says of them what it would have said.
"""

from __future__ import annotations

from datetime import datetime

from . import vitals
from .app import create_app
from .errors import StartupError
from .published import LOCAL
from .pushing import Answer, Message
from .services import Services
from .settings import Settings

TAKEN = Answer(status=201)


def read_moment(text: str) -> datetime:
    """``2026-11-23 11:25`` of the centre's time. Raises ``StartupError``."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)
    except ValueError:
        raise StartupError(f"时间 {text!r} 写法不对 — 请写成 '2026-11-23 11:25'，是本地时间") from None


def count_as_sent(settings: Settings, until: datetime, now: datetime) -> int:
    """Note all that was to leave by ``until`` as sent, without sending it; how many messages that were.

    Nothing else may be at work with the database. Raises ``StartupError``.
    """
    if until > now:
        raise StartupError("时间还没有到 — 请写丢失之前最后一次正常的时间，它以后的提醒才会照发")
    taken = 0

    async def take(_message: Message) -> Answer:
        nonlocal taken
        taken += 1
        return TAKEN

    app = create_app(settings.with_options(demo=False), clock=lambda: until, send=take)
    s: Services = app.extensions["push_server"]
    try:
        beat = s.store.pulse.sender()
        if vitals.sends("off", beat, now.timestamp()):
            raise StartupError("有程序正在发提醒 — 请先停掉所有节点（停下 90 秒以后），再运行这个命令")
        if beat.at is not None and until.timestamp() < int(beat.at / 60) * 60:
            kept = datetime.fromtimestamp(beat.at, LOCAL).strftime("%Y-%m-%d %H:%M")
            raise StartupError(f"时间比备份还早 — 备份里已经有到 {kept} 为止的，请写丢失之前最后一次正常的时间")
        s.sender.run_due()
        if s.store.pulse.sender().at != until.timestamp():
            raise StartupError("有程序正在用这个数据目录 — 请先停掉它，再运行这个命令")
    finally:
        s.close()
    return taken
