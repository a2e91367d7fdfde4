"""The Caddyfile that docs/deploy gives, in a real Caddy: what it sends compressed, what may be kept, its policies."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.caddy import find
from scripts.host import free_port

CONFIGURATION = Path(__file__).parents[2] / "docs/deploy/static.Caddyfile"


class Caddy:
    def __init__(self, folder: Path, root: Path) -> None:
        port = free_port()
        self.url = f"http://localhost:{port}/"
        text = CONFIGURATION.read_text("utf-8")
        for given, here in (
            ("guide.example.cn {", f"{self.url.rstrip('/')} {{"),
            ("root * /srv/guide", f"root * {root}"),
        ):
            assert given in text
            text = text.replace(given, here)
        (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text, "utf-8")
        binary = find()
        assert binary, "Caddy is missing: `make test` fetches it"
        command = [binary, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        with (folder / "caddy.log").open("wb") as log:
            homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
            self._process = subprocess.Popen(command, env=os.environ | homes, stdout=log, stderr=log)
        end = time.monotonic() + 20
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(self.url):
                return
            time.sleep(0.05)
        self.stop()
        raise AssertionError((folder / "caddy.log").read_text())

    def headers(self, path: str, accepted: str = "identity") -> dict[str, str]:
        asked = urllib.request.Request(self.url + path, headers={"Accept-Encoding": accepted})
        try:
            answer = urllib.request.urlopen(asked)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            return told | {"status": str(answer.status), "size": str(len(answer.read()))}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture(params=["", "guide/"], ids=["root", "below a path"])
def served(real_site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Caddy, str]]:
    root = real_site
    if request.param:
        root = tmp_path / "root"
        root.mkdir()
        (root / "guide").symlink_to(real_site)
        (root / "index.html").write_text("elsewhere")
    running = Caddy(tmp_path, root)
    yield running, request.param
    running.stop()


ENDS = {"br": ".br", "gzip": ".gz", None: ""}


def test_as_the_caddyfile_says(served: tuple[Caddy, str], real_site: Path) -> None:
    caddy, below = served
    bundle = next(real_site.glob("offline/bundle/*.txt")).relative_to(real_site).as_posix()
    for accepted, encoding in (("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)):
        told = caddy.headers(below + bundle, accepted)
        assert told.get("content-encoding") == encoding
        assert int(told["size"]) == (real_site / f"{bundle}{ENDS[encoding]}").stat().st_size
        assert "immutable" in told["cache-control"]
    script = next(real_site.glob("assets/app/*/main.js")).relative_to(real_site).as_posix()
    assert "immutable" in caddy.headers(below + script)["cache-control"]
    assert caddy.headers(below + script, "gzip")["content-encoding"] == "gzip"
    for path in ("", "sw.js", "noon/", "api/v1/centre.json", "matters/construction-permit/"):
        assert caddy.headers(below + path)["cache-control"] == "no-cache", path
    assert caddy.headers(below + "icons/icon-192.png")["cache-control"] == "public, max-age=3600"
    assert "script" not in caddy.headers(below)["content-security-policy"]
    card = caddy.headers(below + "cards/construction-permit.html")["content-security-policy"]
    assert card.startswith("default-src 'none'")
    assert "javascript" in caddy.headers(below + "sw.js")["content-type"]


def test_a_page_that_is_not_there(served: tuple[Caddy, str]) -> None:
    caddy, below = served
    told = caddy.headers(f"{below}matters/none/")
    assert told["status"] == "404"
    if not below:
        assert told["content-security-policy"].startswith("object-src 'none'")
