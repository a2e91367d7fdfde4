"""Whatever the OpenAPI document allows, and much that it does not: answered, and as documented."""

from __future__ import annotations

import pytest

from .conftest import Server

MODES = ("negative", "positive")


@pytest.mark.parametrize("mode", MODES)
def test_every_answer_is_documented(server: Server, mode: str) -> None:
    from . import any_request  # see there why only now

    assert len(any_request.ask_everything(server, any_request.GenerationMode(mode))) >= 6


def test_every_mode_is_tried() -> None:
    from . import any_request

    assert set(MODES) == any_request.MODES
