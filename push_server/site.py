"""The built site: files, their types, how long they may be kept, compression.

Files are read when asked for, so a rebuilt site is served at once. ETags are made from the
content, so what a rebuild left alone is not sent again. Files that are named after their
content are found for a day after a rebuild has replaced them (``generator/site/publish.py`` puts
them aside): a page may be open, and a phone in the middle of storing a release.
"""

from __future__ import annotations

import gzip
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from .errors import API, http_error
from .freshness import fingerprint
from .security import POLICY

blueprint = Blueprint("site", __name__)

# Our own list: the one of the operating system differs from machine to machine.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
_COMPRESSIBLE = re.compile(r"text/|application/(?:json|[\w.-]+\+(?:json|xml)|xml|vnd\.openxml)|image/svg\+xml")
_HASHED = re.compile(r"(?:/|\.)[0-9a-f]{8,64}(?:/|\.)")
_OPEN = ("api/v1/", "calendar/", "data/")
"""Open data, which scripts of other sites may read."""
_CARD_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A card holds its style itself, since it is also forwarded as a file. Its own policy, which
is applied as well, allows that one style only."""
_NAMED = re.compile(rb"(?:style|script)-src (?:'self' )?'sha256-[\w+/=]+'")
"""How a page names the style and the script that it holds itself in its policy."""
_POLICY_WITHIN = 2_000
"""Bytes of a page in which its policy stands."""
_WAY = re.compile(rb'(href|src|data-root)="\.?/')
_SMALL = 600
_BESIDE = ("offline/bundle/", "offline/worker/", "since/")
"""What the build has compressed itself, better than could be done here (``docs/offline.md``)."""
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    compressed: bytes | None
    etag: str


@lru_cache(maxsize=512)
def _load(path: str, _inode: int, _modified: int, size: int, compressible: bool) -> _File:
    """A file as it is when it has these marks; a replaced one has others."""
    content = Path(path).read_bytes()
    compressed = gzip.compress(content, 6, mtime=0) if compressible and size >= _SMALL else None
    return _File(content, compressed, fingerprint(content))


def _find(site: Path, name: str) -> str | None:
    """The path of the regular file ``name`` below ``site``; ``None`` for anything else."""
    path = safe_join(str(site), name)
    if path is None or "\0" in name or any(part.startswith(".") for part in name.split("/")):
        return None
    try:
        real = os.path.realpath(path)
        inside = os.path.commonpath((real, os.path.realpath(site))) == os.path.realpath(site)
        return real if inside and os.path.isfile(real) else None
    except (OSError, ValueError):
        return None


def _respond(path: str, name: str, status: int = 200, root: str = "") -> Response:
    kind = TYPES.get(os.path.splitext(name)[1].lower(), "application/octet-stream")
    marks = os.stat(path)
    file = _load(path, marks.st_ino, marks.st_mtime_ns, marks.st_size, bool(_COMPRESSIBLE.match(kind)))
    content, compressed = file.content, file.compressed
    if root:
        # A page that is shown anywhere: its links lead to the root, whatever a proxy puts before it.
        content, compressed = _WAY.sub(rb'\1="' + root.encode(), content), None
    response = Response(content, status, content_type=kind)
    response.headers["Cache-Control"] = _cache_control(name, kind)
    if kind.startswith("text/html"):
        response.headers["Content-Security-Policy"] = page_policy(content)
    if name.startswith("cards/"):
        response.headers["Content-Security-Policy"] = _CARD_POLICY
    if name.startswith(_OPEN):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    etag = file.etag
    if compressed is not None:
        response.headers["Vary"] = "Accept-Encoding"
        if name.startswith(_BESIDE) and request.accept_encodings.quality("br") > 0 and os.path.isfile(f"{path}.br"):
            response.set_data(Path(f"{path}.br").read_bytes())
            response.headers["Content-Encoding"] = "br"
            etag += "-br"
        elif request.accept_encodings.quality("gzip") > 0:
            response.set_data(compressed)
            response.headers["Content-Encoding"] = "gzip"
            etag += "-gz"
    if status == 200:
        response.set_etag(etag)
        response.make_conditional(request)
    return response


def page_policy(page: bytes) -> str:
    """The policy for a page: everybody's, and the style and script that it holds itself."""
    return "; ".join((POLICY, *(named.decode() for named in _NAMED.findall(page, 0, _POLICY_WITHIN))))


def _cache_control(name: str, kind: str) -> str:
    if _HASHED.search("/" + name) and not kind.startswith("text/html"):
        return _FOREVER
    return "public, max-age=3600" if name.startswith("icons/") else "no-cache"


@blueprint.get("/", defaults={"name": ""})
@blueprint.get("/<path:name>")
def file(name: str) -> Response:
    site: Path = current_app.config["SITE"]
    if name == "" or name.endswith("/"):
        name += "index.html"
    path = _find(site, name)
    if path is None and _HASHED.search("/" + name):
        path = _find(site.with_name(f"{site.name}.state") / "past", name)
    if path is not None:
        return _respond(path, name)
    if not name.endswith("index.html") and _find(site, name + "/index.html"):
        # Relative, so that it is right whatever a proxy puts in front of the path.
        response = Response(status=308)
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        response.headers["Location"] = "./" + quote(name.rsplit("/", 1)[-1]) + "/" + query
        response.autocorrect_location_header = False
        return response
    raise NotFound


def not_found(error: NotFound) -> Response:
    """The site's own 404 page, outside the API."""
    path = _find(current_app.config["SITE"], "404.html")
    if request.path.startswith(API) or path is None:
        return http_error(error)
    return _respond(path, "404.html", 404, root="../" * (request.path.count("/") - 1) or "./")
