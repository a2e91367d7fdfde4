"""The console's blueprint: who may ask for what, and how it answers when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from apiflask import APIBlueprint
from flask import Response, jsonify, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from ..errors import GENERIC
from ..services import services
from ..site import TYPES
from .roles import ROLES
from .sessions import PATH, Staff, manager

# Pages, not part of the API and its document.
console = APIBlueprint("console", __name__, url_prefix=PATH, template_folder="templates", enable_openapi=False)
csrf = CSRFProtect()

STATIC = Path(__file__).parent / "static"
LOOKS = ("console.window_state", "console.static_file", "console.colours")
"""What pages ask for by themselves: no sign that somebody is there."""

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """An answer other than success, in one sentence."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


def needs(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R | ResponseReturnValue]]:
    """For those who are signed in and have one of ``roles``; without any, for all who are."""

    def around(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
        @wraps(view)
        def guarded(*given: P.args, **named: P.kwargs) -> R | ResponseReturnValue:
            if not current_user.is_authenticated:
                return manager.unauthorized()  # type: ignore[no-any-return]
            if roles and not me().roles & set(roles):
                names = "、".join(ROLES[role] for role in roles)
                raise Refused(403, "role-missing", f"这一页要“{names}”的角色，请找管理员开通，或者换一个账号登录。")
            return view(*given, **named)

        return guarded

    return around


def me() -> Staff:
    """Whoever is signed in, behind ``needs``."""
    staff = current_user._get_current_object()
    assert isinstance(staff, Staff)
    return staff


def note(action: str, **more: str | None) -> None:
    """Into the audit log, under the name of whoever is signed in."""
    s = services()
    s.store.audit.add(s.now(), me().name, action, **more)


def page(template: str, status: int = 200, **values: Any) -> Response:
    staff = me() if current_user.is_authenticated else None
    text = render_template(f"console/{template}", staff=staff, **values)
    return Response(text, status, content_type="text/html; charset=utf-8")


@console.before_request
def guard() -> None:
    if any("\0" in text for text in _given()):
        raise Refused(400, "request-malformed", "里面有认不出的字符，请去掉再试。")
    csrf.protect()
    if request.endpoint not in LOOKS and current_user.is_authenticated:
        s = services()
        s.store.staff_sessions.touch(me().session, s.now())


def _given() -> Iterator[str]:
    """All text by which somebody asks; what is in JSON is held against patterns."""
    yield request.path
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield from (name, value)


@console.after_request
def private(response: Response) -> Response:
    if request.endpoint != "console.static_file":
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@console.get("/static/<path:name>")
def static_file(name: str) -> Response:
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    response = send_from_directory(STATIC, name, mimetype=kind.partition(";")[0])
    response.headers["Cache-Control"] = "no-cache"
    return response


@console.get("/colours.css")
def colours() -> Response:
    """The site's colours, as the catalogue has them."""
    response = Response(render_template("console/colours.css"), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@manager.unauthorized_handler
def unauthorized() -> ResponseReturnValue:
    if _for_program():
        raise Refused(401, "signed-out", "登录到期了，请重新登录。")
    onward = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("console.sign_in", next=onward))


@console.errorhandler(Refused)
def refused(error: Refused) -> Response:
    return _answer(error.status, error.code, error.message, error.headers)


@console.errorhandler(CSRFError)
def forged(error: CSRFError) -> Response:
    return _answer(400, "page-outdated", "这一页开得太久，或者是从别处来的，没有执行。请刷新以后再按一次。")


@console.errorhandler(SQLAlchemyError)
def storage(error: SQLAlchemyError) -> Response:
    code, message = GENERIC[503]
    return _answer(503, code, message, {"Retry-After": "10"})


@console.errorhandler(HTTPException)
def wrong(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers={"Location": error.get_response(request.environ).location or ""})
    code, message = GENERIC.get(status, GENERIC[500 if status >= 500 else 400])
    return _answer(status, code, message, {"Retry-After": "60"} if status == 429 else {})


def _answer(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    if _for_program():
        response = jsonify(code=code, message=message)
        response.status_code = status
    else:
        response = page("error.html", status, message=message)
    response.headers.update(headers or {})
    return response


def _for_program() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"
