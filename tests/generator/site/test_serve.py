"""The live preview: save, and the page shows it or says what to write instead."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.kit import REPO, Project


class Preview:
    def __init__(self, project: Project, out: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", *project.arguments("serve", out), "--port", str(self.port)],
            cwd=REPO,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # The address, then the outcome of the first build.
        self.said = [self.process.stdout.readline() for _ in range(2)]

    def open(self, path: str) -> HTTPResponse:
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10)

    def page(self, path: str) -> str:
        with self.open(path) as response:
            return response.read().decode()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def preview(project: Project, tmp_path: Path) -> Iterator[Preview]:
    preview = Preview(project, tmp_path / "preview")
    yield preview
    preview.process.terminate()
    preview.process.wait(10)
    preview.process.stdout.close()


def after_reload(events: HTTPResponse) -> float:
    """Wait for the reload event; the seconds that it took."""
    start = time.monotonic()
    for line in events:
        if line.startswith(b"data:"):
            return time.monotonic() - start
    raise AssertionError("the preview closed its events")


def test_saved_change_is_shown(project: Project, preview: Preview) -> None:
    assert "http://localhost:" in preview.said[0]
    assert "20 个工作日" in preview.page("matters/m1/")
    assert "/__preview/reload.js" in preview.page("matters/m1/")
    with preview.open("__preview/events") as events:
        project.write("m1", days=15)
        after_reload(events)
        assert "15 个工作日" in preview.page("matters/m1/")


def test_fault_is_named_above_the_last_good_page(project: Project, preview: Preview) -> None:
    with preview.open("__preview/events") as events:
        project.write("m1", days="十五")
        after_reload(events)
        page = preview.page("matters/m1/")
        assert "catalog/matters/construction/m1.yml:" in page and "[value-int]" in page
        assert "20 个工作日" in page
        assert "下面还是上一次没有问题时的样子" in page
        banner = page[page.index("<body") : page.index("/__preview/reload.js")]
        assert " style=" not in banner, "the policy of the page refuses it"
        with preview.open("__preview/faults.css") as style:
            assert style.headers["Content-Type"] == "text/css" and b".preview-faults" in style.read()
        assert 'href="/__preview/faults.css"' in banner and 'class="preview-faults"' in banner
        with pytest.raises(urllib.error.HTTPError, match="404") as missing:  # a matter that was never sound
            preview.page("matters/new/")
        page = missing.value.read().decode()
        assert "还没有生成过这一页" in page and "[value-int]" in page and "上一次" not in page
        project.write("m1", days=15)
        after_reload(events)
        page = preview.page("matters/m1/")
        assert 'role="alert"' not in page and "15 个工作日" in page


def test_worker_is_not_given_to_the_preview(preview: Preview) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        preview.page("sw.js")


def test_taken_port_is_said(project: Project, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = [*project.arguments("serve", tmp_path / "preview"), "--port", port]
        ended = subprocess.run(
            [sys.executable, "-m", "generator", *arguments], cwd=REPO, capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert f"端口 {port}" in ended.stderr and "Traceback" not in ended.stderr
