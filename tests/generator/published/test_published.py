"""What is published beside the catalogue is refused by file, line and code, before anything is
written: by ``guide check`` and ``guide build`` alike."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.published.codes import CODES
from tests.kit import Project, files

PNG = "pwa/icons/icon-192.png"
PAGE, SHEET, MODULE, WORKER = "site_src/docs/offline.md", "site_src/css/10-ground.css", "pwa/app/main.js", "pwa/sw.js"
CLOCK = "pwa/app/page/clock.js"
MANIFEST, TEMPLATE, SETTINGS = "pwa/manifest.webmanifest", "site_src/overrides/main.html", "mkdocs.yml"
MERGE = "<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> branch\n"

Spoil = Callable[[Path], None]


def more(text: str) -> Spoil:
    """``text`` behind the last line."""
    return lambda path: path.write_bytes(path.read_bytes() + text.encode())


def instead(old: str, new: str) -> Spoil:
    def spoil(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def whole(data: bytes) -> Spoil:
    return lambda path: path.write_bytes(data)


def link(target: str) -> Spoil:
    def spoil(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return spoil


LAST = 0
"""Of what is put behind the last line: the first line of it."""
CASES: dict[str, tuple[str, Spoil, str, int | None]] = {
    "merge in the worker": (WORKER, more(MERGE), "source-conflict", LAST),
    "merge in a page": (PAGE, more(MERGE), "source-conflict", LAST),
    "merge in a style": (SHEET, more(MERGE), "source-conflict", LAST),
    "merge in a template": (TEMPLATE, more(MERGE), "source-conflict", LAST),
    "merge in the manifest": (MANIFEST, more(MERGE), "source-conflict", LAST),
    "merge in the settings": (SETTINGS, more(MERGE), "source-conflict", LAST),
    "half of a merge": (PAGE, more(">>>>>>> branch\n"), "source-conflict", LAST),
    "old merge style": (MODULE, more("||||||| base\n"), "source-conflict", LAST),
    "not UTF-8": (PAGE, whole("# 离线\n\n午间\n".encode("gbk")), "source-encoding", 1),
    "byte order mark": (SHEET, whole(b"\xef\xbb\xbfmain { order: 1 }\n"), "source-encoding", 1),
    "UTF-16": (PAGE, whole("# 离线".encode("utf-16")), "source-encoding", 1),
    "NUL": (MODULE, more("// \0\n"), "source-line-end", LAST),
    "CRLF": (PAGE, lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")), "source-line-end", 1),
    "CR": (SHEET, more("main { order: 1 }\rp { order: 2 }\n"), "source-line-end", LAST),
    "bidirectional control": (PAGE, more("午\u202e间\n"), "source-character", LAST),
    "hidden in an entity": (PAGE, more("午&shy;间\n"), "source-character", LAST),
    "hidden in a number": (TEMPLATE, more("午&#x202E;间\n"), "source-character", LAST),
    "radical in a script": (MODULE, more("// ⼀\n"), "source-character", LAST),
    "copy of a page": ("site_src/docs/offline - 副本.md", whole(b"# x\n"), "source-unexpected", 1),
    "copy of a module": ("pwa/app/search/finder (1).js", whole(b"1;\n"), "source-unexpected", 1),
    "copy of the worker": ("pwa/sw-old.js", whole(b"1;\n"), "source-copy", 1),
    "numbered copy": ("pwa/app/search/finder2.js", whole(b"1;\n"), "source-copy", 1),
    "English copy": ("site_src/docs/offline-copy.md", whole(b"# x\n"), "source-copy", 1),
    "backup": ("pwa/app/search/finder.js.bak", whole(b"1;\n"), "source-unexpected", 1),
    "backup with a tilde": ("site_src/docs/offline.md~", whole(b"# x\n"), "source-unexpected", 1),
    "autosave": ("site_src/css/#10-ground.css#", whole(b"a{}\n"), "source-unexpected", 1),
    "what a patch leaves": ("site_src/overrides/main.html.orig", whole(b"x"), "source-unexpected", 1),
    "thumbnails": ("pwa/icons/Thumbs.db", whole(b"x"), "source-unexpected", 1),
    "capitals": ("site_src/docs/Offline.md", whole(b"# x\n"), "source-unexpected", 1),
    "two suffixes": ("site_src/docs/offline.md.txt", whole(b"# x\n"), "source-unexpected", 1),
    "a picture among pages": ("site_src/docs/photo.png", whole(b"x"), "source-unexpected", 1),
    "no worker": (WORKER, lambda path: path.unlink(), "source-missing", 1),
    "no script before the first paint": ("pwa/app/early.js", lambda path: path.unlink(), "source-missing", 1),
    "no settings": (SETTINGS, lambda path: path.unlink(), "source-missing", 1),
    "link to a file elsewhere": ("pwa/icons/x.png", link("/etc/hostname"), "source-link", 1),
    "link by way of the parent": ("pwa/icons/x.png", link("../../../../../../../../etc/hostname"), "source-link", 1),
    "link to another folder of ours": ("pwa/icons/x.png", link("../../mkdocs.yml"), "source-link", 1),
    "link to what is hidden": ("pwa/icons/x.png", link("../.secret"), "source-link", 1),
    "link to a folder": ("site_src/docs/more", link("/etc"), "source-link", 1),
    "link to a folder within": ("site_src/docs/more", link("../css"), "source-link", 1),
    "link to a device": (PAGE, link("/dev/zero"), "source-link", 1),
    "link out that leads nowhere": ("pwa/icons/x.png", link("/nowhere/x"), "source-link", 1),
    "link to itself": ("pwa/icons/x.png", link("x.png"), "source-unreadable", 1),
    "settings elsewhere": (SETTINGS, link("/etc/hostname"), "source-link", 1),
    "pipe": ("pwa/icons/x.png", lambda path: os.mkfifo(path), "source-unreadable", 1),
    "pipe as a page": ("site_src/docs/x.md", lambda path: os.mkfifo(path), "source-unreadable", 1),
    "open brace": (WORKER, more("if (1) {\n"), "script-syntax", None),
    "stray brace": (MODULE, more("}\n"), "script-syntax", LAST),
    "two statements in one": (MODULE, more("let a = 1 let b\n"), "script-syntax", LAST),
    "import in the worker": (WORKER, more("import './app/main.js';\n"), "script-syntax", LAST),
    "await in a function": (MODULE, more("function f() { await 1; }\n"), "script-syntax", LAST),
    "return outside": (WORKER, more("return 1;\n"), "script-syntax", LAST),
    "open template": (MODULE, more("const a = `x\n"), "script-syntax", None),
    "regular expression": (MODULE, more("const a = /(/;\n"), "script-syntax", LAST),
    "declared twice": (MODULE, more("const twice = 1;\nconst twice = 2;\n"), "script-duplicate", 2),
    "declared twice within": (MODULE, more("function f() {\n  let a;\n  let a;\n}\n"), "script-duplicate", 3),
    "in two parts of the worker": ("pwa/worker/since.js", more("const digest = 1;\n"), "script-duplicate", LAST),
    "part of the worker": ("pwa/worker/since.js", lambda path: path.unlink(), "source-missing", 1),
    "imported twice": ("pwa/app/x.js", whole(b'import { clock } from "./y.js";\nconst clock = 1;\n'), "script-", None),
    "no such module": (MODULE, more('import "./nowhere.js";\n'), "script-import", LAST),
    "no such name": (MODULE, more('import { nothing } from "./page/page.js";\n'), "script-import", LAST),
    "no such module in another folder": (CLOCK, more('import "../papers/page.js";\n'), "script-import", LAST),
    "no such module when asked for": (MODULE, more('() => import("./finder.js");\n'), "script-import", LAST),
    "no such style when asked for": (CLOCK, more('new URL("./x.css", import.meta.url);\n'), "script-import", LAST),
    "a script that is no module": (MODULE, more('import "../kill.js";\n'), "script-import", LAST),
    "from another host when asked for": (MODULE, more('import("//example.com/x.js");\n'), "script-import", LAST),
    "from another host": (MODULE, more('import "https://example.com/x.js";\n'), "script-import", LAST),
    "no place for the list": (WORKER, instead("self.__RELEASE__", "{}"), "script-release", 1),
    "open rule": (SHEET, more("main { order: 1;\n"), "style-open", LAST),
    "open comment": (SHEET, more("/* main\n"), "style-open", None),
    "open string": (SHEET, more('main::after { content: "x }\n'), "style-syntax", LAST),
    "stray brace in a style": (SHEET, more("}\n"), "style-syntax", LAST),
    "no colon": (SHEET, more("main { order 1; }\n"), "style-syntax", LAST),
    "no semicolon": (SHEET, more("main { order: 1\ncolor: red; }\n"), "style-syntax", 2),
    "no brace before the next": (SHEET, more("main { order: 1;\np { order: 2; }\n"), "style-", None),
    "within a query": (SHEET, more("@media print {\nmain { order }\n}\n"), "style-syntax", 2),
    "comma in JSON": (MANIFEST, instead('"scope": ".",', '"scope": "."'), "manifest-syntax", None),
    "key twice": (MANIFEST, instead('"scope": ".",', '"scope": ".", "lang": "zh",'), "manifest-syntax", None),
    "no name": (MANIFEST, instead('"short_name": "办事指南",', ""), "manifest-field", None),
    "a name of its own": (MANIFEST, instead('"lang"', '"name": "别的指南",\n"lang"'), "manifest-field", None),
    "a colour of its own": (MANIFEST, instead('"lang"', '"theme_color": "#123456",\n"lang"'), "manifest-field", None),
    "start elsewhere": (MANIFEST, instead('"start_url": "."', '"start_url": "/"'), "manifest-field", None),
    "no such icon": (MANIFEST, instead("icons/icon-192.png", "icons/icon-19.png"), "manifest-icon", None),
    "another size": (MANIFEST, instead("512x512", "511x511"), "manifest-icon", None),
    "another type": (MANIFEST, instead("image/png", "image/webp"), "manifest-icon", None),
    "hidden in JSON": (MANIFEST, instead("办事指南", "办事\\u202e指南"), "manifest-field", None),
    "cut image": (PNG, lambda path: path.write_bytes(path.read_bytes()[:-200]), "image-broken", 1),
    "empty image": (PNG, whole(b""), "image-broken", 1),
    "page as an image": (PNG, whole(b"<!doctype html><title>404</title>"), "image-broken", 1),
    "another format": (
        PNG,
        whole(b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;"),
        "image-broken",
        1,
    ),
    "open element": (
        "pwa/icons/x.svg",
        whole(b'<svg xmlns="http://www.w3.org/2000/svg">\n<g></svg>'),
        "image-broken",
        2,
    ),
    "script in an image": (
        "pwa/icons/x.svg",
        whole(b'<svg xmlns="http://www.w3.org/2000/svg">\n<script>1</script></svg>'),
        "image-active",
        2,
    ),
    "entities": ("pwa/icons/x.svg", whole(b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'), "image-active", 1),
    "never closed": (PAGE, more('\n<div class="card">\n\n字\n'), "markup-open", 2),
    "closed in another order": (PAGE, more("\n<b><i>字</b></i>\n"), "markup-", None),
    "stray end": (PAGE, more("\n字</section>\n"), "markup-stray", 2),
    "attribute twice": (PAGE, more('\n<p class="a" class="b">字</p>\n'), "markup-twice", 2),
    "id twice": (PAGE, more('\n<p id="a">字</p>\n<p id="a">字</p>\n'), "markup-twice", 3),
    "id of a heading twice": (PAGE, more('\n<p id="stored">字</p>\n'), "markup-twice", None),
    "script in a page": (PAGE, more("\n<script>alert(1)</script>\n"), "markup-inline", 2),
    "handler in a page": (PAGE, more('\n<p onclick="x()">字</p>\n'), "markup-inline", 2),
    "open block": (TEMPLATE, more("{% block x %}\n"), "template-syntax", None),
    "no such value": (
        TEMPLATE,
        instead("{{ config.site_name | e }}</a>", "{{ config.no.name }}</a>"),
        "page-build",
        None,
    ),
    "open tag in a template": (TEMPLATE, instead("</header>", ""), "markup-open", None),
    "link to nothing": (PAGE, more("\n[字](nowhere.md)\n"), "page-build", None),
    "no such template": (PAGE, instead("template: page.html", "template: gone.html"), "page-build", None),
    "a theme of another kind": (SETTINGS, instead("name: material", "name: mkdocs"), "settings-key", None),
    "a theme by its name alone": (SETTINGS, whole(b"theme: material\n"), "settings-key", 1),
    "a list as settings": (SETTINGS, whole(b"- material\n"), "settings-key", 1),
    "settings that are none": (SETTINGS, more("theme:\n"), "yaml-duplicate-key", LAST),
    "environment": (SETTINGS, more("extra: {x: !ENV HOME}\n"), "yaml-tag", LAST),
    "a name in the settings": (SETTINGS, more("site_name: 别的指南\n"), "settings-key", LAST),
    "hooks": (SETTINGS, more("hooks: [x.py]\n"), "settings-key", LAST),
    "inherited": (SETTINGS, more("INHERIT: /etc/mkdocs.yml\n"), "settings-key", LAST),
    "theme elsewhere": (SETTINGS, instead("custom_dir: site_src/overrides", "custom_dir: /etc"), "settings-key", None),
    "included files": (
        SETTINGS,
        instead("  - attr_list", "  - attr_list\n  - pymdownx.snippets"),
        "settings-key",
        None,
    ),
    "address": (SETTINGS, more("site_url: example.com\n"), "settings-address", LAST),
}


def said(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What both verbs say; they say the same."""
    capsys.readouterr()
    assert main(["check", "--catalog", str(project.catalog)]) == 1
    check = capsys.readouterr().err
    assert main(project.arguments("build", out)) == 1
    assert capsys.readouterr().err == check
    return check


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_where_it_stands(
    case: str, project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, spoil, code, line = CASES[case]
    path = project.folder / name
    (project.pwa / ".secret").write_bytes(b"secret")
    before, published = path.read_bytes() if path.is_file() else b"", files(out)
    spoil(path)
    if line is not None and before and name not in (PNG,) and line != 1:
        line = before.count(b"\n") + max(line, 1)
    told = said(project, out, capsys)
    where = rf"{re.escape(name)}:{line or '[0-9]+'}: \[{code}[a-z-]*\] .+ — .+"
    assert re.search(where, told), told
    assert files(out) == published, "the last good site stays"
    assert not any(secret in told for secret in ("root:", Path("/etc/hostname").read_text().strip() + "\n"))


def test_several_faults_are_told_at_once(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (WORKER, PAGE, SHEET):
        more(MERGE)(project.folder / name)
    path = project.path("m1")
    path.write_text(path.read_text("utf-8").replace("value: 20", "value: 二十"), "utf-8")
    told = said(project, out, capsys)
    assert re.findall(r": \[([a-z-]+)\]", told) == ["value-int", *["source-conflict"] * 3]


def test_once_mended_it_is_published(project: Project, out: Path) -> None:
    path = project.folder / PAGE
    text = path.read_text("utf-8")
    more(MERGE)(path)
    assert main(project.arguments("build", out)) == 1
    path.write_text(text + "\n新的一段。\n", "utf-8")
    assert main(project.arguments("build", out)) == 0
    assert "新的一段" in (out / "offline/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "site_src/docs/parking.md",
            "---\ntitle: 停车\ntemplate: page.html\n---\n# 停车\n\n`<b>` 和 <b>字</b><br>\n=======\n",
        ),
        ("site_src/docs/more/bus.md", "---\ntitle: 公交\ntemplate: page.html\n---\n# 公交 ①㎡\n\n<p>一\n<p>二\n"),
        (
            "site_src/css/70-more.css",
            "@media print { main { --x: {a}; order: 1 } }\n@supports (order:1) { a::before { content: ':' } }\n",
        ),
        ("pwa/app/more.js", "export const a = b?.c ?? 1_0n;\nvar x; var x;\nfunction f() {}\n{ const x = 1; }\n"),
        ("pwa/icons/more.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>\n'),
        ("pwa/.finder.js.swp", "\0"),
    ],
)
def test_what_is_sound_is_published(name: str, content: str, project: Project, out: Path) -> None:
    path = project.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    assert main(["check", "--catalog", str(project.catalog)]) == 0
    assert main(project.arguments("build", out)) == 0


def test_a_link_within_its_folder_is_a_file(project: Project, out: Path) -> None:
    (project.pwa / "icons" / "more.png").symlink_to("icon-192.png")
    assert main(project.arguments("build", out)) == 0
    assert (out / "icons/more.png").read_bytes() == (project.folder / PNG).read_bytes()


CATALOGUE_LINKS = {
    "file": ("matters/construction/m9.yml", "/etc/hostname"),
    "shared file": ("words.yml", "/etc/hostname"),
    "relative": ("matters/construction/m9.yml", "../../../mkdocs.yml"),
    "device": ("matters/construction/m9.yml", "/dev/zero"),
    "nowhere": ("matters/construction/m9.yml", "/nowhere/x.yml"),
    "folder": ("matters/more", "/etc"),
}


@pytest.mark.parametrize("case", CATALOGUE_LINKS)
def test_the_catalogue_follows_no_link_out_of_it(
    case: str, project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, target = CATALOGUE_LINKS[case]
    link(target)(project.catalog / name)
    told = said(project, out, capsys)
    assert f"catalog/{name}:1: [file-" in told
    assert Path("/etc/hostname").read_text().strip() + "”" not in told


def test_a_chain_of_links_is_followed_to_its_end(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link("b.png")(project.pwa / "icons" / "a.png")
    link("/etc/hostname")(project.pwa / "icons" / "b.png")
    told = said(project, out, capsys)
    assert "pwa/icons/a.png:1: [source-link]" in told and "pwa/icons/b.png:1: [source-link]" in told


@pytest.mark.parametrize("name", ["catalog", "site_src", "pwa"])
def test_a_folder_may_be_no_link_out_of_the_checkout(
    name: str, project: Project, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (project.folder / name).rename(elsewhere)
    (project.folder / name).symlink_to(elsewhere)
    assert re.search(rf"^{name}(?:/\S*)?:1: \[(?:source|file)-link\]", said(project, out, capsys), re.MULTILINE)


def test_every_code_is_tried() -> None:
    tried = [code for _, _, code, _ in CASES.values()]
    assert [code for code in CODES if not any(code.startswith(one) for one in tried)] == []
