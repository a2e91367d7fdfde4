"""Every code a problem can carry, with what it means. Imported by tests and by who asks:
a build needs no list of codes."""

from __future__ import annotations

from .. import decode, load, record, scalars, source
from . import (
    advice,
    answers,
    calendar,
    centre,
    changes,
    deferral,
    evidence,
    finding,
    hall,
    home_service,
    identity,
    journeys,
    links,
    lists,
    look,
    papers,
    phrases,
    search,
    situations,
    slips,
    told,
)

CODES: dict[str, str] = {
    **load.CODES,
    **record.CODES,
    **source.CODES,
    **decode.CODES,
    **scalars.CODES,
    **identity.CODES,
    **papers.CODES,
    **situations.CODES,
    **answers.CODES,
    **evidence.CODES,
    **slips.CODES,
    **phrases.CODES,
    **centre.CODES,
    **look.CODES,
    **links.CODES,
    **calendar.CODES,
    **lists.CODES,
    **search.CODES,
    **hall.CODES,
    **home_service.CODES,
    **deferral.CODES,
    **journeys.CODES,
    **changes.CODES,
    **finding.CODES,
    **advice.CODES,
    **told.CODES,
}
