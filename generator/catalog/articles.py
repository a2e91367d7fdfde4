"""How articles of laws are named: 第三十八条第二款, 附件第104项; and which ones a sentence names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from .model.lists import Law

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# Rarely needed, so made when they are: an expression takes longer to make than to ask.
_NUMBER = "[一二三四五六七八九十百千零〇]+"
_ARTICLE = rf"第({_NUMBER})条(?:之({_NUMBER}))?"
_ITEM = rf"第({_NUMBER})项"
_POINT = rf"({_NUMBER})（({_NUMBER})）"
_ANNEX = r"附[件表录]?第([0-9]+)项"
_PARTS = rf"(?:第{_NUMBER}款)?(?:第{_NUMBER}项)?"
_NAMED = (
    rf"《([^《》]+)》(（[^（）]*）)?"
    rf"(第{_NUMBER}条(?:之{_NUMBER})?{_PARTS}|{_NUMBER}（{_NUMBER}）|第{_NUMBER}项|附件第[0-9]+项)?"
)
COMMON = "中华人民共和国"
"""What most titles begin with, and people leave out."""


def article_of(text: str) -> str:
    """第三十八条 of 第三十八条第二款: articles are read as a whole. Anything else stays as it is."""
    found = re.match(_ARTICLE, text)
    return found[0] if found else text


def is_article(text: str) -> bool:
    """Whether ``text`` names an article as laws do, an item of an annex or of a decision, or a point of a notice:
    二（一）."""
    others = rf"附[件表录](?:{_NUMBER})?(?:第.+项)?|{_ITEM}|{_POINT}"
    return re.match(_ARTICLE, text) is not None or re.fullmatch(others, text) is not None


def number(chinese: str) -> int:
    """102 of 一百零二. Raises ``KeyError`` for signs that are no numerals."""
    total, digit = 0, 0
    for sign in chinese:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def as_article(text: str) -> str | None:
    """第三十六条第一款 of 36, 第36条第1款, 三十六条; ``None`` where it cannot be told."""
    narrow = unicodedata.normalize("NFKC", re.sub("《[^》]*》| ", "", text))
    spelt = re.sub("[1-9][0-9]{0,3}", lambda found: numeral(int(found[0])), narrow)
    found = re.fullmatch(rf"第?({_NUMBER})条?({_PARTS})", spelt)
    return None if found is None else f"第{found[1]}条{found[2]}"


def numeral(value: int) -> str:
    """一百零二 of 102; below 10,000."""
    told, digits = "", str(value)
    for place, digit in enumerate(digits):
        unit = ("千百十"[3 - (len(digits) - 1 - place) :] or " ")[0].strip()
        if digit != "0":
            told += "零一二三四五六七八九"[int(digit)] + unit
        elif digits[place:].strip("0") and not told.endswith("零"):
            told += "零"
    return told.removeprefix("一") if told.startswith("一十") else told


def anchor(article: str) -> str:
    """Where an article stands on the page of its law: 7 for 第七条第二款, 7-1 for 第七条之一, i1 for an item of a
    decision, p2-1 for a point of a notice, f104 for an item of an annex. Short, since a page of a matter has it at every citation."""
    if found := re.match(_ARTICLE, article):
        return "-".join(str(number(part)) for part in found.groups() if part)
    if found := re.match(_ITEM, article):
        return f"i{number(found[1])}"
    if found := re.match(_POINT, article):
        return f"p{number(found[1])}-{number(found[2])}"
    if found := re.match(_ANNEX, article):
        return f"f{found[1]}"
    return article


def in_order(article: str) -> tuple[int, ...]:
    """Sorts articles as the law has them: 第九条 before 第十条, annexes last."""
    if found := re.match(_ARTICLE, article):
        return 0, *(number(part) for part in found.groups() if part)
    if found := re.match(_ITEM, article):
        return 1, number(found[1])
    if found := re.match(_ANNEX, article):
        return 2, int(found[1])
    return (3,)


def inner(title: str) -> str:
    """A title as it stands in its marks; marks within become 〈〉 (GB/T 15834—2011, 4.15.3.4)."""
    return title.strip("《》").replace("《", "〈").replace("》", "〉")


def titles(laws: Iterable[Law]) -> dict[str, str]:
    """Ids by title as it stands in marks, also without 中华人民共和国."""
    found = {inner(law.title): law.id for law in laws}
    return {title.removeprefix(COMMON): id for title, id in found.items()} | found


def spoken(text: str) -> Iterator[tuple[re.Match[str], str, str | None]]:
    """Every title in its marks, with the article that follows; ``None`` where the title stands alone. An edition
    in brackets behind the title (2015年版) is part of it, anything else there is passed over."""
    for found in re.finditer(_NAMED, text):
        title, bracket, article = found.groups()
        if bracket and (edition := re.match("（([0-9]{4}年版)", bracket)):
            title = f"{title}（{edition[1]}）"
        yield found, title, article


def named(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """(law, article) of every law of ``known`` (``titles``) that a sentence names:
    《行政许可法》第五十八条."""
    if "《" in text:
        for _found, title, article in spoken(text):
            if title in known:
                yield known[title], article
