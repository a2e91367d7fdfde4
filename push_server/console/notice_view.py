"""How a notice stands, and by whom, in words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..voice.notices import Notice, standing

GROUPS: Mapping[str, str] = {
    "submitted": "等人同意",
    "standing": "正在生效",
    "waiting": "定时",
    "draft": "草稿",
    "over": "已过",
    "cancelled": "已撤下",
}
"""In the order in which the list shows them: what somebody has to do comes first."""


def group(notice: Notice, stands: Collection[str], now: float) -> str:
    """``stands`` are the ids of those that hold at ``now``."""
    if notice.state == "cancelled":
        return "cancelled"
    if notice.state in ("draft", "submitted"):
        return "over" if notice.expires_at <= now else notice.state
    if notice.id in stands:
        return "standing"
    return "waiting" if notice.publish_at > now else "over"


def grouped(notices: Sequence[Notice], now: float) -> dict[str, list[Notice]]:
    """All by group, those without any left out."""
    stands = {one.id for one in standing(notices, now)}
    by_group: dict[str, list[Notice]] = {name: [] for name in GROUPS}
    for notice in notices:
        by_group[group(notice, stands, now)].append(notice)
    return {name: found for name, found in by_group.items() if found}


def ended(notice: Notice, notices: Sequence[Notice], now: float) -> str:
    """Why a notice of the past does not hold."""
    if notice.state in ("draft", "submitted"):
        return "没有发出就过了时间"
    later = [one for one in notices if one.root == notice.root and one.id != notice.id]
    if notice.expires_at > now and any((one.approved_at or 0.0) >= (notice.approved_at or 0.0) for one in later):
        return "被后来的更正代替"
    return "到了截止时间"


def who(name: str | None, accounts: Mapping[str, str]) -> str:
    """Whoever wrote or consented, by ``accounts`` (names as shown, by account)."""
    kind, _, rest = (name or "").partition(":")
    return f"程序“{rest}”" if kind == "token" else accounts.get(rest, rest)
