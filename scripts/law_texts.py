"""``python -m scripts.law_texts ARTICLES``: writes ``catalog/texts/`` anew, the words of every article that the
catalogue cites or that ``laws.yml`` lists.

``ARTICLES`` is a collection of articles, one JSON object a line: ``law_id``, ``article``, ``text``,
``version_date``, ``text_status``, and where known ``edition``, ``remark`` and ``amended_by``. Texts are taken over
letter by letter. What is cited and not in the collection is told by ``guide texts``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.catalog.articles import in_order, titles
from generator.catalog.citations import citations, sources, whole
from generator.catalog.load import load
from generator.catalog.parts import Catalogue

ROOT = Path(__file__).parent.parent
HEAD = "# 条文原文，一字不改，由 python -m scripts.law_texts 生成；只收目录里引用的条\n"

Entry = Mapping[str, str]
Articles = dict[tuple[str, str], Entry]


def collected(lines: Iterable[str]) -> Articles:
    """The collection by law and article. Raises ``ValueError`` where one article has two texts."""
    found: Articles = {}
    for line in filter(str.strip, lines):
        entry = json.loads(line)
        key = entry["law_id"], entry["article"]
        if found.setdefault(key, entry)["text"] != entry["text"]:
            raise ValueError(f"two texts of {key[0]} {key[1]}")
    return found


def wanted(catalogue: Catalogue) -> dict[str, list[str]]:
    """The articles that are cited, or listed in ``laws.yml``, by law and in their order."""
    known = titles(catalogue.laws.values())
    cited = {(law.id, item.article) for law in catalogue.laws.values() for item in law.articles}
    for _path, record in sources(catalogue):
        cited |= {whole(cite) for _field, cite, _basis in citations(record, known) if cite[1] is not None}
    by_law = defaultdict(list)
    for law, article in cited:
        by_law[law].append(article)
    return {law: sorted(by_law[law], key=in_order) for law in sorted(by_law)}


def law_file(law: str, edition: str | None, entries: list[Entry]) -> str:
    """``catalog/texts/<law>.yml``. ``edition`` is what ``laws.yml`` calls it, if it does."""
    date = _date_of(entries)
    of_file = edition or next((_edition(entry) for entry in entries if not _doubt(entry)), None)
    if of_file == date:  # said already
        of_file = None
    lines = [
        HEAD,
        f"law: {law}\n",
        f"edition: {of_file or 'null'}\n",
        f"version_date: {date or 'null'}\n",
        "articles:\n",
    ]
    for entry in entries:
        lines.append(f"  - article: {entry['article']}\n    text: |-\n")
        lines += [f"      {line}\n" if line else "\n" for line in entry["text"].split("\n")]
        own = _edition(entry)
        if own and own != of_file and (own != date or _doubt(entry)):
            lines.append(f"    edition: {own}\n")
        if doubt := _doubt(entry):
            lines.append(f"    doubt: {doubt}\n")
        if entry.get("remark"):
            lines.append(f"    remark: {_quoted(entry['remark'])}\n")
        if entry.get("amended_by"):
            lines += _amended(entry)
    return "".join(lines)


def _date_of(entries: list[Entry]) -> str | None:
    """The date of the newest edition among those that hold."""
    dates = [entry["version_date"] for entry in entries if entry.get("version_date")]
    holding = [entry["version_date"] for entry in entries if entry.get("version_date") and not _doubt(entry)]
    return max(holding or dates, default=None)


def _edition(entry: Entry) -> str | None:
    if entry.get("edition") and entry["edition"] != entry.get("version_date"):
        return entry["edition"]
    date = entry.get("version_date")
    return f"{date[:4]}年文本" if date and _doubt(entry) == "旧文本" else date


def _doubt(entry: Entry) -> str | None:
    status, remark = entry["text_status"], entry.get("remark", "")
    if status.startswith("旧文本") or "又有修改未见" in status:
        return "旧文本"
    if "不是原文" in status:
        return "转述，不是原文"
    return "条号待核" if "条号" in remark and "待核" in remark else None


_DECISION = re.compile(r"(?P<law>[A-Z0-9]+)（(?P<by>[^）]+)）：(?P<text>.+)")
_ITEM = re.compile(r"(删去|改)(第[一二三四五六七八九十]+款)?(第[一二三四五六七八九十]+项)")


def _amended(entry: Entry) -> list[str]:
    """删去第一款第七项，改第八项: the paragraph is named once."""
    found = _DECISION.fullmatch(entry["amended_by"])
    if found is None:
        raise ValueError(f"amended_by of {entry['law_id']} {entry['article']}: {entry['amended_by']}")
    items: dict[str, list[str]] = {"删去": [], "改": []}
    paragraph = ""
    for verb, of, item in _ITEM.findall(found["text"]):
        paragraph = of or paragraph
        items[verb].append(f"{entry['article']}{paragraph}{item}")
    return [
        "    amended_by:\n",
        f"      law: {found['law']}\n      by: {found['by']}\n      text: {_quoted(found['text'])}\n",
        f"      struck: [{', '.join(items['删去'])}]\n      changed: [{', '.join(items['改'])}]\n",
    ]


def _quoted(text: str) -> str:
    return f'"{text}"' if ": " in text or " #" in text else text


def write(catalog: Path, articles: Articles) -> tuple[int, int]:
    """Bring ``catalog/texts/`` up to date; gives how many articles have a text, and how many none."""
    loaded = load(catalog)
    if loaded.catalogue is None:
        sys.exit("\n".join(map(str, loaded.problems)))
    folder = catalog / "texts"
    folder.mkdir(exist_ok=True)
    written, have, lack = set(), 0, 0
    for law, cited in wanted(loaded.catalogue).items():
        entries = [articles[law, article] for article in cited if (law, article) in articles]
        have, lack = have + len(entries), lack + len(cited) - len(entries)
        if entries:
            path = folder / f"{law}.yml"
            known = loaded.catalogue.laws.get(law)
            path.write_text(law_file(law, known.edition if known else None, entries), encoding="utf-8")
            written.add(path)
    for path in set(folder.glob("*.yml")) - written:
        path.unlink()
    return have, lack


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts.law_texts", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path, help="the collection, JSON lines")
    parser.add_argument("--catalog", type=Path, default=ROOT / "catalog")
    options = parser.parse_args()
    with options.articles.open(encoding="utf-8") as lines:
        have, lack = write(options.catalog, collected(lines))
    print(f"{have} articles written, {lack} cited without a text")


if __name__ == "__main__":
    main()
