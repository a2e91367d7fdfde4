"""What an engine and its theme give: whole skeletons, nothing from elsewhere, always the same."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import material
import msgspec
import pytest

from generator.catalog.icons import Icon
from generator.catalog.model.centre import Colours
from generator.catalog.offers import Offers
from generator.cli import main
from generator.errors import BuildError
from generator.site.skin import APP, EARLY, ENGINES, LAYOUTS, STYLE, Look, SkinError, build_skin
from tests.kit import Project, files

ROOT = Path(__file__).parents[3]
SITE_SRC, MKDOCS = ROOT / "site_src", ROOT / "mkdocs.yml"
LOOK = Look(
    name="某某办事指南",
    hotline="0100",
    colours=Colours(light="#14477f", dark="#9cc2f2"),
    offers=Offers(noon=True, hall=True, zero_visit=True, deferral=True, supervision=True, queue=True),
    icons=(("section-a", "crane"), ("section-b", "pill")),
    examples=("开饭店", "换法人"),
)


@pytest.fixture(scope="module")
def skin():
    return build_skin(LOOK, SITE_SRC, MKDOCS)


def every_page(skin):
    return {**skin.skeletons, **skin.pages}.items()


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_skeleton_for_each_layout_with_each_mark_once(skin):
    assert sorted(skin.skeletons) == sorted(LAYOUTS)
    for layout, page in skin.skeletons.items():
        for mark in ("title", "head", "content"):
            assert page.count(f"<!--stamp:{mark}-->") == 1, (layout, mark)
        assert "<!--slot:" not in page


def test_hand_written_pages_are_whole(skin):
    assert sorted(skin.pages) == ["offline/", "reminders/"]
    for url, page in skin.pages.items():
        assert "<!--stamp:" not in page, url
        assert re.search(r"<title>[^<]+ · 某某办事指南</title>", page), url
        assert page.count("<h1") == 1, url


def test_each_page_finds_style_scripts_and_root(skin):
    for name, page in every_page(skin):
        assert page.startswith('<!doctype html>\n<html lang="zh-CN" data-root="@@ROOT@@">'), name
        assert page.count(f"<style>{STYLE}</style>\n<script>{EARLY}</script>") == 1, name
        assert page.count(f'<script type="module" src="@@ROOT@@assets/app/{APP}/main.js"></script>') == 1, name


def test_no_link_leaves_the_site_or_starts_at_its_host(skin):
    for name, page in every_page(skin):
        assert "http:" not in page.replace("http-equiv", "") and "https:" not in page, name
        for tag, attrs in Tags(page).found:
            for key in ("href", "src"):
                if key in attrs:
                    assert attrs[key].startswith(("@@ROOT@@", "#")), (name, tag, attrs)
    assert "url(" not in skin.stylesheet.decode()
    assert "@import" not in skin.stylesheet.decode()


def test_nothing_else_is_inline_but_markup(skin):
    for name, page in every_page(skin):
        page = page.replace(f"<style>{STYLE}</style>", "").replace(f"<script>{EARLY}</script>", "")
        assert "<style" not in page, name
        for tag, attrs in Tags(page).found:
            assert not [key for key in attrs if key == "style" or key.startswith("on")], (name, tag)
            assert tag != "script" or attrs.get("src"), name


def test_pages_are_well_formed_enough_to_be_stamped(skin):
    for name, page in every_page(skin):
        ids = re.findall(r'\bid="([^"]*)"', page)
        assert len(ids) == len(set(ids)), name
        for target in re.findall(r'(?:href|xlink:href)="#([^"]+)"', page):
            assert target in ids, (name, target)


def test_the_menu_leads_everywhere(skin):
    for name, page in every_page(skin):
        if name == "screen":  # the wall of the hall: nobody taps on it
            assert "<nav" not in page and "<footer" not in page
            continue
        for url in ("noon/", "queue/", "commitments/", "reminders/", "offline/", "about/"):
            assert f'href="@@ROOT@@{url}"' in page


def test_sizes(skin):
    # Of these, 800 bytes are for browsers of 2019 to 2021 (docs/browsers.md), and 160 for announcements, which
    # stand before the first paint; 240 for dates of one's own on two pages.
    assert len(skin.stylesheet) <= 22_000
    for layout, page in skin.skeletons.items():
        assert len(page.encode()) <= 6_000, layout
    assert len(skin.skeletons["matter"].encode()) <= 4_000


def test_colours_come_from_material_for_both_schemes(skin):
    sheet = skin.stylesheet.decode()
    light, dark = re.match(r":root\{(.*?)\}@media\(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}", sheet).groups()
    assert "--md-default-bg-color:#fff" in light
    assert "--md-default-bg-color:hsla(" in dark
    for name in re.findall(r"var\((--[\w-]+)", sheet):
        assert f"{name}:" in sheet, name


def test_the_same_sources_give_the_same_bytes(skin):
    assert build_skin(LOOK, SITE_SRC, MKDOCS) == skin


def test_it_is_silent_and_does_not_import_mkdocs_before_it_must():
    code = (
        "import sys, pathlib; from generator.site.skin import build_skin; "
        "assert not {'mkdocs', 'jinja2', 'material', 'zensical'} & sys.modules.keys(); "
        "from tests.generator.site.test_skin import LOOK; "
        "build_skin(LOOK, pathlib.Path('site_src'), pathlib.Path('mkdocs.yml'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_fault_in_a_page_is_told_in_mkdocs_words(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "page.md").write_text("---\ntitle: x\n---\n# x\n\n[gone](gone.md)\n", encoding="utf-8")
    (tmp_path / "css").mkdir()
    with pytest.raises(SkinError, match=r"gone\.md"):
        build_skin(LOOK, tmp_path, MKDOCS)


def test_a_colour_that_material_lacks_is_refused(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("p { color: var(--md-gone) }", encoding="utf-8")
    with pytest.raises(SkinError, match="--md-gone"):
        build_skin(LOOK, tmp_path, MKDOCS)


# --- the other engine ---------------------------------------------------------------


@pytest.fixture(scope="module")
def zensical():
    return build_skin(LOOK, SITE_SRC, MKDOCS, "zensical")


def test_both_engines_make_the_same_skin(skin, zensical):
    """Byte for byte: whichever renders them, a phone keeps the pages that it has."""
    assert zensical.skeletons == skin.skeletons
    assert zensical.pages == skin.pages
    assert zensical.stylesheet == skin.stylesheet
    assert zensical.assets == skin.assets


def test_another_engine_makes_the_same_site(project: Project, out: Path) -> None:
    """And the skin is rendered anew, although nothing of its sources has changed."""
    before = files(out)
    remembered = out.with_name(f"{out.name}.state") / "skin"
    rendered = remembered.read_bytes()
    assert main(project.arguments("build", out, "--skin", "zensical")) == 0
    assert files(out) == before
    assert remembered.read_bytes() != rendered


def test_a_fault_in_a_page_is_told_in_zensical_s_words(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "page.md").write_text("---\ntitle: x\n---\n# x\n\n[gone](gone.md)\n", encoding="utf-8")
    (tmp_path / "css").mkdir()
    with pytest.raises(SkinError, match=r"^page\.md:6: page does not exist$") as told:
        build_skin(LOOK, tmp_path, MKDOCS, "zensical")
    assert "Traceback" not in str(told.value) and "\x1b" not in str(told.value)


def test_a_fault_is_told_where_it_stands_whatever_the_engine(project: Project, out: Path, capsys) -> None:
    page = project.site_src / "docs/offline.md"
    line = page.read_bytes().count(b"\n") + 2
    page.write_text(page.read_text("utf-8") + "\n[gone](gone.md)\n", "utf-8")
    for engine in ENGINES:
        before = files(out)
        assert main(project.arguments("build", out, "--skin", engine)) == 1
        assert f"site_src/docs/offline.md:{line}: [page-build]" in capsys.readouterr().err
        assert files(out) == before


def test_an_engine_that_is_not_installed_is_asked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "zensical.config", None)
    with pytest.raises(BuildError, match=r"requirements-zensical\.lock"):
        build_skin(LOOK, SITE_SRC, MKDOCS, "zensical")


# --- what the catalogue says of it ------------------------------------------------------


def test_what_is_not_offered_has_no_page_and_no_link():
    plain = msgspec.structs.replace(LOOK, offers=Offers())
    skin = build_skin(plain, SITE_SRC, MKDOCS)
    assert sorted(skin.pages) == ["offline/"]
    for name, page in every_page(skin):
        for url in ("noon/", "reminders/", "hall/", "supervision/", "queue/"):
            assert f'href="@@ROOT@@{url}"' not in page, name
        if name != "screen":
            assert 'href="@@ROOT@@days/">开放日历</a>' in page, name


def test_the_look_is_that_of_the_centre(skin):
    other = msgspec.structs.replace(
        LOOK, name="别处", hotline="0200", colours=Colours(light="#7a1f3d", dark="#f2a9bf"), icons=(), examples=()
    )
    built = build_skin(other, SITE_SRC, MKDOCS)
    sheet = built.stylesheet.decode()
    assert "--md-primary-fg-color:#7a1f3d" in sheet and "--link:#f2a9bf" in sheet
    assert "#14477f" not in sheet and "#9cc2f2" not in sheet
    for name, page in every_page(built):
        assert '<meta name="theme-color" content="#7a1f3d">' in page, name
        assert '<meta name="guide-hotline" content="0200">' in page, name
        assert "某某" not in page and "0100" not in page, name
    assert 'id="i-section-a"' in skin.skeletons["home"] and "i-section-" not in built.skeletons["home"]


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_markup_in_the_catalogue_stays_text(engine):
    marked = '<i>&"'
    look = msgspec.structs.replace(
        LOOK, name=marked, hotline=marked, examples=(marked,), offers=Offers(pre_check=marked, hall=True)
    )
    for name, page in every_page(build_skin(look, SITE_SRC, MKDOCS, engine)):
        told = page.replace("&quot;", "&#34;")
        assert "<i>" not in page and "&amp;lt;" not in page, name
        if name != "screen":
            assert '<a class="brand" href="@@ROOT@@">&lt;i&gt;&amp;&#34;</a>' in told, name
        for meta in ("hotline", "pre-check", "examples"):
            assert f'<meta name="guide-{meta}" content="&lt;i&gt;&amp;&#34;">' in told, (name, meta)


def test_every_icon_that_a_section_may_have_is_there():
    icons = Path(material.__file__).parent / "templates/.icons/material"
    assert [icon for icon in get_args(Icon) if not (icons / f"{icon}.svg").is_file()] == []


def test_no_source_names_a_centre():
    """The name, the colours and the hotline are the catalogue's alone."""
    ours = re.compile(r"长春|经开|吉林|四街|(?<!\d)12345(?!\d)|changchun|jingkai|14477f", re.I)
    told = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for folder in ("generator", "push_server", "pwa/app", "site_src", "scripts")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".js", ".html", ".md", ".css", ".yml")
        for found in ours.finditer(path.read_text("utf-8"))
    ]
    for name in ("pwa/sw.js", "pwa/kill.js", "pwa/manifest.webmanifest", "mkdocs.yml"):
        told += [f"{name}: {found[0]}" for found in ours.finditer((ROOT / name).read_text("utf-8"))]
    assert told == []
