"""Whether a sentence holds the number of a person: telephone, identity card, bank card. Pure.

Six digits are one, however they are written and whatever stands between them; what people
write with digits otherwise (dates, hours, 48项, a hotline) is not. ``pwa/app/search/personal.js``
is the same for the phone, and both are held against one table of cases.
"""

from __future__ import annotations

import re
import unicodedata

FEWEST = 6
"""Digits of the shortest number that is refused."""
SCATTERED = 7
"""Digits that no unit explains, with words between them."""

_HAN = "\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NUMERALS = "零〇○一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖两幺"
_BETWEEN = "杠横空格减"
"""Words for what stands between two groups of digits."""

_YEAR = r"(?:19|20)[0-9][0-9]"
_DAY = rf"{_YEAR}([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])"
_HOUR = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
_HOURS = rf"{_HOUR}(?:\s*[-–—~]\s*{_HOUR})?"
_ORDINARY = re.compile(rf"{_DAY}(?:\s+{_HOURS})?|{_HOURS}")
_YEARS = re.compile(rf"{_YEAR}\s*[-–—~]\s*{_YEAR}")
# 国办函〔2017〕115号, GB/T 39554.1-2020
_DOCUMENT = re.compile(rf"[〔\[(【]{_YEAR}[〕\])】]第?[0-9]{{1,4}}号")
_STANDARD = re.compile(
    rf"(^|[^0-9a-z])(?:gb|jgj|cjj|hj|ga|ws|db[0-9]{{0,2}})(?:/?t)?\s?[0-9]{{2,5}}(?:\.[0-9]{{1,2}})?"
    rf"(?:[-–—]{_YEAR})?(?![0-9]|[^{_HAN}0-9]*[0-9])"
)
_MEASURED = re.compile(
    r"[0-9]{1,5}(?:\.[0-9]+)?\s*"
    r"(?=年|学年|月|日|号|项|条|款|平|㎡|m2|米|元|万|亿|人|岁|热线|小时|分|天|个|家|楼|层|室|厅|卫|栋|幢|单元|届|版|期|次|份|张"
    r"|周|点|时|秒|%|吨|公里|级|类|种|章|节|页|倍|折|区|路|街)"
)


def holds_number(text: str) -> bool:
    """Whether ``text`` holds digits that may be somebody's number."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _STANDARD.sub(r"\1号", _DOCUMENT.sub("号", plain))
    return any(_is_number(*run) for run in _runs(plain)) or _left(plain) >= SCATTERED


def _runs(text: str) -> list[tuple[str, int, str]]:
    """(text, number of digits, the character behind) of each stretch of digits without a word in it."""
    runs = []
    start = end = digits = 0
    for place, one in enumerate(text):
        if _is_digit(one):
            start = start if digits else place
            end, digits = place + 1, digits + 1
        elif _is_han(one) and one not in _BETWEEN and digits:
            runs.append((text[start:end], digits, one))
            digits = 0
    return [*runs, (text[start:end], digits, "")] if digits else runs


def _is_number(run: str, digits: int, behind: str) -> bool:
    if digits < FEWEST or _ORDINARY.fullmatch(run):
        return False
    return not (behind in ("年", "学") and _YEARS.fullmatch(run))


def _left(text: str) -> int:
    """Digits that belong to no date, hour or measure."""
    for pattern in (re.compile(_DAY), re.compile(_HOURS), _YEARS, _MEASURED):
        text = pattern.sub("号", text)
    return sum(unicodedata.category(one) in ("Nd", "No") for one in text)


def _is_digit(one: str) -> bool:
    return unicodedata.category(one)[0] == "N" or one in _NUMERALS


def _is_han(one: str) -> bool:
    return re.match(f"[{_HAN}]", one) is not None
