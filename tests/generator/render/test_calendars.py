"""The calendars to subscribe to, read by another library than the one that wrote them and
held against the published opening spans."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.rrule import rruleset, rrulestr

from generator.cli import main
from tests.kit import Project

SHANGHAI = ZoneInfo("Asia/Shanghai")
EXCEPTIONS = """\
exceptions:
  - date: 2026-11-24
    reason: 停电检修
    spans: []
    source: changchun-daily-2018-11-01
  - date: 2026-11-25
    reason: 午间提前
    spans:
      - {opens: 11:00, closes: 12:00, noon_service: true}
    source: changchun-daily-2018-11-01
"""


def events(path: Path) -> list:
    return vobject.readOne(path.read_text("utf-8")).vevent_list


def occurrences(event) -> set[tuple[datetime, datetime]]:
    """When an appointment takes place: (begin, end), with what repeats worked out."""
    begin, length = event.dtstart.value, event.dtend.value - event.dtstart.value
    dates = rruleset()
    dates.rdate(begin)
    if hasattr(event, "rrule"):
        dates.rrule(rrulestr(event.rrule.value, dtstart=begin))
        for left_out in event.exdate_list:
            for moment in left_out.value:
                dates.exdate(moment)
    return {(moment.astimezone(SHANGHAI), (moment + length).astimezone(SHANGHAI)) for moment in dates}


def published_noon(site: Path) -> set[tuple[datetime, datetime]]:
    calendar = json.loads((site / "api/v1/calendar.json").read_bytes())

    def at(day: str, clock: str) -> datetime:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)

    return {
        (at(day["date"], span["opens"]), at(day["date"], span["closes"]))
        for day in calendar["days"]
        for span in calendar["patterns"][day["pattern"]]
        if span["service"] == "noon"
    }


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a day on which the centre is shut, and one with another noon service."""
    folder = tmp_path_factory.mktemp("changed")
    project = Project(folder / "project", matters=1)
    centre = project.catalog / "centre.yml"
    text = centre.read_text("utf-8")
    assert "exceptions: []" in text
    centre.write_text(text.replace("exceptions: []", EXCEPTIONS), "utf-8")
    out = folder / "site"
    assert main(project.arguments("build", out)) == 0
    return out


@pytest.mark.parametrize("which", ["site", "changed"])
def test_noon_calendar_holds_every_noon_service_and_no_other(which: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(which)
    listed = [moment for event in events(site / "calendar/noon.ics") for moment in occurrences(event)]
    assert len(listed) == len(set(listed)), "none twice"
    assert set(listed) == published_noon(site)
    assert len(listed) > 480  # two years


def test_another_noon_service_is_an_appointment_of_its_own(changed: Path) -> None:
    (event,) = [event for event in events(changed / "calendar/noon.ics") if "2026-11-25" in event.uid.value]
    assert occurrences(event) == {
        (datetime(2026, 11, 25, 11, tzinfo=SHANGHAI), datetime(2026, 11, 25, 12, tzinfo=SHANGHAI))
    }


@pytest.mark.parametrize("which", ["site", "changed"])
def test_closures_are_the_days_that_differ(which: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(which)
    found: dict[str, set[str]] = {}
    for event in events(site / "calendar/closures.ics"):
        day = event.dtstart.value
        assert type(day) is date
        while day < event.dtend.value:
            found.setdefault(day.isoformat(), set()).add(event.summary.value)
            day += timedelta(days=1)
    days = json.loads((site / "api/v1/calendar.json").read_bytes())["days"]
    for day in days:
        told = " ".join(found.pop(day["date"], ()))
        if day["kind"] == "holiday":
            assert told == f"{day['name']}：不开放"
        elif day["kind"] == "make_up_workday":
            assert told == "补班：照常开放"
        elif day["kind"] == "exception":
            assert day["name"] in told and ("不开放" in told) == (day["pattern"] == "closed")
        else:
            assert told == ""
    assert found == {}


@pytest.mark.parametrize("name", ["noon", "closures"])
def test_form(changed: Path, name: str) -> None:
    data = (changed / f"calendar/{name}.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines.pop() == b"" and b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75  # octets, RFC 5545 §3.1
    calendar = vobject.readOne(data.decode())
    (zone,) = calendar.vtimezone_list
    assert zone.tzid.value == "Asia/Shanghai"
    assert zone.gettzinfo().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=8)
    uids = [event.uid.value for event in calendar.vevent_list]
    assert len(uids) == len(set(uids))
    assert {event.dtstamp.value.year for event in calendar.vevent_list} == {2026}
    for event in calendar.vevent_list:
        assert event.summary.value and event.description.value


def test_names_of_appointments_stay_when_hours_change(site: Path, changed: Path) -> None:
    def uids(folder: Path) -> set[str]:
        return {event.uid.value for event in events(folder / "calendar/noon.ics")}

    assert uids(changed) - uids(site) == {"noon-2026-11-25@changchun-jingkai-guide"}
    assert uids(site) - uids(changed) == set()


def test_noon_page_and_reminders_offer_the_files(site: Path) -> None:
    noon = (site / "noon/index.html").read_text("utf-8")
    for name in ("noon", "closures"):
        assert f'href="../calendar/{name}.ics"' in noon
    assert "webcal" in noon
    assert 'href="../calendar/noon.ics"' in (site / "reminders/index.html").read_text("utf-8")
    (inventory,) = (site / "offline/inventory").glob("*.json")
    assert "calendar/noon.ics" not in inventory.read_text("utf-8")


def test_appointments_keep_the_identity_that_subscribers_have(site: Path) -> None:
    """With another one, everybody who subscribed would see each appointment twice."""
    for name in ("noon", "closures"):
        uids = {event.uid.value for event in events(site / f"calendar/{name}.ics")}
        assert {uid.partition("@")[2] for uid in uids} == {"changchun-jingkai-guide"}
    assert "noon-2026@changchun-jingkai-guide" in {event.uid.value for event in events(site / "calendar/noon.ics")}
