"""Pages of staff: pre-check desk, window, and what administrators look after.

Rendered here, from ``templates/``, with scripts and style from ``static/``; no part of the
published site.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from ..settings import Settings
from ..startup import agree
from ..store import Store
from . import accounts, announcements, audit, commands, desk, door, months, own, sending, window, windows, words
from .blueprint import console, csrf
from .secret import FILE, load_secret
from .sessions import PATH, CookieSessions, manager

__all__ = ["register"]

_PAGES = (accounts, announcements, audit, desk, door, months, own, sending, window, windows)
"""Their routes are there once they are imported."""


def register(app: Flask, settings: Settings, store: Store) -> None:
    """Add the console below ``/console/``. Raises ``StartupError``."""
    folder = settings.data.absolute()
    secret = load_secret(folder)
    agree(store, "console", folder / FILE, secret)
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="guide-console",
        SESSION_COOKIE_PATH=f"{settings.prefix}{PATH}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # the blueprint asks; other pages have no session
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a window's page is open all day
        REMEMBER_COOKIE_REFRESH_EACH_REQUEST=False,
    )
    app.session_interface = CookieSessions()
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    manager.init_app(app)
    csrf.init_app(app)
    words.register(app)
    app.register_blueprint(console)
    commands.register(app)
