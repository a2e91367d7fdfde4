"""The quick look at a record's texts lets nothing pass that the exact look would tell."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from generator.catalog.checks.phrases import check_phrases
from generator.catalog.checks.slips import check_slips
from generator.catalog.checks.texts import PAIRS
from generator.catalog.checks.wording import check_text
from generator.catalog.lines import Lines

PIECES = [
    *("中", "文", "圖", "a", "1", "Ａ", "３", " ", "\u3000", "，", "。", "、", "；", "：", "？", "！"),
    *(",", ";", ":", "?", "!", ".", "(", ")", '"', "'", "\\", "/", "www.", "example", ".com", ".gov.cn"),
    *("其他", "其它", "有关", "相关", "等", "材料", "证", "要求", "的", "规定", "文件", "条件"),
    *(half for pair in PAIRS for half in pair),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


class Sample(Struct, frozen=True):
    text: str
    name_en: str
    notes: tuple[str, ...]
    quote: str = "抄来的,照抄"


def crossed(record: Sample) -> bool:
    """Whether brackets of different kinds cross in a text where each kind is in order: the one
    slip that the quick look does not see."""
    return all(
        all(text[:at].count(first) >= text[:at].count(last) for at in range(len(text) + 1))
        and text.count(first) == text.count(last)
        for text in (record.text, *record.notes)
        for first, last in PAIRS
    )


@settings(max_examples=500)
@given(st.builds(Sample, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple)))
@example(Sample("有图纸）", "", ("（电子版",)))
@example(Sample("有“图纸", "", ("电子版”",)))
@example(Sample('"有图纸"', "", ()))
@example(Sample("有图纸.", "", ()))
@example(Sample("", "Permit（new）", ()))
@example(Sample("，", "", ()))
@example(Sample("（（图））（", "", ("）（图）",)))
def test_the_quick_look_misses_nothing(record: Sample) -> None:
    lines = Lines("f.yml", None)
    exact = [*check_slips(record, lines), *check_phrases(record, lines)]
    told = list(check_text(record, lines))
    missed = [problem for problem in exact if problem not in told]
    assert [problem for problem in told if problem not in exact] == []
    if crossed(record):
        missed = [problem for problem in missed if problem.code != "punctuation-pair"]
    assert missed == []
