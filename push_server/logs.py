"""What the processes tell whoever operates them: events, with fields of fixed names.

``log.warning("shard-lost", shard="03")``: the event is a constant in kebab-case (docs/operations.md lists
them), what differs from time to time stands in fields. With ``PUSH_LOG=json`` every line on stderr is one JSON
object, whoever wrote it; with ``text`` the same is a line for people.

No endpoint, key, token, secret of a ticket, or address of a person may get in: a place that tells something
names kinds and counts, never values that came from outside; an exception is told by its class and its places
in the program; and what is left goes through ``hide`` on its way out.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from sqlalchemy.exc import DBAPIError

from .naming import centre

FORMS = ("text", "json")
FIRST = ("time", "level", "event", "node", "centre", "source")
"""Fields of every line, in this order; those of the event follow. ``centre`` only where there are several."""

_URL = re.compile(r"([a-z][a-z0-9+.-]*://)(?:[^/\s@]*@)?([^/\s?#\"'()]*)[^\s\"'()]*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TOKEN = re.compile(r"(?:^|(?<=[^\w-]))(?=[A-Za-z_-]*\d|[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{20,}={0,2}", re.ASCII)
_NUMERIC = re.compile(
    r"(?:^|(?<=[^\w.:]))(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])", re.ASCII
)
_HIDDEN = "…"

Event = MutableMapping[str, Any]


def get(name: str) -> Any:
    """The logger of a module."""
    return structlog.stdlib.get_logger(name)


def describe(error: BaseException) -> str:
    """The kind of an error and, of one of the system, its number in words. What a database says may hold
    the values of a row, and what a library says an address: neither is repeated."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    name = type(error).__name__
    return f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else name


def hide(text: str) -> str:
    """``text`` without what may open something or lead to somebody: of a URL its scheme and host are left,
    of long random letters, mail addresses and public network addresses nothing."""
    text = _URL.sub(lambda found: f"{found[1]}{found[2]}/{_HIDDEN}", text)
    text = _MAIL.sub(_HIDDEN, text)
    text = _TOKEN.sub(_HIDDEN, text)
    return _NUMERIC.sub(lambda found: _HIDDEN if _public(found[0]) else found[0], text)


def configure(form: str = "text", node: str = "", stream: TextIO | None = None) -> None:
    """Let everything that is logged by this process go to ``stream`` (stderr) in the ``form`` given; as
    JSON also warnings, and what ends a thread or the process."""
    if form == "json":
        last: list[Callable[..., Any]] = [
            _stack,
            _sort,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: hide(str(value))),
        ]
    else:
        last = [_stack, _line]
    steps: list[Callable[..., Any]] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        lambda _logger, _method, event: event | {"node": node or socket.gethostname()},
        _without_secrets,
        *last,
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*_FACTS, _foreign], processors=steps))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # at INFO it speaks at every start
    # It repeats who came too often, and at which page.
    logging.getLogger("flask-limiter").setLevel(logging.ERROR)
    if form == "json":
        logging.captureWarnings(True)
        sys.excepthook = _uncaught
        threading.excepthook = lambda ended: _uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)


def _foreign(_logger: Any, _method: str, event: Event) -> Event:
    """What a library says in words of its own."""
    event["words"] = event.pop("event")
    return event | {"event": "library"}


def _without_secrets(_logger: Any, _method: str, event: Event) -> Event:
    return {name: value if name in ("time", "exc_info") else _clean(value) for name, value in event.items()}


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {hide(str(name)): _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return hide(str(value))


def _stack(_logger: Any, _method: str, event: Event) -> Event:
    """An exception as its kind and the places in the program, without its words."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = describe(error)
        frames = traceback.extract_tb(error.__traceback__)
        event["stack"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _short(path: str) -> str:
    for mark in ("/site-packages/", "/push_server/"):
        if mark in path:
            return path.rpartition(mark)[2] if mark == "/site-packages/" else "push_server/" + path.rpartition(mark)[2]
    return path.rpartition("/")[2]


def _sort(_logger: Any, _method: str, event: Event) -> Event:
    return {name: event[name] for name in FIRST if name in event} | event


def _line(_logger: Any, _method: str, event: Event) -> str:
    """The same for people: time, level, source, event, fields; an exception below."""
    stack = event.pop("stack", [])
    start = f"{event.pop('time')} {event.pop('level').upper()} {event.pop('source', '')}: {event.pop('event')}"
    event.pop("node", None)
    start = f"[{event.pop('centre')}] {start}" if "centre" in event else start
    words = event.pop("words", None)
    fields = "".join(f" {name}={value}" for name, value in event.items())
    return "\n    ".join([start + fields + (f" — {words}" if words else ""), *stack])


def _uncaught(_kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    if error is not None and not isinstance(error, SystemExit | KeyboardInterrupt):
        get(__name__).critical("program-failed", exc_info=error)


def _source(logger: Any, _method: str, event: Event) -> Event:
    record = event.get("_record")
    event["source"] = record.name if record is not None else logger.name
    if name := centre():
        event["centre"] = name
    return event


def _public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


_FACTS: list[Any] = [
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.stdlib.add_log_level,
    _source,
]

# Through the logging of the standard library, so that whoever embeds the application may take it elsewhere.
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_FACTS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
