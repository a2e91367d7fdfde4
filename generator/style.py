"""Style sheets without what only editors need."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def squeeze(sheet: str) -> str:
    """``sheet`` without comments and superfluous white space. Strings hold none of either."""
    sheet = re.sub(r"\s+", " ", _COMMENT.sub("", sheet))
    sheet = re.sub(r" ?([{};,>]) ?", r"\1", sheet)
    return sheet.replace(": ", ":").replace(";}", "}").replace(" !", "!").strip()
