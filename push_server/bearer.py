"""Who may report and read what is not for everybody: bearers of a token (RFC 6750)."""

from __future__ import annotations

import hmac

from apiflask import HTTPTokenAuth
from flask import Response
from werkzeug.datastructures import Authorization

from .errors import ApiError
from .services import services


class _Bearers(HTTPTokenAuth):
    def get_auth(self) -> Authorization | None:
        try:
            return super().get_auth()  # type: ignore[no-any-return]
        except ValueError:  # "Basic" with what is no base64: Werkzeug reads it first
            return None


auth = _Bearers(scheme="Bearer")

EDITOR = "editor"
"""The role of a token that submits announcements."""
DEMO = "simulator"
"""Who tells of the hall that is played while there is none; no token has this name."""


@auth.verify_token
def _owner(token: str) -> str | None:
    secret = services().demo_secret
    if secret is not None and hmac.compare_digest(secret.encode(), token.encode("utf-8", "surrogatepass")):
        return DEMO
    return services().store.tokens.owner(token)


def be_machine() -> None:
    """Raises ``ApiError`` when the token is for announcements: who holds it tells nothing of the hall."""
    if auth.current_user != DEMO and services().store.tokens.role(auth.current_user) == EDITOR:
        raise ApiError(403, "token-not-machine", "这个令牌只能提交公告，请向管理员要报数据的令牌。")


@auth.error_processor
def _denied(_error: object) -> Response:
    raise ApiError(401, "token-invalid", "令牌不对或已作废，请向管理员要新的令牌。", {"WWW-Authenticate": "Bearer"})
