"""Where files that pages lead to lie below the site."""

from __future__ import annotations

NOON_ICS = "calendar/noon.ics"
CLOSURES_ICS = "calendar/closures.ics"
