"""What holds for every file of the repository: names, lengths, and words that must not be in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
LONGER: dict[str, int] = {
    "tests/generator/catalog/test_matter_checks.py": 480,
    "tests/generator/render/test_centre_pages.py": 460,
    "tests/generator/render/test_matter.py": 520,
}
NAMES = {
    ".py": r"(?:[a-z][a-z0-9_]*|__init__|__main__)\.py",
    ".js": r"[a-z][a-z0-9-]*\.js",
    ".css": r"[a-z0-9][a-z0-9-]*\.css",
    ".yml": r"(?:[a-z0-9][a-z0-9-]*|[A-Z][A-Z0-9]*)\.yml",  # the words of a law are named after its id
}
# Written in pieces, so that this file itself is clean.
MACHINE_PATHS = [
    re.escape(path) for path in ("/work" + "/", "/tmp" + "/", "/root" + "/", "/home" + "/", "/opt" + "/pypi")
]
REGISTRIES = [
    re.escape(host) for host in ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org")
]


def files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    found = [ROOT / name for name in sorted(set(listed)) if name and (ROOT / name).is_file()]
    assert found
    return found


def texts() -> list[tuple[str, str]]:
    """(path, content) of every file that is text."""
    found = []
    for file in files():
        try:
            found.append((file.relative_to(ROOT).as_posix(), file.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def places(pattern: str, within: re.Pattern[str] | None = None) -> list[str]:
    """path:line of every match in the texts whose path matches ``within``."""
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in texts()
        if within is None or within.search(path)
        for match in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize("suffix", NAMES)
def test_files_are_named_alike(suffix: str) -> None:
    odd = [
        path for path, _ in texts() if path.endswith(suffix) and not re.fullmatch(NAMES[suffix], path.split("/")[-1])
    ]
    assert odd == []


def test_no_source_is_longer_than_one_can_read() -> None:
    lengths = {path: text.count("\n") for path, text in texts() if path.endswith((".py", ".js", ".css"))}
    assert {path: length for path, length in lengths.items() if length > LONGER.get(path, LONGEST)} == {}
    assert [path for path in LONGER if lengths[path] <= LONGEST] == [], "no longer an exception"


def test_test_files_are_found_by_pytest() -> None:
    """A file that holds tests under another name would never run."""
    holding = [
        path for path, text in texts() if path.startswith("tests/") and re.search(r"^(?:async )?def test_", text, re.M)
    ]
    assert [path for path in holding if not re.search(r"/test_\w+\.py$", path)] == []


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    assert places(rf"(?<![\w.~/}}-])(?:{'|'.join(MACHINE_PATHS)})\w[^\s\"'`)]*") == []


def test_nothing_names_the_host_of_a_package_registry() -> None:
    assert places("|".join(REGISTRIES)) == []


def test_the_browser_is_sent_to_no_other_host() -> None:
    """Not by script, style or template: no third party learns who reads the guide."""
    shipped = re.compile(r"^(?:pwa|site_src)/.*\.(?:js|css|html|svg|webmanifest)$")
    allowed = r"(?!www\.w3\.org/)"  # names of XML vocabularies, which nothing fetches
    assert places(rf"(?:https?:)?//{allowed}[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)]*", shipped) == []


def test_scripts_and_styles_are_never_inline() -> None:
    """The content security policy forbids them, so they would be dead in the browser; but for what the build
    puts in itself, and names by its digest."""
    # A card and the page for lost addresses are one file on purpose, and carry their digests.
    templates = re.compile(r"^(?:site_src/.*\.(?:html|md)|generator/(?!render/(?:card|not_found)\.py$).*\.py)$")
    inline = r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>(?!@@)|<style>(?!@@)|\son(?:click|load|change|submit|input)=\""
    assert places(inline, templates) == []
