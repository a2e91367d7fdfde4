"""Two states of the catalogue → what changed, in the words of those who are concerned."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.model.change import Change
from .matters import matter_changes
from .raw import Plain, Raw

ASK = "待中心确认"


def compare(old: Raw, new: Raw) -> tuple[Change, ...]:
    """Every change that somebody who comes to the centre would notice: first those of the
    centre, then matter by matter, in the order of their ids."""
    general = [
        *((text, True) for text in _opening(old.centre, new.centre)),
        *((text, False) for text in (*_centre(old.centre, new.centre), *_laws(old, new))),
    ]
    changes = [Change(matter=None, name=None, text=text, urgent=urgent) for text, urgent in general]
    titles = {id: law.get("title") or id for id, law in (old.laws | new.laws).items()}
    counters = {
        kind.get("id"): kind.get("name") for raw in (old, new) for kind in (raw.centre or {}).get("counter_kinds") or ()
    }
    for id in sorted(old.matters.keys() | new.matters.keys()):
        before, after = (_counted(matters.get(id), counters) for matters in (old.matters, new.matters))
        changes += [
            Change(matter=id, name=_name(after or before), text=text) for text in _matter(before, after, titles)
        ]
    return tuple(changes)


def _name(matter: Plain | None) -> str:
    return (matter or {}).get("name") or ""


def _counted(matter: Plain | None, counters: dict[str | None, str | None]) -> Plain | None:
    """The matter with the name of its counter, as it stands on the counter."""
    counter = (matter or {}).get("counter")
    return matter and {**matter, "counter": counters.get(counter) or counter}


def _matter(before: Plain | None, after: Plain | None, titles: dict[str, str]) -> Iterator[str]:
    if after is None:
        yield "不再收录这个事项"
    elif before is None:
        yield "新收录这个事项"
    else:
        yield from matter_changes(before, after, titles)


# --- the centre, the laws ---------------------------------------------------------------


def _centre(old: Plain | None, new: Plain | None) -> Iterator[str]:
    if old is None or new is None:
        return
    for field, word in (("hotline", "咨询电话"), ("phone", "中心电话"), ("address", "中心地址")):
        yield from moved(word, old.get(field), new.get(field))
    before = {item.get("id"): item for item in old.get("counter_kinds") or ()}
    for kind in new.get("counter_kinds") or ():
        was = before.get(kind.get("id")) or {}
        for field, word in (("open_regular", "平时开"), ("open_noon", "午间开")):
            yield from moved(f"{kind.get('name')}{word}几个", was.get(field), kind.get(field))
    kept = {item.get("id"): item.get("status") for item in old.get("commitments") or ()}
    for item in new.get("commitments") or ():
        if item.get("id") not in kept:
            yield f"多了一项承诺“{item.get('name')}”"
        elif kept[item.get("id")] != item.get("status") == "running":
            yield f"“{item.get('name')}”已经实行"


def _opening(old: Plain | None, new: Plain | None) -> Iterator[str]:
    """When the doors are open."""
    if old is None or new is None:
        return
    before = {part.get("id"): part for part in old.get("hours") or ()}
    for part in new.get("hours") or ():
        was = before.get(part.get("id")) or {}
        for field, word in (("opens", "开门"), ("closes", "关门")):
            name = f"{part.get('name')}{word}"
            yield from moved(name, (was.get(field) or {}).get("at"), (part.get(field) or {}).get("at"))
    was, now = old.get("noon_service") or {}, new.get("noon_service") or {}
    for field, word in (("opens", "午间服务开始"), ("closes", "午间服务结束"), ("accepts", "午间能受理")):
        yield from moved(word, was.get(field), now.get(field))
    known = {item.get("date"): _exception(item) for item in old.get("exceptions") or ()}
    for item in new.get("exceptions") or ():
        if known.get(item.get("date")) != _exception(item):
            yield f"{item.get('date')} 临时调整：{_exception(item)}"


def _exception(item: Plain) -> str:
    spans = "，".join(f"{part.get('opens')}–{part.get('closes')}" for part in item.get("spans") or ())
    return f"{spans or '不开放'}（{item.get('reason')}）"


def _laws(old: Raw, new: Raw) -> Iterator[str]:
    for id, law in new.laws.items():
        before, after = (old.laws.get(id) or law).get("version_date"), law.get("version_date")
        if before != after and after is not None:
            title = f"《{(law.get('title') or id).strip('《》')}》"
            yield f"{title}：版本 {before} → {after}" if before else f"{title}：用的是 {after} 版"


def moved(word: str, old: str | None, new: str | None) -> Iterator[str]:
    """``word：old → new`` where they differ."""
    if (old or None) != (new or None):
        yield f"{word}：{old or ASK} → {new or ASK}"
