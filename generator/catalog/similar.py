"""Names that say the same in slightly other characters.

Two names are near if nothing but punctuation, white space, 的 and 之 tells them apart, or,
on top of that, one Chinese character of what stands outside brackets. What stands in
brackets, and letters and digits, are told apart by purpose: 事项 1 is not 事项 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_EMPTY = re.compile(r"[ \u3000、，。；：“”‘’《》〈〉·—\-/）)〕】\]的之]+")
_OPENING = re.compile(r"[（(〔【\[]")


def skeleton(name: str) -> str:
    """``name`` without what says nothing; what is in brackets stands behind a tab."""
    return _OPENING.sub("\t", _EMPTY.sub("", name))


def flat(name: str) -> str:
    """The skeleton without regard to brackets."""
    return skeleton(name).replace("\t", "")


def one_apart(one: str, other: str) -> bool:
    """Whether two skeletons are equal or one Chinese character outside brackets apart."""
    if one.replace("\t", "") == other.replace("\t", ""):
        return True
    (short, *inside), (long, *other_inside) = one.partition("\t"), other.partition("\t")
    if len(short) > len(long):
        short, long = long, short
    if inside != other_inside or len(long) - len(short) > 1:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    exchanged = len(short) == len(long)
    differing = long[same] + (short[same] if exchanged else "")
    return short[same + exchanged :] == long[same + 1 :] and not any(map(str.isascii, differing))


def near_pairs(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The positions of every two names that are near but not equal, in order.

    Two strings one character apart become equal when each of them loses the right one;
    so every name is filed under itself and under itself without each of its characters,
    and only names filed together are compared.
    """
    skeletons = [skeleton(name) for name in names]
    files: dict[str, list[int]] = {}
    for number, line in enumerate(skeletons):
        head, tab, inside = line.partition("\t")
        whole = {line.replace("\t", ""), line}
        for key in whole | {head[:at] + head[at + 1 :] + tab + inside for at in range(len(head))}:
            files.setdefault(key, []).append(number)
    pairs = {
        (one, other) for numbers in files.values() for at, one in enumerate(numbers) for other in numbers[at + 1 :]
    }
    for one, other in sorted(pairs):
        if names[one] != names[other] and one_apart(skeletons[one], skeletons[other]):
            yield one, other
