"""Files that leave the site name it by its address, where that is known; where it is not, nothing
wrong is published."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.cli import main
from tests.kit import Project, files

ADDRESS = "https://guide.example.gov.cn/jk/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module", params=["option", "settings"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("located")
    project = Project(folder / "project", matters=2)
    more = ["--address", ADDRESS.rstrip("/")]
    if request.param == "settings":
        more = []
        project.mkdocs.write_text(f"{project.mkdocs.read_text('utf-8')}site_url: {ADDRESS}\n", "utf-8")
        assert main(["check", "--catalog", str(project.catalog)]) == 0
    assert main(project.arguments("build", folder / "site", *more)) == 0
    return files(folder / "site")


def pages(published: dict[str, bytes]) -> list[str]:
    return [path.removesuffix("index.html") for path in published if path.endswith("index.html")]


def test_the_feed_can_be_read_anywhere(published: dict[str, bytes]) -> None:
    feed = ElementTree.fromstring(published["api/v1/changes.atom"])
    links = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
    assert len(links) > 3
    for link in links:
        assert link.startswith(ADDRESS)
        path = link.removeprefix(ADDRESS).partition("#")[0]
        assert path in published or f"{path}index.html" in published


def test_the_site_map_lists_every_page(published: dict[str, bytes]) -> None:
    listed = [loc.text for loc in ElementTree.fromstring(published["sitemap.xml"]).iter(f"{MAP}loc")]
    unsought = {"screen/", "ticket/"}
    assert listed == sorted(f"{ADDRESS}{url}" for url in set(pages(published)) - unsought)
    for url in unsought:
        assert '<meta name="robots" content="noindex">' in published[f"{url}index.html"].decode()
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in published["robots.txt"].decode()


def test_every_page_names_its_own_address(published: dict[str, bytes]) -> None:
    for url in pages(published):
        found = re.findall(r'<link rel="canonical" href="([^"]*)">', published[f"{url}index.html"].decode())
        assert found == [ADDRESS + url]
    assert b"canonical" not in published["404.html"]


def test_what_is_forwarded_leads_back(published: dict[str, bytes]) -> None:
    assert f'href="{ADDRESS}matters/m1/"' in published["cards/m1.html"].decode()
    for name in ("noon", "closures"):
        calendar = published[f"calendar/{name}.ics"].decode().replace("\r\n ", "")
        assert f"SOURCE;VALUE=URI:{ADDRESS}calendar/{name}.ics" in calendar
        assert f"URL:{ADDRESS}noon/" in calendar
    assert "../" not in published["api/v1/matters/m1.jsonld"].decode()


def test_phones_do_not_store_what_crawlers_read(published: dict[str, bytes]) -> None:
    (inventory,) = (data for path, data in published.items() if path.startswith("offline/inventory/"))
    assert b"sitemap.xml" not in inventory and b"robots.txt" not in inventory


def test_without_an_address_there_is_nothing_of_it(project: Project, out: Path) -> None:
    assert main(project.arguments("build", out, "--address", ADDRESS)) == 0
    assert (out / "sitemap.xml").exists()
    assert main(project.arguments("build", out)) == 0
    published = files(out)
    assert not {"sitemap.xml", "robots.txt"} & published.keys()
    assert not any(b"canonical" in data or ADDRESS.encode() in data for data in published.values())


def test_an_increment_keeps_the_address(project: Project, out: Path, tmp_path: Path) -> None:
    assert main(project.arguments("build", out, "--address", ADDRESS)) == 0
    project.write("m1", days=7)
    project.write("added")
    assert main(project.arguments("build", out, "--address", ADDRESS)) == 0
    assert main(project.arguments("build", tmp_path / "clean", "--address", ADDRESS)) == 0
    assert files(out) == files(tmp_path / "clean")


@pytest.mark.parametrize(
    "address", ["guide.example.gov.cn", "ftp://x/", "https://", "https://x/?a", "javascript:x", "https://a b/"]
)
def test_what_is_no_address_is_refused(
    address: str, project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(project.arguments("build", out, "--address", address))
    assert "--address" in capsys.readouterr().err
