"""Which centre a line of the log is about: one process may serve several."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_centre: contextvars.ContextVar[str] = contextvars.ContextVar("centre", default="")


def centre() -> str:
    """The id of the centre for which something is done just now; empty where there is only one."""
    return _centre.get()


@contextmanager
def about(name: str) -> Iterator[None]:
    """What is done meanwhile, in this thread and its tasks, is done for the centre ``name`` (its id)."""
    token = _centre.set(name)
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
