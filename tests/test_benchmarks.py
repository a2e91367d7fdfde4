"""The benchmarks measure what they say: valid catalogues, and the same content on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from benchmarks import plain, synthetic
from benchmarks.search import browser as asking
from benchmarks.search.ours import ENGINE
from generator.catalog.load import load


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real catalogue and one and a half copies of it."""
    real = Path(__file__).parent.parent / "catalog"
    target = tmp_path_factory.mktemp("synthetic") / "catalog"
    synthetic.write_catalogue(real, target, synthetic.size(real) * 5 // 2)
    return target


def test_a_multiplied_catalogue_is_a_valid_one(catalogue: Path) -> None:
    loaded = load(catalogue)
    assert loaded.problems == ()
    assert loaded.catalogue is not None
    assert len(loaded.catalogue.matters) == synthetic.size(catalogue)
    copy = loaded.catalogue.matters["construction-permit-1"]
    assert copy.name == f"{loaded.catalogue.matters['construction-permit'].name}（{synthetic.town(1)}）"
    assert copy.related and all(other.endswith("-1") for other in copy.related)


def test_every_copy_has_a_town_of_its_own() -> None:
    assert len({synthetic.town(number) for number in range(1200)}) == 1200


def test_a_catalogue_cannot_shrink(catalogue: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more than 3"):
        synthetic.write_catalogue(catalogue, tmp_path / "catalog", 3)


def test_the_plain_page_says_all_that_the_matter_says(catalogue: Path) -> None:
    matter = yaml.load((catalogue / "matters/construction/construction-permit.yml").read_text("utf-8"), yaml.BaseLoader)
    page = plain.markdown(matter)
    for words in (
        matter["name"],
        matter["steps"][0],
        *(m["name"] for m in matter["materials"]),
        matter["faq"][0]["answer"],
    ):
        assert words in page


def test_the_plain_page_says_what_the_matter_takes_from_other_files(catalogue: Path) -> None:
    matter = next(matter for matter in plain.matters(catalogue) if matter["id"] == "food-business-permit")
    page = plain.markdown(matter)
    for words in (
        "| 中华人民共和国食品安全法 | 第三十五条 |",
        "law 中华人民共和国食品安全法，article 第三十三条",
        "2025-09-12",
        "自画或者委托绘制，与现场一致",
        "业务受理窗口（综合窗口）",
        "- [小餐饮店准入手续](../food-drug/small-restaurant.md)",
        "午间: 11:30–13:00",
    ):
        assert words in page


def test_the_plain_site_has_every_matter_in_its_navigation(catalogue: Path, tmp_path: Path) -> None:
    plain.write_site(catalogue, tmp_path)
    nav = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))["nav"]
    pages = [
        path
        for entry in nav
        for inner in entry.values()
        if isinstance(inner, list)
        for one in inner
        for path in one.values()
    ]
    assert len(pages) == synthetic.size(catalogue)
    assert all((tmp_path / "docs" / page).is_file() for page in pages)


def test_the_search_that_is_measured_is_that_of_the_pages(browser: Browser, site: Path) -> None:
    [answer] = asking.run(browser, site, ENGINE, ["施工许可证"]).answers
    assert answer.found[0] == "construction-permit"
