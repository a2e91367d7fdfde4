"""Characters that nobody sees, nobody can search for, or that pass for others."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.characters import judge
from generator.cli import main
from tests.kit import Project

REFUSED = {
    "bidirectional control": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "soft hyphen": "\u00ad",
    "zero-width joiner": "\u200d",
    "invisible times": "\u2062",
    "combining grapheme joiner": "\u034f",
    "tag": "\U000e0041",
    "variation selector": "\ufe0f",
    "variation selector for characters": "\U000e0100",
    "Mongolian vowel separator": "\u180e",
    "interlinear annotation": "\ufff9",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "blank Braille": "\u2800",
    "no-break space": "\u00a0",
    "en quad": "\u2000",
    "control": "\u0007",
    "control of the second row": "\u0085",
    "private": "\ue5e5",
    "private of plane 16": "\U00100000",
    "unassigned": "\U000e0fff",
    "unassigned letter": "\u0378",
    "noncharacter": "\ufdd0",
    "noncharacter of another plane": "\U0002ffff",
    "replacement": "\ufffd",
    "object": "\ufffc",
    "combining mark": "\u0301",
    "enclosing mark": "\u20dd",
    "compatibility ideograph": "\uf900",
    "compatibility ideograph of plane 2": "\U0002f800",
    "Kangxi radical": "\u2f00",
    "radical": "\u2e81",
    "radical with a character of its own": "\u2e9f",
    "stroke": "\u31d0",
    "ligature": "\ufb01",
    "mathematical letter": "\U0001d400",
    "half-width katakana": "\uff71",
    "squared word": "\u337f",
    "vertical bracket": "\ufe35",
    "small comma": "\ufe50",
    "Kelvin sign": "\u212a",
    "Cyrillic letter": "\u0410",
    "Greek capital that looks Latin": "\u0391",
    "Cherokee letter": "\u13aa",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_unfit_character_is_refused_with_its_code_point_and_line(
    kind: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    character = REFUSED[kind]
    path = project.path("m1")
    text = path.read_text("utf-8")
    path.write_text(text.replace("依法登记", f"依法{character}登记"), "utf-8")
    line = text[: text.index("依法登记")].count("\n") + 1
    assert main(["check", "--catalog", str(project.catalog)]) == 1
    said = capsys.readouterr().err
    assert f"catalog/matters/construction/m1.yml:{line}: [yaml-character]" in said
    assert f"U+{ord(character):04X}" in said


@pytest.mark.parametrize("escape", ["\\u202E", "\\xAD", "\\U000E0041", "\\t", "\\0", "\\_", "\\N", "\\L"])
def test_an_escape_hides_none(escape: str, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = project.path("m1")
    path.write_text(path.read_text("utf-8").replace("依法登记", f'"依法{escape}登记"'), "utf-8")
    assert main(["check", "--catalog", str(project.catalog)]) == 1
    assert "[yaml-character]" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["words.yml", "centre.yml", "journeys/x.yml", "changes/2026-11-24.yml"])
def test_every_file_is_looked_at(place: str, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = project.catalog / place
    path.parent.mkdir(exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else "id: x\n"
    path.write_text(f"{text}# 提\u00ad示\n", "utf-8")
    assert main(["check", "--catalog", str(project.catalog)]) == 1
    assert (
        f"catalog/{place}:{text.count(chr(10)) + 1}: [yaml-character] 有看不见的字符 U+00AD" in capsys.readouterr().err
    )


ORDINARY = "中文，、。；：？！（）《》〈〉「」『』【】〔〕“”‘’—…·～％＋－＝￥①⑳⑴⒈㈠ⅠⅫ℃№‰§°×÷±≤≥≈→←↑↓★●○■□△▲㎡㎥㎜㎞²³½µαβμπΩāáǎàüéñ々〇㐀𠀀龥ａＺ０９😀€£$@#"


@pytest.mark.parametrize("character", sorted(set(ORDINARY)))
def test_what_people_write_is_fit(character: str) -> None:
    assert judge(character) is None


@given(st.characters())
def test_the_rule_is_about_properties(character: str) -> None:
    """Whatever is fit is visible, assigned, public, and no combining mark; and what its
    compatibility form is, unless GB 2312 has it, is itself."""
    if judge(character) is None and character not in "\n\u3000":
        assert character.isprintable()
        assert unicodedata.category(character)[0] not in "CMZ" or character == " "
        assert unicodedata.name(character)


def test_the_repository_is_fit(root: Path) -> None:
    for folder in ("catalog", "site_src"):
        for file in (root / folder).rglob("*"):
            if file.suffix in (".yml", ".md", ".html", ".css"):
                assert [c for c in set(file.read_text("utf-8")) if judge(c)] == [], file
