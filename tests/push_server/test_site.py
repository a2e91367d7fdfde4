"""Serving the built site: types, caching, compression, and nothing outside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from . import site as fixture_site
from .conftest import Server, Start


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/noon/", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/api/v1/centre.json", "application/json", "no-cache"),
        (
            "/assets/app/0123456789abcdef/main.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("/icons/192.png", "image/png", "public, max-age=3600"),
    ],
)
def test_types_and_caching(server: Server, path: str, kind: str, cache: str) -> None:
    answer = server.http.get(path)
    assert answer.status_code == 200
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (kind, cache)
    again = server.http.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", cache)
    head = server.http.head(path)
    assert (head.status_code, head.data) == (200, b"")


def test_only_published_data_is_open_to_other_sites(server: Server) -> None:
    assert server.http.get("/api/v1/centre.json").headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/push/v1/key", "/push/v1/queue", "/sw.js"):
        assert "Access-Control-Allow-Origin" not in server.http.get(path).headers


@pytest.mark.parametrize("path", ["/", "/push/v1/key", "/nowhere", "/push/v1/nowhere", "/sw.js"])
def test_security_headers_on_every_answer(server: Server, path: str) -> None:
    headers = server.http.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_compression(server: Server, site: Path) -> None:
    plain = server.http.get("/")
    packed = server.http.get("/", headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (site / "index.html").read_bytes()
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    refused = server.http.get("/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_folder_without_its_slash_is_redirected_relatively(server: Server) -> None:
    answer = server.http.get("/noon?from=push")
    assert (answer.status_code, answer.headers["Location"]) == (308, "./noon/?from=push")


@pytest.mark.parametrize(
    ("path", "link"), [("/nothing", "./"), ("/nothing/", "../"), ("/matters/nothing/here/", "../../../")]
)
def test_404_shows_the_site_s_page_with_links_that_work(server: Server, path: str, link: str) -> None:
    answer = server.http.get(path)
    assert answer.status_code == 404
    assert f'<a href="{link}">首页</a>' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/noon/../../secret.txt",
        "/noon/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/link.txt",
        "/.hidden",
        "/.git/config",
        "/noon/%00",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site(server: Server, site: Path, path: str) -> None:
    (site.parent / "secret.txt").write_text("secret")
    (site / ".hidden").write_text("secret")
    (site / "link.txt").symlink_to(site.parent / "secret.txt")
    answer = server.http.get(path)
    assert answer.status_code in (308, 404)
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_the_site_is_read_only(server: Server) -> None:
    assert server.http.post("/").status_code == 405
    assert server.http.put("/sw.js").status_code == 405


def test_a_rebuilt_page_is_served_at_once(server: Server, site: Path) -> None:
    before = server.http.get("/noon/")
    fixture_site.put(site, "noon/index.html", "<!doctype html><head></head>新的")
    after = server.http.get("/noon/", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, "新的" in after.text) == (200, True)


def test_what_a_rebuild_replaced_is_found_if_its_name_says_what_is_in_it(server: Server, site: Path) -> None:
    past = site.with_name(f"{site.name}.state") / "past"
    hashed, other = "assets/app/00112233aabbccdd/main.js", "noon/old.html"
    for path in (hashed, other):
        (past / path).parent.mkdir(parents=True)
        (past / path).write_text("old")
    answer = server.http.get(f"/{hashed}")
    assert (answer.status_code, answer.data) == (200, b"old")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in (other, "assets/app/00112233aabbccdd/../../../../state", "assets/app/00112233aabbccdd/none.js"):
        assert server.http.get(f"/{path}").status_code == 404


def test_below_a_prefix(start: Start) -> None:
    server = start(prefix="/guide/")
    assert server.http.get("/guide/").status_code == 200
    assert server.http.get("/guide/push/v1/key").status_code == 200
    assert server.http.get("/guide/noon").headers["Location"] == "./noon/"
    assert '<a href="../">首页</a>' in server.http.get("/guide/nothing/").text
    assert server.http.get("/guide/push/v1/nothing").get_json()["code"] == "not-found"
    bare = server.http.get("/guide")
    assert (bare.status_code, bare.headers["Location"]) == (308, "guide/")
    for path in ("/", "/guidebook/", "/push/v1/key"):
        assert server.http.get(path).status_code == 404


def test_a_card_may_hold_its_own_style_and_nothing_else(server: Server, site: Path) -> None:
    (site / "cards").mkdir()
    (site / "cards/x.html").write_text("<style>body{color:red}</style>")
    policy = server.http.get("/cards/x.html").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
