"""The factory: settings in, application out."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import Flask, Response
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from . import (
    announcements,
    bodies,
    commands,
    console,
    errors,
    health,
    machines,
    metrics,
    queue,
    readiness,
    security,
    site,
    startup,
    subscriptions,
    tickets,
    unfound,
)
from .console.keeping import forget
from .hall.rules import Rules
from .hall_log import HallLog
from .hall_watch import HallWatch
from .keys import Signer
from .notices import Notices
from .proxies import Proxies
from .pushing import PushClient, Send
from .sending.sender import Sender
from .sending.sharded import ShardedSender
from .services import Services, limiter, utc_now
from .settings import Settings, from_environment
from .work.node import Node
from .work.thread import Job, Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_REQUEST = 8 * 1024


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    send: Send | None = None,
) -> Flask:
    """The application: the site below ``/`` and the API below ``/push/v1/``.

    ``settings`` come from the environment when not given. ``clock`` gives the moment, with a
    time zone. ``send`` replaces the real delivery. Nothing is sent by itself until
    ``app.extensions["push_server"].sender.start()``, or ``flask --app push_server deliver``
    in a process of its own. Raises ``StartupError`` when it cannot work.
    """
    settings = settings or from_environment()
    published = startup.open_site(settings)
    store, keys = startup.open_data(settings)
    signer = Signer(keys, settings.contact, clock)
    proxies = Proxies(settings.trusted_proxies, clock)

    hall = HallLog(store.hall, published, Rules(missed_after=settings.missed_after))
    notices = Notices(store.notices, store.ledger, published, clock, store.deciding)
    notices.see_to_it(clock().timestamp())
    # What this process has in memory, and what anybody may do for all.
    own = [Job("notices", 1.0, notices.see_to_it)]
    common = [
        Job("old notices", 3600.0, notices.tidy),
        Job("closing of days", 60.0, lambda now: hall.close_days(now, keep_days=settings.hall_days)),
        Job("forgetting of staff", 3600.0, lambda now: forget(store, now)),
    ]

    def open_send() -> AbstractAsyncContextManager[Send]:
        return PushClient(settings, signer, clock) if send is None else nullcontext(send)

    sender: Sender | Node
    if settings.database is None:
        sender = Sender(settings, store, published, clock, open_send, hall)
        own += common
    else:
        sharded = ShardedSender(settings, store, published, clock, open_send, hall, notices)
        if settings.works:
            own = []  # its glance sees to the notices
        sender = Node(settings.database, sharded, common, clock, lease=settings.lease, works=settings.works)
    hall.on_change(sender.wake)
    notices.on_change(sender.wake)

    app = APIFlask(
        __name__,
        title="办事指南推送服务",
        version="1.0",
        spec_path="/push/v1/openapi.json",
        docs_path=None,
        static_folder=None,
        json_errors=False,
    )
    app.config.update(
        SITE=settings.site.absolute(),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        RATELIMIT_ENABLED=settings.rate_limits,
        VALIDATION_ERROR_STATUS_CODE=400,
        VALIDATION_ERROR_SCHEMA=errors.ErrorOut,
        HTTP_ERROR_SCHEMA=errors.ErrorOut,
        SERVERS=[{"url": "../..", "description": "网站根目录"}],
        AUTO_SERVERS=False,
        DESCRIPTION="午间服务提醒的订阅，和窗口排队情况。出错时都返回 code（英文代码）和 message（中文说明）。",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["push_server"] = Services(
        settings=settings,
        clock=clock,
        store=store,
        published=published,
        signer=signer,
        sender=sender,
        proxies=proxies,
        hall=hall,
        notices=notices,
        watch=HallWatch(hall, store.reports, published),
        worker=Worker(own, clock),
        demo_secret=secrets.token_urlsafe(32) if settings.demo else None,
    )
    errors.register(app)
    app.register_error_handler(NotFound, site.not_found)
    security.register(app)
    bodies.register(app)
    limiter.init_app(app)
    for part in (subscriptions, queue, tickets, machines, announcements, unfound, health, readiness, metrics):
        app.register_blueprint(part.blueprint, url_prefix="/push/v1")
    try:
        console.register(app, settings, store)
    except errors.StartupError:
        store.close()
        raise
    app.register_blueprint(site.blueprint)
    commands.register(app)
    if settings.prefix:
        app.wsgi_app = _mounted(app.wsgi_app, settings.prefix)  # type: ignore[assignment, method-assign]
    app.wsgi_app = proxies.around(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _mounted(inner: WSGIApplication, prefix: str) -> WSGIApplication:
    """``inner`` below ``prefix``, and nothing beside it."""

    def outside(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        message = f"这里没有内容，请打开 {prefix}/\n"
        return Response(message, 404, content_type="text/plain; charset=utf-8")(environ, start_response)

    def inside(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"]:
            # Without the slash, relative links would start one level too high.
            location = {"Location": prefix.rsplit("/", 1)[-1] + "/"}
            return _Relative(status=308, headers=location)(environ, start_response)
        return inner(environ, start_response)

    return DispatcherMiddleware(outside, {prefix: inside})


class _Relative(Response):
    autocorrect_location_header = False
