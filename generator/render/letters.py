"""The A–Z page: where the search box leads without scripts, and complete by itself."""

from __future__ import annotations

from ..views.letters import Entry, LettersView
from .escape import e
from .page import Page, described, phone


def letters_page(view: LettersView) -> Page:
    """The page at ``a-z/``."""
    jump = "".join(f'<a href="#{e(_anchor(letter))}">{e(letter)}</a>' for letter, _ in view.groups)
    groups = "\n".join(
        f'<section><h2 id="{e(_anchor(letter))}">{e(letter)}</h2>\n<ul class="rows">\n'
        + "\n".join(_line(entry) for entry in entries)
        + "\n</ul></section>"
        for letter, entries in view.groups
    )
    text = f"全部 {view.matters} 个事项，按名称和常用叫法的拼音排列。"
    return Page(
        url="a-z/",
        layout="list",
        title=f"按拼音找 · {e(view.guide)}",
        head=described(text),
        content=(
            f"<h1>按拼音找</h1>\n<p>{text}没有找到要办的事，打 {phone(view.hotline)} 问。</p>\n"
            f'<nav class="letters" aria-label="拼音首字母">{jump}</nav>\n{groups}'
        ),
    )


def _anchor(letter: str) -> str:
    return letter if letter.isalpha() else "digits"


def _line(entry: Entry) -> str:
    official = f"<small>{e(entry.name)}</small>" if entry.name else ""
    return f'<li><a href="@@ROOT@@matters/{e(entry.id)}/"><span>{e(entry.text)}{official}</span></a></li>'
