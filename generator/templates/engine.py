"""How templates are read: one environment for the whole process.

Every value is escaped, a name that a view lacks is an error, and so is ``None``: what nobody
knows has to be said in words.

Line breaks in a template are for whoever reads it: a break and the white space around it
are left out, so that elements may stand on lines of their own, indented, without a gap
between them on the screen, and a page holds no byte for it. A space that is to be seen
stands within a line. Between two Latin words, and inside a tag, a break is a space.

Compiled templates are kept in ``templates/__pycache__/``, as Python keeps its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2 import __version__ as JINJA
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from .. import style
from ..views.citations import pieces, sole_place
from ..views.words import day

FOLDER = Path(__file__).parent

_BREAK = re.compile(r"\s*\n\s*")
_WORDS = re.compile(r"(?<=[A-Za-z,.;:])\s*\n\s*(?=[A-Za-z])")


class _Joined(Extension):
    """Leaves out the line breaks of a template, and what only editors need in a style."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        sheet = (stream.name or "").endswith(".css")
        inside = False
        for token in stream:
            if token.type == "data":
                text, inside = (style.squeeze(token.value), False) if sheet else _joined(token.value, inside)
                token = Token(token.lineno, token.type, text)
            yield token


def _joined(text: str, inside: bool) -> tuple[str, bool]:
    """``text`` without its breaks, and whether it ends inside a tag. ``inside`` tells
    whether it begins there."""
    parts = _BREAK.split(_WORDS.sub(" ", text))
    joined = parts[0]
    for part in parts[1:]:
        inside = _inside(joined, inside)
        joined += f" {part}" if inside else part
    return joined, _inside(joined, inside)


def _inside(text: str, before: bool) -> bool:
    opened, closed = text.rfind("<"), text.rfind(">")
    return before if opened == closed else opened > closed


class _Cache(FileSystemBytecodeCache):
    """Compiled templates beside their sources; a folder that cannot be written holds none."""

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{_RULES}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()  # damaged, and unpickling may fail in any way

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        try:
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError:
            pass  # an installation that others own: compiled anew by every process


_RULES = sha256(
    b"".join((JINJA.encode(), *(Path(file).read_bytes() for file in (__file__, style.__file__))))
).hexdigest()
"""What beside its source decides what a template is compiled to."""


def _known(value: object) -> object:
    """Whatever stands between ``{{ }}``. Raises ``TypeError`` for ``None``."""
    if value is None:
        raise TypeError("a template prints None: say in words that it is not known")
    return value


def environment(folder: Path, cache: Path) -> Environment:
    """Templates of ``folder``, compiled ones in ``cache``."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_known,
        extensions=[_Joined],
        bytecode_cache=_Cache(str(cache)),
    )
    made.filters["day"] = day
    made.filters["cites"] = pieces
    made.filters["place"] = sole_place
    return made


ENVIRONMENT = environment(FOLDER, FOLDER / "__pycache__")
