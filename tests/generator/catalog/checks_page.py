"""docs/checks.md as data: each of its examples, run through the loader and the checks.

An example is a fenced YAML block whose first line says what it is and where it lies
(``# 错：words.yml``, ``# 对：words.yml``), followed by the lines of the file that matter.
What lies beside the catalogue (``site_src/…``, ``pwa/…``, ``mkdocs.yml``) is laid into a copy of the
repository's own; there the lines below the first are the file, or replace a line of it, or
stand behind its last. Anything else is laid over the small catalogue of the snippets: the keys that it names replace those of
the file, and stand first, so that lines count as in the example. Behind the path may stand
that the file is not there, that it is a dead link, or that it is stored in GBK. A file of ``forms/`` is
what stands below, or a PDF of so many bytes.

``python -m tests.generator.catalog.checks_page`` writes the messages into the page again when their
wording has changed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from generator.catalog.checks.advice import check_advice
from generator.catalog.checks.dates import check_records
from generator.catalog.load import load
from generator.catalog.record import lines_from
from generator.catalog.year_end import check_year_end
from generator.site.gate import Sources
from generator.site.skin import STAND_IN, Skin, build_skin
from tests.generator.catalog.snippets import MATTER, ROOT, SHARED, write_tree
from tests.generator.catalog.test_journeys import BUILD

PAGE = ROOT / "docs" / "checks.md"
ABSENT, LINK, GBK = "没有这个文件", "失效的链接", "存成 GBK"
OUT, EMPTY, CRLF, BEHIND, LINE = "链接，指向 /etc/hostname", "空文件", "行尾是 CRLF", "加在后面", "换一行"
RENDERED = ("markup-broken", "page-build")
BESIDE = ("site_src/", "pwa/", "mkdocs.yml")

_BLOCK = re.compile(r"^```(yaml|text|markdown|css|js|html|json|xml)\n(.*?)^```$", re.M | re.S)
_FIRST = re.compile(r"# (错|对)：([\w./-]+)(?:（(.+)）)?\n")
_KEY = re.compile(r"^([a-z_]+)\s*[:：]", re.M)


@dataclass
class Block:
    """A file of an example; ``how`` is one of the words above."""

    path: str
    how: str | None
    text: str


@dataclass
class Example:
    code: str
    meaning: str = ""
    wrong: list[Block] = field(default_factory=list)
    right: list[Block] = field(default_factory=list)
    said: str = ""


def examples(page: str) -> list[Example]:
    """Every heading ``### code`` with what stands below it."""
    found = []
    for part in re.split(r"^### ", page, flags=re.M)[1:]:
        code, _, rest = part.partition("\n")
        example = Example(code=code.strip(), meaning=rest.partition("```")[0].strip())
        for kind, text in _BLOCK.findall(re.split(r"^## ", rest, flags=re.M)[0]):
            if kind == "text":
                example.said = text.strip()
                continue
            first = _FIRST.match(text)
            assert first is not None, f"{code}: {text!r} does not say which file it is"
            block = Block(first[2], first[3], text)
            (example.wrong if first[1] == "错" else example.right).append(block)
        found.append(example)
    return found


