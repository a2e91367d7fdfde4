"""A site of a few pages around the real ``pwa/``, laid out as the build lays it out."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from generator.site import inventory, publication, worker
from generator.site.packs import PackedPage, pack, records_of

PWA = Path(__file__).parents[2] / "pwa"

SKELETON = """<!doctype html>
<html lang="zh-CN" data-root="@@ROOT@@">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="guide-hotline" content="12345">
<meta name="guide-pre-check" content="咨询区">
<meta http-equiv="Content-Security-Policy" content="default-src 'self';object-src 'none';base-uri 'none'">
<!--stamp:head-->
<title><!--stamp:title--></title>
<link rel="stylesheet" href="@@ROOT@@assets/css/{css}/site.css">
<link rel="icon" href="@@ROOT@@icons/icon-192.png">
<link rel="manifest" href="@@ROOT@@manifest.webmanifest">
<script type="module" src="@@ROOT@@assets/app/{app}/main.js"></script>
</head>
<body>
<a href="@@ROOT@@">首页</a> <button type="button" data-module="elder" aria-pressed="false">大字</button>
<main>
<!--stamp:content-->
</main>
<footer><p data-module="updates"><span data-slot="stored">打开过一次，没有网络也能看</span></p></footer>
</body>
</html>
"""

WORKDAY = [
    {"opens": "08:30", "closes": "11:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
    {"opens": "11:30", "closes": "13:00", "service": "noon", "counters": {"advice": 1, "acceptance": 2}},
    {"opens": "13:00", "closes": "16:30", "service": "regular", "counters": {"advice": None, "acceptance": None}},
]
CENTRE = {
    "name": "某某政务服务中心",
    "hotline": "12345",
    "hours": [
        {"opens": {"at": "08:30", "source": None}, "closes": {"at": "11:30", "source": "news"}},
        {"opens": {"at": "13:00", "source": "news"}, "closes": {"at": "16:30", "source": None}},
    ],
    "counter_kinds": [
        {"id": "advice", "name": "业务咨询窗口", "queue": False},
        {"id": "acceptance", "name": "业务受理窗口（综合窗口）", "queue": True},
    ],
}
PAPERS = ("申请书", "营业执照", "场所证明")
GUIDE: Any = SimpleNamespace(guide_name="某某办事指南", hotline="12345")
MATTERS = ("kai-fandian", "hushi-yanxu", "gongsi-biangeng")
CITING = MATTERS[1]
"""The one whose page cites an article, of which the words are stored as well."""


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def calendar(special: dict[str, tuple[str, str | None, str]] | None = None) -> dict:
    """November and December 2026; ``special`` gives (kind, name, pattern) of a date."""
    days, on = [], date(2026, 11, 1)
    while on <= date(2026, 12, 31):
        kind, name, pattern = ("workday", None, "workday") if on.weekday() < 5 else ("weekend", None, "closed")
        if special and on.isoformat() in special:
            kind, name, pattern = special[on.isoformat()]
        days.append({"date": on.isoformat(), "kind": kind, "name": name, "pattern": pattern})
        on += timedelta(days=1)
    return {
        "timezone": "Asia/Shanghai",
        "first": "2026-11-01",
        "last": "2026-12-31",
        "patterns": {"closed": [], "workday": WORKDAY},
        "days": days,
    }


def files(words: str, extra: dict[str, bytes] | None = None, papers: tuple[str, ...] = PAPERS) -> dict[str, bytes]:
    """Every file of a release but what ``announce`` adds. ``words`` stand on every page, so that the
    releases of two texts differ in each of them."""
    made: dict[str, bytes] = {}
    app = {
        path.relative_to(PWA / "app").as_posix(): path.read_bytes()
        for path in sorted((PWA / "app").rglob("*.?s*"))
        if path.suffix in (".js", ".css")
    }
    style = f"/* {words} */ .elder {{ font-size: 125% }}\n".encode()
    app_name = digest(b"".join(app.values()) + words.encode())
    made[f"assets/css/{digest(style)}/site.css"] = style
    for name, data in app.items():
        made[f"assets/app/{app_name}/{name}"] = data
    for icon in (PWA / "icons").glob("*.png"):
        made[f"icons/{icon.name}"] = icon.read_bytes()
    made["manifest.webmanifest"] = (PWA / "manifest.webmanifest").read_bytes()
    made["sw-kill.js"] = (PWA / "kill.js").read_bytes()
    skeleton = SKELETON.format(css=digest(style), app=app_name)
    made["offline/skeleton/matter.html"] = skeleton.encode()

    def page(url: str, title: str, content: str, head: str = "") -> bytes:
        root = "../" * url.count("/") or "./"
        text = skeleton.replace("<!--stamp:title-->", title).replace("<!--stamp:head-->", head)
        return text.replace("<!--stamp:content-->", content).replace("@@ROOT@@", root).encode()

    now = '<section data-module="open-now"><p data-slot="state">工作日 8:30–16:30</p></section>'
    waiting = '<section data-module="queue-status"><div data-slot="queue">排队看大屏</div></section>'
    made["index.html"] = page(
        "", "首页", f'<h1>办事指南 {words}</h1>{now}{waiting}<a href="matters/{MATTERS[0]}/">开饭店</a>'
    )
    cells = "".join(
        f'<details data-month="2026-{month}"><summary>{month} 月</summary>'
        + "".join(f'<p data-date="2026-{month}-{day}">{day}</p>' for day in range(23, 28))
        + "</details>"
        for month in (10, 11, 12)
    )
    made["noon/index.html"] = page(
        "noon/", "午间日历", f'<h1>午间日历 {words}</h1><div data-module="noon-calendar">{cells}</div>'
    )
    made["offline/index.html"] = page(
        "offline/", "离线", f'<h1>离线 {words}</h1><div data-module="offline">存下来</div>'
    )
    topics = "".join(
        f'<section data-topic="{topic}" data-none="还没有"><h3>{topic}</h3><blockquote>例</blockquote><p{" data-feed" * (topic == "news")}>收不到</p></section>'
        for topic in ("noon", "hours", "queue", "ticket", "matter", "renewal", "news")
    )
    rest = "<div data-rest><p>夜里不响</p></div>"
    made["reminders/index.html"] = page(
        "reminders/", "提醒我", f'<h1>提醒我 {words}</h1><div data-module="reminders">午间提醒</div>{topics}{rest}'
    )
    made["ticket/index.html"] = page(
        "ticket/", "我的号", '<div data-module="ticket"></div><div data-module="ticket-reminder" hidden></div>'
    )
    boxes = "".join(
        f'<li><label><input type="checkbox" data-paper="{seq}"><span>{name}<small>原件</small></span></label></li>'
        for seq, name in enumerate(papers, 1)
    )
    pages = {}
    for id in MATTERS:
        # "$&" and "$1" stand for the matched text in a careless String.replace.
        url, title, head = f"matters/{id}/", f"{id} &amp; {words} $&", f'<meta name="description" content="{id} $1">'
        content = (
            f'<h1>{id} {words}</h1><button type="button" data-module="share">分享</button>'
            f'<section data-module="checklist" data-matter="{id}"><ul>{boxes}</ul></section>'
            f'<nav>我的材料 <span data-slot="checklist-count">{len(papers)}</span> <a href="@@ROOT@@noon/">午间</a></nav>'
            + ("<p><a class=mark href=@@ROOT@@laws/JZF/#8>依据</a></p>" if id == CITING else "")
        )
        made[f"{url}index.html"] = page(url, title, content, head)
        pages[url] = PackedPage("matter", title, head, content)
    law = '<h1>《建筑法》</h1><section id="8"><h2>第八条</h2><blockquote><p>应当具备下列条件</p></blockquote></section>'
    made["laws/JZF/index.html"] = page("laws/JZF/", f"建筑法 {words}", law, "")
    record = "<h1>最近改了什么</h1>"
    made["changes/index.html"] = page("changes/", "最近改了什么", record, "")
    made |= pack("record", {"changes/": PackedPage("matter", "最近改了什么", "", record)})[0]
    made |= pack("laws", {"laws/JZF/": PackedPage("matter", f"建筑法 {words}", "", law)})[0]
    made |= pack("all-0", pages)[0]
    for name, value in {"centre": CENTRE, "calendar": calendar(), "matters": list(MATTERS), "sections": []}.items():
        made[f"api/v1/{name}.json"] = json.dumps(value, ensure_ascii=False).encode()
    made["api/v1/release.json"] = b"{}"
    made["api/v1/changed.json"] = b'{"newest": null, "matters": {}}'
    made.update(extra or {})
    return made


def announce(
    made: dict[str, bytes],
    published: str | None = "2026-11-20",
    bundled: bool = True,
    urgent: tuple[dict[str, str | None], ...] = (),
) -> dict[str, bytes]:
    """``made`` with what the build adds to it: inventory, worker, bundle, and ``sw.js``. ``urgent`` is
    what ``api/v1/urgent.json`` tells, the newest entry of the record of changes first."""
    made = made | {"api/v1/urgent.json": json.dumps(urgent).encode()}
    listed = {path: digest(data) for path, data in sorted(made.items())}
    packs = {
        path: json.dumps({url: digest(text.encode()) for url, text in records_of(data).items()})
        for path, data in made.items()
        if path.startswith("offline/packs/")
    }
    name, data = inventory.inventory(listed, packs, later={"laws", "record"})
    (script,) = (parts := worker.joined(PWA)).keys()
    told = inventory.read_inventory(data)
    whole = inventory.bundle(data, inventory.contents(told, made.__getitem__)) if bundled else b""
    stub = worker.stub(
        (PWA / "sw.js").read_text(encoding="utf-8"),
        id=digest(json.dumps(listed).encode()),
        published=published,
        inventory=name,
        total=len(list(told.needed())),
        bundle=len(whole),
        worker=script,
        recorded=urgent[0]["entry"] if urgent else "2026-11-20",
        centre=GUIDE,
    )
    made = made | parts | {inventory.inventory_path(name): data}
    if bundled:
        path = inventory.bundle_path(name)
        made |= {path: whole, f"{path}.gz": gzip.compress(whole, mtime=0)}
    return made | {"sw.js": stub}


def write(folder: Path, made: dict[str, bytes]) -> None:
    for path, data in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def publish(
    folder: Path,
    words: str = "甲",
    bundled: bool = True,
    led: bool = False,
    urgent: tuple[dict[str, str | None], ...] = (),
    **options: object,
) -> dict[str, bytes]:
    """Put the release of ``words`` in place of whatever ``folder`` holds, ``sw.js`` last. With ``led``,
    phones with an earlier one that was published so are led on."""
    made = announce(files(words, **options), bundled=bundled, urgent=urgent)  # type: ignore[arg-type]
    id = json.dumps(worker.named_in(made["sw.js"])["id"])
    made["api/v1/release.json"] = f'{{"id": {id}}}'.encode()
    for old in [path for path in folder.rglob("*") if path.is_file()]:
        if str(old.relative_to(folder)) not in made and old.name != "sw.js":
            old.unlink()
    write(folder, {path: data for path, data in made.items() if path != "sw.js"})
    write(folder, {"sw.js": made["sw.js"]})
    if led:
        publication.publish(folder)
    return made
