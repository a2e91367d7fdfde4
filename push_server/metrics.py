"""HTTP: the numbers of healthz and of the hall for Prometheus, in its text format."""

from __future__ import annotations

from collections.abc import Iterator

from apiflask import APIBlueprint
from flask import Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from .examination import Findings, examine
from .hall.timetable import local_day
from .hall.waiting import waiting_now
from .services import Services, limiter, services

blueprint = APIBlueprint("metrics", __name__, tag="指标")

AHEAD = 60.0
"""Seconds by which the clock of a machine that counts may be fast."""


class _Now(Collector):
    """Everything as it is at this moment; what the database does not tell is left out."""

    def __init__(self, s: Services) -> None:
        self._s = s

    def collect(self) -> Iterator[Metric]:
        s = self._s
        found = examine(s)
        yield from _of_messages(found)
        yield _gauge("storage_writable", "1 when something could be written just now", float(found.storage))
        if found.beat.at is not None:
            age = s.now() - found.beat.at
            yield _gauge("sender_beat_age_seconds", "since the sender last got through its work", age)
        if (brought := s.published.brought_at()) is not None:
            yield _gauge("site_age_seconds", "since the site that is served was written", s.now() - brought)
        problems = GaugeMetricFamily("guide_problem", "1 for each problem of healthz", labels=["code", "fails"])
        for problem in found.problems:
            problems.add_metric([problem.code, str(problem.fails).lower()], 1.0)
        yield problems
        try:
            yield from list(_of_hall(s))
        except SQLAlchemyError:
            return  # storage_writable says so


def _of_messages(found: Findings) -> Iterator[Metric]:
    for name, words, value in (
        ("subscriptions", "phones that are subscribed", found.subscriptions),
        ("messages_pending", "messages that are due or on their way", found.pending),
        ("messages_overdue", "messages that should have left", found.today and found.today.overdue),
        ("noon_announcement_missed", "1 when today's noon announcement is due and was not made", found.noon_missed),
    ):
        if value is not None:
            yield _gauge(name, words, float(value))
    if found.today is not None:
        today = GaugeMetricFamily("guide_messages_today", "messages since midnight", labels=["outcome"])
        for outcome in ("sent", "rejected", "expired"):
            today.add_metric([outcome], float(getattr(found.today, outcome)))
        yield today


def _of_hall(s: Services) -> Iterator[Metric]:
    now = s.now()
    kinds = [kind.id for kind in s.published.current().centre.counter_kinds if kind.queue]
    snapshot = s.hall.snapshot(now)
    reports = [report for kind in kinds if (report := s.store.reports.latest(kind, now + AHEAD))]
    counts = {report.kind: (report.waiting, report.observed_at) for report in reports}
    waiting = GaugeMetricFamily("guide_hall_waiting", "people that wait, where somebody told lately", labels=["kind"])
    for kind, people in waiting_now(kinds, snapshot.state, counts, now).items():
        waiting.add_metric([kind], float(people))
    yield waiting
    with s.store.hall.reading() as log:
        events = log.version(local_day(now))[0]
    yield _gauge("hall_events_today", "events of the hall that were kept today", float(events))
    yield _gauge("hall_demo", "1 while a hall is played", float(snapshot.demo))


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"guide_{name}", words, value=value)


@blueprint.get("/metrics")
@limiter.limit("120/minute")
@blueprint.doc(
    summary="给 Prometheus 的指标",
    description="和 healthz 同样的事实，加上大厅的数字。",
    responses={200: {"description": "指标", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics() -> Response:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Now(services()))
    return Response(
        generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"}
    )
