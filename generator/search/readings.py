"""How the characters of the index are read, and their traditional forms.

The only module that knows pypinyin and OpenCC. Both are imported when a word is new: what
was read before comes from a file beside the site, and a build that changes no name, alias
or word never gets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

ALSO = {"调": ("diao", "tiao"), "重": ("chong", "zhong"), "行": ("hang", "xing"), "长": ("chang", "zhang")}
"""Characters that people read in either way when they type, whatever the dictionary says."""

HAN = range(0x4E00, 0xA000)
_STRETCH = re.compile("[一-\u9fff]+")


class Readings:
    """Readings of terms in context (重新 is chong xin). ``known`` are those of the last
    build, by term, separated by spaces; ``used`` are those asked for now."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self.used: dict[str, str] = {}

    def of(self, terms: Sequence[str]) -> dict[str, set[str]]:
        """The readings of every Chinese character of ``terms``, without tones, ü as v."""
        found: dict[str, set[str]] = {}
        for term in terms:
            characters = [character for character in term if ord(character) in HAN]
            for character, reading in zip(characters, self.read(term), strict=True):
                found.setdefault(character, set()).update((reading, *ALSO.get(character, ())))
        return found

    def read(self, term: str) -> list[str]:
        """The syllables of a term's Chinese characters."""
        if term not in self.used:
            if term not in self._known:
                self._known[term] = _read(term)
            self.used[term] = self._known[term]
        return self.used[term].split()


def _read(term: str) -> str:
    # Words do not reach over a bracket or a letter, and names of branches and towns differ
    # in one stretch only.
    return " ".join(filter(None, (_read_stretch(stretch) for stretch in _STRETCH.findall(term))))


@cache
def _read_stretch(chinese: str) -> str:
    # Here, since it takes 150 ms to load.
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(chinese))


def listed(readings: dict[str, set[str]]) -> str:
    """``an,ang:安案|ba:八…``: by folded syllable the others that fold to it and all their
    characters, sorted."""
    syllables: dict[str, set[str]] = {}
    characters: dict[str, list[str]] = {}
    for character in sorted(readings):
        own = readings[character]
        for syllable in own:
            syllables.setdefault(folded(syllable), set()).add(syllable)
        for sound in {folded(syllable) for syllable in own}:
            characters.setdefault(sound, []).append(character)
    return "|".join(
        f"{','.join((sound, *sorted(syllables[sound] - {sound})))}:{''.join(characters[sound])}"
        for sound in sorted(characters)
    )


def folded(reading: str) -> str:
    """Without the confusions of the local accent, and ü typed as u, as
    ``pwa/app/search/sounds.js`` folds."""
    for pair in ("zh", "ch", "sh"):
        if reading.startswith(pair):
            reading = reading[0] + reading[2:]
    return (reading.removesuffix("g") if reading.endswith("ng") else reading).replace("v", "u")


def common_characters() -> list[str]:
    """The 3,755 characters of everyday writing: level 1 of GB 2312."""
    cells = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [text for cell in cells if (text := cell.decode("gb2312", errors="ignore"))]


def traditional_of(simplified: Iterable[str]) -> str:
    """``營营業业``: every traditional or variant form of the characters given, before the
    character itself."""
    wanted = set(simplified)
    return "".join(f"{form}{plain}" for form, plain in _forms() if plain in wanted)


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """(traditional or variant form, character) of all that have one."""
    # Here, since it takes 10 ms to load.
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = ((chr(code), convert(chr(code))) for code in HAN)
    return tuple((form, plain) for form, plain in pairs if form != plain)
