"""Templates: each has to parse, before MkDocs stumbles over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import jinja2

from ..catalog.problems import Problem
from .files import below

CODES = {"template-syntax": "模板有语法错误"}


def check_templates(texts: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in below(texts, "site_src/overrides/", ".html"):
        if (problem := _fault(path, text)) is not None:
            yield problem


@lru_cache(maxsize=64)  # a save in the preview changes one of ten templates
def _fault(path: str, text: str) -> Problem | None:
    try:
        _environment().parse(text, filename=path)
    except jinja2.TemplateSyntaxError as error:
        hint = "检查这一行的 {% %} 和 {{ }}，每个 block、if、for 都要有 end"
        return Problem(path, error.lineno, "template-syntax", f"模板读不懂（{error.message}）", hint)
    return None


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
