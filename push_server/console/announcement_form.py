"""What a clerk fills in for a notice, and what becomes of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from ..hall.timetable import local_day
from ..published import LOCAL
from ..services import services
from ..voice.notices import BODY, TITLE, NotAllowed, Notice
from ..wish import EVERYBODY, HOURS_ONLY
from .forms import options, trimmed
from .presets import PRESETS, end_of

ROWS = 4
"""Spans of a day that can be filled in; the usual day has three."""
AUDIENCES = {
    "news": "订阅公告的人",
    "hours": "要知道开门时间变化的人",
    "noon": "订阅午间提醒的人",
    EVERYBODY: "所有订阅的人",
}
ADDRESSED = AUDIENCES | {HOURS_ONLY: "只要知道开门时间变化、没订午间提醒的人"}
"""Whom a message may go to: a clerk chooses among the first, the clock and a notice's hours among all."""
_PLACES = {"notice-day": "day", "notice-hours": "closed", "notice-invalid": "title"}
"""At which field stands what the rules forbid."""


class _Day(DateField):
    def process_formdata(self, valuelist: Sequence[str]) -> None:
        _parsed(self, super().process_formdata, valuelist, "日期写得不对，请重新选，例如 2026-11-23。")


class _Clock(TimeField):
    def process_formdata(self, valuelist: Sequence[str]) -> None:
        _parsed(self, super().process_formdata, valuelist, "时间写成 13:00 这样。")