def said(blocks: list[Block], folder: Path, code: str = "") -> str:
    """What ``guide check`` says of the small catalogue with these files in it. For the sake of time
    MkDocs runs only where ``code`` is one that needs it."""
    if any(block.path.startswith(BESIDE) for block in blocks):
        return said_beside(blocks, folder, code in RENDERED)
    changes: dict[str, str | None] = {}
    forms = [block for block in blocks if block.path.startswith("forms/")]
    blocks = [block for block in blocks if block not in forms]
    for block in blocks:
        changes[block.path] = None if block.how in (ABSENT, LINK) else laid_over(block)
    catalog = write_tree(folder, changes)
    for block in blocks:
        if block.how == LINK:
            (catalog / block.path).symlink_to("nowhere.yml")
        elif block.how == OUT:
            (catalog / block.path).unlink()
            (catalog / block.path).symlink_to("/etc/hostname")
        elif block.how == GBK:
            (catalog / block.path).write_bytes(laid_over(block).encode("gbk"))
    for block in forms:
        (catalog / "forms").mkdir(exist_ok=True)
        text = block.text.partition("\n")[2].encode()
        size = re.fullmatch(r"(\d+) 字节的 PDF", block.how or "")
        (catalog / block.path).write_bytes(b"%PDF-1.7\n".ljust(int(size[1])) if size else text)
    days = [day[1] for block in blocks if block.how and (day := re.fullmatch("到了 ([0-9-]+)", block.how))]
    day = date.fromisoformat(days[0]) if days else None
    loaded = load(catalog, day)
    if loaded.problems:
        return "\n".join(map(str, loaded.problems))
    assert loaded.catalogue is not None
    advice = sorted(check_advice(loaded.catalogue, lines_from(catalog)))
    if code != "number-unread":  # the numbers of other examples are made up, and the small law has none of them
        advice = [one for one in advice if one.code != "number-unread"]
    if day is not None:
        advice += check_records(loaded.catalogue.changes, day)
    if day is not None and code == "year-missing":  # other days of November are about something else
        advice += check_year_end(loaded.catalogue, day)
    return "\n".join(f"提示：{one}" for one in advice)


def said_beside(blocks: list[Block], folder: Path, rendered: bool) -> str:
    """The same of the repository's pages, styles, scripts and settings."""
    for name in ("site_src", "pwa"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for block in blocks:
        file = folder / block.path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = block.text.partition("\n")[2]
        if block.how in (ABSENT, OUT, LINK):
            file.unlink(missing_ok=True)
        if block.how in (OUT, LINK):
            file.symlink_to("/etc/hostname" if block.how == OUT else "nowhere.png")
        elif block.how == BEHIND:
            file.write_text(file.read_text("utf-8") + text, "utf-8")
        elif block.how == LINE:
            key = text.partition(":")[0]
            lines = file.read_text("utf-8").splitlines(keepends=True)
            at = next(at for at, line in enumerate(lines) if line.startswith(key))
            file.write_text("".join([*lines[:at], text, *lines[at + 1 :]]), "utf-8")
        elif block.how != ABSENT:
            ends = text.replace("\n", "\r\n") if block.how == CRLF else text
            file.write_bytes(ends.encode("gbk" if block.how == GBK else "utf-8"))
    sources = Sources(folder / "site_src", folder / "pwa", folder / "mkdocs.yml")
    nothing = Skin(skeletons={}, pages={}, stylesheet=b"", print_sheet=b"", assets={})
    render = partial(build_skin, STAND_IN, folder / "site_src", folder / "mkdocs.yml") if rendered else lambda: nothing
    return "\n".join(map(str, sources.checked(render)))


def laid_over(block: Block) -> str:
    """The file with the keys of the example first, and its own without these behind."""
    base = SHARED.get(block.path)
    if base is None and block.path.startswith("matters/"):
        base = MATTER.replace("aliases: [开工证, 施工证]", "aliases: [停工表]")
    elif base is None and block.path.startswith("journeys/"):
        base = BUILD
    if base is None or not _KEY.search(block.text):
        return block.text
    named = set(_KEY.findall(block.text)) | set(re.findall(r"^\[([a-z_]+)\]:", block.text, re.M))
    chunks = re.split(r"^(?=[a-z_]+:)", base, flags=re.M)
    return block.text + "".join(chunk for chunk in chunks if chunk.partition(":")[0] not in named)


def corrected(example: Example) -> list[Block]:
    """The files of the example once it is mended: what is not named stays as it was."""
    mended = {block.path for block in example.right}
    return [block for block in example.wrong if block.path not in mended] + example.right


def renewed(page: str, folder: Path) -> str:
    """The page with the messages that are printed today."""
    for number, example in enumerate(examples(page)):
        now = said(example.wrong, folder / str(number), example.code)
        head, mark, tail = page.partition(f"### {example.code}\n")
        assert mark, example.code
        tail = re.sub(
            r"^```text\n.*?^```$", lambda _, now=now: f"```text\n{now}\n```", tail, count=1, flags=re.M | re.S
        )
        page = head + mark + tail
    return page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as there:
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), Path(there)), encoding="utf-8")
