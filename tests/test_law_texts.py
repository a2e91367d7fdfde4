"""The script that writes catalog/texts: letter by letter, only what is cited, the same when it runs again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.catalog.load import load
from scripts.law_texts import collected, law_file, write
from tests.generator.catalog.snippets import SHARED, write_tree

WORDS = "开工前应当申请领取施工许可证,限额以下的除外。\n（二）两段：有冒号 # 和井号；“引号”、'另一种'\n\n- 像列表\n| 101 | 表 |"
STATUS = {"law_id": "JZF", "version_date": "2019-04-23", "text_status": "现行文本"}
LINES = [
    {**STATUS, "article": "第七条", "text": WORDS},
    {**STATUS, "article": "第八条", "text": "条件。", "text_status": "旧文本", "version_date": "1997-11-01"},
    {
        **STATUS,
        "article": "第九条",
        "text": "三个月内开工。",
        "remark": "两处引用，均未写条号，引用前待核",
        "amended_by": "SGJ（令第42号，2018-09-28）：删去第一款第七项，改第八项",
    },
    {**STATUS, "article": "第十条", "text": "没有谁引用。"},
]


def collection(*lines: dict[str, str]) -> dict[tuple[str, str], dict[str, str]]:
    return collected(json.dumps(line, ensure_ascii=False) for line in lines)


def test_what_is_cited_is_written_letter_by_letter_and_nothing_else(tmp_path: Path) -> None:
    catalog = write_tree(tmp_path, {"texts/ZLT.yml": SHARED["texts/JZF.yml"].replace("JZF", "ZLT")})
    (catalog / "texts/ZLT.yml").unlink()
    assert write(catalog, collection(*LINES)) == (3, 0)
    first = (catalog / "texts/JZF.yml").read_bytes()
    read = {item.article: item for item in load(catalog).catalogue.texts["JZF"].articles}  # type: ignore[union-attr]
    assert list(read) == ["第七条", "第八条", "第九条"]
    assert read["第七条"].text == WORDS and read["第七条"].doubt is None
    assert (read["第八条"].doubt, read["第八条"].edition) == ("旧文本", "1997年文本")
    assert read["第九条"].doubt == "条号待核"
    amended = read["第九条"].amended_by
    assert (
        amended is not None and amended.struck == ("第九条第一款第七项",) and amended.changed == ("第九条第一款第八项",)
    )
    assert write(catalog, collection(*LINES)) == (3, 0) and (catalog / "texts/JZF.yml").read_bytes() == first


def test_one_article_has_one_text() -> None:
    with pytest.raises(ValueError, match="JZF 第七条"):
        collection(LINES[0], {**LINES[0], "text": "别的"})


def test_an_amendment_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="amended_by of JZF 第七条"):
        law_file("JZF", None, [{**LINES[0], "amended_by": "后来改过"}])
