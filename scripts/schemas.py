"""``python -m scripts.schemas``: writes ``catalog/schema/`` anew after the model has changed."""

from __future__ import annotations

from pathlib import Path

from generator.catalog.schema import schemas

if __name__ == "__main__":
    for name, text in schemas().items():
        Path("catalog/schema", name).write_text(text, encoding="utf-8")
