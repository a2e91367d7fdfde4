"""Dependencies, lock files, make targets and documents agree with each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.test_project import imports, sources

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-test.lock": PROJECT["dependencies"] + EXTRAS["test"],
    "requirements-bench.lock": PROJECT["dependencies"] + EXTRAS["test"] + EXTRAS["bench"],
    "requirements-zensical.lock": PROJECT["dependencies"] + EXTRAS["zensical"],
    "requirements-postgres.lock": PROJECT["dependencies"] + EXTRAS["postgres"],
}
NOT_IMPORTED = {
    "mkdocs-material": "the theme that mkdocs.yml names",
    "setuptools": "builds the packages that are published as source only",
    "pytest-xdist": "a plugin of pytest",
    "pytest-timeout": "a plugin of pytest",
    "jieba": "MkDocs' search uses it when it is there",
    "pyqtwebengine": "a part of the package PyQt5",
}
SAME_NAME = {"pyqt5-sip"}
"""Parts of a package that several distributions share, and that one we name brings along."""
ENTRY = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)(?:    --hash=.*\n)+)", re.MULTILINE)


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def locked(lock: str) -> dict[str, set[Version]]:
    """The versions in a lock file by name; more than one where systems differ."""
    found: dict[str, set[Version]] = {}
    for entry in ENTRY.finditer((ROOT / lock).read_text("utf-8")):
        found.setdefault(canonicalize_name(entry["name"]), set()).add(Version(entry["version"]))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_version_that_pyproject_allows_for_every_dependency(lock: str) -> None:
    found = locked(lock)
    unmet = [
        text
        for text in LOCKS[lock]
        if not any(
            Requirement(text).specifier.contains(v) for v in found.get(canonicalize_name(Requirement(text).name), ())
        )
    ]
    assert unmet == [], "run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_versions_with_digests(lock: str) -> None:
    """And so no address of an index: everybody uses the one of their own machine."""
    text = (ROOT / lock).read_text("utf-8")
    rest = [line for line in ENTRY.sub("", text).splitlines() if line and not line.startswith("#")]
    assert rest == []
    assert "://" not in text
    digests = re.findall(r"--hash=(\S+)", text)
    assert digests
    assert [digest for digest in digests if not re.fullmatch(r"sha256:[0-9a-f]{64}", digest)] == []


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("requirements.lock", "requirements-test.lock"),
        ("requirements-test.lock", "requirements-bench.lock"),
        ("requirements.lock", "requirements-zensical.lock"),
        ("requirements-zensical.lock", "requirements-test.lock"),
        ("requirements.lock", "requirements-postgres.lock"),
        ("requirements-postgres.lock", "requirements-test.lock"),
    ],
)
def test_a_larger_lock_holds_the_same_versions(small: str, large: str) -> None:
    large_ones = locked(large)
    assert {name: large_ones.get(name) for name in locked(small)} == locked(small)


@cache
def imported() -> dict[str, set[str]]:
    """The distributions that the sources import, by room: ``run`` or ``test``."""
    known = packages_distributions()
    found: dict[str, set[str]] = {"run": set(), "test": set()}
    for kind, places in {"run": ("generator", "push_server"), "test": ("tests", "scripts", "benchmarks")}.items():
        for file in sources(*places):
            for _, name in imports(file):
                found[kind] |= {canonicalize_name(d) for d in known.get(name.split(".")[0], ())}
    return {kind: all_ - {"guide"} for kind, all_ in found.items()}


def test_what_is_imported_is_a_dependency_of_ours() -> None:
    """Not merely one of a dependency, which may drop it any day."""
    direct = names(PROJECT["dependencies"])
    assert imported()["run"] - direct - names(EXTRAS["zensical"] + EXTRAS["postgres"]) == set()
    assert imported()["test"] - direct - names(EXTRAS["test"]) - SAME_NAME == set()


def test_every_dependency_is_used() -> None:
    assert names(PROJECT["dependencies"]) - imported()["run"] - NOT_IMPORTED.keys() == set()
    used = imported()
    assert names([*EXTRAS["test"], *EXTRAS["bench"]]) - used["test"] - used["run"] - NOT_IMPORTED.keys() == set()
    assert names(EXTRAS["zensical"]) <= used["run"]
    # SQLAlchemy loads the driver that DATABASE_URL names.
    assert names(EXTRAS["postgres"]) - {"psycopg"} <= used["run"]


def test_every_dependency_is_explained() -> None:
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    explained = re.findall(r"^\| (?!library \|)([\w.-]+) \| \S.*\|$", text, re.MULTILINE)
    assert sorted(explained) == sorted(names(LOCKS["requirements-bench.lock"]))


def test_an_installation_has_all_templates() -> None:
    """They are no modules, and setuptools packs what ``package-data`` names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    for package, folders in {"generator": ["templates"], "push_server.console": ["templates", "static"]}.items():
        room = ROOT / package.replace(".", "/")
        packed = {path for pattern in settings["package-data"][package] for path in room.glob(pattern)}
        files = {path for folder in folders for path in (room / folder).rglob("*.*")}
        needed = {path for path in files if path.suffix not in (".py", ".pyc", ".cache")}
        assert len(needed) > 8 and needed == packed


# --- make, and what the documents tell people to type ------------------------------


def make_targets() -> dict[str, str]:
    """The targets a person may ask for, each with its description or an empty string."""
    text = (ROOT / "Makefile").read_text("utf-8")
    found = re.findall(r"^([a-z]+):(?:[^=\n]*?## (.*)|.*)$", text, re.MULTILINE)
    return {name: described for name, described in found if name != "python"}


def test_every_make_target_is_described() -> None:
    targets = make_targets()
    assert {"start", "test", "build", "check", "bench", "lock", "clean", "preview"} <= targets.keys()
    assert [name for name, described in targets.items() if not described] == []


def test_make_alone_lists_the_targets(root: Path) -> None:
    answer = subprocess.run(["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True)
    assert [line.split()[1] for line in answer.stdout.splitlines()] == list(make_targets())


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands(document: Path) -> list[str]:
    """The command lines of a document: the lines of its code blocks, and `code` in its text."""
    text = document.read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split(" #")[0].strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


@cache
def verbs() -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-m", "generator", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^ {4}([a-z-]+) ", answer.stdout, re.MULTILINE))


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_the_commands_of_a_document_exist(document: Path) -> None:
    missing = []
    known = verbs()
    for command in commands(document):
        words = command.split()
        if words[:1] == ["make"]:
            asked = [word for word in words[1:] if re.fullmatch(r"[a-z]+", word)]
            missing += [command for target in asked[:1] if target not in make_targets()]
        elif words and words[0].removeprefix(".venv/bin/") == "guide" and len(words) > 1:
            missing += [command] if re.fullmatch(r"[a-z]+", words[1]) and words[1] not in known else []
        elif words[:2] in (["python", "-m"], ["python3", "-m"], [".venv/bin/python", "-m"]):
            module = ROOT / words[2].replace(".", "/")
            missing += [] if module.with_suffix(".py").is_file() or (module / "__main__.py").is_file() else [command]
    assert missing == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_the_links_of_a_document_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []
