"""The web app manifest: what a phone calls the guide on its home screen, and its shortcuts.

What is the same everywhere (icons, display, scope) stands in ``pwa/manifest.webmanifest``.
"""

from __future__ import annotations

import msgspec

from ..catalog.offers import offers_of
from ..catalog.parts import Parts

_SIZE = "192x192"
"""Of the icon that shortcuts get: every manifest has one (``published/manifest.py``)."""


def manifest(template: bytes, parts: Parts) -> bytes:
    """The manifest of the guide of ``parts``."""
    same = msgspec.json.decode(template)
    centre, offers = parts.centre, offers_of(parts)
    noon = "，午间能不能办" if offers.noon else ""
    # A phone shows three or four, the first ones first.
    shortcuts = [("我的材料", "./#mine")]
    if offers.queue:
        shortcuts.append(("排队", "queue/"))
    shortcuts.append(("午间日历" if offers.noon else "开放日历", offers.calendar))
    if offers.noon:
        shortcuts.append(("提醒我", "reminders/"))
    icon = next({"src": one["src"], "sizes": _SIZE} for one in same["icons"] if one["sizes"] == _SIZE)
    own = {
        "name": centre.guide_name,
        "description": f"{centre.short_name}：办什么事带什么材料，现在开不开门{noon}。没有网络也能看。",
        "theme_color": centre.colours.light,
        "shortcuts": [{"name": name, "url": url, "icons": [icon]} for name, url in shortcuts],
    }
    written = msgspec.json.encode(same | own)
    return msgspec.json.format(written, indent=2) + b"\n"
