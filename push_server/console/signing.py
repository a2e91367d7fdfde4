"""Signing in and out, with password or code, and what stops whoever guesses."""

from __future__ import annotations

from flask import request, session
from flask_login import login_user, logout_user

from ..proxies import bucket
from ..services import services
from ..store.accounts import Account
from ..store.devices import Device
from . import passwords
from .sessions import Staff
from .throttle import CODE_ENDS, FORGETS, delay


class TooManyAttempts(Exception):
    """``until`` (seconds since 1970) nothing is looked at."""

    def __init__(self, until: float) -> None:
        super().__init__(until)
        self.until = until


def with_password(name: str, password: str) -> Account | None:
    """The account that ``name`` and ``password`` open, if any. Raises ``TooManyAttempts``."""
    s = services()
    address = bucket(request.remote_addr or "")
    subjects = [("pair", f"{name} {address}"), ("account", name), ("address", address)]
    _begin(subjects, name, address)
    account = s.store.accounts.get(name)
    known = account.password if account is not None and account.disabled_at is None else None
    if not passwords.matches(known, password) or account is None:
        s.store.audit.add(s.now(), name, "sign-in-failed", detail=address)
        return None
    s.store.attempts.forgive(subjects)
    if passwords.outdated(account.password):
        s.store.accounts.renew_hash(name, account.password, passwords.hashed(password))
    return account


def with_code(name: str, code: str, device: Device) -> Account | None:
    """The account that ``code`` opens on ``device``, if any. Raises ``TooManyAttempts``.

    A code that was tried in vain too often is taken from the account.
    """
    s = services()
    subjects = [("code", name), ("tablet", device.name)]
    _begin(subjects, name, device.name)
    account = s.store.accounts.get(name)
    known = account.code if account is not None and account.disabled_at is None else None
    if passwords.matches(known, code) and account is not None:
        s.store.attempts.forgive(subjects)
        return account
    s.store.audit.add(s.now(), name, "sign-in-failed", detail=device.name)
    if known is not None and s.store.attempts.failures(subjects[0]) >= CODE_ENDS:
        s.store.accounts.set_code(name, None)
        s.store.audit.add(s.now(), name, "code-ended", detail=device.name)
    return None


def begin(account: Account, device: Device | None = None) -> None:
    """From this answer on the browser is signed in; nothing of what its cookie held stays."""
    s = services()
    session.clear()
    token = s.store.staff_sessions.begin(account.name, s.now(), None if device is None else device.name)
    found = s.store.staff_sessions.find(token)
    assert found is not None
    login_user(Staff(token, found))
    s.store.audit.add(
        s.now(),
        account.name,
        "signed-in" if device is None else "signed-in-code",
        detail=bucket(request.remote_addr or "") if device is None else device.name,
    )


def end(staff: Staff) -> None:
    services().store.staff_sessions.end(staff.session)
    forget()


def forget() -> None:
    """The browser's cookie is emptied."""
    logout_user()
    session.clear()


def _begin(subjects: list[tuple[str, str]], name: str, where: str) -> None:
    s = services()
    until = s.store.attempts.begin(subjects, s.now(), FORGETS, delay)
    if until is not None:
        s.store.audit.add(s.now(), name, "sign-in-blocked", detail=where)
        raise TooManyAttempts(until)
