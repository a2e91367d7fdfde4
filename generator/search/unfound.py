"""What citizens looked for and did not find, for editors: with the nearest matters and the
lines that words.yml would need.

Read from the push server, or on its machine from its database (table ``unfound``:
query, times, first_day, last_day). Whatever has meanwhile become a word, an alias or a
name is left out.
"""

from __future__ import annotations

import json
import math
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from ..catalog.parts import Catalogue
from ..errors import BuildError

DATABASE = "push.sqlite3"
NEAREST = 3
ENOUGH = 0.12
"""Likeness below which a matter is no suggestion."""

PATIENCE = 20
"""Seconds to wait for a server."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """``times`` it was sent, ``last_day`` for the last time (ISO date)."""

    query: str
    times: int
    last_day: str


def from_database(data: Path) -> list[Unfound]:
    """The most frequent first. Raises ``BuildError`` when there is no such database."""
    path = data / DATABASE
    if not path.is_file():
        raise BuildError(f"{path} 不存在 — 用 --data 写推送服务的数据目录，或者用 --from 写网站地址")
    rows = "SELECT query, times, last_day FROM unfound ORDER BY times DESC, last_day DESC, query"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return [Unfound(*row) for row in connection.execute(rows)]
    except sqlite3.Error as error:
        raise BuildError(f"{path} 读不出来（{error}）— 先启动一次新版的推送服务") from None


def from_server(address: str, token: str | None) -> list[Unfound]:
    """As ``from_database``, from the server of the site at ``address``."""
    if not address.startswith(("https://", "http://")):
        raise BuildError(f"{address} 不是网址 — 写成 https://… 开头的网站地址")
    if not token:
        raise BuildError("没有令牌 — 请管理员用 token add 发一个，放进环境变量 GUIDE_TOKEN")
    url = urljoin(address.rstrip("/") + "/", "push/v1/unfound")
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            listed = json.load(answer)["queries"]
            return [Unfound(item["query"], item["times"], item["last_day"]) for item in listed]
    except urllib.error.HTTPError as error:
        hint = "令牌不对或已作废" if error.code == 401 else f"服务器回答 {error.code}"
        raise BuildError(f"{url} 读不到（{hint}）— 请管理员检查") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{url} 读不到（{error}）— 检查地址和网络") from None


def still_unfound(listed: Iterable[Unfound], catalogue: Catalogue) -> list[Unfound]:
    known = {_plain(text) for texts in _texts(catalogue).values() for text in texts}
    return [one for one in listed if _plain(one.query) not in known]


def suggestions(listed: Iterable[Unfound], catalogue: Catalogue) -> str:
    """For each query its nearest matters and the lines to add, as text."""
    texts = {id: [_pairs(text) for text in own] for id, own in _texts(catalogue).items()}
    return "\n\n".join(_told(one, _nearest(one.query, texts), catalogue) for one in listed)


def _told(one: Unfound, near: list[str], catalogue: Catalogue) -> str:
    lines = [f"{one.query}（{one.times} 次，最近 {one.last_day}）"]
    lines += [f"  可能是：{catalogue.matters[id].name}（{id}）" for id in near] or ["  没有相近的事项"]
    if near:
        lines += ["  是的话，加到 catalog/words.yml：", f"  - word: {one.query}", f"    matters: [{near[0]}]"]
    return "\n".join(lines)


def _texts(catalogue: Catalogue) -> dict[str, list[str]]:
    """Everything a matter is called."""
    found = {id: [matter.name, *matter.aliases] for id, matter in catalogue.matters.items()}
    for word in catalogue.words:
        for id in word.matters:
            if id in found:
                found[id].append(word.word)
    return found


def _nearest(query: str, texts: Mapping[str, Iterable[frozenset[str]]]) -> list[str]:
    mine = _pairs(query)
    scored = {id: max((_likeness(mine, text) for text in own), default=0.0) for id, own in texts.items()}
    best = sorted((id for id, score in scored.items() if score >= ENOUGH), key=lambda id: (-scored[id], id))
    return best[:NEAREST]


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, and the characters themselves."""
    plain = _plain(text)
    return frozenset([*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))])


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets: 0 nothing in common, 1 the same."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
