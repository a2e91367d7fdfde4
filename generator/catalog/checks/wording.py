"""Text as Chinese readers expect it, in every file.

Here is the quick look that every record gets; where it finds something to suspect,
``slips.py`` reads the texts one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..lines import Lines
from ..problems import Problem
from .phrases import check_phrases
from .slips import check_slips
from .texts import DOMAINS, PAIRS

# The quick look works on the record as JSON in UTF-8, where no two texts stand next to each
# other. It is taken at every matter of every build: so it asks for fixed bytes, which is far
# quicker than one expression for all.
_MASK = bytes(1 if byte >= 0x80 else 2 if byte in b",;:?!.' " else byte for byte in range(256))
_NARROW = (b"\1\2\1", b"\1\2\2", b"\1(", b")\1", b'\1\\"', b'\1\2"')
"""Marks and blanks as they stand beside Chinese; \\1 is any byte beyond ASCII, \\2 a mark."""
_STOP = rb"(?:\xef\xbc[\x81\x8c\x9a\x9b\x9f]|\xe3\x80[\x81\x82])"
_SUSPECT = tuple(
    map(
        re.compile,
        (
            rb"\xef\xbc(?:[\x90-\x99\xa1-\xba]|[\x81\x8c\x9a\x9b\x9f]" + _STOP + rb")",
            rb"\xe3\x80(?:\x80|[\x81\x82]" + _STOP + rb")",
            rb"\xef\xbd[\x81-\x9a]",
            rb"\"" + _STOP,
            rb"_en\":\"[^\"\x80-\xff]*[\x80-\xff]",
            rb"\.(?:" + DOMAINS.encode() + rb")\b",
        ),
    )
)
"""What needs more than fixed bytes. Each begins with fixed ones, which the machine finds fast."""
_PAIRS = [(pair[0].encode(), pair[1].encode()) for pair in PAIRS]
_QUOTED = '"“'.encode()
_CATCH_ALL = "(?:材料|资料|文件|证|手续|凭|条件|要求|相关|有关)".encode()
_VAGUE = tuple(first.encode() for first in ("其他", "其它", "等", "有关", "相关"))
_THE_OTHER = ("其他".encode(), "其它".encode())
_OTHER = tuple(f"{before}{the}其{other}".encode() for before in "定求要" for the in ("", "的") for other in "他它")


def check_text(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Punctuation, characters, addresses and catch-all words of every text of any record."""
    data = msgspec.json.encode(record)
    if _suspect(data) or _unpaired(data) or _beyond(data):
        yield from check_slips(record, lines)
    # Most matters have one or two of the words, and an expression takes longer to make than to ask.
    if any(first in data and re.search(first + _CATCH_ALL, data) for first in _VAGUE) or (
        any(part in data for part in _THE_OTHER) and any(part in data for part in _OTHER)
    ):
        yield from check_phrases(record, lines)


def _suspect(data: bytes) -> bool:
    if _QUOTED in data:
        return True
    masked = data.translate(_MASK)
    return any(part in masked for part in _NARROW) or any(words.search(data) for words in _SUSPECT)


def _unpaired(data: bytes) -> bool:
    """Whether some text of the record has a bracket without its other half. Kinds that
    cross each other, 《（》）, are not seen."""
    for first, last in _PAIRS:
        if first not in data:
            if last in data:
                return True
            continue
        before, *after = data.split(first)
        if last in before:
            return True
        depth = 0
        for part in after:
            # What stands behind the end of the text, too, must open before it closes.
            text, _, rest = part.partition(b'"')
            depth += 1 - text.count(last)
            if depth < 0 or last in rest or (depth and rest):
                return True
        if depth:
            return True
    return False


def _beyond(data: bytes) -> bool:
    """Whether there are characters that GB 2312, which has no traditional ones, lacks."""
    try:
        data.decode().encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
