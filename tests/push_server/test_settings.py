"""What an operator may set: odd values are answered at the start, with what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from push_server.centres import read
from push_server.errors import StartupError
from push_server.serve import serve
from push_server.settings import NUMBERS, Settings, from_environment
from push_server.startup import open_data, open_site

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
NAMES = re.findall(r"^\| `((?:PUSH_|DATABASE_)\w+)` \|", PAGE, re.M)
NO_NUMBERS = ["nan", "inf", "-1", "1e-9", "1e12", "0x10", "1_000", "+5", "5 0", "1,2", "２０", "٥", "soon", "on", "."]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_plain_and_within_its_bounds(name: str) -> None:
    bounds = NUMBERS[name]
    for text in [*NO_NUMBERS, f"{bounds.most * 2:.0f}", "9" * 13, *(["0", "0.01"] if bounds.least else [])]:
        with pytest.raises(StartupError, match=f"{name} 的值 .* 不能用 — 请用半角数字写 .* 之间的") as told:
            from_environment({name: text})
        assert str(bounds) in str(told.value)
    for good in (f"{bounds.least:g}", f"{bounds.most:.12g}", f" {bounds.most:.12g}\n", "", "  "):
        from_environment({name: good})
    if bounds.whole:
        from_environment({name: "1.0"})  # as TOML may have it
        with pytest.raises(StartupError, match="整数"):
            from_environment({name: "1.5"})


def test_every_number_has_bounds_that_the_page_tells() -> None:
    for name, bounds in NUMBERS.items():
        row = re.search(rf"^\| `{name}` \| `([\d.]+)` \| (.*) \|$", PAGE, re.M)
        assert row and f"{bounds.least:g} to {bounds.most:.12g}" in row[2], name
        assert from_environment({name: row[1]}) == from_environment({})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "code"), [("a\nb", "000A"), ("\u200b20", "200B"), ("\ufeffon", "FEFF"), ("a\0", "0000")]
)
def test_what_nobody_sees_in_a_value_is_told_and_the_value_is_not(name: str, text: str, code: str) -> None:
    with pytest.raises(StartupError, match=f"{name} 的值里有看不见的字符（U\\+{code}）— 请") as told:
        from_environment({name: text})
    assert text not in str(told.value)


def test_the_same_in_the_file_of_the_centres(tmp_path: Path) -> None:
    file = tmp_path / "centres.toml"
    file.write_text('[east]\nhosts = ["a.example"]\nPUSH_SITE = "a\\u0000b"\nPUSH_DATA = "var"\n', "utf-8")
    with pytest.raises(StartupError, match=r"\[east\] 里 PUSH_SITE 的值里有看不见的字符"):
        read(file, {})


@pytest.mark.parametrize("name", ["PUSH_HOSTS", "PUSH_LOCAL_ORIGINS", "PUSH_TRUSTED_PROXY"])
def test_a_list_of_commas_is_no_list(name: str) -> None:
    with pytest.raises(StartupError, match=f"{name} 的值 ' ?, ,' 里只有逗号 — 请"):
        from_environment({name: ", ,"})


@pytest.mark.parametrize("below", ["", "var", "../linked/var"])
def test_keys_and_subscriptions_never_lie_in_the_site(settings: Settings, below: str) -> None:
    """Whatever lies there is handed to everybody."""
    linked = settings.site.with_name("linked")
    linked.symlink_to(settings.site)
    with pytest.raises(StartupError, match=r"在网站目录 .* 里面，谁都看得到 — 请用 --data 换一个目录"):
        open_data(settings.with_options(data=settings.site / below))
    assert not (settings.site / "vapid.pem").exists() and not (settings.site / "var").exists()


def test_a_name_that_no_folder_can_have(settings: Settings) -> None:
    long = Path("x" * 300)
    with pytest.raises(StartupError, match="没有生成好的网站 — 请"):
        open_site(settings.with_options(site=long))
    with pytest.raises(StartupError, match=r"写不进去.*— 请"):
        open_data(settings.with_options(data=long))


@pytest.mark.parametrize("host", ["a..b", "x" * 300, ""])
def test_what_is_no_host_to_listen_on(settings: Settings, host: str) -> None:
    with pytest.raises(StartupError, match=r"上启动（.*）— 请检查 --host"):
        serve(settings, host, 0)
