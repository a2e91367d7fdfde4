"""Page of editors: have the reminders left, whom do they reach, is the sender well."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response

from ..examination import examine
from ..hall.timetable import local_day
from ..published import LOCAL
from ..services import services
from ..voice import noon
from .blueprint import console, needs, page
from .outcomes import AGES, WORDS, host_name, noon_sentence, outcome

DAYS = 14
"""So far back announcements are told of."""
LATELY = 3
"""Days in which a push service that works takes something."""
TOPICS = {
    "noon": "午间提醒",
    "hours": "开门时间变化",
    "news": "公告",
    "queue": "排队人少",
    "ticket": "我的号",
    "matter": "收藏的事项",
    "renewal": "证件到期",
}


@console.get("/sending")
@needs("admin", "editor")
def sending() -> Response:
    s = services()
    now, figures = s.now(), s.store.figures
    found = examine(s)
    reach = figures.reach(now)
    return page(
        "sending.html",
        noon=noon_sentence(
            s.published.current().calendar,
            datetime.fromtimestamp(now, LOCAL),
            s.settings.lead,
            figures.left(noon.key(local_day(now))),
            reach.topics.get("noon", (0, 0))[0],
        ),
        noon_missed=found.noon_missed,
        found=found,
        outcomes=[
            outcome(one, s.settings.shown_sample) for one in figures.sent(now - timedelta(days=DAYS).total_seconds())
        ],
        push_services=figures.services(now - timedelta(days=LATELY).total_seconds(), now),
        host_name=host_name,
        reach=reach,
        topics=TOPICS,
        ages=[(words, reach.ages.get(age, 0)) for age, words in AGES.items()],
        words=WORDS,
        days=DAYS,
        lately=LATELY,
    )
