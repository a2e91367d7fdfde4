"""A catalogue as plain text, for comparing: as it is, as it was, or as it was published.

Types are left out on purpose. A commit of last year has the fields of last year and would
no longer load; its words can be compared all the same.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..catalog.nodes import Node
from ..catalog.paths import FOLDER, is_matter
from ..catalog.source import parse, read
from ..errors import BuildError

Plain = dict[str, Any]
"""Mappings, lists, text and ``None``. Numbers and ``true`` are text, too."""


class ChangesError(BuildError):
    """There is nothing to compare with; the message says what to do, in Chinese."""


class Raw(Struct, frozen=True, kw_only=True):
    """``matters`` and ``laws`` by id. ``centre`` is ``None`` where it was not published along."""

    matters: dict[str, Plain]
    laws: dict[str, Plain]
    centre: Plain | None


def from_folder(catalog: Path) -> Raw:
    """The catalogue in the folder ``catalog``."""
    files = {path.relative_to(catalog).as_posix(): path for path in sorted(catalog.rglob("*.yml"))}
    return _raw({name: path.read_bytes() for name, path in files.items()}, str(catalog))


def from_commit(catalog: Path, revision: str) -> Raw:
    """The catalogue as ``revision`` of the git repository around ``catalog`` has it."""
    command = ["git", "-C", str(catalog), "archive", "--format=tar", revision, "--", "."]
    answer = _git(command)
    if answer.returncode and _git(["git", "-C", str(catalog), "rev-parse", "--git-dir"]).returncode:
        raise ChangesError(
            f"{catalog} 不在 git 仓库里 — 用 git clone 取来的那一份，或者用 --from 指定一个 catalogue.json 或者目录"
        )
    if answer.returncode:
        raise ChangesError(
            f"git 里找不到版本 {revision} 的目录 — 先运行 git fetch --unshallow，"
            "或者用 --from 指定一个版本、catalogue.json 或者目录"
        )
    with tarfile.open(fileobj=io.BytesIO(answer.stdout)) as archive:
        members = (member for member in archive if member.isfile() and member.name.endswith(".yml"))
        files = {member.name.removeprefix("./"): _content(archive, member) for member in members}
    return _raw(files, revision)


def from_published(path: Path) -> Raw:
    """The catalogue as a ``catalogue.json`` has it."""
    try:
        data = json.loads(path.read_bytes())
        return Raw(
            matters={matter["id"]: _text(matter) for matter in data["matters"]},
            laws={law["id"]: _text(law) for law in data["laws"]},
            centre=None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ChangesError(f"{path} 不是指南发布的 catalogue.json（{error}）— 检查文件") from error


def committed(catalog: Path) -> str | None:
    """The commit checked out; ``None`` outside a repository. Raises ``ChangesError`` when
    the catalogue holds what is not committed, other than the record itself."""
    head = _git(["git", "-C", str(catalog), "rev-parse", "HEAD"])
    if head.returncode:
        return None
    command = ["git", "-C", str(catalog), "status", "--porcelain", "--", ".", ":!changes"]
    if _git(command).stdout.strip():
        raise ChangesError("目录里有还没提交的改动 — 先提交，再运行 guide record")
    return head.stdout.decode().strip()


def _git(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ChangesError("没有安装 git — 安装 git，或者用 --from 指定一个 catalogue.json 或者目录") from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return b"" if file is None else file.read()


def _raw(files: Mapping[str, bytes], origin: str) -> Raw:
    matters = (_parsed(data, name) for name, data in files.items() if is_matter(f"{FOLDER}/{name}"))
    centre = _parsed(files["centre.yml"], "centre.yml") if "centre.yml" in files else None
    laws = _parsed(files["laws.yml"], "laws.yml") if "laws.yml" in files else None
    found = _by_id(matters)
    if not found:
        raise ChangesError(f"{origin} 里没有事项 — 用 --from 指定别的版本、catalogue.json 或者目录")
    return Raw(matters=found, laws=_by_id((laws or {}).get("laws") or ()), centre=centre)


def _by_id(records: Iterable[Plain | None]) -> dict[str, Plain]:
    known = (record for record in records if record and record.get("id"))
    return dict(sorted((record["id"], record) for record in known))


def _parsed(data: bytes, name: str) -> Plain | None:
    text, _ = read(data, name)
    root = None if text is None else parse(text, name)[0]
    value = None if root is None else _value(root)
    return value if isinstance(value, dict) else None


def _value(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _value(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [_value(below) for below in node.value]
    return node.value


def _text(value: object) -> Any:
    """What JSON holds, as the YAML files have it."""
    if isinstance(value, dict):
        return {key: _text(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_text(below) for below in value]
    return value if value is None or isinstance(value, str) else msgspec.json.encode(value).decode()
