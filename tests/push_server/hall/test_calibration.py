"""What is foretold holds on days that nobody has learned from: a small part of ``benchmarks hall``."""

from __future__ import annotations

import pytest

from benchmarks.hall import accuracy


def test_ranges_hold_and_beat_the_common_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "HALLS", range(1))
    monkeypatch.setattr(accuracy, "EVERY", 1500.0)
    found = accuracy.cases("noon", learned=range(1, 4), judged=range(200, 204))
    waiting = [case for case in found if not case.later]
    assert len(waiting) > 100
    assert 0.7 <= accuracy.covered(waiting) <= 0.95
    assert accuracy.rmse(waiting) < 0.8 * accuracy.rmse(waiting, "queue")
    told = accuracy.verdicts(waiting)
    assert told.right >= 0.95 and told.maybe < 0.25
