"""Blank forms and samples: files that are there, of a kind and a size that a phone can open."""

from __future__ import annotations

from collections.abc import Iterator

from ..forms import FORMS, KINDS, MOST, named_well
from ..index import Index
from ..lines import Field, Lines
from ..model.matter import Matter
from ..problems import Problem, instead

CODES = {
    "form-name": "表格的文件名不对",
    "form-missing": "catalog/forms/ 里没有这个文件",
    "form-large": "表格文件太大",
    "form-type": "表格文件打不开，或者不是文件名说的那种",
}


def form_files(matter: Matter) -> Iterator[tuple[Field, str]]:
    """Every file that a matter names, with the field."""
    for position, material in enumerate(matter.materials):
        for name, form in (("blank_form", material.blank_form), ("sample", material.sample)):
            if form is not None:
                yield ("materials", position, name, "file"), form.file
    if matter.result.sample is not None:
        yield ("result", "sample", "file"), matter.result.sample.file


def check_form_names(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A name becomes an address: small letters, and a suffix that tells what it is."""
    for field, name in form_files(matter):
        if not named_well(name):
            hint = f"用小写英文、数字和连字符，以 {'、'.join(f'.{kind}' for kind in KINDS)} 结尾，例如 food-permit-2024.pdf"
            yield lines.problem(field, "form-name", f"“{name}”不能做文件名", hint)


def check_forms(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """What is offered for download is there, and can be opened."""
    if index.forms is None:
        return
    for field, name in form_files(matter):
        form = index.forms.get(name)
        if not named_well(name):
            continue
        if form is None:
            hint = instead(name, index.forms, f"把文件放进 catalog/{FORMS}/，或者改为 null；不要自己画一张")
            yield lines.problem(field, "form-missing", f"没有文件 catalog/{FORMS}/{name}", hint)
        elif form.fault:
            hint = "换成能打开的原文件；另存为 PDF 最稳妥"
            yield lines.problem(field, "form-type", f"{name} {form.fault}", hint)
        elif form.large:
            hint = f"压缩图片，或者另存为 PDF，不超过 {MOST // 1_000_000} MB"
            sentence = f"{name} 有 {form.size / 1_000_000:.1f} MB"
            yield lines.problem(field, "form-large", sentence, hint)
