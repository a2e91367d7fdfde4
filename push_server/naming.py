"""Which centre a line of the log is about: one process may serve several."""

from __future__ import annotations

import contextvars
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_centre: contextvars.ContextVar[str] = contextvars.ContextVar("centre", default="")


@contextmanager
def about(centre: str) -> Iterator[None]:
    """What is done meanwhile, in this thread and its tasks, is done for ``centre`` (its id)."""
    token = _centre.set(centre)
    try:
        yield
    finally:
        _centre.reset(token)


def carried(act: Callable[P, R]) -> Callable[P, R]:
    """``act`` for a thread of its own, which would else not know for which centre it was started."""
    context = contextvars.copy_context()

    def acting(*given: P.args, **named: P.kwargs) -> R:
        return context.run(act, *given, **named)

    return acting


class Named(logging.Filter):
    """Gives each record ``centre``: its id in brackets and a space, nothing where there is only one."""

    def filter(self, record: logging.LogRecord) -> bool:
        centre = _centre.get()
        record.centre = f"[{centre}] " if centre else ""
        return True
