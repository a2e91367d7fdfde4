"""Text as HTML. Nearly all texts of a guide need nothing done, and half a million of them
are looked at in a large build."""

from __future__ import annotations

import re

_special = re.compile("[&<>\"']").search


def e(value: object) -> str:
    """``value`` with ``& < > " '`` as references. ``Markup`` stays as it is."""
    if type(value) is str and _special(value) is None:
        return value
    from markupsafe import escape  # the build of one changed matter mostly needs none of it

    return escape(value)
