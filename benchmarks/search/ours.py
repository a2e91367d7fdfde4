"""The guide's own search, as its pages run it."""

from __future__ import annotations

import gzip
from pathlib import Path

FILES = ("search", "search-more", "search-text")

ENGINE = """async address => {
  const base = document.querySelector('script[type="module"]').src.replace(/[^/]*$/, '').replace('assets/app/', 'assets/modules/');
  const { Index } = await import(base + 'search/index.js');
  const names = await (await fetch(address + 'api/v1/search.json')).text();
  let index = null;
  const data = await import(base + 'search/data.js');
  return {
    ready: async () => {
      index = new Index(JSON.parse(names));
    },
    ask: async typed => {
      const found = await data.find(typed);
      return { found: found.hits.map(hit => hit.matter.id), weak: found.weak };
    },
  };
}"""


def sizes(site: Path) -> dict[str, int]:
    """Compressed bytes of each file of the index."""
    return {name: len(gzip.compress((site / f"api/v1/{name}.json").read_bytes(), 9)) for name in FILES}
