"""Other engines with the same matters, names, aliases, words and texts.

They are fetched by their own package managers into ``build/bench-search/`` when they are
to be measured, are no part of the guide, and are passed over, with the reason, where they
cannot be had.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from .. import plain

PACKAGES = ("minisearch@7.2.0", "pagefind@1.6.0")


class MissingError(Exception):
    """An engine cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An engine ready to be asked: ``engine`` as ``browser.run`` takes it, on the site in
    ``folder``; ``size`` in compressed bytes of what a phone fetches before its first answer."""

    name: str
    folder: Path
    engine: str
    size: int


Make = Callable[[Path, Path, Path], Peer]
"""(catalogue, cache of packages, folder to fill) → peer."""


def words_of(catalogue: Path) -> dict[str, list[str]]:
    """The words of words.yml by matter."""
    found: dict[str, list[str]] = {}
    for entry in yaml.load((catalogue / "words.yml").read_text("utf-8"), yaml.CBaseLoader)["words"]:
        for id in entry["matters"]:
            found.setdefault(id, []).append(entry["word"])
    return found


def material(catalogue: Path, cache: Path, folder: Path) -> Peer:
    """lunr with jieba, by the worker of mkdocs-material itself."""
    site = _plain_site(catalogue, folder)
    worker = next(site.glob("assets/javascripts/workers/search.*.min.js")).relative_to(site).as_posix()
    size = _packed(site / worker) + _packed(site / "search/search_index.json")
    return Peer(
        name="mkdocs-material (lunr, jieba)", folder=site, engine=_MATERIAL.replace("WORKER", worker), size=size
    )


_MATERIAL = """async address => {
  const index = await (await fetch(address + 'search/search_index.json')).json();
  let worker;
  const tell = message => new Promise(done => { worker.onmessage = ({data}) => done(data); worker.postMessage(message); });
  return {
    ready: async () => {
      worker = new Worker(address + 'WORKER');
      await tell({type: 0, data: {config: index.config, docs: index.docs, options: {suggest: false}}});
    },
    ask: async text => {
      const {data} = await tell({type: 2, data: text});
      const found = data.items.map(([first]) => first.location.split('#')[0].split('/').filter(Boolean).pop());
      return {found: [...new Set(found)].filter(Boolean)};
    },
  };
}"""


def minisearch(catalogue: Path, cache: Path, folder: Path) -> Peer:
    """MiniSearch with Chinese as pairs of characters."""
    words = words_of(catalogue)
    documents = []
    for file in sorted((catalogue / "matters").rglob("*.yml")):
        matter = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
        names = [*matter["aliases"], *words.get(matter["id"], [])]
        documents.append(
            {
                "id": matter["id"],
                "name": matter["name"],
                "words": " ".join([*names, matter["name_en"] or ""]),
                "text": plain.markdown(matter),
            }
        )
    return minisearch_folder(cache, folder, json.dumps(documents, ensure_ascii=False))


def minisearch_folder(cache: Path, folder: Path, documents: str) -> Peer:
    """``documents`` is a JSON list of objects with id, name, words and text."""
    module = _package(cache, "minisearch") / "dist/es/index.js"
    folder.mkdir(parents=True)
    shutil.copy(module, folder / "minisearch.js")
    (folder / "documents.json").write_text(documents, "utf-8")
    (folder / "index.html").write_text("<!doctype html><title>MiniSearch</title>", "utf-8")
    size = _packed(folder / "minisearch.js") + _packed(folder / "documents.json")
    return Peer(name="MiniSearch (pairs of characters)", folder=folder, engine=_MINISEARCH, size=size)


_MINISEARCH = r"""async address => {
  const { default: MiniSearch } = await import(address + 'minisearch.js');
  const documents = await (await fetch(address + 'documents.json')).json();
  const tokenize = text => {
    const tokens = [];
    for (const part of text.normalize('NFKC').toLowerCase().match(/[\u3400-\u9fff]+|[a-z0-9]+/g) || []) {
      if (!/[\u3400-\u9fff]/.test(part) || part.length === 1) tokens.push(part);
      else for (let at = 0; at + 1 < part.length; at += 1) tokens.push(part.slice(at, at + 2));
    }
    return tokens;
  };
  const options = { fields: ['name', 'words', 'text'], tokenize,
    searchOptions: { boost: { name: 3, words: 3 }, prefix: term => /[a-z]/.test(term), fuzzy: term => /[a-z]{5}/.test(term) ? 0.2 : false, tokenize } };
  const made = new MiniSearch(options);
  made.addAll(documents);
  const stored = JSON.stringify(made);
  let engine;
  return {
    ready: async () => { engine = MiniSearch.loadJSON(stored, options); },
    ask: async text => ({ found: engine.search(text).map(hit => hit.id) }),
  };
}"""


def pagefind(catalogue: Path, cache: Path, folder: Path) -> Peer:
    """Pagefind on the pages of a plain MkDocs site."""
    program = cache / "node_modules/.bin/pagefind"
    _package(cache, "pagefind")
    site = _plain_site(catalogue, folder)
    done = subprocess.run([program, "--site", site, "--force-language", "zh"], capture_output=True, text=True)
    if done.returncode:
        raise MissingError(f"pagefind failed: {done.stderr.strip().splitlines()[-1:]}")
    found = [
        path for path in (site / "pagefind").rglob("*") if path.suffix in (".js", ".pagefind", ".pf_meta", ".pf_index")
    ]
    size = sum(path.stat().st_size for path in found if path.name not in ("pagefind-ui.js", "pagefind-modular-ui.js"))
    return Peer(name="Pagefind", folder=site, engine=_PAGEFIND, size=size)


_PAGEFIND = """async address => {
  let engine;
  return {
    ready: async () => { engine = await import(address + 'pagefind/pagefind.js'); await engine.init(); },
    ask: async text => {
      const { results } = await engine.search(text);
      const pages = await Promise.all(results.slice(0, 5).map(result => result.data()));
      return { found: pages.map(({ url }) => url.split('/').filter(Boolean).pop()) };
    },
  };
}"""

PEERS: dict[str, Make] = {"material": material, "minisearch": minisearch, "pagefind": pagefind}


def _plain_site(catalogue: Path, folder: Path) -> Path:
    """The matters as a MkDocs site; what people call a matter stands on its page."""
    plain.write_site(catalogue, folder)
    words = words_of(catalogue)
    for page in (folder / "docs").rglob("*.md"):
        if page.stem in words:
            with page.open("a", encoding="utf-8") as file:
                file.write(f"\n## 也叫\n\n{'、'.join(words[page.stem])}\n")
    program = Path(sys.executable).with_name("mkdocs")
    done = subprocess.run([program, "build", "--quiet"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise MissingError(f"mkdocs failed: {done.stderr.strip().splitlines()[-1:]}")
    return folder / "site"


def _package(cache: Path, name: str) -> Path:
    """The folder of a package of npm, fetched when it is not there."""
    folder = cache / "node_modules" / name
    if not folder.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise MissingError("npm is not installed")
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "package.json").write_text("{}", "utf-8")
        command = [npm, "install", "--no-audit", "--no-fund", "--no-save", *PACKAGES]
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True)
        if done.returncode or not folder.is_dir():
            raise MissingError(f"npm could not fetch {name}")
    return folder


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))
