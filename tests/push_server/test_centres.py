"""The file that names the centres: what it says, and what is refused before anything is opened."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from push_server.centres import OWN, host_of, read
from push_server.errors import StartupError
from push_server.settings import from_environment

ROOT = Path(__file__).parents[2]
TWO = """
[east]
hosts = ["guide.east.example.cn", "东岭.example.cn"]
PUSH_SITE = "east/site"
PUSH_DATA = "east/var"
PUSH_CONTACT = "mailto:duty@east.example.cn"
PUSH_LEAD_MINUTES = 20
PUSH_UNFOUND = false

[west]
hosts = ["Guide.West.example.cn."]
PUSH_SITE = "/srv/west/site"
PUSH_DATA = "/srv/west/var"
DATABASE_URL = "postgresql+psycopg://guide:secret@db/west"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "centres.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_centre_has_what_is_its_own_and_what_holds_for_all(tmp_path: Path) -> None:
    east, west = read(written(tmp_path, TWO), {"PUSH_MISSED_AFTER": "5", "PUSH_LEAD_MINUTES": "30"})
    assert (east.id, east.hosts) == ("east", ("guide.east.example.cn", "xn--xhqy86a.example.cn"))
    assert east.settings.site == tmp_path / "east" / "site"  # beside the file, wherever one starts it
    assert east.settings.lead.total_seconds() == 1200 and west.settings.lead.total_seconds() == 1800
    assert (east.settings.unfound, west.settings.unfound) == (False, True)
    assert west.hosts == ("guide.west.example.cn",)
    assert (east.settings.database, west.settings.database is None) == (None, False)
    assert {one.settings.missed_after for one in (east, west)} == {5}
    assert (east.settings.centre, west.settings.centre) == ("east", "west")
    # One centre alone keeps as many connections as without a file.
    alone = read(written(tmp_path, TWO.split("[west]")[0]), {})
    assert alone[0].settings.kept_connections == from_environment({}).kept_connections > east.settings.kept_connections


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (TWO, "", "一个中心也没有"),
        ("[east]", "[east", "不是 TOML"),
        ("[east]", "name = 1\n[east]", "不在任何中心的一节里"),
        ("[east]", "[East]", "代号不能用"),
        ('["Guide.West.example.cn."]', "[]", "没有 hosts"),
        ('"Guide.West.example.cn."', '"https://guide.west.example.cn"', "请只写域名"),
        ('"Guide.West.example.cn."', '"guide.west.example.cn:8443"', "请只写域名"),
        ('"Guide.West.example.cn."', '"*.example.cn"', "请只写域名"),
        ('"Guide.West.example.cn."', "7", "请只写域名"),
        ('"Guide.West.example.cn."', '"GUIDE.east.example.cn"', "同一个域名 guide.east.example.cn"),
        ('PUSH_SITE = "east/site"', "", "没有 PUSH_SITE"),
        ('PUSH_DATA = "east/var"', "", "没有 PUSH_DATA"),
        ("PUSH_LEAD_MINUTES = 20", "PUSH_LEAD_MINUTES = 500", r"\[east\].*PUSH_LEAD_MINUTES"),
        ("PUSH_LEAD_MINUTES = 20", "PUSH_LEAD_MINUTES = [20]", "PUSH_LEAD_MINUTES 的写法不对"),
        ("PUSH_LEAD_MINUTES = 20", 'PUSH_TRUSTED_PROXY = "127.0.0.1"', "PUSH_TRUSTED_PROXY 不能写在这里"),
        ("PUSH_LEAD_MINUTES = 20", "lead = 20", "lead 不能写在这里"),
        ('"/srv/west/site"', '"east/../east/site"', "同一个网站目录"),
        ('"/srv/west/var"', '"east/./var"', "同一个数据目录"),
        ('"/srv/west/var"', '"east/site/var"', "在 .east. 的网站目录里面"),
        (
            "PUSH_UNFOUND = false",
            'DATABASE_URL = "postgresql+psycopg://other:word@DB:5432/west"'.replace("DB", "db"),
            "同一个数据库",
        ),
    ],
)
def test_what_cannot_work_is_refused_with_what_to_write(before: str, after: str, words: str, tmp_path: Path) -> None:
    assert before in TWO
    with pytest.raises(StartupError, match=words) as told:
        read(written(tmp_path, TWO.replace(before, after, 1)), {})
    assert "secret" not in str(told.value) and "word" not in str(told.value)


@pytest.mark.parametrize("name", ["PUSH_SITE", "PUSH_DATA", "DATABASE_URL"])
def test_what_no_two_share_does_not_come_from_the_environment(name: str, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match=f"{name} 不能各中心共用"):
        read(written(tmp_path, TWO), {name: "somewhere"})


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="读不了中心的名单"):
        read(tmp_path / "centres.toml", {})


def test_what_a_centre_may_set_is_a_setting() -> None:
    asked: set[str] = set()

    class Asked(dict[str, str]):
        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            asked.add(name)
            return super().get(name, default)  # type: ignore[arg-type]

    from_environment(Asked())
    assert set(OWN) <= asked


@pytest.mark.parametrize(
    ("header", "host"),
    [("A.example:80", "a.example"), ("a.example.", "a.example"), ("[::1]:80", "::1"), ("", ""), (":80", "")],
)
def test_the_name_in_a_host(header: str, host: str) -> None:
    assert host_of(header) == host


def test_the_example_of_the_documents_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    example = re.search(r"^ +```toml\n(.*?)^ +```$", page, re.M | re.S)
    assert example
    found = read(written(tmp_path, textwrap.dedent(example[1])), {})
    assert [one.id for one in found] == ["dongcheng", "nanguan"]
    told = page.partition("## Several centres")[2].partition("\n## ")[0]
    assert set(OWN) == {name for name in OWN if f"`{name}`" in told or f"{name} =" in told}
