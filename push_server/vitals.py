"""What is wrong, judged by facts: a list of problems with words for people. Pure.

``failing`` means that something which was promised does not happen; ``degraded`` that it
does, and somebody should have a look all the same.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .published import LOCAL, Calendar, Centre, Duty, clock_time
from .store.pulse import Beat, Today

SILENT = 90.0
"""Seconds without a beat after which nobody sends."""
LATE = 120.0
"""Seconds after which a message that is due should have left."""
SOME = 0.1
"""A share of rejected messages that somebody should look at."""


DUTY_FROM = time(12)
"""From then on, on the working day before, a roster that falls short is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``fails``: the server does not do what it promises."""

    code: str
    words: str
    fails: bool = True


def of_sender(state: str, beat: Beat, now: float) -> list[Problem]:
    """``state`` is that of the sender in this process; ``beat`` may come from any other."""
    if state == "stuck":
        return [Problem("sender-stuck", "发提醒的线程卡住了，请重启服务。")]
    problems = []
    if state != "active" and not _fresh(beat, now):
        ago = "从来没有运行过" if beat.at is None else f"{_moment(beat.at)} 以后没有动静"
        problems.append(
            Problem("sender-off", f"没有程序在发提醒（{ago}），请启动 python -m push_server 或 flask deliver。")
        )
    if beat.error is not None and beat.error_at is not None and beat.error_at > (beat.at or 0.0):
        problems.append(
            Problem("sender-failing", f"发提醒的程序出错了（{_moment(beat.error_at)}，{beat.error}），请看日志。")
        )
    return problems


def sends(state: str, beat: Beat, now: float) -> bool:
    """Whether anybody sends, here or elsewhere."""
    return state == "active" or (state != "stuck" and _fresh(beat, now))


def shown_state(state: str, beat: Beat, now: float) -> str:
    """``state``, or ``elsewhere`` when only another process sends."""
    return "elsewhere" if state == "off" and _fresh(beat, now) else state


def of_messages(today: Today) -> list[Problem]:
    problems = []
    if today.rejected and not today.sent:
        problems.append(
            Problem(
                "all-rejected", f"今天的 {today.rejected} 条提醒全被推送服务拒收，请核对密钥、PUSH_CONTACT 和时钟。"
            )
        )
    elif today.rejected > SOME * today.sent:
        problems.append(
            Problem("some-rejected", f"今天有 {today.rejected} 条提醒被推送服务拒收，请看日志。", fails=False)
        )
    if today.overdue:
        words = f"有 {today.overdue} 条提醒到点没发出去，请检查网络、PUSH_PROXY 和推送服务。"
        problems.append(Problem("messages-late", words, fails=not today.sent))
    if today.expired:
        words = f"今天有 {today.expired} 条提醒直到过时也没发出去，请检查网络、PUSH_PROXY 和推送服务。"
        problems.append(Problem("messages-expired", words, fails=not today.sent))
    return problems


def due_announcement(calendar: Calendar, moment: datetime, lead: timedelta) -> tuple[str, bool] | None:
    """The key of the announcement of the noon service that should have been made by ``moment``,
    and whether there is still time; ``None`` when none is due."""
    local = moment.astimezone(LOCAL)
    day = local.date()
    spans = [span for span in calendar.spans(day) or () if span.service == "noon"]
    if not spans:
        return None
    begins, ends = (datetime.combine(day, clock_time(text), LOCAL) for text in (spans[0].opens, spans[-1].closes))
    if moment < begins - lead + timedelta(seconds=LATE):
        return None
    return f"noon:{day.isoformat()}", moment < ends


def of_announcement(due: tuple[str, bool] | None, made: bool, people: int) -> list[Problem]:
    if due is None or made or not people:
        return []
    in_time = due[1]
    words = "今天的午间提醒到点了还没有发布。" if in_time else "今天的午间提醒没有发布，时间已经过了。"
    return [Problem("announcement-missed", f"{words}请看日志，检查发提醒的程序和磁盘。", fails=in_time)]


def of_duty(calendar: Calendar, centre: Centre, moment: datetime) -> list[Problem]:
    """Rosters with fewer counters or people than are promised: of the noon service of today until it is
    over, and of the next day that has one."""
    problems = []
    for day in _noons_ahead(calendar, moment.astimezone(LOCAL)):
        duty = calendar.duty.get(day)
        if duty is not None and (lacking := "、".join(_lacking(duty, centre))):
            words = f"{day.month}月{day.day}日中午{lacking}，请补排；排不够就先发布公告。"
            problems.append(Problem("duty-short", words, fails=False))
    return problems


def _noons_ahead(calendar: Calendar, now: datetime) -> Iterator[date]:
    today = now.date()
    day = today
    while (spans := calendar.spans(day)) is not None:
        noon = [span for span in spans if span.service == "noon"]
        if noon and day == today:
            if now.time() < clock_time(noon[-1].closes):
                yield day
        elif noon:
            before = max((one for one in calendar.workdays if one < day), default=None)
            if before is not None and now >= datetime.combine(before, DUTY_FROM, LOCAL):
                yield day
            return
        day += timedelta(days=1)


def _lacking(duty: Duty, centre: Centre) -> Iterator[str]:
    for kind in centre.counter_kinds:
        if (number := duty.counters.get(kind.id, 0)) < kind.open_noon:
            had = f"只排了 {number} 个" if number else "没有排"
            yield f"{had}{kind.name}（承诺 {kind.open_noon} 个）"
    least = centre.noon_service.staff.at_least if centre.noon_service else 0
    if duty.people < least:
        yield f"只排了 {duty.people} 人（承诺至少 {least} 人）"


def of_storage(error: Exception) -> Problem:
    """What the database or the file system said; neither statement nor value are repeated."""
    said = str(getattr(error, "orig", None) or error)
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        said = "full" if full else "readonly" if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else ""
    for mark, words in (
        ("full", "磁盘满了，数据库写不进去，请清出空间。"),
        ("readonly", "数据库只能读、不能写，请检查数据目录的权限。"),
        ("malformed", "数据库损坏了，请用备份恢复。"),
        ("not a database", "数据库损坏了，请用备份恢复。"),
        ("locked", "数据库一直被别的程序占着，请检查还有谁在用。"),
    ):
        if mark in said:
            return Problem("storage-unavailable", words)
    return Problem("storage-unavailable", "数据库写不进去，请检查数据目录和磁盘。")


def _fresh(beat: Beat, now: float) -> bool:
    return beat.at is not None and abs(now - beat.at) <= SILENT


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, LOCAL).strftime("%m-%d %H:%M")
