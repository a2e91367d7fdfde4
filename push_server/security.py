"""Headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, request

from .errors import API

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",  # the theme's style sheet holds its icons as data: URLs
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""Scripts and styles come from files of the site only. ``<script type="application/ld+json">``
is data, which no policy blocks."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(app: Flask) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(API):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
