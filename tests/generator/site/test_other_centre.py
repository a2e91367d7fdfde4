"""Another city takes the guide over: its catalogue alone makes another guide.

Also a centre that shuts over noon, and one that has nothing but matters.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from generator.catalog import notes
from generator.catalog.load import load
from generator.catalog.parts import Catalogue
from generator.catalog.paths import FILES, OPTIONAL
from generator.catalog.schema import TYPES
from generator.catalog.starter import new_centre
from generator.cli import main
from push_server.published import Published
from tests.kit import REPO, files

OURS = re.compile("长春|经开|吉林|changchun|jingkai|(?<![0-9a-f])12345(?![0-9a-f])|14477f", re.I)
NOON = re.compile("午间|中午|午休|noon/|noon\\.ics|over noon")


def build(catalog: Path, out: Path, *more: str) -> Path:
    """The site of a catalogue with this repository's pages, style and scripts."""
    places = ["--site-src", str(REPO / "site_src"), "--mkdocs", str(REPO / "mkdocs.yml"), "--pwa", str(REPO / "pwa")]
    assert main(["build", "--catalog", str(catalog), *places, "--out", str(out), *more]) == 0
    return out


def started(folder: Path) -> Path:
    assert main(["new-centre", str(folder), "--catalog", str(REPO / "catalog")]) == 0
    return folder


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    """The file as plain data, to be changed in place."""

    def unknown(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: unknown(item) for key, item in value.items()}
        if isinstance(value, list):
            return [unknown(item) for item in value]
        return None if value == "null" else value

    data = unknown(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
    yield data
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def without_noon(catalog: Path) -> None:
    """What an editor writes whose centre shuts over noon."""
    with edited(catalog / "centre.yml") as centre:
        centre["noon_service"] = None
        centre["commitments"] = [item for item in centre["commitments"] if item["id"] != "noon"]
        for kind in centre["counter_kinds"]:
            kind["open_noon"] = 0
    with edited(catalog / "places.yml") as places:
        for place in places["places"]:
            place["noon_service"] = None
    (catalog / "cases.yml").unlink()
    for path in sorted((catalog / "matters").rglob("*.yml")):
        with edited(path) as matter:
            matter["noon_service"] = {"accepted": None, "completed": None, "source": None}


def only_matters(catalog: Path) -> None:
    """Everything away that a centre need not have."""
    without_noon(catalog)
    for part in OPTIONAL:
        (catalog / FILES[part].removeprefix("catalog/")).unlink(missing_ok=True)
    shutil.rmtree(catalog / "journeys")
    with edited(catalog / "centre.yml") as centre:
        centre["commitments"] = []
        for kind in centre["counter_kinds"]:
            kind["queue"] = False
    with edited(catalog / "sections.yml") as sections:
        for section in sections["sections"]:
            for key in ("on_site_papers", "see", "icon"):
                section.pop(key, None)
    with edited(catalog / "matters/life/notice-board.yml") as matter:
        for paper in matter["materials"]:
            paper.pop("deferral", None)
            paper["needed"] = "window"


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return started(tmp_path_factory.mktemp("other") / "catalog")


@pytest.fixture(scope="module")
def other(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(catalog, tmp_path_factory.mktemp("other-site") / "site", "--exports")


@pytest.fixture(scope="module")
def quiet(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a centre without noon service."""
    folder = tmp_path_factory.mktemp("quiet")
    shutil.copytree(catalog, folder / "catalog")
    without_noon(folder / "catalog")
    return build(folder / "catalog", folder / "site", "--exports")


@pytest.fixture(scope="module")
def bare(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a centre with nothing but matters."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(catalog, folder / "catalog")
    only_matters(folder / "catalog")
    return build(folder / "catalog", folder / "site", "--exports")


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Every file as text; those of a workbook one by one."""
    for path, data in files(site).items():
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(site / path) as book:
                for name in book.namelist():
                    yield f"{path}!{name}", book.read(name).decode()
        elif not path.endswith((".png", ".gz", ".br")) and not path.startswith("offline/bundle/"):  # holds icons
            yield path, data.decode()


# --- the new catalogue ------------------------------------------------------------------


def test_it_is_sound_at_once_and_says_nothing(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--catalog", str(catalog), "--on", "2026-06-01"]) == 0
    assert capsys.readouterr() == ("目录没有问题：3 个事项\n", "")


def test_every_key_is_explained(catalog: Path) -> None:
    """Those that may be left out stand there as comments."""
    for path in sorted(catalog.rglob("*.yml")):
        if path.parent.name == "calendar":
            continue
        text = path.read_text("utf-8")
        named = re.search(r"schema/([\w-]+)\.json$", text.splitlines()[0])
        assert named is not None, path
        kept = set(re.findall(r"^[ -]*(?:# )?([a-z_]+):.*  # [^ ]", text, re.M))
        for key in {key for record in records(TYPES[named[1]], yaml.safe_load(text)) for key in record}:
            assert key in kept, (path.name, key)


def records(type_: type[msgspec.Struct], value: object) -> Iterator[list[str]]:
    """The keys of a record and of those in it, as far as the file has such records."""
    if isinstance(value, dict):
        yield list(value)
        for inner in value.values():
            yield from records(type_, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from records(type_, inner)


def test_every_field_of_the_model_has_its_note_and_no_other() -> None:
    for type_, own in notes.OF.items():
        names = {field.name for field in msgspec.structs.fields(type_)}
        assert own.keys() - names <= ({"id", "section"} - names), type_
        for name in names:
            assert notes.note(type_, name), (type_, name)
    assert reachable() <= notes.OF.keys()


def reachable() -> set[type]:
    """Every record that a file of a new catalogue may hold."""
    from generator.catalog.starter.example import FILES as EXAMPLES
    from generator.catalog.starter.writing import _inner

    found: set[type] = set()
    pending: list[type] = [type_ for type_, *_ in EXAMPLES.values()]
    while pending:
        type_ = pending.pop()
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct) and type_ not in found:
            found.add(type_)
            pending += [_inner(field.type) for field in msgspec.structs.fields(type_)]
    return found


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["new-centre", str(tmp_path), "--catalog", str(REPO / "catalog")]) == 1
    assert "已经有东西" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_holidays_are_copied_or_asked_for(catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert files(catalog / "calendar") == files(REPO / "catalog/calendar")
    assert main(["new-centre", str(tmp_path / "new"), "--catalog", str(tmp_path)]) == 1
    assert "放假安排" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


# --- its guide --------------------------------------------------------------------------


def ids(real: Catalogue) -> Iterator[str]:
    """Ids of ours that nobody else would choose, and the pages of our sections."""
    centre = real.centre
    yield from (f"sections/{section.id}/" for section in real.sections)
    yield from (f"section-{section.id}" for section in real.sections)
    yield from (f"{section.id}-papers" for section in real.sections)
    yield from (source.id for source in centre.sources)
    yield from (id for id in real.matters)
    yield from (f"journeys/{id}/" for id in real.journeys)
    yield from (f"#{item.id}" for item in centre.commitments if "-" in item.id)
    yield from (item.id for item in real.places if item.kind != "centre")


def names(real: Catalogue) -> Iterator[str]:
    centre = real.centre
    yield from (centre.name, centre.short_name, centre.name_en, centre.guide_name)
    yield from (matter.name for matter in real.matters.values())
    yield from (section.name for section in real.sections)
    yield from (item.text for item in centre.commitments)
    yield from (source.title for source in centre.sources)
    yield from (place.name for place in real.places)
    yield from real.search.examples


@pytest.mark.parametrize("which", ["other", "quiet", "bare"])
def test_no_word_of_ours_is_left(which: str, real: Catalogue, request: pytest.FixtureRequest) -> None:
    words = re.compile("|".join(re.escape(word) for word in (*ids(real), *names(real)) if len(word) > 2))
    left = []
    for path, text in texts(request.getfixturevalue(which)):
        left += [f"{path}: {found[0]}" for found in (*OURS.finditer(text), *words.finditer(text))]
        left += [path] * bool(OURS.search(path))
    assert left == []


def test_it_is_another_guide_everywhere(other: Path) -> None:
    manifest = json.loads((other / "manifest.webmanifest").read_bytes())
    assert manifest["name"] == "示例县办事指南"
    assert manifest["theme_color"] == "#7a1f3d"
    assert [item["url"] for item in manifest["shortcuts"]] == ["./#mine", "queue/", "noon/", "reminders/"]
    worker = (other / "sw.js").read_text("utf-8")
    assert '"guide":"示例县办事指南","hotline":"000-0000000"' in worker
    home = (other / "index.html").read_text("utf-8")
    assert '<a class="brand" href="./">示例县办事指南</a>' in home
    assert 'href="#i-section-market"' in home and 'id="i-section-market"' in home
    assert "工作日 12:00–14:00 午间不打烊" in home
    calendar = (other / "calendar/noon.ics").read_text("utf-8")
    assert "UID:noon-2026@example-county-guide" in calendar.replace("\r\n ", "")
    assert (other / "market-papers/index.html").is_file()
    assert "--link:#7a1f3d" in home
    assert "--mark:#f2a9bf" in (other / "cards/notice-board.html").read_text("utf-8")


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src") and value is not None:
                self.links.append(value)
            if key == "id" and value:
                self.ids.add(value)


@pytest.mark.parametrize("which", ["other", "quiet", "bare"])
def test_every_link_leads_somewhere(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    pages = {path: Links(path.read_text("utf-8")) for path in site.rglob("*.html") if "skeleton" not in path.parts}
    dead = []
    for path, page in pages.items():
        for link in page.links:
            address, _, anchor = link.partition("#")
            if address.startswith(("tel:", "https:")):
                continue
            if path.name == "404.html":  # its script, or the server, puts the way to the root before it
                address = f".{address}"
            target = (path.parent / address).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].ids):
                dead.append(f"{path.relative_to(site)}: {link}")
    assert dead == []


@pytest.mark.parametrize("which", ["other", "quiet", "bare"])
def test_the_push_server_serves_it(which: str, request: pytest.FixtureRequest) -> None:
    published = Published(request.getfixturevalue(which)).current()
    assert (published.centre.name, published.centre.hotline) == ("示例县政务服务中心", "000-0000000")
    services = {span.service for spans in published.calendar.days.values() for span in spans}
    assert services == ({"regular", "noon"} if which == "other" else {"regular"})


@pytest.mark.parametrize("which", ["other", "quiet", "bare"])
def test_the_page_for_lost_addresses_is_its_own(which: str, request: pytest.FixtureRequest) -> None:
    page = (request.getfixturevalue(which) / "404.html").read_text("utf-8")
    assert "没有这一页 · 示例县办事指南" in page and 'href="tel:000-0000000"' in page
    assert "--link:#7a1f3d" in page and "--link:#f2a9bf" in page and "background:#7a1f3d" in page


# --- without noon service, without anything ------------------------------------------------


def test_a_centre_that_shuts_over_noon_is_not_said_to_have_a_noon(quiet: Path) -> None:
    told = [
        f"{path}: {text[max(found.start() - 20, 0) : found.end() + 10]!r}"
        for path, text in texts(quiet)
        if not path.startswith(("assets/app/", "data/", "sw.js", "offline/worker/", "assets/modules/", "api/v1/changes"))
        and not path.endswith("release.json")
        for found in NOON.finditer(text)
    ]
    assert told == []
    assert not (quiet / "noon").exists() and not (quiet / "reminders").exists()
    assert not (quiet / "calendar/noon.ics").exists()


def test_its_days_are_told_instead(quiet: Path) -> None:
    page = (quiet / "days/index.html").read_text("utf-8")
    assert "<b>工作日上午 09:00–12:00，下午 14:00–17:00</b>" in page
    assert '<td class="noon" data-date="2026-01-04">4<small>补班</small></td>' in page
    assert '<td class="noon" data-date="2026-01-05">5<small>开门</small></td>' in page
    assert '<td data-date="2026-01-01">1<small>元旦</small></td>' in page
    assert "calendar/closures.ics" in page
    home = (quiet / "index.html").read_text("utf-8")
    assert 'href="./days/"' in home and "看开放日历" in home
    calendar = json.loads((quiet / "api/v1/calendar.json").read_bytes())
    assert [span["service"] for span in calendar["patterns"]["workday"]] == ["regular", "regular"]
    assert json.loads((quiet / "api/v1/centre.json").read_bytes())["noon_service"] is None
    manifest = json.loads((quiet / "manifest.webmanifest").read_bytes())
    assert [item["name"] for item in manifest["shortcuts"]] == ["我的材料", "排队", "开放日历"]
    assert "午间" not in manifest["description"]


def test_nobody_is_asked_what_is_done_over_noon(quiet: Path) -> None:
    questions = (quiet / "data/to-confirm.csv").read_text("utf-8")
    assert "statutory" in questions and "noon_service" not in questions and "午间" not in questions
    assert "午间" not in (quiet / "certainty/index.html").read_text("utf-8")


def test_a_centre_with_nothing_but_matters_has_no_empty_pages(bare: Path) -> None:
    pages = {path.parent.relative_to(bare).as_posix() for path in bare.rglob("index.html")}
    assert {page for page in pages if not page.startswith(("laws/", "matters/", "sections/"))} == {
        *(".", "a-z", "about", "certainty", "changes", "commitments", "days", "en"),
        *("laws", "offline", "open-data", "visit"),
    }
    texts = {name: (bare / name / "index.html").read_text("utf-8") for name in pages}
    held = re.compile(r"<(style|script)>.*?</\1>", re.S)
    assert not [name for name, text in texts.items() if "queue" in held.sub("", text)]


def test_what_has_changed_is_recorded_without_noon_service_too(catalog: Path, tmp_path: Path) -> None:
    """The record keeps a digest of both calendars."""
    shutil.copytree(catalog, tmp_path / "before")
    shutil.copytree(catalog, tmp_path / "catalog")
    without_noon(tmp_path / "catalog")
    recorded = ["record", "--catalog", str(tmp_path / "catalog"), "--from", str(tmp_path / "before")]
    assert main([*recorded, "--date", "2026-11-20"]) == 0
    assert main(["check", "--catalog", str(tmp_path / "catalog")]) == 0
    address = "https://www.example.gov.cn/guide/"
    out = build(tmp_path / "catalog", tmp_path / "site", "--address", address)
    closures = (out / "calendar/closures.ics").read_text("utf-8")
    assert f"URL:{address}days/" in closures and f"{address}noon/" not in closures


def test_noon_service_comes_and_goes_with_the_same_bytes(catalog: Path, tmp_path: Path) -> None:
    """Built on what was there before, and from nothing."""
    shutil.copytree(catalog, tmp_path / "catalog")
    out = build(tmp_path / "catalog", tmp_path / "site")
    before = files(out)
    without_noon(tmp_path / "catalog")
    build(tmp_path / "catalog", out)
    assert files(out) == files(build(tmp_path / "catalog", tmp_path / "fresh"))
    shutil.rmtree(tmp_path / "catalog")
    shutil.copytree(catalog, tmp_path / "catalog")
    assert files(build(tmp_path / "catalog", out)) == before


def test_new_files_are_what_the_loader_reads(tmp_path: Path) -> None:
    """``new_centre`` alone, without the command line."""
    for name, text in new_centre(tmp_path / "new", REPO / "catalog").items():
        path = tmp_path / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    loaded = load(tmp_path / "new")
    assert loaded.problems == () and loaded.catalogue is not None
    assert loaded.catalogue.centre.hotline == "000-0000000"
