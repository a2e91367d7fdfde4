"""Draw pwa/icons/*.png from the SVG files here: ``python pwa/art/draw.py``.

Needs playwright, pillow and a Chromium (GUIDE_CHROMIUM, or chromium on the PATH). The PNG
files are committed, so that a build needs none of them.
"""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ICONS = HERE.parent / "icons"

# Name, drawing, size in pixels, scale of the drawing. A maskable icon is cut to any
# shape by the phone: the drawing keeps to its inner 80 % on a full background.
PICTURES = (
    ("icon-192", "icon", 192, 1.0),
    ("icon-512", "icon", 512, 1.0),
    ("icon-180", "icon", 180, 1.0),
    ("icon-maskable-512", "icon", 512, 0.8),
    ("badge-96", "badge", 96, 1.0),
)
# These must fill their square: the phone rounds the corners itself.
SQUARE = {"icon-180", "icon-maskable-512"}


def main() -> None:
    ICONS.mkdir(exist_ok=True)
    executable = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name, drawing, size, scale in PICTURES:
            svg = (HERE / f"{drawing}.svg").read_text(encoding="utf-8")
            background = "#14477f" if name in SQUARE else "transparent"
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                f"<style>body{{margin:0;background:{background}}}"
                f"svg{{display:block;width:{size}px;height:{size}px;transform:scale({scale})}}</style>{svg}"
            )
            picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            page.close()
            # Few colours: a palette halves the bytes that every phone stores.
            small = picture.quantize(48, method=Image.Quantize.FASTOCTREE)
            small.save(ICONS / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
