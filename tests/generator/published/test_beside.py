"""Scripts are parsed in a child process where there is a second processor, and are judged as here."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from generator.catalog.problems import Problem
from generator.published import beside

SOUND = {"pwa/sw.js": "const list = self.__RELEASE__;\n", "pwa/app/a.js": "export const a = 1;\n"}
BROKEN = SOUND | {"pwa/app/b.js": 'import { c } from "./a.js";\n', "pwa/app/c.js": "let a;\nlet a;\n"}


def asked(monkeypatch: pytest.MonkeyPatch, processors: int, texts: dict[str, str]) -> tuple[bool, list[Problem]]:
    """Whether a child was asked, and what was answered."""
    monkeypatch.setattr(beside, "_answers", {})
    monkeypatch.setattr(beside.os, "cpu_count", lambda: processors)
    one = beside.Beside(texts)
    try:
        return one._child is not None, sorted(one.problems())
    finally:
        one.leave()


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes can be started here, other than in the tests around."""
    import os

    monkeypatch.setattr(beside, "os", SimpleNamespace(cpu_count=os.cpu_count, environ=os.environ))


@pytest.mark.parametrize("texts", [SOUND, BROKEN], ids=["sound", "broken"])
def test_a_child_says_the_same(texts: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    alone, here = asked(monkeypatch, 1, texts)
    helped, there = asked(monkeypatch, 2, texts)
    assert (alone, helped) == (False, True)
    assert there == here
    assert [problem.code for problem in here] == ([] if texts is SOUND else ["script-import", "script-duplicate"])


def test_a_child_that_fails_leaves_the_work_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.sys, "executable", "/bin/false")
    assert [problem.code for problem in asked(monkeypatch, 2, BROKEN)[1]] == ["script-import", "script-duplicate"]
