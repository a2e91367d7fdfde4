"""Requests made up from the OpenAPI document, and answers held against it.

Apart from the test, which imports it when it runs: Schemathesis takes as long to load as all test
files together, and every worker of the suite collects every test file.
"""

from __future__ import annotations

import re
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .conftest import Server

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
"""Requests for each operation and mode: the suite asks every day, and others every time anew."""


MODES = {mode.value for mode in GenerationMode}


def ask_everything(server: Server, mode: GenerationMode) -> list[str]:
    """Ask each operation with what ``mode`` makes up; the operations that were asked."""
    server.run()  # all is well
    server.app.testing = False  # our own mistakes are answered too, and are found by their status
    secrets = {role: server.services.store.tokens.add(role, 0.0, role=role) for role in ("machine", "editor")}
    schema = schemathesis.openapi.from_wsgi("/push/v1/openapi.json", server.app)
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode == GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue  # there is nothing to get wrong: every text is a path
        secret = secrets["editor" if operation.path.endswith("/announcements") else "machine"]
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k" * 8}
        asked.append(operation.label)
        fuzz(operation.as_strategy(generation_mode=mode), headers)
    return asked


def fuzz(cases: SearchStrategy[Case], headers: dict[str, str]) -> None:
    """Ask, and hold every answer against the document."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: Case) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            one_shape(answer.json())

    ask()


def one_shape(body: Any) -> None:
    assert body.keys() == {"code", "message"}
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", body["code"]) and re.search(r"[一-鿿]", body["message"])
