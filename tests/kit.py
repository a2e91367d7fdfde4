"""A small catalogue for tests, and the ways to change it."""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent

MATTER = """\
id: {id}
name: {name}
name_en: {name_en}
aliases: [{alias}]
codes: {{national: null, local: null}}
section: {section}
group: {group}
type: 行政许可
applicants: [法人]
authority: null
counter: acceptance
place: {{kind: window}}
legal_basis:
  - {{law: XKF, article: 第五十八条, evidence: law}}
conditions:
  - {{text: 依法登记, basis: null, evidence: practice}}
situations:
  - id: agent
    question: 谁来办？
    options:
      - {{id: self, label: 本人}}
      - {{id: agent, label: 代办}}
materials:
  - name: {paper}
    kind: 申请表
    form: original
    copies: null
    issued_by: 申请人自备
    shareable: no
    needed: window
    evidence: practice
  - name: 授权委托书
    paper: power-of-attorney
    kind: 申请表
    form: original
    copies: null
    issued_by: 申请人自备
    shareable: no
    when: agent=agent
    needed: window
    evidence: practice
steps: [到窗口提交申请, 领取结果]
time_limit:
  statutory:
    value: {days}
    unit: working_days
    basis: {{law: XKF, article: 第四十二条}}
    evidence: law
  promised: null
noon_service: {{accepted: null, completed: null, source: null}}
deadlines: null
visits: null
on_site_check: {{value: unknown}}
online: {{value: unknown}}
fee: null
result: {{document: 决定书, validity: null}}
window_number: null
hours: null
contact: {{phone: null, online: null}}
appointment: null
reach: null
level: null
joint_bodies: null
delegated_by: null
delivery: {{papers_by_mail: null, result_by_mail: null, ways: null}}
visits_reason: null
afterwards: null
intermediary: null
power_source: null
quota: null
themes: null
valid_from: null
valid_until: null
faq: []
related: [{related}]
checked_on: 2026-11-23
confirmed: null
"""

SEARCH = """\
noise: [怎么办]
actions: []
families: []
elsewhere:
  - {about: 婚姻登记, words: [结婚]}
lookalikes: [土士]
"""

GROUPS = {"construction": "施工许可", "business": "企业登记", "health": "卫生健康"}


def matter(id: str, *, section: str = "construction", **changed: object) -> str:
    """The YAML text of a matter that passes every check."""
    fields: dict[str, object] = {
        "name": f"事项{id}的核发",
        "name_en": "Permit",
        "alias": f"俗称{id}",
        "paper": "申请表",
        "days": 20,
        "related": "",
        "group": GROUPS[section],
    }
    return MATTER.format(id=id, section=section, **(fields | changed))


class Project:
    """A folder with a catalogue of a few matters, and the repository's own site and app."""

    def __init__(self, folder: Path, matters: int = 4) -> None:
        self._lie_in(folder)
        shutil.copytree(REPO / "catalog", self.catalog, ignore=shutil.ignore_patterns("matters", "journeys", "schema"))
        (self.catalog / "words.yml").write_text("words: []\n", encoding="utf-8")
        (self.catalog / "search.yml").write_text(SEARCH, encoding="utf-8")
        (self.catalog / "cases.yml").write_text("cases: []\n", encoding="utf-8")
        # The promises lead to journeys and cover matters, and laws bind matters, which are not here.
        absent = r"^    (?:see|duties):\n(?:      - .*\n)+|^    covers: .*\n"
        for file in (self.catalog / "centre.yml", self.catalog / "laws.yml"):
            file.write_text(re.sub(absent, "", file.read_text("utf-8"), flags=re.M), "utf-8")
        shutil.copytree(REPO / "site_src", self.site_src)
        shutil.copytree(REPO / "pwa", self.pwa)
        shutil.copy(REPO / "mkdocs.yml", self.mkdocs)
        for number in range(matters):
            self.write(f"m{number}")

    def _lie_in(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = folder / "catalog"
        self.site_src = folder / "site_src"
        self.pwa = folder / "pwa"
        self.mkdocs = folder / "mkdocs.yml"

    @classmethod
    def at(cls, folder: Path) -> Project:
        """The project that lies there already."""
        project = cls.__new__(cls)
        project._lie_in(folder)
        return project

    def copied(self, folder: Path) -> Project:
        """The same project in ``folder``, with everything that lies beside it."""
        # A third of what shutil.copytree takes, and a build remembers the times of its files.
        subprocess.run(["cp", "-a", f"{self.folder.parent}/.", str(folder)], check=True)
        return self.at(folder / self.folder.name)

    def path(self, id: str, section: str = "construction") -> Path:
        return self.catalog / "matters" / section / f"{id}.yml"

    def write(self, id: str, section: str = "construction", **changed: object) -> Path:
        path = self.path(id, section)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(matter(id, section=section, **changed), encoding="utf-8")
        return path

    def arguments(self, verb: str, out: Path, *more: str) -> list[str]:
        return [
            *(verb, "--catalog", str(self.catalog), "--site-src", str(self.site_src)),
            *("--mkdocs", str(self.mkdocs), "--pwa", str(self.pwa), "--out", str(out)),
            *more,
        ]


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name``, read only, as ``make`` fills it for the first worker of this run that asks; the
    others wait for that."""
    shared = factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    folder, made = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one who failed half-way
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
