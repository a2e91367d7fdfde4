"""Text as Chinese readers expect it, in every file.

Here is the quick look that every record gets; where it finds something to suspect,
``slips.py`` reads the texts one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ..lines import Field, Lines
from ..problems import Problem

DOMAINS = "com|cn|net|org|io|info|top|vip|cc|xyz|wang|app|site"

# "Chinese" is anything beyond ASCII: as a class of its own, the range of Chinese characters
# costs 14 ms to compile. The bytes are those of a record in JSON, in UTF-8, where no two
# texts stand next to each other.
_STOP = rb"(?:\xef\xbc[\x81\x8c\x9a\x9b\x9f]|\xe3\x80[\x81\x82])"
_SUSPECT = re.compile(
    rb"[\x80-\xff](?:[,;:?!.'][\x80-\xff]|\(|\\\"|\.\"| +[\x80-\xff])|\)[\x80-\xff]"
    rb"|\xef\xbc[\x90-\x99\xa1-\xba]|\xef\xbd[\x81-\x9a]|\xe3\x80\x80"
    rb"|" + _STOP + _STOP + rb"|\"" + _STOP + rb"|_en\":\"[^\"\x80-\xff]*[\x80-\xff]"
    rb"|\.(?:" + DOMAINS.encode() + rb")\b"
)
PAIRS = ("（）", "《》", "“”", "‘’", "〔〕", "【】", "〈〉", "「」")
_PAIRS = [(pair[0].encode(), pair[1].encode()) for pair in PAIRS]
_CATCH_ALL = re.compile(
    "(?:其(?:他|它)|等|有关|相关)(?:材料|资料|文件|证|手续|凭|条件|要求|相关|有关)|(?:定|求|要)的?其(?:他|它)".encode()
)

VERBATIM = frozenset({"quote"})
"""Fields copied from a source letter by letter."""


def strings(record: Any, field: Field = ()) -> Iterator[tuple[Field, str]]:
    """Every text of a record with its field."""
    if isinstance(record, str):
        yield field, record
    elif isinstance(record, tuple):
        for position, item in enumerate(record):
            yield from strings(item, (*field, position))
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            if name not in VERBATIM:
                yield from strings(getattr(record, name), (*field, name))


def check_text(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Punctuation, characters, addresses and catch-all words of every text of any record."""
    data = msgspec.json.encode(record)
    if _SUSPECT.search(data) or _unpaired(data) or _beyond(data):
        from . import slips

        yield from slips.check_slips(record, lines)
    if _CATCH_ALL.search(data):
        from . import phrases

        yield from phrases.check_phrases(record, lines)


def _unpaired(data: bytes) -> bool:
    """Whether some text of the record has a bracket without its other half. Kinds that
    cross each other, 《（》）, are not seen."""
    for first, last in _PAIRS:
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
