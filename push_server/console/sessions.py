"""The cookie of the console, and who is signed in by it (Flask-Login)."""

from __future__ import annotations

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin

from ..services import services
from ..store.accounts import Account
from ..store.staff_sessions import Session
from .roles import AT_TABLETS

IDLE = 2 * 3600.0
"""Seconds without a press after which a session ends; a page that only looks does not count."""
IDLE_TABLET = 3600.0
LONGEST = 12 * 3600.0
"""Seconds after which everybody signs in anew: a day's work."""

PATH = "/console"


class CookieSessions(SecureCookieSessionInterface):
    """Signed cookies for the console alone: no other page is told that it depends on one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path != PATH and not request.path.startswith(f"{PATH}/"):
            return None
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class Staff(UserMixin):
    """Whoever is signed in. The cookie holds the session's token, not the account's name, so
    that the server can end it."""

    def __init__(self, token: str, session: Session) -> None:
        self.token = token
        self.session = session

    @property
    def account(self) -> Account:
        return self.session.account

    @property
    def name(self) -> str:
        return self.session.account.name

    @property
    def roles(self) -> frozenset[str]:
        roles = self.session.account.roles
        return roles if self.session.device is None else roles & AT_TABLETS

    def get_id(self) -> str:
        return self.token


manager = LoginManager()
manager.session_protection = None  # a tablet's address changes with its network


@manager.user_loader
def load(token: str) -> Staff | None:
    """The staff member of a session that has not ended."""
    s = services()
    session = s.store.staff_sessions.find(token)
    if session is None:
        return None
    if over(session, s.now()):
        s.store.staff_sessions.end(session)
        return None
    return Staff(token, session)


def over(session: Session, now: float) -> bool:
    idle = IDLE if session.device is None else IDLE_TABLET
    return now - session.seen_at > idle or now - session.created_at > LONGEST