class _Moment(DateTimeLocalField):
    """A date and a time at the centre. An old browser has a plain field for it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **named)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        _parsed(self, super().process_formdata, valuelist, "日期和时间写成 2026-11-23 13:00 这样。")

    @property
    def seconds(self) -> float | None:
        return None if self.data is None else self.data.replace(tzinfo=LOCAL).timestamp()


def _parsed(field: Any, parse: Any, given: Sequence[str], message: str) -> None:
    try:
        parse([text for text in given if text.strip()])
    except ValueError:
        field.data = None
        raise ValueError(message) from None


class SpanForm(Form):  # type: ignore[misc]
    opens = _Clock("从")
    closes = _Clock("到")
    noon = BooleanField("算午间服务")


class NoticeForm(FlaskForm):  # type: ignore[misc]
    """``key`` makes what is sent twice one notice; ``seen`` is the version that is edited."""

    key = HiddenField()
    seen = HiddenField()
    corrects = HiddenField()
    preset = HiddenField()
    title = StringField(
        "标题",
        filters=[trimmed],
        validators=[InputRequired("请写标题，说清楚怎么了。"), Length(max=TITLE, message=f"标题最多 {TITLE} 个字。")],
    )
    body = TextAreaField("正文", filters=[trimmed], validators=[Length(max=BODY, message=f"正文最多 {BODY} 个字。")])
    about = RadioField(
        "改不改开放时间", choices=options({"news": "不改，只是告诉大家", "hours": "改某一天的开放时间"}), default="news"
    )
    day = _Day("改哪一天")
    closed = BooleanField("这一天全天不开门")
    spans = FieldList(FormField(SpanForm), min_entries=ROWS, max_entries=6)
    audience = RadioField("发给谁", choices=options(AUDIENCES), default="news")
    when = RadioField("什么时候发出", choices=options({"now": "有人同意以后马上", "at": "定时"}), default="now")
    publish_at = _Moment("几点发出")
    expires_at = _Moment("到什么时候为止")

    def validate(self, extra_validators: Any = None) -> bool:
        for field in self._unused():
            field.process_errors = []
        return bool(super().validate(extra_validators))

    def _unused(self) -> list[Any]:
        """The fields that the choices of others make no matter, whatever stands in them."""
        found = [] if self.when.data == "at" else [self.publish_at]
        if self.about.data == "hours":
            return [*found, self.expires_at]
        return [*found, self.day, *(one for row in self.spans for one in (row.opens, row.closes))]

    def validate_preset(self, field: HiddenField) -> None:
        if field.data not in PRESETS:
            field.data = "other"

    def validate_day(self, field: _Day) -> None:
        if self.about.data == "hours" and field.data is None:
            raise ValidationError("请写改哪一天。")
        if self.about.data == "hours" and field.data < local_day(services().now()):
            raise ValidationError("这一天已经过了，请改成今天或以后的日子。")

    def validate_closed(self, field: BooleanField) -> None:
        """The hours as a whole; their errors stand here."""
        if self.about.data != "hours":
            return
        if any(one.process_errors for row in self.spans for one in (row.opens, row.closes)):
            raise ValidationError("时间写成 13:00 这样。")
        if any((row.opens.data is None) != (row.closes.data is None) for row in self.spans):
            raise ValidationError("每一段都要写从几点到几点；不要的一段两格都留空。")
        if not field.data and not self.hours():
            raise ValidationError("请写几点到几点；全天不开门就勾上。")
        if field.data and self.hours():
            raise ValidationError("全天不开门，就把下面的时间段清空；只是有一段不开，就不要勾。")

    def validate_publish_at(self, field: _Moment) -> None:
        if self.when.data != "at":
            return
        if field.seconds is None:
            raise ValidationError("请写几点发出。")
        if field.seconds < services().now() - 60:
            raise ValidationError("这个时间已经过了，请改晚一些，或者选“马上”。")

    def validate_expires_at(self, field: _Moment) -> None:
        if self.about.data != "hours" and field.seconds is None:
            raise ValidationError("请写到什么时候为止，过了就不再显示。")

    def hours(self) -> list[dict[str, str]]:
        """The spans that are filled in."""
        return [
            {
                "opens": f"{row.opens.data:%H:%M}",
                "closes": f"{row.closes.data:%H:%M}",
                "service": "noon" if row.noon.data else "regular",
            }
            for row in self.spans
            if isinstance(row.opens.data, time) and isinstance(row.closes.data, time)
        ]

    def values(self) -> dict[str, Any]:
        """As ``Notices`` takes them. Hours of a day are announced until it is over."""
        given: dict[str, Any] = {
            "preset": self.preset.data if self.preset.data in PRESETS else "other",
            "title": self.title.data,
            "body": (self.body.data or "").replace("\r\n", "\n"),
            "publish_at": self.publish_at.seconds if self.when.data == "at" else None,
            "corrects": self.corrects.data or None,
        }
        if self.about.data == "hours" and isinstance(self.day.data, date):
            return given | {
                "audience": "hours",
                "day": self.day.data.isoformat(),
                "hours": [] if self.closed.data else self.hours(),
                "expires_at": end_of(self.day.data).timestamp(),
            }
        return given | {"audience": self.audience.data, "expires_at": self.expires_at.seconds or 0.0}

    def forbid(self, error: NotAllowed) -> str | None:
        """Put what the rules forbid at its field; what belongs to none comes back."""
        message = str(error)
        if error.code == "notice-expiry":
            place = "publish_at" if self.about.data == "hours" and self.when.data == "at" else "expires_at"
            place = "day" if place == "expires_at" and self.about.data == "hours" else place
        elif error.code in _PLACES:
            place = _PLACES[error.code]
        else:
            return message
        self[place].errors = [message]
        return None


def new_form(values: dict[str, Any]) -> NoticeForm:
    """An empty form for these values of ``presets.py``."""
    form = NoticeForm(formdata=None, data=_naive(values))
    form.key.data = secrets.token_hex(16)
    return form


def form_of(notice: Notice, now: float) -> NoticeForm:
    """A notice as it stands, to be changed."""
    at = notice.publish_at > now
    values: dict[str, Any] = {
        "preset": notice.preset,
        "title": notice.title,
        "body": notice.body,
        "about": "news" if notice.hours is None else "hours",
        "day": None if notice.day is None else date.fromisoformat(notice.day),
        "closed": notice.hours == (),
        "spans": [
            {
                "opens": time.fromisoformat(span.opens),
                "closes": time.fromisoformat(span.closes),
                "noon": span.service == "noon",
            }
            for span in notice.hours or ()
        ],
        "audience": notice.audience,
        "when": "at" if at else "now",
        "publish_at": datetime.fromtimestamp(notice.publish_at, LOCAL) if at else None,
        "expires_at": datetime.fromtimestamp(notice.expires_at, LOCAL),
    }
    form = new_form(values)
    form.seen.data, form.corrects.data = notice.version, notice.corrects or ""
    return form


def same(notice: Notice, values: dict[str, Any], now: float) -> bool:
    """Whether a notice says what the form does: it was sent twice."""
    given = (values["title"], values["body"], values["audience"], values["expires_at"], values.get("day"))
    stands = (notice.title, notice.body, notice.audience, notice.expires_at, notice.day)
    hours = None if notice.hours is None else [(one.opens, one.closes, one.service) for one in notice.hours]
    wanted = values.get("hours")
    told = None if wanted is None else [(one["opens"], one["closes"], one["service"]) for one in wanted]
    at = values["publish_at"]
    moment = notice.publish_at <= now if at is None else abs(notice.publish_at - at) < timedelta(minutes=1).seconds
    return given == stands and hours == told and moment


def _naive(values: dict[str, Any]) -> dict[str, Any]:
    """Moments without their zone: a field shows the centre's time."""
    told = dict(values)
    for name in ("publish_at", "expires_at"):
        if isinstance(told.get(name), datetime):
            told[name] = told[name].replace(tzinfo=None)
    return told
