"""What a request may hold: nothing that later code could not compute with.

Python's JSON reader takes more than JSON (``NaN``), and trips over what is JSON (numbers of
thousands of digits, thousands of brackets). So every body is read here first, once for all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

from .errors import API, GENERIC, ApiError

_DATES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")
"""Conditions that compare dates. We send ETags and no dates, so there is nothing to compare."""


LARGEST = 4 * 1024 * 1024
"""Bytes of the largest body that any view takes: a day of a ticket machine."""

View = TypeVar("View", bound=Callable[..., Any])


def up_to(size: int) -> Callable[[View], View]:
    """Let a view have bodies of ``size`` bytes, more than the application allows elsewhere."""

    def mark(view: View) -> View:
        view.__dict__["largest_body"] = size
        return view

    return mark


def register(app: Flask) -> None:
    @app.before_request
    def look() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if (largest := getattr(view, "largest_body", None)) is not None:
            request.max_content_length = largest
        for name in _DATES:
            request.environ.pop(name, None)
        if request.path.startswith(API) and request.is_json and (body := request.get_data()):
            _read(body)


def _read(body: bytes) -> None:
    """Raises ``ApiError`` (400) unless ``body`` is JSON that can be worked with."""
    try:
        json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise ApiError(400, *GENERIC[400]) from None


def _refuse(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large")
    return number
