"""Templates: each has to parse, before MkDocs stumbles over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import jinja2

from ..catalog.problems import Problem
from .files import below

CODES = {"template-syntax": "模板有语法错误"}


def check_templates(texts: Mapping[str, str]) -> Iterator[Problem]:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    for path, text in below(texts, "site_src/overrides/", ".html"):
        try:
            environment.parse(text, filename=path)
        except jinja2.TemplateSyntaxError as error:
            hint = "检查这一行的 {% %} 和 {{ }}，每个 block、if、for 都要有 end"
            yield Problem(path, error.lineno, "template-syntax", f"模板读不懂（{error.message}）", hint)
