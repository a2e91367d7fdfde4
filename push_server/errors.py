"""What can go wrong, and the one shape in which the API says so.

``{"code": "kebab-case", "message": "中文一句话，说怎么办"}``: the code is stable English for
programs, the message is for people.
"""

from __future__ import annotations

import re
from typing import Any

from apiflask import APIFlask, Schema
from apiflask.exceptions import HTTPError
from apiflask.fields import String
from flask import Response, current_app, jsonify, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from . import logs
from .published import Published

API = "/push/v1/"

log = logs.get(__name__)

RING = "拨打 {hotline}"
"""Stands in a message for the number that the published ``centre.json`` names."""

GENERIC = {
    400: ("request-malformed", "请求写得不对，请按接口说明检查后再发。"),
    401: ("token-invalid", "令牌不对或已作废，请向管理员要新的令牌。"),
    404: ("not-found", "没有这个地址，请检查链接。"),
    405: ("method-not-allowed", "这个地址不支持这种操作，请按接口说明调用。"),
    413: ("request-too-large", "内容太大了，请缩短后再发。"),
    415: ("media-type-unsupported", "请用 JSON 格式发送。"),
    429: ("too-many-requests", "操作太频繁，请过一分钟再试。"),
    500: ("server-error", "服务器出错了，请稍后再试；一直不行请拨打 {hotline}。"),
    503: ("storage-unavailable", "服务器暂时存不了数据，请稍后再试。"),
}


_FIELD = re.compile(r"[A-Za-z0-9_]{1,40}")


class ErrorOut(Schema):
    code = String(required=True, metadata={"description": "稳定的英文代码"})
    message = String(required=True, metadata={"description": "一句中文，说怎么办"})


class StartupError(Exception):
    """The server cannot start; the text says what, where and what to do, in one sentence."""


class ApiError(HTTPError):
    """An answer other than success, with a code of its own."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, message, headers=headers)
        self.code = code


def _answer(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    response = jsonify(code=code, message=_told(message))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers or {})
    return response


def _told(message: str) -> str:
    """``message`` with whom to ring in it."""
    if RING not in message:
        return message
    published: Published = current_app.extensions["push_server"].published
    if (hotline := published.current().centre.hotline) is not None:
        return message.replace(RING, RING.format(hotline=hotline))
    return message.replace(f"{RING} ", "联系中心").replace(RING, "联系中心")


def _api_error(error: HTTPError) -> Response:
    if isinstance(error, ApiError):
        return _answer(error.status_code, error.code, str(error.message), dict(error.headers))
    field = _first_field(error.detail)
    if field:
        return _answer(400, "request-invalid", f"请求里的 {field} 不对，请按接口说明检查后再发。")
    code, message = GENERIC.get(error.status_code, GENERIC[400])
    return _answer(error.status_code, code, message, dict(error.headers))


def _first_field(detail: object) -> str:
    """The path of the first field that validation refused, such as ``subscription.keys``."""
    names = []
    detail = detail.get("json") if isinstance(detail, dict) else None
    while isinstance(detail, dict) and detail:
        name, detail = next(iter(detail.items()))
        if name == "_schema":
            continue
        if not _FIELD.fullmatch(str(name)):
            return "JSON"  # a name that somebody made up is not repeated
        names.append(str(name))
    return ".".join(names) or ("JSON" if detail else "")


def http_error(error: HTTPException) -> Response:
    """Werkzeug's own errors: JSON below the API, plain text elsewhere."""
    status = error.code or 500
    kept = {
        name: value
        for name, value in error.get_response(request.environ).headers.items()
        if name in ("Allow", "Retry-After", "Location")
    }
    if status < 400:
        return Response(status=status, headers=kept)
    if request.path.startswith(API):
        code, message = GENERIC.get(status, GENERIC[500 if status >= 500 else 400])
        if status == 429:
            kept.setdefault("Retry-After", "60")
        return _answer(status, code, message, kept)
    message = _told(GENERIC.get(status, GENERIC[400])[1])
    return Response(f"{message}\n", status, kept, content_type="text/plain; charset=utf-8")


def _nested_too_deep(_error: RecursionError) -> Response:
    """Eight kilobytes of brackets: Python's JSON reader gives up, and it is not our fault."""
    return _answer(400, *GENERIC[400])


def _storage_error(error: SQLAlchemyError) -> Response:
    # The statement's parameters may hold an endpoint or a key: only the class is logged.
    log.error("storage-failed", error=logs.describe(error))
    code, message = GENERIC[503]
    return _answer(503, code, message, {"Retry-After": "30"})


def _unexpected(error: Exception) -> Response:
    if current_app.testing:
        raise error
    # The pattern of the address, not the address: a ticket's holds its secret.
    rule = request.url_rule.rule if request.url_rule else None
    log.error("request-failed", method=request.method, rule=rule, exc_info=error)
    code, message = GENERIC[500]
    return _answer(500, code, message)


ALWAYS = {429: "太频繁", 500: "服务器出错了", 503: "现在存不了数据"}
WITH_BODY = {413: "内容太大", 415: "不是 JSON"}
"""What any operation, or any that is sent something, may answer."""


def _documented(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the errors that no operation names because all have them."""
    shape = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorOut.__name__}"}}}
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, words in (ALWAYS | (WITH_BODY if "requestBody" in operation else {})).items():
                operation["responses"].setdefault(str(status), {"description": words, "content": shape})
    return document


def register(app: APIFlask) -> None:
    """Let ``app`` answer every error in the one shape, and its document say so."""
    app.spec_processor(_documented)
    app.error_callback = _api_error
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(SQLAlchemyError, _storage_error)
    app.register_error_handler(RecursionError, _nested_too_deep)
    app.register_error_handler(Exception, _unexpected)
