"""Which characters a text of the guide may hold: a rule over Unicode's properties, not a list of
those that somebody has met.

What is published is read on screens, copied into forms, searched, and read aloud. So every
character has to be visible, to look the same to everybody, and to be the one that people type.
Refused are

- controls, format characters (bidirectional controls, joiners, soft hyphens, tags) and all other
  Default_Ignorable_Code_Points, blanks other than the space, separators of lines;
- what is no character: surrogates, noncharacters, unassigned and private ones, U+FFFC, U+FFFD;
- combining marks and variation selectors: all that we write exists as one character;
- radicals, strokes, parts of characters, and whatever Unicode keeps only for compatibility, because
  another character means the same and is the one that is searched for. Fine are those that
  GB 2312 has, the character set every mainland machine types (，：（）… ①⑴ Ⅳ ℃ №), and those in
  ``UNITS``. Full-width letters and digits are among them: ``checks/slips.py`` judges these;
- letters of other scripts than Chinese and Latin, which may look like ours (Cyrillic А, Greek Α):
  the "highly restrictive" level of UTS #39, less Japanese and Korean. Greek ones are fine as
  signs (α, μ), away from Latin ones.

Python knows the properties of the Unicode version that it comes with; a character that is newer
counts as unassigned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

UNITS = frozenset("㎎㎏㎜㎝㎞㎡㎥\u00b5²³¼½¾") | frozenset(map(chr, range(0x246A, 0x2474)))
"""Compatibility characters beyond GB 2312 that Chinese documents write: units, and ⑪ to ⑳."""

Unfit = tuple[int, str, str, str]
"""Line (from 1), the character, sentence, hint."""

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing; all but U+2800 are Default_Ignorable_Code_Points. The other
such are of the categories Cf, Mn and Cn."""
_NO_CHARACTER = frozenset("\ufffc\ufffd")
_PASTED = "删去这个字符，多半是从网页或者文档粘贴带来的"
_RETYPE = "删去这个字，用输入法重新打一遍"
_GREEK = frozenset(map(chr, range(0x370, 0x400)))
_MIXED = re.compile("[A-Za-z][\u0370-\u03ff]|[\u0370-\u03ff][A-Za-z]")
_LOOK_LATIN = frozenset(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03f2\u03f3"
)
_OURS = ("CJK", "LATIN", "FULLWIDTH LATIN", "GREEK", "MODIFIER LETTER", "IDEOGRAPHIC")
"""How the names of letters begin that may stand in a text."""
_fit = set(map(chr, range(0x20, 0x7F))) | {"\n"} | UNITS
"""What has been judged and found fit; a catalogue has some 2,000 different characters."""


def unfit(text: str, allowed: str = "") -> Iterator[Unfit]:
    """The first unfit character of every line that has one; ``allowed`` are fine here."""
    met = set(text)
    odd = {character for character in met - _fit if character not in allowed and judge(character) is not None}
    greek = not met.isdisjoint(_GREEK)
    if not odd and not greek:
        return
    for number, line in enumerate(text.split("\n"), 1):
        found = next((character for character in line if character in odd), None)
        if found is not None:
            told = judge(found)
            assert told is not None
            yield (number, found, *told)
        elif greek and (mixed := _MIXED.search(line)):
            letter = max(mixed[0])
            yield number, letter, f"“{mixed[0]}”里的 {_named(letter)} 是希腊字母", "改为英文字母"


def judge(character: str) -> tuple[str, str] | None:
    """Sentence and hint on ``character``; ``None`` when it is fit."""
    if character in _fit:
        return None
    told = _judge(character)
    if told is None:
        _fit.add(character)
    return told


def _judge(character: str) -> tuple[str, str] | None:
    category = unicodedata.category(character)
    named = _named(character)
    if category in ("Cc", "Cf", "Zl", "Zp", "Zs") or character in _BLANK:
        # The full-width space has rules of its own: in an indentation, and between characters.
        return (f"有看不见的字符 {named}", _PASTED) if character != "\u3000" else None
    if category in ("Cs", "Co", "Cn") or character in _NO_CHARACTER:
        return f"{named} 不是通用的字符，别人的手机上显示不出来", _PASTED
    if category[0] == "M":
        return f"有附加在别的字上的符号 {named}", _PASTED
    name = unicodedata.name(character, "")
    if name.startswith(("KANGXI RADICAL", "CJK RADICAL", "CJK STROKE", "IDEOGRAPHIC DESCRIPTION")):
        return f"“{character}”（{named}）是部首或者笔画，不是字，搜不到", _RETYPE
    parts = unicodedata.decomposition(character)
    # A canonical decomposition into two is an accented letter (ā), which is how to write it.
    if parts and (parts[0] == "<" or " " not in parts) and not _in_gb2312(character) and character not in UNITS:
        plain = unicodedata.normalize("NFKC", character)
        return f"“{character}”（{named}）是另一个字的变体，搜不到", f"改为“{plain}”"
    if category[0] == "L" and (not name.startswith(_OURS) or character in _LOOK_LATIN):
        return f"“{character}”（{named}）不是汉字，也不是英文字母", "改为中文，或者长得一样的英文字母"
    return None


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
